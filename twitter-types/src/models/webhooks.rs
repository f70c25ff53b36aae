//! Webhooks: where X delivers events to.

use crate::id::{AppId, UserId, WebhookId};
use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// The answer to linking a webhook to the filtered stream.
    pub struct Provisioned {
        /// Whether it is set up now.
        provisioned: Option<bool>,
    }
}

model! {
    /// A webhook.
    pub struct Webhook {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// Identifies it.
        id: Option<WebhookId>,
        /// The address.
        url: Option<String>,
        /// Whether X's challenge was answered.
        valid: Option<bool>,
    }
}

model! {
    /// The delivery of events once more.
    pub struct WebhookReplay {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// Identifies the job.
        job_id: Option<String>,
    }
}

model! {
    /// A webhook that receives the filtered stream.
    pub struct WebhookStreamLink {
        /// The App.
        application_id: Option<AppId>,
        /// The user whose webhook it is.
        business_user_id: Option<UserId>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The fields that are delivered.
        fields: Vec<String>,
        /// The filtered stream.
        instance_id: Option<String>,
        /// The webhook.
        webhook_id: Option<WebhookId>,
    }
}

model! {
    /// The answer to checking a webhook.
    pub struct WebhookValidation {
        /// Whether X's challenge was answered.
        valid: Option<bool>,
    }
}
