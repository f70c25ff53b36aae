//! The events of the Account Activity API, in the form of API v1.1: what X's examples show is
//! typed, and the rest is as it came.

use super::WebhookReplay;
use crate::id::{AppId, DmEventId, PostId, UserId, WebhookId};
use crate::json::Json;
use crate::model::{Millis, QuotedMillis, Wire, model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// What the Account Activity API delivers at once: as a rule one event, in the list of its
    /// kind.
    pub struct AccountActivity {
        /// The user whose subscription this is about.
        for_user_id: Option<UserId>,
        /// Whether the user blocks who mentions them; X writes it as a text.
        user_has_blocked: Option<Json>,
        /// Posts by, of or to the user, in the form of API v1.1, for which X gives no schema.
        tweet_create_events: Vec<Json>,
        /// Posts that were deleted.
        tweet_delete_events: Vec<AccountPostDeletion>,
        /// Likes by the user, or of the user's posts.
        favorite_events: Vec<AccountLike>,
        /// Who followed or unfollowed whom.
        follow_events: Vec<AccountRelation>,
        /// Who blocked or unblocked whom.
        block_events: Vec<AccountRelation>,
        /// Who muted or unmuted whom.
        mute_events: Vec<AccountRelation>,
        /// What the user did to the App.
        user_event: Option<AccountUserEvent>,
        /// Direct messages from or to the user.
        direct_message_events: Vec<AccountMessage>,
        /// Somebody is writing to the user.
        direct_message_indicate_typing_events: Vec<AccountReceipt>,
        /// Somebody has read what the user wrote.
        direct_message_mark_read_events: Vec<AccountReceipt>,
        /// The user's events are to be delivered once more.
        replay_event: Option<WebhookReplay>,
        /// The Apps that the messages were sent by, by id.
        apps: Option<Json>,
        /// The users that the messages refer to, by id; [`user`](Self::user) reads one.
        users: Option<Json>,
    }
}

impl AccountActivity {
    /// A user that the messages refer to.
    pub fn user(&self, id: UserId) -> Option<AccountUser> {
        let user = self.users.as_ref()?.get(&id.to_string())?;
        AccountUser::read("user", user.clone()).ok().flatten()
    }
}

model! {
    /// A post that was deleted.
    pub struct AccountPostDeletion {
        /// The post.
        status: Option<AccountDeletedPost>,
        /// When.
        timestamp_ms: Option<Timestamp> as QuotedMillis,
    }
}

model! {
    /// Which post was deleted.
    pub struct AccountDeletedPost {
        /// The post.
        id: Option<PostId>,
        /// Who wrote it.
        user_id: Option<UserId>,
    }
}

model! {
    /// A like.
    pub struct AccountLike {
        /// Identifies it.
        id: Option<String>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// When, in milliseconds.
        timestamp_ms: Option<Timestamp> as Millis,
        /// The post, in the form of API v1.1, for which X gives no schema.
        favorited_status: Option<Json>,
        /// Who likes it.
        user: Option<AccountUser>,
    }
}

model! {
    /// Somebody followed, blocked or muted somebody else, or did so no longer.
    pub struct AccountRelation {
        /// Which.
        kind = "type": Option<AccountRelationKind>,
        /// When.
        created_timestamp: Option<Timestamp> as QuotedMillis,
        /// Who acts.
        source: Option<AccountUser>,
        /// Who is acted upon.
        target: Option<AccountUser>,
    }
}

open_enum! {
    /// What one user did to another.
    pub enum AccountRelationKind {
        /// `follow`.
        Follow = "follow",
        /// `unfollow`.
        Unfollow = "unfollow",
        /// `block`.
        Block = "block",
        /// `unblock`.
        Unblock = "unblock",
        /// `mute`.
        Mute = "mute",
        /// `unmute`.
        Unmute = "unmute",
    }
}

model! {
    /// What a user did to the App.
    pub struct AccountUserEvent {
        /// The user took the App's access back; the subscription is gone.
        revoke: Option<AccountRevocation>,
    }
}

model! {
    /// A user took an App's access back.
    pub struct AccountRevocation {
        /// When.
        date_time: Option<Timestamp>,
        /// The App.
        target: Option<AccountRevocationTarget>,
        /// The user.
        source: Option<AccountRevocationSource>,
    }
}

model! {
    /// The App whose access was taken back.
    pub struct AccountRevocationTarget {
        /// The App.
        app_id: Option<AppId>,
    }
}

model! {
    /// Who took an App's access back.
    pub struct AccountRevocationSource {
        /// The user.
        user_id: Option<UserId>,
    }
}

model! {
    /// A direct message.
    pub struct AccountMessage {
        /// What it is: `message_create`.
        kind = "type": Option<String>,
        /// Identifies it.
        id: Option<DmEventId>,
        /// When it was sent.
        created_timestamp: Option<Timestamp> as QuotedMillis,
        /// The message.
        message_create: Option<AccountMessageCreate>,
    }
}

model! {
    /// Who wrote what to whom.
    pub struct AccountMessageCreate {
        /// Who receives it.
        target: Option<AccountMessageTarget>,
        /// Who sent it.
        sender_id: Option<UserId>,
        /// The App by which it was sent.
        source_app_id: Option<AppId>,
        /// What it says.
        message_data: Option<AccountMessageData>,
    }
}

model! {
    /// Who a message is for.
    pub struct AccountMessageTarget {
        /// The user.
        recipient_id: Option<UserId>,
    }
}

model! {
    /// What a message says.
    pub struct AccountMessageData {
        /// The text.
        text: Option<String>,
        /// The links, tags and mentions in it, in the form of API v1.1.
        entities: Option<Json>,
    }
}

model! {
    /// Somebody is writing, or has read what was written.
    pub struct AccountReceipt {
        /// When.
        created_timestamp: Option<Timestamp> as QuotedMillis,
        /// Who writes or has read.
        sender_id: Option<UserId>,
        /// Who is written to, or whose messages were read.
        target: Option<AccountMessageTarget>,
        /// The last message that was read.
        last_read_event_id: Option<DmEventId>,
    }
}

model! {
    /// A user, in the form of API v1.1.
    pub struct AccountUser {
        /// Identifies the user.
        id: Option<UserId>,
        /// When the account was made.
        created_timestamp: Option<Timestamp> as QuotedMillis,
        /// The display name.
        name: Option<String>,
        /// The username.
        screen_name: Option<String>,
        /// Where the user says to be.
        location: Option<String>,
        /// What the user says about themselves.
        description: Option<String>,
        /// The address that the user gives.
        url: Option<String>,
        /// Whether only followers see the user's posts.
        protected: Option<bool>,
        /// Whether the user is verified.
        verified: Option<bool>,
        /// Users who follow this one.
        followers_count: Option<u64>,
        /// Users whom this one follows.
        friends_count: Option<u64>,
        /// Posts of the user.
        statuses_count: Option<u64>,
        /// The user's picture.
        profile_image_url_https: Option<String>,
    }
}

model! {
    /// How a replay of a webhook's events ended: another one may be asked for.
    pub struct ReplayJobStatus {
        /// The webhook.
        webhook_id: Option<WebhookId>,
        /// How it ended.
        job_state: Option<ReplayJobState>,
        /// How it ended, in X's words.
        job_state_description: Option<String>,
        /// The job.
        job_id: Option<String>,
    }
}

open_enum! {
    /// How a replay ended.
    pub enum ReplayJobState {
        /// Every event was delivered.
        Complete = "Complete",
        /// Some events were not: ask for the replay again.
        Incomplete = "Incomplete",
    }
}
