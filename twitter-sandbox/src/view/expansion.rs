//! The expansions: which field each names, and what it brings into `includes`.

use super::dialect::Dialect;

/// What an expansion leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Author,
    InReplyTo,
    Mentions,
    References,
    ReferencedAuthors,
    ReferencedMedia,
    History,
    Media,
    Polls,
    Place,
    Pinned,
    MostRecent,
    Affiliation,
    /// A name that X knows and that no object of the sandbox has anything for.
    Nothing,
}

/// Name, link, field that the expansion adds to the object (in the current vocabulary), and the
/// vocabulary it belongs to if it is in one only.
type Row = (&'static str, Link, &'static str, Option<Dialect>);

const POSTS: [Row; 17] = [
    ("author_id", Link::Author, "author_id", None),
    ("username", Link::Author, "username", Some(Dialect::Post)),
    ("in_reply_to_user_id", Link::InReplyTo, "in_reply_to_user_id", None),
    ("entities.mentions.username", Link::Mentions, "entities", None),
    ("entities.note.mentions.username", Link::Mentions, "note_post", Some(Dialect::Tweet)),
    ("referenced_posts", Link::References, "referenced_posts", Some(Dialect::Post)),
    ("referenced_tweets.id", Link::References, "referenced_posts", Some(Dialect::Tweet)),
    (
        "referenced_tweets.id.author_id",
        Link::ReferencedAuthors,
        "referenced_posts",
        Some(Dialect::Tweet),
    ),
    (
        "referenced_tweets.id.attachments.media_keys",
        Link::ReferencedMedia,
        "referenced_posts",
        Some(Dialect::Tweet),
    ),
    ("edit_history_post_ids", Link::History, "edit_history_post_ids", Some(Dialect::Post)),
    ("edit_history_tweet_ids", Link::History, "edit_history_post_ids", Some(Dialect::Tweet)),
    ("attachments.media_keys", Link::Media, "attachments", None),
    ("attachments.media_source_tweet", Link::Nothing, "attachments", None),
    ("attachments.poll_ids", Link::Polls, "attachments", None),
    ("geo.place_id", Link::Place, "geo", None),
    ("article.cover_media", Link::Nothing, "article", None),
    ("article.media_entities", Link::Nothing, "article", None),
];

const USERS: [Row; 5] = [
    ("affiliation", Link::Affiliation, "affiliation", None),
    ("pinned_post_id", Link::Pinned, "pinned_post_id", Some(Dialect::Post)),
    ("pinned_tweet_id", Link::Pinned, "pinned_post_id", Some(Dialect::Tweet)),
    ("most_recent_post_id", Link::MostRecent, "most_recent_post_id", Some(Dialect::Post)),
    ("most_recent_tweet_id", Link::MostRecent, "most_recent_post_id", Some(Dialect::Tweet)),
];

/// The expansion of this name: where it leads, the field it adds, and its vocabulary.
pub(crate) fn find(name: &str) -> Option<(Link, &'static str, Option<Dialect>)> {
    let row = POSTS.iter().chain(&USERS).find(|(known, ..)| *known == name);
    row.map(|&(_, link, field, dialect)| (link, field, dialect))
}
