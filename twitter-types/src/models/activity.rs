//! The X Activity API: subscriptions to events.

use crate::id::{ActivitySubscriptionId, UserId, WebhookId};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// Which events a subscription is about.
    pub struct ActivityFilter {
        /// Whether the user acts, or is acted upon. Mutes and blocks have none.
        direction: Option<ActivityDirection>,
        /// Words that must be in it.
        keyword: Option<String>,
        /// What else must hold, by name.
        qualifiers: Option<Json>,
        /// The user.
        user_id: Option<UserId>,
    }
}

impl ActivityFilter {
    /// Events of this user.
    ///
    /// ```
    /// use twitter_types::models::ActivityFilter;
    ///
    /// assert_eq!(ActivityFilter::of_user(7).user_id, Some(7.into()));
    /// ```
    pub fn of_user(user: impl Into<UserId>) -> Self {
        Self { user_id: Some(user.into()), ..Self::default() }
    }
}

model! {
    /// The answer to a subscription, or to a change of one.
    pub struct ActivitySubscribed {
        /// The subscription.
        subscription: Option<Box<ActivitySubscription>>,
        /// Active subscriptions of the App.
        total_subscriptions: Option<u64>,
    }
}

model! {
    /// A subscription to one kind of event.
    pub struct ActivitySubscription {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The kind of event.
        event_type: Option<ActivityEventKind>,
        /// Until when it lasts; for ever, if absent.
        expires_at: Option<Timestamp>,
        /// Which events.
        filter: Option<ActivityFilter>,
        /// Identifies it.
        subscription_id: Option<ActivitySubscriptionId>,
        /// A name of your own for it.
        tag: Option<String>,
        /// When it last changed.
        updated_at: Option<Timestamp>,
        /// The webhook.
        webhook_id: Option<WebhookId>,
    }
}

model! {
    /// A subscription that was deleted.
    pub struct DeletedActivitySubscription {
        /// Whether it is gone.
        deleted: Option<bool>,
        /// The subscription.
        subscription_id: Option<ActivitySubscriptionId>,
    }
}

open_enum! {
    /// Whether a user acts, or is acted upon.
    pub enum ActivityDirection {
        /// `inbound`.
        Inbound = "inbound",
        /// `outbound`.
        Outbound = "outbound",
    }
}

open_enum! {
    /// The kind of an event.
    pub enum ActivityEventKind {
        /// `profile.update.bio`.
        ProfileUpdateBio = "profile.update.bio",
        /// `profile.update.profile_picture`.
        ProfileUpdateProfilePicture = "profile.update.profile_picture",
        /// `profile.update.banner_picture`.
        ProfileUpdateBannerPicture = "profile.update.banner_picture",
        /// `profile.update.screenname`.
        ProfileUpdateScreenname = "profile.update.screenname",
        /// `profile.update.geo`.
        ProfileUpdateGeo = "profile.update.geo",
        /// `profile.update.url`.
        ProfileUpdateUrl = "profile.update.url",
        /// `profile.update.verified_badge`.
        ProfileUpdateVerifiedBadge = "profile.update.verified_badge",
        /// `profile.update.affiliate_badge`.
        ProfileUpdateAffiliateBadge = "profile.update.affiliate_badge",
        /// `profile.update.handle`.
        ProfileUpdateHandle = "profile.update.handle",
        /// `news.new`.
        NewsNew = "news.new",
        /// `follow.follow`.
        FollowFollow = "follow.follow",
        /// `follow.unfollow`.
        FollowUnfollow = "follow.unfollow",
        /// `subscriptions.subscribe`.
        SubscriptionsSubscribe = "subscriptions.subscribe",
        /// `subscriptions.unsubscribe`.
        SubscriptionsUnsubscribe = "subscriptions.unsubscribe",
        /// `spaces.start`.
        SpacesStart = "spaces.start",
        /// `spaces.end`.
        SpacesEnd = "spaces.end",
        /// `broadcast.start`.
        BroadcastStart = "broadcast.start",
        /// `broadcast.end`.
        BroadcastEnd = "broadcast.end",
        /// `broadcast.chat`.
        BroadcastChat = "broadcast.chat",
        /// `broadcast.chat.remove`.
        BroadcastChatRemove = "broadcast.chat.remove",
        /// `chat.received`.
        ChatReceived = "chat.received",
        /// `chat.sent`.
        ChatSent = "chat.sent",
        /// `chat.conversation.join`.
        ChatConversationJoin = "chat.conversation.join",
        /// `chat.conversation_join`, X's older name of `chat.conversation.join`.
        ChatConversationJoinOld = "chat.conversation_join",
        /// `chat.conversation.member_added`.
        ChatConversationMemberAdded = "chat.conversation.member_added",
        /// `chat.conversation.member_removed`.
        ChatConversationMemberRemoved = "chat.conversation.member_removed",
        /// `chat.conversation.admin_added`.
        ChatConversationAdminAdded = "chat.conversation.admin_added",
        /// `chat.conversation.admin_removed`.
        ChatConversationAdminRemoved = "chat.conversation.admin_removed",
        /// `chat.update.group_name`.
        ChatUpdateGroupName = "chat.update.group_name",
        /// `chat.update.restrictions`.
        ChatUpdateRestrictions = "chat.update.restrictions",
        /// `dm.sent`.
        DmSent = "dm.sent",
        /// `dm.received`.
        DmReceived = "dm.received",
        /// `dm.indicate_typing`.
        DmIndicateTyping = "dm.indicate_typing",
        /// `dm.read`.
        DmRead = "dm.read",
        /// `post.create`.
        PostCreate = "post.create",
        /// `post.delete`.
        PostDelete = "post.delete",
        /// `post.mention.create`.
        PostMentionCreate = "post.mention.create",
        /// `post.reply.create`.
        PostReplyCreate = "post.reply.create",
        /// `post.quote.create`.
        PostQuoteCreate = "post.quote.create",
        /// `post.repost.create`.
        PostRepostCreate = "post.repost.create",
        /// `like.create`.
        LikeCreate = "like.create",
        /// `mute.mute`.
        MuteMute = "mute.mute",
        /// `mute.unmute`.
        MuteUnmute = "mute.unmute",
        /// `block.block`.
        BlockBlock = "block.block",
        /// `block.unblock`.
        BlockUnblock = "block.unblock",
        /// `oauth.revoke`, which is not in the specification, but comes.
        OAuthRevoke = "oauth.revoke",
    }
}
