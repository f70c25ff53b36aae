//! Webhooks: where X delivers events to.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, WebhookField},
    id::WebhookId,
    models::{Deleted, Provisioned, Webhook, WebhookReplay, WebhookStreamLink, WebhookValidation},
};

endpoint! {
    /// Lists the webhooks that receive the filtered stream.
    GET "/2/tweets/search/webhooks" getWebhooksStreamLinks
    (AppOnly:) -> Page<WebhookStreamLink>;
    pub struct StreamLinks {
    }
}

endpoint! {
    /// Ends the delivery of the filtered stream to a webhook.
    DELETE "/2/tweets/search/webhooks/{webhook_id}" deleteWebhooksStreamLink
    (AppOnly:) -> One<Deleted>;
    pub struct UnlinkStream {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Delivers the filtered stream to a webhook.
    POST "/2/tweets/search/webhooks/{webhook_id}" createWebhooksStreamLink
    (AppOnly:) -> One<Provisioned>;
    pub struct LinkStream {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Lists the App's webhooks.
    GET "/2/webhooks" getWebhooks
    (Anyone:) -> Page<Webhook>;
    pub struct All {
        query {
            /// What to return.
            fields = "webhook_config.fields": Fields<WebhookField>,
        }
    }
}

endpoint! {
    /// Registers a webhook; X checks it by a challenge at once.
    POST "/2/webhooks" createWebhooks
    (Anyone:) -> One<Webhook>;
    pub struct Create {
        json {
            /// The address.
            url: String [1..=200],
        }
    }
}

endpoint! {
    /// Delivers the events of a span of time once more.
    POST "/2/webhooks/replay" createWebhookReplayJob
    (AppOnly:) -> One<WebhookReplay>;
    pub struct Replay {
        json {
            /// The oldest time, inclusive, to the minute.
            from_date: String,
            /// The newest time, inclusive, to the minute.
            to_date: String,
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Deletes a webhook.
    DELETE "/2/webhooks/{webhook_id}" deleteWebhooks
    (Anyone:) -> One<Deleted>;
    pub struct Delete {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Has X check a webhook by a challenge again.
    PUT "/2/webhooks/{webhook_id}" validateWebhooks
    (Anyone:) -> One<WebhookValidation>;
    pub struct Validate {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}
