//! What a request may ask for: the fields of each object, and the objects to bring along.
//!
//! Without asking, X sends little more of an object than its id. What is brought along stands
//! beside the objects, where [`Joins`](crate::models::Joins) finds it.
//!
//! ```
//! # #[cfg(feature = "endpoints")] {
//! use twitter_types::fields::{PostExpansion, PostField};
//! use twitter_types::posts::{ById, PostFields};
//!
//! let mut fields = PostFields::from([PostField::CreatedAt]);
//! fields.expansions.insert(PostExpansion::AuthorId);
//! let post = ById::new(20).fields(fields);
//! # let _ = post;
//! # }
//! ```

mod analytics;
mod broadcasts;
mod calls;
mod chat;
mod communities;
mod community_notes;
mod compliance;
mod connections;
mod direct_messages;
mod list;
mod lists;
mod news;
mod rules;
mod spaces;
mod streams;
mod trends;
mod webhooks;

pub use analytics::{MediaAnalyticsField, PostAnalyticsField, PostCountField};
pub use broadcasts::{
    BroadcastChatExpansion, BroadcastChatMessageField, BroadcastChatMuteField, BroadcastField,
    BroadcastMuteExpansion,
};
pub use calls::{CallExpansion, CallField, ScheduledCallExpansion, ScheduledCallField};
pub use chat::{
    ChatConversationExpansion, ChatConversationField, ChatGroupInviteField, ChatMessageEventField,
    ChatMessageRequestDetailField, ChatMessageRequestField, ChatPinnedMessageField,
    ChatSettingsField, PublicKeyField,
};
pub use communities::CommunityField;
pub use community_notes::NoteField;
pub use compliance::ComplianceJobField;
pub use connections::ConnectionField;
pub use direct_messages::{DmEventExpansion, DmEventField};
pub use list::Fields;
pub use lists::{ListExpansion, ListField};
pub use news::NewsField;
pub use rules::RuleCountField;
pub use spaces::{SpaceExpansion, SpaceField, TopicField};
pub use streams::{LikeExpansion, LikeField, StreamExpansion, StreamPostField, StreamUserField};
pub use trends::{PersonalizedTrendField, TrendField};
pub use webhooks::WebhookField;

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`Post`](crate::models::Post): `post.fields`.
    pub enum PostField {
        /// `article`.
        Article = "article",
        /// `article_title`.
        ArticleTitle = "article_title",
        /// `attachments`.
        Attachments = "attachments",
        /// `card_uri`.
        CardUri = "card_uri",
        /// `community_id`.
        CommunityId = "community_id",
        /// `context_annotations`.
        ContextAnnotations = "context_annotations",
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `display_text_range`.
        DisplayTextRange = "display_text_range",
        /// `edit_controls`.
        EditControls = "edit_controls",
        /// `entities`.
        Entities = "entities",
        /// `geo`.
        Geo = "geo",
        /// `id`.
        Id = "id",
        /// `lang`.
        Lang = "lang",
        /// `matched_media_notes`.
        MatchedMediaNotes = "matched_media_notes",
        /// `media_metadata`.
        MediaMetadata = "media_metadata",
        /// `non_public_metrics`.
        NonPublicMetrics = "non_public_metrics",
        /// `note_post`.
        NotePost = "note_post",
        /// `note_request_suggestions`.
        NoteRequestSuggestions = "note_request_suggestions",
        /// `organic_metrics`.
        OrganicMetrics = "organic_metrics",
        /// `paid_partnership`.
        PaidPartnership = "paid_partnership",
        /// `possibly_sensitive`.
        PossiblySensitive = "possibly_sensitive",
        /// `promoted_metrics`.
        PromotedMetrics = "promoted_metrics",
        /// `public_metrics`.
        PublicMetrics = "public_metrics",
        /// `reply_settings`.
        ReplySettings = "reply_settings",
        /// `scopes`.
        Scopes = "scopes",
        /// `source`.
        Source = "source",
        /// `suggested_source_links`.
        SuggestedSourceLinks = "suggested_source_links",
        /// `suggested_source_links_with_counts`.
        SuggestedSourceLinksWithCounts = "suggested_source_links_with_counts",
        /// `text`.
        Text = "text",
        /// `withheld`.
        Withheld = "withheld",
    }
}

open_enum! {
    /// Fields of a [`User`](crate::models::User): `user.fields`.
    pub enum UserField {
        /// `active_follower_count`.
        ActiveFollowerCount = "active_follower_count",
        /// `confirmed_email`.
        ConfirmedEmail = "confirmed_email",
        /// `connection_status`.
        ConnectionStatus = "connection_status",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `description`.
        Description = "description",
        /// `entities`.
        Entities = "entities",
        /// `id`.
        Id = "id",
        /// `is_identity_verified`.
        IsIdentityVerified = "is_identity_verified",
        /// `location`.
        Location = "location",
        /// `name`.
        Name = "name",
        /// `parody`.
        Parody = "parody",
        /// `profile_banner_url`.
        ProfileBannerUrl = "profile_banner_url",
        /// `profile_image_url`.
        ProfileImageUrl = "profile_image_url",
        /// `protected`.
        Protected = "protected",
        /// `public_metrics`.
        PublicMetrics = "public_metrics",
        /// `receives_your_dm`.
        ReceivesYourDm = "receives_your_dm",
        /// `subscriber_count`.
        SubscriberCount = "subscriber_count",
        /// `subscribes_to_you`.
        SubscribesToYou = "subscribes_to_you",
        /// `subscription`.
        Subscription = "subscription",
        /// `subscription_type`.
        SubscriptionType = "subscription_type",
        /// `url`.
        Url = "url",
        /// `username`.
        Username = "username",
        /// `verified`.
        Verified = "verified",
        /// `verified_followers_count`.
        VerifiedFollowersCount = "verified_followers_count",
        /// `verified_type`.
        VerifiedType = "verified_type",
        /// `withheld`.
        Withheld = "withheld",
    }
}

