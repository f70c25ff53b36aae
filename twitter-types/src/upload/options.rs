//! What a file is for, and how to upload it.

use std::time::Duration;

use super::UploadError;
use crate::{
    id::UserId,
    models::{MediaCategory, UploadMediaType},
};

/// Where a file will be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// In a post.
    Post,
    /// In a direct message.
    DirectMessage,
    /// Beside a video, as its subtitles. Those of [`Options::subtitles`] need no upload of their
    /// own.
    Subtitles,
    /// In a post, by an account that may use X's Amplify for its videos.
    Amplify,
}

/// How to upload a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// Where the file will be shown.
    pub target: Target,
    /// The file's type, where it is not to be told from its content.
    pub media_type: Option<UploadMediaType>,
    /// What X shall take the file for, where type and target say it wrong: a GIF that does not move
    /// can be a `TweetImage`.
    pub category: Option<MediaCategory>,
    /// Users besides the owner who may use the file.
    pub additional_owners: Vec<UserId>,
    /// What the file shows, for those who do not see it; at most 1,000 characters.
    pub alt_text: Option<String>,
    /// The subtitles of a video.
    pub subtitles: Vec<Subtitles>,
    /// The most bytes that a file may have, instead of X's documented limit for its type: 5 MiB for
    /// a picture, 15 MiB for a GIF, 512 MiB for a video.
    pub size_limit: Option<u64>,
    /// Bytes per segment: 1 MiB, or more where a file would have more than 1,000 segments. A
    /// segment on its way takes about twice as much memory.
    pub segment_bytes: u64,
    /// How many segments are on their way at once: 4.
    pub parallel: usize,
    /// How often a request is sent at most: 6 times.
    pub attempts: u32,
    /// How long to wait for X to process the file: 15 minutes.
    pub processing_deadline: Duration,
    /// What [`Upload::save`](super::Upload::save) gave, to go on from there.
    pub saved: Option<String>,
}

impl Options {
    /// The most characters that X takes as alt text.
    const ALT_TEXT: usize = 1000;

    /// An upload with the defaults.
    pub const fn new(target: Target) -> Self {
        Self {
            target,
            media_type: None,
            category: None,
            additional_owners: Vec::new(),
            alt_text: None,
            subtitles: Vec::new(),
            size_limit: None,
            segment_bytes: 1024 * 1024,
            parallel: 4,
            attempts: 6,
            processing_deadline: Duration::from_secs(15 * 60),
            saved: None,
        }
    }

    /// The file's type, where it is not to be told from its content.
    #[must_use]
    pub fn media_type(self, media_type: UploadMediaType) -> Self {
        Self { media_type: Some(media_type), ..self }
    }

    /// What X shall take the file for.
    #[must_use]
    pub fn category(self, category: MediaCategory) -> Self {
        Self { category: Some(category), ..self }
    }

    /// Users besides the owner who may use the file.
    #[must_use]
    pub fn additional_owners(self, additional_owners: Vec<UserId>) -> Self {
        Self { additional_owners, ..self }
    }

    /// What the file shows, for those who do not see it; at most 1,000 characters.
    #[must_use]
    pub fn alt_text(self, alt_text: impl Into<String>) -> Self {
        Self { alt_text: Some(alt_text.into()), ..self }
    }

    /// Adds subtitles of one language to a video.
    #[must_use]
    pub fn subtitles(mut self, subtitles: Subtitles) -> Self {
        self.subtitles.push(subtitles);
        self
    }

    /// The most bytes that a file may have.
    #[must_use]
    pub fn size_limit(self, bytes: u64) -> Self {
        Self { size_limit: Some(bytes), ..self }
    }

    /// Bytes per segment; 0 counts as 1.
    #[must_use]
    pub fn segment_bytes(self, bytes: u64) -> Self {
        Self { segment_bytes: bytes, ..self }
    }

    /// How many segments are on their way at once; 0 counts as 1.
    #[must_use]
    pub fn parallel(self, parallel: usize) -> Self {
        Self { parallel, ..self }
    }

    /// How often a request is sent at most; 0 counts as 1.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How long to wait for X to process the file.
    #[must_use]
    pub fn processing_deadline(self, deadline: Duration) -> Self {
        Self { processing_deadline: deadline, ..self }
    }

