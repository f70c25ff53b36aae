//! Media: files, what X knows of them, and how they are uploaded.

use crate::id::{MediaId, MediaKey};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// How a video was watched.
    pub struct MediaAnalytics {
        /// Clicks on the button's link.
        cta_url_clicks: Option<u64>,
        /// Clicks on the button that plays the video.
        cta_watch_clicks: Option<u64>,
        /// The media item.
        media_key: Option<MediaKey>,
        /// How often somebody started the video.
        play_from_tap: Option<u64>,
        /// How often a quarter was watched.
        playback25: Option<u64>,
        /// How often a half was watched.
        playback50: Option<u64>,
        /// How often three quarters were watched.
        playback75: Option<u64>,
        /// How often all was watched.
        playback_complete: Option<u64>,
        /// How often the video started.
        playback_start: Option<u64>,
        /// When the counts begin.
        timestamp: Option<Timestamp>,
        /// The counts, by span of time.
        timestamped_metrics: Vec<MediaAnalyticsBucket>,
        /// How often the video was watched.
        video_views: Option<u64>,
        /// How long the video was watched, in milliseconds.
        watch_time_ms: Option<u64>,
    }
}

model! {
    /// How a video was watched in a span of time.
    pub struct MediaAnalyticsBucket {
        /// The counts.
        metrics: Option<Box<MediaAnalyticsCounts>>,
        /// When the span begins.
        timestamp: Option<Timestamp>,
    }
}

model! {
    /// Counts of a video. X sends numbers, and texts where it has no number.
    pub struct MediaAnalyticsCounts {
        /// Clicks on the button's link.
        cta_url_clicks: Option<Json>,
        /// Clicks on the button that plays the video.
        cta_watch_clicks: Option<Json>,
        /// How often somebody started the video.
        play_from_tap: Option<Json>,
        /// How often a quarter was watched.
        playback25: Option<Json>,
        /// How often a half was watched.
        playback50: Option<Json>,
        /// How often three quarters were watched.
        playback75: Option<Json>,
        /// How often all was watched.
        playback_complete: Option<Json>,
        /// How often the video started.
        playback_start: Option<Json>,
        /// How often the video was watched.
        video_views: Option<Json>,
        /// How long the video was watched, in milliseconds.
        watch_time_ms: Option<Json>,
    }
}

model! {
    /// Whether people may download a file.
    pub struct MediaMetadataAllowDownloadStatus {
        /// Whether the file may be downloaded.
        allow_download: Option<bool>,
    }
}

model! {
    /// What media show, for those who do not see them.
    pub struct MediaMetadataAltText {
        required {
            /// The text.
            text: String,
        }
    }
}

model! {
    /// When a file goes away.
    pub struct MediaMetadataContentExpiration {
        required {
            /// When, in seconds since 1970.
            timestamp_sec: f64,
        }
    }
}

model! {
    /// The sites that may show a file.
    pub struct MediaMetadataDomainRestrictions {
        required {
            /// The sites.
            whitelist: Vec<String>,
        }
    }
}

model! {
    /// Where media were found.
    pub struct MediaMetadataFoundMediaOrigin {
        required {
            /// Identifies it.
            id: String,
            /// Who provides it.
            provider: String,
        }
    }
}

model! {
    /// Who manages a file.
    pub struct MediaMetadataManagementInfo {
        required {
            /// Whether the file is managed.
            managed: bool,
        }
    }
}

model! {
    /// The picture before a video plays.
    pub struct MediaMetadataPreviewImage {
        required {
            /// The picture, of a form that X does not describe.
            media_key: Json,
        }
    }
}

model! {
    /// Whether others may use a file.
    pub struct MediaMetadataSharedInfo {
        required {
            /// Whether others may use the file.
            shared: bool,
        }
    }
}

model! {
    /// The stickers on a picture.
    pub struct MediaMetadataStickerInfo {
        required {
            /// The stickers, of a form that X does not describe.
            stickers: Vec<Json>,
        }
    }
}

model! {
    /// Where a file came from.
    pub struct MediaMetadataUploadSource {
        required {
            /// Where the file came from.
            upload_source: String,
        }
    }
}

model! {
    /// How far X is with an uploaded file.
    pub struct MediaProcessing {
        /// Seconds to wait before asking again.
        check_after_secs: Option<u64>,
        /// How far X is, in percent.
        progress_percent: Option<u64>,
        /// What X does with it.
        state: Option<MediaProcessingState>,
    }
}

model! {
    /// What to say of an uploaded file.
    pub struct NewMediaMetadata {
        /// Whether people may download the file.
        allow_download_status: Option<MediaMetadataAllowDownloadStatus>,
        /// What the media show, for those who do not see them.
        alt_text: Option<MediaMetadataAltText>,
        /// Who may see the file, of a form that X does not describe.
        audience_policy: Option<Json>,
        /// When the file goes away.
        content_expiration: Option<MediaMetadataContentExpiration>,
        /// The sites that may show the file.
        domain_restrictions: Option<MediaMetadataDomainRestrictions>,
        /// Where the media were found.
        found_media_origin: Option<MediaMetadataFoundMediaOrigin>,
        /// Where the file may be seen, of a form that X does not describe.
        geo_restrictions: Option<Json>,
        /// Who manages the file.
        management_info: Option<MediaMetadataManagementInfo>,
        /// The picture before the video plays.
        preview_image: Option<MediaMetadataPreviewImage>,
        /// What to warn of, of a form that X does not describe.
        sensitive_media_warning: Option<Json>,
        /// Whether others may use the file.
        shared_info: Option<MediaMetadataSharedInfo>,
        /// The stickers on the picture.
        sticker_info: Option<MediaMetadataStickerInfo>,
        /// Where the file came from.
        upload_source: Option<MediaMetadataUploadSource>,
    }
}

