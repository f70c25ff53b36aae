//! The Account Activity API: the events of users, delivered to a webhook.

use crate::{
    endpoint::endpoint,
    envelope::One,
    id::{UserId, WebhookId},
    models::{AccountActivityCount, AccountActivitySubscriptions, Subscribed},
};

endpoint! {
    /// Counts the App's subscriptions, and how many it may have.
    GET "/2/account_activity/subscriptions/count" getAccountActivitySubscriptionCount
    (AppOnly:) -> One<AccountActivityCount>;
    pub struct Count {
    }
}

endpoint! {
    /// Tells whether a webhook receives the events of the user whose credential it is.
    GET "/2/account_activity/webhooks/{webhook_id}/subscriptions/all" validateAccountActivitySubscription
    (AnyUser: "dm.read" "dm.write" "tweet.read" "users.read") -> One<Subscribed>;
    pub struct IsSubscribed {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Delivers the events of the user whose credential it is to a webhook.
    POST "/2/account_activity/webhooks/{webhook_id}/subscriptions/all" createAccountActivitySubscription
    (AnyUser: "dm.read" "dm.write" "tweet.read" "users.read") -> One<Subscribed>;
    pub struct Subscribe {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Lists the users whose events a webhook receives.
    GET "/2/account_activity/webhooks/{webhook_id}/subscriptions/all/list" getAccountActivitySubscriptions
    (AppOnly:) -> One<AccountActivitySubscriptions>;
    pub struct Subscriptions {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Ends the delivery of a user's events to a webhook.
    DELETE "/2/account_activity/webhooks/{webhook_id}/subscriptions/{user_id}/all" deleteAccountActivitySubscription
    (AppOnly:) -> One<Subscribed>;
    pub struct Unsubscribe {
        path {
            /// The webhook.
            webhook_id: WebhookId,
            /// The user.
            user_id: UserId,
        }
    }
}
