//! Media: files, what X knows of them, and how they are uploaded.

mod segments;
mod uploads;

pub use segments::{AppendUpload, AppendUploadBody, Upload, UploadBody};
pub use uploads::{FinalizeUpload, InitializeUpload, UploadStatus};

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, MediaAnalyticsField, MediaField},
    id::{MediaId, MediaKey},
    models::{
        Deleted, Media, MediaAnalytics, MediaGranularity, NewMediaMetadata, NewSubtitles,
        SavedMediaMetadata, SavedSubtitles, SubtitleCategory,
    },
    timestamp::Timestamp,
};

endpoint! {
    /// Looks up several media items.
    GET "/2/media" getMediaByMediaKeys
    (Anyone: "tweet.read") -> Page<Media>;
    pub struct ByKeys {
        require {
            /// The media items.
            media_keys: Vec<MediaKey> [1..=100],
        }
        query {
            /// What to return.
            fields = "media.fields": Fields<MediaField>,
        }
    }
}

endpoint! {
    /// Counts how videos were watched, over time.
    GET "/2/media/analytics" getMediaAnalytics
    (AnyUser: "tweet.read") -> Page<MediaAnalytics>;
    pub struct Analytics {
        require {
            /// The media items.
            media_keys: Vec<MediaKey> [1..=100],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
        query {
            /// How finely to count; by day if not set.
            granularity: MediaGranularity,
            /// What to return.
            fields = "media_analytics.fields": Fields<MediaAnalyticsField>,
        }
    }
}

endpoint! {
    /// Says more of an uploaded file, such as its alt text.
    POST "/2/media/metadata" createMediaMetadata
    (AnyUser: "media.write") -> One<SavedMediaMetadata>;
    pub struct CreateMetadata {
        json {
            /// The file.
            id: MediaId,
            /// What to say of it.
            metadata: NewMediaMetadata,
        }
    }
}

endpoint! {
    /// Takes the subtitles of one language off a video.
    DELETE "/2/media/subtitles" deleteMediaSubtitles
    (AnyUser: "media.write") -> One<Deleted>;
    pub struct DeleteSubtitles {
        json {
            /// The video.
            id: MediaId,
            /// The language: two capital letters, such as `EN`.
            language_code: String,
            /// What the video is for: `AmplifyVideo` or `TweetVideo`.
            media_category: String,
        }
    }
}

endpoint! {
    /// Adds subtitles to a video.
    POST "/2/media/subtitles" createMediaSubtitles
    (AnyUser: "media.write") -> One<SavedSubtitles>;
    pub struct CreateSubtitles {
        json {
            /// The video.
            id: MediaId,
            /// What the video is for.
            media_category: SubtitleCategory,
            /// The subtitles.
            subtitles: NewSubtitles,
        }
    }
}

endpoint! {
    /// Looks up one media item.
    GET "/2/media/{media_key}" getMediaByMediaKey
    (Anyone: "tweet.read") -> One<Media>;
    pub struct ByKey {
        path {
            /// The media item.
            media_key: MediaKey,
        }
        query {
            /// What to return.
            fields = "media.fields": Fields<MediaField>,
        }
    }
}

crate::model::open_enum! {
    /// What a file is for that is uploaded in one request.
    pub enum SmallMediaCategory {
        /// A picture in a post.
        TweetImage = "tweet_image",
        /// A video in a post.
        TweetVideo = "tweet_video",
        /// A moving picture in a post.
        TweetGif = "tweet_gif",
        /// A picture in a direct message.
        DmImage = "dm_image",
        /// A video in a direct message.
        DmVideo = "dm_video",
        /// A moving picture in a direct message.
        DmGif = "dm_gif",
        /// Subtitles.
        Subtitles = "subtitles",
    }
}
