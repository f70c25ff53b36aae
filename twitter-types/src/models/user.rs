//! Users.

use super::{Entities, UserPublicMetrics, Withheld};
use crate::id::{PostId, UserId};
use crate::model::{OneOrMany, model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A user. X sends `id`, `name` and `username`; the rest on request, by `user.fields`.
    pub struct User {
        required {
            /// Identifies the user, for ever.
            id: UserId,
        }
        /// Followers who were active in the last 24 hours; only of the requesting user, with
        /// analytics enabled and more than 50 followers. An estimate from 20,000 followers on.
        active_follower_count: Option<u64>,
        /// The organization whose badge the user wears.
        affiliation: Option<Box<Affiliation>>,
        /// The user's e-mail address; only of the requesting user.
        confirmed_email: Option<String>,
        /// How the requesting user and this one stand to each other.
        connection_status: Vec<ConnectionStatus>,
        /// When the account was created.
        created_at: Option<Timestamp>,
        /// The text of the profile.
        description: Option<String>,
        /// Entities of the description and of the address.
        entities: Option<Box<UserEntities>>,
        /// Whether X has seen proof of who the user is.
        is_identity_verified: Option<bool>,
        /// Where the user claims to be: any text.
        location: Option<String>,
        /// The user's latest post, to be found in [`Includes`](super::Includes).
        most_recent_post_id | most_recent_tweet_id: Option<PostId>,
        /// The name that is shown; any text.
        name: Option<String>,
        /// Whether the account is a parody.
        parody: Option<bool>,
        /// The post that the user keeps on top, to be found in [`Includes`](super::Includes).
        pinned_post_id | pinned_tweet_id: Option<PostId>,
        /// The address of the profile's banner.
        profile_banner_url: Option<String>,
        /// The address of the user's picture.
        profile_image_url: Option<String>,
        /// Whether only followers see the user's posts.
        protected: Option<bool>,
        /// Counts of the user.
        public_metrics: Option<UserPublicMetrics>,
        /// Whether the requesting user may send a direct message.
        receives_your_dm: Option<bool>,
        /// Users who pay for this user's posts.
        subscriber_count: Option<u64>,
        /// Whether the user subscribes to the requesting user.
        subscribes_to_you: Option<bool>,
        /// Whether the user subscribes to the requesting user, in older replies.
        subscription: Option<Subscription>,
        /// What the user pays X for.
        subscription_type: Option<SubscriptionType>,
        /// The address in the profile, as a `t.co` link.
        url: Option<String>,
        /// The handle without its `@`, unique until the user changes it. Unchecked:
        /// [`Username::new`](crate::Username::new) checks.
        username: Option<String>,
        /// Whether the user has a check mark.
        verified: Option<bool>,
        /// Followers with a check mark.
        verified_followers_count: Option<u64>,
        /// Which check mark the user has.
        verified_type: Option<VerifiedType>,
        /// Where the user's content is withheld, and why.
        withheld: Option<Box<Withheld>>,
    }
}

model! {
    /// The entities of a profile.
    pub struct UserEntities {
        /// Those of the description.
        description: Option<Entities>,
        /// The link in the profile; only `urls`.
        url: Option<Entities>,
    }
}

model! {
    /// The organization whose badge a user wears.
    pub struct Affiliation {
        /// The address of the badge's picture.
        badge_url: Option<String>,
        /// The organization's name.
        description: Option<String>,
        /// The organization's address.
        url: Option<String>,
        /// The organization's accounts. Until February 2025 X sent one, not a list.
        user_id: Vec<UserId> as OneOrMany,
    }
}

model! {
    /// How a user subscribes to the requesting user.
    pub struct Subscription {
        /// Whether the user does.
        subscribes_to_you: Option<bool>,
    }
}

open_enum! {
    /// How another user stands to the requesting user.
    pub enum ConnectionStatus {
        /// The requesting user blocks the other.
        Blocking = "blocking",
        /// The other has asked to follow the requesting user.
        FollowRequestReceived = "follow_request_received",
        /// The requesting user has asked to follow the other.
        FollowRequestSent = "follow_request_sent",
        /// The other follows the requesting user.
        FollowedBy = "followed_by",
        /// The requesting user follows the other.
        Following = "following",
        /// The requesting user mutes the other.
        Muting = "muting",
    }
}

open_enum! {
    /// What a user pays X for.
    pub enum SubscriptionType {
        /// Basic.
        Basic = "Basic",
        /// Premium.
        Premium = "Premium",
        /// Premium+.
        PremiumPlus = "PremiumPlus",
        /// Nothing.
        None = "None",
    }
}

open_enum! {
    /// A user's check mark.
    pub enum VerifiedType {
        /// Blue: a subscriber.
        Blue = "blue",
        /// Grey: a government or one of its officials.
        Government = "government",
        /// Gold: an organization.
        Business = "business",
        /// None.
        None = "none",
    }
}

impl User {
    /// The address of the user's profile, if the username was asked for.
    pub fn link(&self) -> Option<String> {
        Some(format!("https://x.com/{}", self.username.as_deref()?))
    }
}
