//! The objects of X's replies.
//!
//! Each is a plain struct whose fields are named as in X's current vocabulary; [`crate::model`]
//! tells what holds for all of them.

mod call;
pub mod entities;
mod includes;
mod media;
mod meta;
mod metrics;
mod place;
mod poll;
mod post;
mod results;
mod source_link;
mod topic;
mod usage;
mod user;

pub use call::{Call, CallJoinPolicy};
pub use entities::{
    AnnotationEntity, AnnotationKind, Entities, MentionEntity, TagEntity, UrlEntity, UrlImage,
};
pub use includes::Includes;
pub use media::{Media, MediaKind, MediaMetrics, MediaVariant};
pub use meta::{Meta, RulesSummary};
pub use metrics::{PostPrivateMetrics, PostPublicMetrics, UserPublicMetrics};
pub use place::{GeoKind, Place, PlaceGeo, PlaceKind, Point};
pub use poll::{Poll, PollOption, VotingStatus};
pub use post::{
    Attachments, ContextAnnotation, ContextDomain, ContextEntity, CountedSourceLink, EditControls,
    MatchedMediaNote, MediaMetadata, NotePost, NoteRequestSuggestion, Post, PostGeo, PostScopes,
    ReferenceKind, ReferencedPost, ReplySettings, Withheld, WithheldScope,
};
pub use results::{Bookmarked, CreatedPost, Deleted, Following, Liked, Muting, Reposted};
pub use source_link::SourceLink;
pub use topic::Topic;
pub use usage::{AppDay, AppUsage, ProjectDay, ProjectUsage, ProjectUsageByDay, Usage, UsageDay};
pub use user::{
    Affiliation, ConnectionStatus, Subscription, SubscriptionType, User, UserEntities, VerifiedType,
};
