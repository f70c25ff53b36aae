//! The query language of search: words, operators, and what joins them.

mod matches;
mod parse;

pub(crate) use self::parse::parse;

/// A query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Query {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Term(Term),
}

/// What a single operator asks for. Texts are folded as [`crate::text::folded`] does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// Words that follow each other; one, or those of a quoted phrase.
    Words(Vec<String>),
    Hashtag(String),
    Cashtag(String),
    Mention(String),
    From(String),
    To(String),
    RepostsOf(String),
    Url(String),
    Lang(String),
    Conversation(u64),
    ReplyToPost(u64),
    QuoteOf(u64),
    Has(Has),
    Is(Is),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Has {
    Media,
    Images,
    Videos,
    Links,
    Mentions,
    Hashtags,
    Cashtags,
    Geo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Reply,
    Repost,
    Quote,
    Verified,
}
