//! A post and what can be attached to it.

use std::collections::BTreeMap;

use crate::text::Entities;
use crate::time::Time;

/// One version of a post.
pub(crate) struct Post {
    pub(crate) id: u64,
    pub(crate) created: Time,
    pub(crate) author: u64,
    pub(crate) text: String,
    /// The whole text, if it is longer than a post shows.
    pub(crate) note: Option<(String, Entities)>,
    pub(crate) entities: Entities,
    pub(crate) lang: &'static str,
    pub(crate) conversation: u64,
    /// The post replied to and its author; the post may be gone since.
    pub(crate) reply_to: Option<(u64, u64)>,
    pub(crate) quoted: Option<u64>,
    pub(crate) reposted: Option<u64>,
    pub(crate) media: Vec<String>,
    pub(crate) poll: Option<u64>,
    pub(crate) place: Option<&'static str>,
    /// Every version of this post, oldest first, this one included.
    pub(crate) history: Vec<u64>,
    /// Whether an edit has replaced this version.
    pub(crate) superseded: bool,
    pub(crate) reply_settings: String,
    pub(crate) sensitive: bool,
    pub(crate) paid_partnership: bool,
    pub(crate) community: Option<u64>,
    /// The domain and the entity that the post is about.
    pub(crate) topic: Option<(&'static str, &'static str)>,
    pub(crate) replies: i64,
    pub(crate) quotes: i64,
    pub(crate) reposts: i64,
    pub(crate) bookmarks: i64,
    pub(crate) impressions: i64,
}

/// What an author decides about a post.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) author: u64,
    /// The text as typed: links are shortened when the post is made.
    pub(crate) text: String,
    pub(crate) lang: Option<&'static str>,
    pub(crate) reply_to: Option<u64>,
    pub(crate) quoted: Option<u64>,
    pub(crate) reposted: Option<u64>,
    pub(crate) media: Vec<String>,
    pub(crate) poll: Option<u64>,
    pub(crate) place: Option<&'static str>,
    /// The version that this one replaces.
    pub(crate) edits: Option<u64>,
    pub(crate) reply_settings: Option<String>,
    pub(crate) sensitive: bool,
    pub(crate) paid_partnership: bool,
    pub(crate) community: Option<u64>,
    pub(crate) topic: Option<(&'static str, &'static str)>,
    pub(crate) bookmarks: i64,
    pub(crate) impressions: i64,
}

/// How many characters of a long post are shown before it is cut.
const SHOWN: usize = 275;
/// The longest text that is shown whole.
const WHOLE: usize = 280;

impl Post {
    pub(crate) fn new(id: u64, created: Time, draft: Draft, posts: &BTreeMap<u64, Self>) -> Self {
        let (full, entities) = Entities::of(&draft.text);
        let (text, note, entities) = if full.chars().count() > WHOLE && draft.reposted.is_none() {
            let shown: String = full.chars().take(SHOWN).collect();
            let shown_entities = entities.within(SHOWN);
            (format!("{shown}…"), Some((full, entities)), shown_entities)
        } else {
            (full, None, entities)
        };
        let earlier = draft.edits.and_then(|edited| posts.get(&edited));
        let parent = draft.reply_to.and_then(|parent| posts.get(&parent));
        let mut history = earlier.map(|earlier| earlier.history.clone()).unwrap_or_default();
        history.push(id);
        Self {
            id,
            created,
            author: draft.author,
            note,
            lang: draft.lang.unwrap_or_else(|| crate::text::language(&text)),
            text,
            entities,
            conversation: match (parent, earlier) {
                (Some(parent), _) => parent.conversation,
                (None, Some(earlier)) => earlier.conversation,
                (None, None) => id,
            },
            reply_to: match (parent, earlier) {
                (Some(parent), _) => Some((parent.id, parent.author)),
                (None, Some(earlier)) => earlier.reply_to,
                (None, None) => None,
            },
            quoted: draft.quoted,
            reposted: draft.reposted,
            media: draft.media,
            poll: draft.poll,
            place: draft.place,
            history,
            superseded: false,
            reply_settings: draft.reply_settings.unwrap_or_else(|| "everyone".to_owned()),
            sensitive: draft.sensitive,
            paid_partnership: draft.paid_partnership,
            community: draft.community,
            topic: draft.topic,
            replies: 0,
            quotes: 0,
            reposts: 0,
            bookmarks: draft.bookmarks,
            impressions: draft.impressions,
        }
    }

    /// The last id of the history is the version that X shows.
    pub(crate) fn latest(&self) -> u64 {
        self.history.last().copied().unwrap_or(self.id)
    }

    /// The first id of the history dates the right to edit.
    pub(crate) fn first(&self) -> u64 {
        self.history.first().copied().unwrap_or(self.id)
    }
}

/// What kind of file a media object is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Photo,
    Video,
    AnimatedGif,
}

/// A photo, a video or an animated GIF.
pub(crate) struct Media {
    pub(crate) key: String,
    pub(crate) kind: MediaKind,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) alt_text: Option<String>,
    pub(crate) duration_ms: Option<u32>,
    pub(crate) views: u32,
    pub(crate) owner: u64,
}

/// A poll.
pub(crate) struct Poll {
    pub(crate) id: u64,
    pub(crate) options: Vec<(String, u32)>,
    pub(crate) minutes: i64,
    pub(crate) ends: Time,
}

/// A place.
pub(crate) struct Place {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) country_code: &'static str,
    pub(crate) place_type: &'static str,
    /// West, south, east, north.
    pub(crate) bounds: [f64; 4],
}
