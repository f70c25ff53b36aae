//! The query language of search: words, operators, and what joins them.

mod matches;
mod operators;
mod parse;
mod region;

pub(crate) use self::parse::{parse, parse_rule};
use self::region::Region;

/// A query.
#[derive(Debug, PartialEq)]
pub(crate) enum Query {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Term(Term),
}

/// What a single operator asks for. Texts are folded as [`crate::text::folded`] does, those of a rule
/// as [`crate::text::lowered`] does.
#[derive(Debug, PartialEq)]
pub(crate) enum Term {
    /// Words that follow each other; one, or those of a quoted phrase.
    Words(Vec<String>),
    /// Words that have at most so many others between them.
    Near(Vec<String>, usize),
    /// Emoji and other signs that are no words.
    Signs(String),
    Hashtag(String),
    Cashtag(String),
    Mention(String),
    From(String),
    To(String),
    RepostsOf(String),
    /// The author, or who is answered, wears the badge of this user.
    FromAffiliateOf(String),
    ToAffiliateOf(String),
    Url(String),
    /// The App that sent the post, by its name.
    Source(String),
    /// The domain and the entity of a context annotation, by their ids; any entity, if that is `*`.
    Context(String),
    /// The name of an entity.
    Entity(String),
    /// A place, by its id or name.
    Place(String),
    PlaceCountry(String),
    Within(Region),
    /// Words of the author's description.
    Bio(Vec<String>),
    BioName(Vec<String>),
    BioLocation(Vec<String>),
    /// A number of the author's, from the first to the second.
    Count(Counter, u64, u64),
    RepostOf(u64),
    /// Of a hundred posts that match the rest, so many.
    Sample(u64),
    Lang(String),
    Conversation(u64),
    ReplyToPost(u64),
    QuoteOf(u64),
    Has(Has),
    Is(Is),
}

/// What is counted of an author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Followers,
    Following,
    Listed,
    Posts,
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
    /// Kept from timelines; no post of the sandbox is.
    Nullcast,
}