    /// Goes on from what [`Upload::save`](super::Upload::save) gave.
    #[must_use]
    pub fn resume(self, saved: impl Into<String>) -> Self {
        Self { saved: Some(saved.into()), ..self }
    }

    /// What X shall take a file of this type for, once its size is checked.
    pub(super) fn check(
        &self,
        media_type: &UploadMediaType,
        size: u64,
    ) -> Result<Option<MediaCategory>, UploadError> {
        let kind = Kind::of(media_type);
        let category = match &self.category {
            Some(category) => Some(category.clone()),
            None => category(kind, self.target).ok_or_else(|| UploadError::WrongType {
                media_type: media_type.clone(),
                target: self.target,
            })?,
        };
        let limit = self.size_limit.unwrap_or_else(|| kind.limit());
        if size > limit {
            return Err(UploadError::TooLarge { media_type: media_type.clone(), size, limit });
        }
        self.check_texts(category.as_ref())?;
        Ok(category)
    }

    fn check_texts(&self, category: Option<&MediaCategory>) -> Result<(), UploadError> {
        let alt_text = self.alt_text.as_deref().unwrap_or_default();
        if alt_text.chars().count() > Self::ALT_TEXT {
            return Err(UploadError::Option("alt text has at most 1000 characters"));
        }
        let takes = [MediaCategory::TweetVideo, MediaCategory::AmplifyVideo];
        if !self.subtitles.is_empty() && !category.is_some_and(|category| takes.contains(category))
        {
            return Err(UploadError::Option("subtitles belong to a video in a post"));
        }
        let is_code =
            |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if !self.subtitles.iter().all(|subtitles| is_code(&subtitles.language_code)) {
            return Err(UploadError::Option(
                "the language of subtitles is two capital letters, such as EN",
            ));
        }
        Ok(())
    }
}

/// Subtitles of one language.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Subtitles {
    /// The file, of SRT or WebVTT.
    pub content: Vec<u8>,
    /// The language: two capital letters, such as `EN`.
    pub language_code: String,
    /// The name that viewers choose it by, such as `English`.
    pub display_name: String,
}

impl Subtitles {
    /// Subtitles of one language.
    pub fn new(
        content: impl Into<Vec<u8>>,
        language_code: impl Into<String>,
        display_name: impl Into<String>,
    ) -> Self {
        Self {
            content: content.into(),
            language_code: language_code.into(),
            display_name: display_name.into(),
        }
    }
}

/// What categories and limits tell apart.
#[derive(Clone, Copy)]
enum Kind {
    Image,
    Gif,
    Video,
    Subtitles,
    Other,
}

impl Kind {
    fn of(media_type: &UploadMediaType) -> Self {
        match media_type {
            UploadMediaType::ImageGif => Self::Gif,
            media_type => match media_type.as_str().split('/').next() {
                Some("image") => Self::Image,
                Some("video") => Self::Video,
                Some("text") => Self::Subtitles,
                _ => Self::Other,
            },
        }
    }

    /// X's page "Media best practices"; for the rest, the most that the specification takes.
    const fn limit(self) -> u64 {
        const MIB: u64 = 1024 * 1024;
        match self {
            Self::Image => 5 * MIB,
            Self::Gif => 15 * MIB,
            Self::Video => 512 * MIB,
            Self::Subtitles | Self::Other => 16 * 1024 * MIB,
        }
    }
}

/// `Some(None)` is a file that X has no category for, such as a model in a post.
fn category(kind: Kind, target: Target) -> Option<Option<MediaCategory>> {
    let category = match (kind, target) {
        (Kind::Image, Target::Post) => MediaCategory::TweetImage,
        (Kind::Gif, Target::Post) => MediaCategory::TweetGif,
        (Kind::Video, Target::Post) => MediaCategory::TweetVideo,
        (Kind::Image, Target::DirectMessage) => MediaCategory::DmImage,
        (Kind::Gif, Target::DirectMessage) => MediaCategory::DmGif,
        (Kind::Video, Target::DirectMessage) => MediaCategory::DmVideo,
        (Kind::Video, Target::Amplify) => MediaCategory::AmplifyVideo,
        (Kind::Subtitles, Target::Subtitles) => MediaCategory::Subtitles,
        (Kind::Other, Target::Post) => return Some(None),
        _ => return None,
    };
    Some(Some(category))
}
