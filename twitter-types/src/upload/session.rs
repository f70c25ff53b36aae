//! What is kept of an upload, so that another process can go on with it.

use std::{collections::BTreeSet, ops::Range};

use serde::{Deserialize, Serialize};

use super::{Options, UploadError, media_type};
use crate::{
    checksum::checksum,
    id::{MediaId, MediaKey},
    models::{MediaCategory, UploadMediaType},
    timestamp::Timestamp,
};

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// X does not know of the file yet.
    Initialize,
    /// Segments are being sent.
    Append,
    /// All segments were sent.
    Finalize,
    /// X processes the file.
    Process,
    /// Alt text and subtitles are added.
    Describe,
    /// Nothing is left to do.
    Complete,
}

/// The part of an upload that is saved. Nothing in it is secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Session {
    version: u8,
    pub(super) stage: Stage,
    pub(super) media_id: Option<MediaId>,
    pub(super) media_key: Option<MediaKey>,
    /// When X forgets the upload, in seconds since 1970.
    pub(super) expires_at: Option<i64>,
    pub(super) media_type: UploadMediaType,
    pub(super) category: Option<MediaCategory>,
    pub(super) size: u64,
    segment_bytes: u64,
    /// Of the first bytes, to notice another file.
    fingerprint: u64,
    /// The segments that X has.
    pub(super) done: BTreeSet<u32>,
}

impl Session {
    const VERSION: u8 = 1;

    /// The most segments that X has documented; the specification allows more since 2.173.
    const SEGMENTS: u64 = 1000;

    /// A session for a file, or the one that was saved, if it belongs to this file.
    pub(super) fn new(
        head: &[u8],
        size: u64,
        options: &Options,
        now: Timestamp,
    ) -> Result<Self, UploadError> {
        if size == 0 {
            return Err(UploadError::Empty);
        }
        let media_type = options.media_type.clone().or_else(|| media_type(head));
        let media_type = media_type.ok_or(UploadError::UnknownType)?;
        let category = options.check(&media_type, size)?;
        let new = Self {
            version: Self::VERSION,
            stage: Stage::Initialize,
            media_id: None,
            media_key: None,
            expires_at: None,
            media_type,
            category,
            size,
            segment_bytes: options.segment_bytes.max(size.div_ceil(Self::SEGMENTS)).max(1),
            fingerprint: checksum(head[..head.len().min(super::HEAD)].iter().copied()),
            done: BTreeSet::new(),
        };
        match &options.saved {
            None => Ok(new),
            Some(saved) => new.resumed(saved, now),
        }
    }

    fn resumed(self, saved: &str, now: Timestamp) -> Result<Self, UploadError> {
        let saved: Self = serde_json::from_str(saved).map_err(UploadError::Unreadable)?;
        let is_whole = |saved: &Self| {
            saved.segment_bytes > 0
                && saved.size.div_ceil(saved.segment_bytes) <= Self::SEGMENTS
                && saved.done.last().is_none_or(|last| *last < saved.segments())
                && (saved.stage <= Stage::Append || saved.missing().next().is_none())
                && (saved.stage == Stage::Initialize || saved.media_id.is_some())
        };
        let same = |saved: &Self| {
            saved.version == Self::VERSION
                && saved.size == self.size
                && saved.fingerprint == self.fingerprint
                && saved.media_type == self.media_type
                && saved.category == self.category
        };
        if !same(&saved) || !is_whole(&saved) {
            return Err(UploadError::OtherFile);
        }
        if saved.expires_at.is_some_and(|expires| expires <= now.as_seconds()) {
            return Err(UploadError::Expired);
        }
        Ok(saved)
    }

    pub(super) fn save(&self) -> String {
        serde_json::to_string(self).expect("a session is made of texts, numbers and a list")
    }

    /// The segments that X does not have yet.
    pub(super) fn missing(&self) -> impl Iterator<Item = u32> {
        (0..self.segments()).filter(|index| !self.done.contains(index))
    }

    /// The bytes of a segment.
    pub(super) fn range(&self, index: u32) -> Range<u64> {
        let start = u64::from(index) * self.segment_bytes;
        start..start.saturating_add(self.segment_bytes).min(self.size)
    }

    /// How many bytes X has.
    pub(super) fn sent(&self) -> u64 {
        let length = |index: &u32| {
            let range = self.range(*index);
            range.end - range.start
        };
        self.done.iter().map(length).sum()
    }

    fn segments(&self) -> u32 {
        // At most SEGMENTS.
        u32::try_from(self.size.div_ceil(self.segment_bytes)).unwrap_or(u32::MAX)
    }
}
