//! Photos, videos and animated GIFs.

use crate::id::MediaKey;
use crate::model::{model, open_enum};

model! {
    /// A media item. X's data dictionary calls it Media.
    pub struct Media {
        required {
            /// Identifies the item.
            media_key: MediaKey,
        }
        /// What the author says the item shows, for those who cannot see it.
        alt_text: Option<String>,
        /// Length of a video, in milliseconds.
        duration_ms: Option<u64>,
        /// Height, in pixels.
        height: Option<u32>,
        /// Playback counts that only the owner may ask for.
        non_public_metrics: Option<Box<MediaMetrics>>,
        /// Counts from unpaid views; only the owner may ask for them.
        organic_metrics: Option<Box<MediaMetrics>>,
        /// The address of a still picture of the item.
        preview_image_url: Option<String>,
        /// Counts from paid views; only the owner may ask for them.
        promoted_metrics: Option<Box<MediaMetrics>>,
        /// The view count that anyone may ask for.
        public_metrics: Option<Box<MediaMetrics>>,
        /// What the item is.
        kind = "type": Option<MediaKind>,
        /// The address of a photo; videos have [`variants`](Self::variants).
        url: Option<String>,
        /// The files that a video or GIF can be had as.
        variants: Vec<MediaVariant>,
        /// Width, in pixels.
        width: Option<u32>,
    }
}

model! {
    /// How often a video was watched, and how far. The public counts are `view_count` alone.
    pub struct MediaMetrics {
        /// Users who started it.
        playback_0_count: Option<u64>,
        /// Users who watched a quarter of it.
        playback_25_count: Option<u64>,
        /// Users who watched half of it.
        playback_50_count: Option<u64>,
        /// Users who watched three quarters of it.
        playback_75_count: Option<u64>,
        /// Users who watched it to the end.
        playback_100_count: Option<u64>,
        /// Views.
        view_count: Option<u64>,
    }
}

model! {
    /// One file that a video or GIF can be had as.
    pub struct MediaVariant {
        /// Bits per second; absent for playlists.
        bit_rate: Option<u64>,
        /// The MIME type, such as `video/mp4`.
        content_type: Option<String>,
        /// The file's address.
        url: Option<String>,
    }
}

open_enum! {
    /// What a [`Media`] item is.
    pub enum MediaKind {
        /// A soundless video that loops.
        AnimatedGif = "animated_gif",
        /// A still picture.
        Photo = "photo",
        /// A video.
        Video = "video",
    }
}
