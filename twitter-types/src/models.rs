//! The objects of X's replies.
//!
//! Each is a plain struct whose fields are named as in X's current vocabulary; [`crate::model`]
//! tells what holds for all of them. What X does not send is `None`, or an empty list: it sends
//! most only if the request asks for it, by [`crate::fields`].
//!
//! ```
//! use twitter_types::{envelope::One, models::User};
//!
//! let body = r#"{"data": {"id": "2244994945", "username": "XDevelopers", "of_tomorrow": 1}}"#;
//! let user = serde_json::from_str::<One<User>>(body)?.data.expect("X knows it");
//! assert_eq!(user.username.as_deref(), Some("XDevelopers"));
//! assert_eq!(user.public_metrics, None);
//! assert!(user.extra.get("of_tomorrow").is_some());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod account;
mod account_activity;
mod account_activity_event;
mod activity;
mod activity_event;
mod analytics;
mod articles;
mod bookmarks;
mod bots;
mod broadcasts;
mod call;
mod calls;
mod chat;
mod communities;
mod community_notes;
mod compliance;
mod compliance_event;
mod connections;
mod direct_messages;
pub mod entities;
mod includes;
mod joins;
mod list;
mod media;
mod meta;
mod metrics;
mod news;
mod place;
mod poll;
mod post;
mod results;
mod rules;
mod source_link;
mod spaces;
mod streams;
mod topic;
mod trends;
mod uploads;
mod usage;
mod user;
mod webhooks;

