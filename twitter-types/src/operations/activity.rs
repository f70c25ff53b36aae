//! The X Activity API: subscriptions to events.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{ActivitySubscriptionId, UserId, WebhookId},
    models::{
        ActivityEventKind, ActivityFilter, ActivitySubscribed, ActivitySubscription, Deleted,
        DeletedActivitySubscription,
    },
    timestamp::Timestamp,
};

endpoint! {
    /// Deletes several subscriptions.
    DELETE "/2/activity/subscriptions" deleteActivitySubscriptionsByIds
    (AppOnly:) -> Page<DeletedActivitySubscription>;
    pub struct DeleteByIds {
        require {
            /// Which subscriptions.
            ids: Vec<ActivitySubscriptionId> [1..=100],
        }
    }
}

endpoint! {
    /// Lists the App's subscriptions.
    GET "/2/activity/subscriptions" getActivitySubscriptions
    (Anyone: "like.read" "tweet.read") -> Page<ActivitySubscription>;
    pub struct Subscriptions {
        query {
            /// Results per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Subscriptions to events of this user alone.
            user_id: UserId,
        }
    }
}

endpoint! {
    /// Subscribes to one kind of event.
    POST "/2/activity/subscriptions" createActivitySubscription
    (Anyone:) -> One<ActivitySubscribed>;
    pub struct Subscribe {
        json {
            /// The kind of event.
            event_type: ActivityEventKind,
            /// Which events.
            filter: ActivityFilter,
        } optional {
            /// Until when it lasts; for ever if not set. The same subscription again sets it anew.
            expires_at: Timestamp,
            /// A name of your own for it.
            tag: String [1..=200],
            /// The webhook that receives the events; without, they come by the stream.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Deletes a subscription.
    DELETE "/2/activity/subscriptions/{subscription_id}" deleteActivitySubscription
    (Anyone:) -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which subscription.
            subscription_id: ActivitySubscriptionId,
        }
    }
}

endpoint! {
    /// Changes the tag or the webhook of a subscription.
    PUT "/2/activity/subscriptions/{subscription_id}" updateActivitySubscription
    (Anyone:) -> One<ActivitySubscribed>;
    pub struct Update {
        path {
            /// Which subscription.
            subscription_id: ActivitySubscriptionId,
        }
        json {
        } optional {
            /// A name of your own for it.
            tag: String [1..=200],
            /// The webhook that receives the events.
            webhook_id: WebhookId,
        }
    }
}