open_enum! {
    /// Fields of a [`Media`](crate::models::Media) item: `media.fields`.
    pub enum MediaField {
        /// `alt_text`.
        AltText = "alt_text",
        /// `duration_ms`.
        DurationMs = "duration_ms",
        /// `height`.
        Height = "height",
        /// `media_key`.
        MediaKey = "media_key",
        /// `non_public_metrics`.
        NonPublicMetrics = "non_public_metrics",
        /// `organic_metrics`.
        OrganicMetrics = "organic_metrics",
        /// `preview_image_url`.
        PreviewImageUrl = "preview_image_url",
        /// `promoted_metrics`.
        PromotedMetrics = "promoted_metrics",
        /// `public_metrics`.
        PublicMetrics = "public_metrics",
        /// `type`.
        Type = "type",
        /// `url`.
        Url = "url",
        /// `variants`.
        Variants = "variants",
        /// `width`.
        Width = "width",
    }
}

open_enum! {
    /// Fields of a [`Poll`](crate::models::Poll): `poll.fields`.
    pub enum PollField {
        /// `duration_minutes`.
        DurationMinutes = "duration_minutes",
        /// `end_datetime`.
        EndDatetime = "end_datetime",
        /// `id`.
        Id = "id",
        /// `options`.
        Options = "options",
        /// `voting_status`.
        VotingStatus = "voting_status",
    }
}

open_enum! {
    /// Fields of a [`Place`](crate::models::Place): `place.fields`.
    pub enum PlaceField {
        /// `contained_within`.
        ContainedWithin = "contained_within",
        /// `country`.
        Country = "country",
        /// `country_code`.
        CountryCode = "country_code",
        /// `full_name`.
        FullName = "full_name",
        /// `geo`.
        Geo = "geo",
        /// `id`.
        Id = "id",
        /// `name`.
        Name = "name",
        /// `place_type`.
        PlaceType = "place_type",
    }
}

open_enum! {
    /// Fields of [`Usage`](crate::models::Usage): `usage.fields`.
    pub enum UsageField {
        /// `cap_reset_day`.
        CapResetDay = "cap_reset_day",
        /// `daily_client_app_usage`.
        DailyClientAppUsage = "daily_client_app_usage",
        /// `daily_project_usage`.
        DailyProjectUsage = "daily_project_usage",
        /// `project_cap`.
        ProjectCap = "project_cap",
        /// `project_id`.
        ProjectId = "project_id",
        /// `project_usage`.
        ProjectUsage = "project_usage",
    }
}

open_enum! {
    /// What a post can bring along: `expansions`. The author, the user answered and the posts
    /// referred to are also *shown* in the post only when they are asked for here.
    pub enum PostExpansion {
        /// `article.cover_media`.
        ArticleCoverMedia = "article.cover_media",
        /// `article.media_entities`.
        ArticleMediaEntities = "article.media_entities",
        /// `attachments.media_keys`.
        AttachmentsMediaKeys = "attachments.media_keys",
        /// `attachments.media_source_tweet`.
        AttachmentsMediaSourceTweet = "attachments.media_source_tweet",
        /// `attachments.poll_ids`.
        AttachmentsPollIds = "attachments.poll_ids",
        /// `author_id`.
        AuthorId = "author_id",
        /// `edit_history_post_ids`.
        EditHistoryPostIds = "edit_history_post_ids",
        /// `entities.mentions.username`.
        EntitiesMentionsUsername = "entities.mentions.username",
        /// `geo.place_id`.
        GeoPlaceId = "geo.place_id",
        /// `in_reply_to_user_id`.
        InReplyToUserId = "in_reply_to_user_id",
        /// `referenced_posts`.
        ReferencedPosts = "referenced_posts",
        /// `username`.
        Username = "username",
    }
}

open_enum! {
    /// What a user can bring along: `expansions`.
    pub enum UserExpansion {
        /// `affiliation`.
        Affiliation = "affiliation",
        /// `most_recent_post_id`.
        MostRecentPostId = "most_recent_post_id",
        /// `pinned_post_id`.
        PinnedPostId = "pinned_post_id",
    }
}

impl PostField {
    /// What X shows to the author alone.
    pub const PRIVATE: [Self; 3] =
        [Self::NonPublicMetrics, Self::OrganicMetrics, Self::PromotedMetrics];
}

impl MediaField {
    /// What X shows to the author alone.
    pub const PRIVATE: [Self; 3] =
        [Self::NonPublicMetrics, Self::OrganicMetrics, Self::PromotedMetrics];
}

impl UserField {
    /// What X shows to the user alone, and only to an App that may ask for it.
    pub const PRIVATE: [Self; 1] = [Self::ConfirmedEmail];
}