pub use account::DeveloperAccount;
pub use account_activity::{
    AccountActivityCount, AccountActivitySubscriber, AccountActivitySubscriptions, Subscribed,
};
pub use account_activity_event::{
    AccountActivity, AccountDeletedPost, AccountLike, AccountMessage, AccountMessageCreate,
    AccountMessageData, AccountMessageTarget, AccountPostDeletion, AccountReceipt, AccountRelation,
    AccountRelationKind, AccountRevocation, AccountRevocationSource, AccountRevocationTarget,
    AccountUser, AccountUserEvent, ReplayJobState, ReplayJobStatus,
};
pub use activity::{
    ActivityDirection, ActivityEventKind, ActivityFilter, ActivitySubscribed, ActivitySubscription,
    DeletedActivitySubscription,
};
pub use activity_event::{
    ActivityContent, ActivityEvent, BroadcastChatEvent, BroadcastEvent, ChatEvent, FollowEvent,
    MessageEvent, NewsEvent, PostDeletion, ProfileChange, RevocationEvent, SpaceEvent,
};
pub use analytics::{
    CountGranularity, PostAnalytics, PostAnalyticsBucket, PostAnalyticsCounts, PostCount,
    PostGranularity,
};
pub use articles::{
    ArticleBlock, ArticleBlockData, ArticleBlockKind, ArticleContent, ArticleDraft, ArticleEntity,
    ArticleEntityData, ArticleEntityKind, ArticleEntityRange, ArticleEntityValue, ArticleMedia,
    ArticleMutability, ArticleSpan, ArticleStyle, ArticleStyleRange,
};
pub use bookmarks::{BookmarkChange, BookmarkFolder};
pub use bots::{BotCredentials, BotDmPermission, Revoked};
pub use broadcasts::{
    Broadcast, BroadcastChange, BroadcastChatMessage, BroadcastChatMute, BroadcastFrequency,
    BroadcastModerators, BroadcastOfUser, BroadcastRecurrence, BroadcastState,
    BroadcastStateOfUser, BroadcastsCursor, BroadcastsOfUser, CreatedBroadcast, Region, RegionName,
    ScheduledBroadcast, ScheduledBroadcastState, SentBroadcastChat, Source, SourceOfUser,
    SourceOrigin, SourcesOfUser, UserSource,
};
pub use call::{Call, CallJoinPolicy};
pub use calls::{
    CallAnswer, CallAudio, CallEncoding, CallMedia, CallMediaKind, CallResponse, CallScope,
    Cancelled, JoinedCall, LeftCall, ScheduledCall, ScheduledCallInvitee, ScheduledCallStatus,
};
pub use chat::{
    Accepted, Added, Approved, Archived, ChatAdminSettings, ChatAudience, ChatCallPermissions,
    ChatCallSettings, ChatConversation, ChatDeletion, ChatEventSignature, ChatGroupValue,
    ChatInbox, ChatInvite, ChatJoinState, ChatKeyChange, ChatKeyRotation, ChatKind,
    ChatMessageEvent, ChatMessageKey, ChatMessageRequest, ChatMessageRequestDetail,
    ChatParticipantKey, ChatPinnedMessage, ChatQualityFilter, ChatReceipts, ChatRequestState,
    ChatScreenCapture, ChatSettings, ChatSignature, ChatSigningKey, ChatUpload, Disabled,
    NewPublicKey, PublicKey, Rejected, Removed, Requested, SentChatMessage,
};
pub use communities::Community;
pub use community_notes::{
    CreatedNote, NewNote, Note, NoteBucketCounts, NoteClassification, NoteEvaluation, NoteInfo,
    NoteModelRatings, NoteRatingCounts, NoteRatingStatus, NoteReason, NoteScore, NoteScoring,
    NoteTagCount, NoteTestResult,
};
pub use compliance::{ComplianceJob, ComplianceJobKind, ComplianceJobStatus, ComplianceResult};
pub use compliance_event::{
    AffectedPost, AffectedUser, LikeCompliance, LikeDeletion, LikeReference, PostCompliance,
    PostEdit, PostLabel, PostNotice, PostReference, UserCompliance, UserReference,
};
pub use connections::{
    ClosedConnection, ClosedConnections, Connection, ConnectionFilter, StreamEndpoint,
};
pub use direct_messages::{
    DmConversationKind, DmEvent, DmEventAttachments, DmEventKind, DmMedia, NewDm, SentDm,
};
pub use entities::{
    AnnotationEntity, AnnotationKind, Entities, MentionEntity, TagEntity, UrlEntity, UrlImage,
};
pub use includes::Includes;
pub use joins::Joins;
pub use list::{CreatedList, List, ListMembership, Pinned};
pub use media::{Media, MediaKind, MediaMetrics, MediaVariant};
pub use meta::{Meta, RulesSummary};
pub use metrics::{PostPrivateMetrics, PostPublicMetrics, UserPublicMetrics};
pub use news::News;
pub use place::{GeoKind, Place, PlaceGeo, PlaceKind, Point};
pub use poll::{Poll, PollOption, VotingStatus};
pub use post::{
    Attachments, ContextAnnotation, ContextDomain, ContextEntity, CountedSourceLink, EditControls,
    Exclude, MatchedMediaNote, MediaMetadata, NotePost, NoteRequestSuggestion, Post, PostGeo,
    PostScopes, ReferenceKind, ReferencedPost, ReplySettings, Withheld, WithheldScope,
};
pub use results::{
    AppendedMedia, Blocking, Bookmarked, CreatedPost, Deleted, DmsBlocked, Done, Following, Hidden,
    Liked, Muted, Muting, PostStub, PublishedArticle, Reposted, Updated,
};
pub use rules::{AppRuleCount, NewRule, OldRules, Rule, RuleCounts};
pub use source_link::SourceLink;
pub use spaces::{Space, SpaceFilter, SpaceState};
pub use streams::Like;
pub use topic::Topic;
pub use trends::{PersonalizedTrend, Trend};
pub use uploads::{
    MediaAnalytics, MediaAnalyticsBucket, MediaAnalyticsCounts, MediaCategory, MediaGranularity,
    MediaMetadataAllowDownloadStatus, MediaMetadataAltText, MediaMetadataContentExpiration,
    MediaMetadataDomainRestrictions, MediaMetadataFoundMediaOrigin, MediaMetadataManagementInfo,
    MediaMetadataPreviewImage, MediaMetadataSharedInfo, MediaMetadataStickerInfo,
    MediaMetadataUploadSource, MediaProcessing, MediaProcessingState, NewMediaMetadata,
    NewSubtitles, SavedMediaMetadata, SavedSubtitles, SubtitleCategory, UploadCommand,
    UploadMediaType, UploadedImage, UploadedMedia, UploadedVideo,
};
pub use usage::{AppDay, AppUsage, ProjectDay, ProjectUsage, ProjectUsageByDay, Usage, UsageDay};
pub use usage::{CreditGrant, Credits};
pub use user::{
    Affiliation, ConnectionStatus, Subscription, SubscriptionType, User, UserEntities, VerifiedType,
};
pub use webhooks::{Provisioned, Webhook, WebhookReplay, WebhookStreamLink, WebhookValidation};