model! {
    /// Subtitles of one language.
    pub struct NewSubtitles {
        /// The name of the language that viewers choose it by, such as `English`.
        display_name: Option<String>,
        /// The uploaded file.
        id: Option<MediaId>,
        /// The language: two capital letters, such as `EN`.
        language_code: Option<String>,
    }
}

model! {
    /// The answer to saying more of a file.
    pub struct SavedMediaMetadata {
        required {
            /// The file.
            id: MediaId,
        }
        /// What X knows of the file now, of a form that X does not describe.
        associated_metadata: Option<Json>,
    }
}

model! {
    /// The answer to adding subtitles.
    pub struct SavedSubtitles {
        /// The video's subtitles now, of a form that X does not describe.
        associated_subtitles: Option<Json>,
        /// The video.
        id: Option<MediaId>,
        /// What the video is for.
        media_category: Option<String>,
    }
}

model! {
    /// What X has found of a picture.
    pub struct UploadedImage {
        /// Height, in pixels.
        h: Option<u64>,
        /// The media type.
        image_type: Option<String>,
        /// Width, in pixels.
        w: Option<u64>,
    }
}

model! {
    /// An uploaded file.
    pub struct UploadedMedia {
        required {
            /// Identifies it.
            id: MediaId,
        }
        /// Seconds until X forgets the file, unless it is used.
        expires_after_secs: Option<u64>,
        /// What is known of a picture.
        image: Option<UploadedImage>,
        /// The media item.
        media_key: Option<MediaKey>,
        /// How far X is with it; absent if there is nothing to wait for.
        processing_info: Option<MediaProcessing>,
        /// Size, in bytes.
        size: Option<u64>,
        /// What is known of a video.
        video: Option<UploadedVideo>,
    }
}

model! {
    /// What X has found of a video.
    pub struct UploadedVideo {
        /// The media type.
        video_type: Option<String>,
    }
}

open_enum! {
    /// What an uploaded file is for.
    pub enum MediaCategory {
        /// `amplify_video`.
        AmplifyVideo = "amplify_video",
        /// `tweet_gif`.
        TweetGif = "tweet_gif",
        /// `tweet_image`.
        TweetImage = "tweet_image",
        /// `tweet_video`.
        TweetVideo = "tweet_video",
        /// `dm_gif`.
        DmGif = "dm_gif",
        /// `dm_image`.
        DmImage = "dm_image",
        /// `dm_video`.
        DmVideo = "dm_video",
        /// `subtitles`.
        Subtitles = "subtitles",
    }
}

open_enum! {
    /// How finely to count how videos were watched.
    pub enum MediaGranularity {
        /// `hourly`.
        Hourly = "hourly",
        /// `daily`.
        Daily = "daily",
        /// `total`.
        Total = "total",
    }
}

open_enum! {
    /// What a video with subtitles is for.
    pub enum SubtitleCategory {
        /// `AmplifyVideo`.
        AmplifyVideo = "AmplifyVideo",
        /// `TweetVideo`.
        TweetVideo = "TweetVideo",
    }
}

open_enum! {
    /// What to ask of an upload.
    pub enum UploadCommand {
        /// `STATUS`.
        Status = "STATUS",
    }
}

open_enum! {
    /// The media type of an uploaded file.
    pub enum UploadMediaType {
        /// `video/mp4`.
        VideoMp4 = "video/mp4",
        /// `video/webm`.
        VideoWebm = "video/webm",
        /// `video/mp2t`.
        VideoMp2t = "video/mp2t",
        /// `video/quicktime`.
        VideoQuicktime = "video/quicktime",
        /// `text/srt`.
        TextSrt = "text/srt",
        /// `text/vtt`.
        TextVtt = "text/vtt",
        /// `image/jpeg`.
        ImageJpeg = "image/jpeg",
        /// `image/gif`.
        ImageGif = "image/gif",
        /// `image/bmp`.
        ImageBmp = "image/bmp",
        /// `image/png`.
        ImagePng = "image/png",
        /// `image/webp`.
        ImageWebp = "image/webp",
        /// `image/pjpeg`.
        ImagePjpeg = "image/pjpeg",
        /// `image/tiff`.
        ImageTiff = "image/tiff",
        /// `model/gltf-binary`.
        ModelGltfBinary = "model/gltf-binary",
        /// `model/vnd.usdz+zip`.
        ModelVndUsdzZip = "model/vnd.usdz+zip",
    }
}

open_enum! {
    /// What X does with an uploaded file.
    pub enum MediaProcessingState {
        /// It waits.
        Pending = "pending",
        /// X works on it.
        InProgress = "in_progress",
        /// It can be posted.
        Succeeded = "succeeded",
        /// X cannot use it.
        Failed = "failed",
    }
}
