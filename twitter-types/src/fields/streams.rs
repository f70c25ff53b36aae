//! Fields and expansions of streams: what happens, as it happens.

use crate::model::open_enum;

open_enum! {
    /// What a [`Like`](crate::models::Like) can bring along: `expansions`.
    pub enum LikeExpansion {
        /// `attachments.media_keys`.
        AttachmentsMediaKeys = "attachments.media_keys",
        /// `liked_tweet_author_id`.
        LikedTweetAuthorId = "liked_tweet_author_id",
        /// `liked_tweet_id`.
        LikedTweetId = "liked_tweet_id",
    }
}

open_enum! {
    /// Fields of a [`Like`](crate::models::Like): `like_with_tweet_author.fields`.
    pub enum LikeField {
        /// `attachments_media_keys`.
        AttachmentsMediaKeys = "attachments_media_keys",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `id`.
        Id = "id",
        /// `liked_tweet_author_id`.
        LikedTweetAuthorId = "liked_tweet_author_id",
        /// `liked_tweet_id`.
        LikedTweetId = "liked_tweet_id",
        /// `timestamp_ms`.
        TimestampMs = "timestamp_ms",
    }
}

open_enum! {
    /// What a [`Post`](crate::models::Post) on a stream can bring along: `expansions`.
    pub enum StreamExpansion {
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
        /// `edit_history_tweet_ids`.
        EditHistoryTweetIds = "edit_history_tweet_ids",
        /// `entities.mentions.username`.
        EntitiesMentionsUsername = "entities.mentions.username",
        /// `entities.note.mentions.username`.
        EntitiesNoteMentionsUsername = "entities.note.mentions.username",
        /// `geo.place_id`.
        GeoPlaceId = "geo.place_id",
        /// `in_reply_to_user_id`.
        InReplyToUserId = "in_reply_to_user_id",
        /// `referenced_tweets.id`.
        ReferencedTweetsId = "referenced_tweets.id",
        /// `referenced_tweets.id.attachments.media_keys`.
        ReferencedTweetsIdAttachmentsMediaKeys = "referenced_tweets.id.attachments.media_keys",
        /// `referenced_tweets.id.author_id`.
        ReferencedTweetsIdAuthorId = "referenced_tweets.id.author_id",
    }
}

open_enum! {
    /// Fields of a [`Post`](crate::models::Post) on a stream: `tweet.fields`.
    pub enum StreamPostField {
        /// `article`.
        Article = "article",
        /// `attachments`.
        Attachments = "attachments",
        /// `author_id`.
        AuthorId = "author_id",
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
        /// `edit_history_tweet_ids`.
        EditHistoryTweetIds = "edit_history_tweet_ids",
        /// `entities`.
        Entities = "entities",
        /// `geo`.
        Geo = "geo",
        /// `id`.
        Id = "id",
        /// `in_reply_to_user_id`.
        InReplyToUserId = "in_reply_to_user_id",
        /// `lang`.
        Lang = "lang",
        /// `matched_media_notes`.
        MatchedMediaNotes = "matched_media_notes",
        /// `media_metadata`.
        MediaMetadata = "media_metadata",
        /// `non_public_metrics`.
        NonPublicMetrics = "non_public_metrics",
        /// `note_request_suggestions`.
        NoteRequestSuggestions = "note_request_suggestions",
        /// `note_tweet`.
        NoteTweet = "note_tweet",
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
        /// `referenced_tweets`.
        ReferencedTweets = "referenced_tweets",
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

impl StreamPostField {
    /// What X shows to the author alone.
    pub const PRIVATE: [Self; 3] =
        [Self::NonPublicMetrics, Self::OrganicMetrics, Self::PromotedMetrics];
}

open_enum! {
    /// Fields of a [`User`](crate::models::User) on a stream: `user.fields`.
    pub enum StreamUserField {
        /// `affiliation`.
        Affiliation = "affiliation",
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
        /// `most_recent_tweet_id`.
        MostRecentTweetId = "most_recent_tweet_id",
        /// `name`.
        Name = "name",
        /// `parody`.
        Parody = "parody",
        /// `pinned_tweet_id`.
        PinnedTweetId = "pinned_tweet_id",
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

impl StreamUserField {
    /// What X shows to the user alone.
    pub const PRIVATE: [Self; 1] = [Self::ConfirmedEmail];
}
