//! The Account Activity API: the events of users, delivered to a webhook.

use crate::id::{AppId, UserId, WebhookId};
use crate::model::{Quoted, model};

model! {
    /// How many subscriptions an App has, and may have.
    pub struct AccountActivityCount {
        /// The App's name with the Account Activity API.
        account_name: Option<String>,
        /// Subscriptions that the App may have.
        provisioned_count: Option<u64> as Quoted,
        /// Subscriptions to all events.
        subscriptions_count_all: Option<u64> as Quoted,
        /// Subscriptions to direct messages.
        subscriptions_count_direct_messages: Option<u64> as Quoted,
    }
}

model! {
    /// A user whose events are delivered.
    pub struct AccountActivitySubscriber {
        /// The user.
        user_id: Option<UserId>,
    }
}

model! {
    /// The users whose events a webhook receives.
    pub struct AccountActivitySubscriptions {
        /// The App.
        application_id: Option<AppId>,
        /// The subscriptions.
        subscriptions: Vec<AccountActivitySubscriber>,
        /// The webhook.
        webhook_id: Option<WebhookId>,
        /// Where the webhook delivers to.
        webhook_url: Option<String>,
    }
}

model! {
    /// Whether a user's events are delivered.
    pub struct Subscribed {
        /// Whether the events are delivered.
        subscribed: Option<bool>,
    }
}
