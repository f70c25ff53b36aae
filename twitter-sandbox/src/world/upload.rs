//! Uploaded files: counted and hashed, never kept.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Media, MediaKind, World};
use crate::time::{DAY, SECOND, Time};

/// A file on its way, or there.
pub(crate) struct Upload {
    pub(crate) id: u64,
    pub(crate) owner: u64,
    pub(crate) media_type: Option<String>,
    pub(crate) category: String,
    /// What the client has announced.
    pub(crate) total: Option<u64>,
    pub(crate) segments: BTreeMap<u32, Segment>,
    pub(crate) stage: Stage,
    pub(crate) expires: Time,
    pub(crate) alt_text: Option<String>,
    /// By language: the id of the file, and the name.
    pub(crate) subtitles: BTreeMap<String, (u64, String)>,
}

/// What is left of a segment.
pub(crate) struct Segment {
    pub(crate) length: u64,
    digest: [u8; 32],
}

/// How far an upload is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Segments come in.
    Open,
    /// X works on it from then to then, and fails or not.
    Processing {
        from: Time,
        to: Time,
        fails: bool,
    },
    Ready,
    Failed,
}

/// What a sandbox decides about uploads.
pub(crate) struct Processing {
    /// Milliseconds that X works on a video or a GIF.
    pub(crate) takes: i64,
    /// How many of the next files come out bad.
    pub(crate) failing: u32,
}

/// How long a session lasts, and then a file: what X's samples say.
const SESSION: i64 = 1_295_999 * SECOND;
pub(crate) const KEPT: i64 = DAY;

impl Segment {
    pub(crate) fn of(content: &[u8]) -> Self {
        Self { length: content.len() as u64, digest: Sha256::digest(content).into() }
    }
}

impl Upload {
    pub(crate) fn new(id: u64, owner: u64, category: &str, now: Time) -> Self {
        Self {
            id,
            owner,
            media_type: None,
            category: category.to_owned(),
            total: None,
            segments: BTreeMap::new(),
            stage: Stage::Open,
            expires: now.plus(SESSION),
            alt_text: None,
            subtitles: BTreeMap::new(),
        }
    }

    pub(crate) fn size(&self) -> u64 {
        self.segments.values().map(|segment| segment.length).sum()
    }

    pub(crate) fn key(&self) -> String {
        let prefix = match self.kind() {
            Some(MediaKind::Video) => 7,
            Some(MediaKind::AnimatedGif) => 16,
            _ => 3,
        };
        format!("{prefix}_{}", self.id)
    }

    /// What a post shows of it, if it can show it at all.
    pub(crate) fn kind(&self) -> Option<MediaKind> {
        match self.category.as_str() {
            "tweet_video" | "amplify_video" | "dm_video" => Some(MediaKind::Video),
            "tweet_gif" | "dm_gif" => Some(MediaKind::AnimatedGif),
            "tweet_image" | "dm_image" => Some(MediaKind::Photo),
            _ => None,
        }
    }

    pub(crate) fn is_for_posts(&self) -> bool {
        self.category.starts_with("tweet_") || self.category == "amplify_video"
    }

    /// Whether the segments are these bytes.
    pub(crate) fn holds(&self, content: &[u8]) -> bool {
        let mut rest = content;
        let same = self.segments.values().all(|segment| {
            let length = usize::try_from(segment.length).unwrap_or(usize::MAX);
            let Some((part, behind)) = rest.split_at_checked(length) else { return false };
            rest = behind;
            Segment::of(part).digest == segment.digest
        });
        same && rest.is_empty()
    }
}

impl World {
    /// Ends the processing whose time has come, and forgets what has expired.
    pub(crate) fn settle_uploads(&mut self, now: Time) {
        self.uploads.retain(|_, upload| upload.expires > now || upload.stage == Stage::Ready);
        for upload in self.uploads.values_mut() {
            if let Stage::Processing { to, fails, .. } = upload.stage
                && to <= now
            {
                upload.stage = if fails { Stage::Failed } else { Stage::Ready };
            }
        }
    }

    /// Makes the ready file one that posts can show, if it is this user's, and names its key.
    pub(crate) fn adopt_upload(&mut self, id: u64, owner: u64, now: Time) -> Option<String> {
        self.settle_uploads(now);
        let upload = self.uploads.get(&id)?;
        let usable = upload.owner == owner && upload.stage == Stage::Ready && upload.is_for_posts();
        let kind = upload.kind().filter(|_| usable)?;
        let media = Media {
            key: upload.key(),
            kind,
            width: 1_200,
            height: 675,
            alt_text: upload.alt_text.clone(),
            duration_ms: (kind == MediaKind::Video).then_some(10_000),
            views: 0,
            owner,
        };
        let key = media.key.clone();
        self.media.insert(key.clone(), media);
        Some(key)
    }
}
