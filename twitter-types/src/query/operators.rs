//! The operators: X's pages "Operators" of the search and of the filtered stream, as of 2026-08.

mod places;

pub use places::{Radius, bounding_box, place_country, point_radius};

use std::{fmt, ops::RangeInclusive};

use super::{
    Expression, Needs, Node, Only, QueryError, Term,
    value::{self, code, quoted, text},
};
use crate::id::{ContextDomainId, ContextEntityId, ListId, PostId, UserId, Username};

/// A user, by name or by id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserRef {
    /// By name.
    Username(Username),
    /// By id.
    Id(UserId),
}

impl From<Username> for UserRef {
    fn from(username: Username) -> Self {
        Self::Username(username)
    }
}

impl From<UserId> for UserRef {
    fn from(id: UserId) -> Self {
        Self::Id(id)
    }
}

impl fmt::Display for UserRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Username(username) => username.fmt(f),
            Self::Id(id) => id.fmt(f),
        }
    }
}

/// What a post has, for [`has`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Has {
    /// A cashtag.
    Cashtags,
    /// A place or a point.
    Geo,
    /// A hashtag.
    Hashtags,
    /// A picture.
    Images,
    /// A link, or media.
    Links,
    /// A picture, an animation or a film.
    Media,
    /// A mention.
    Mentions,
    /// A film that was uploaded to X.
    Videos,
}

/// What a post is, for [`is`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Is {
    /// A quote of another post.
    Quote,
    /// An answer.
    Reply,
    /// A repost, without words of its own.
    Repost,
    /// By a verified user.
    Verified,
}

impl Expression {
    fn of(operator: &'static str, text: String, needs: Needs, only: Option<Only>) -> Self {
        let is_negated = needs == Needs::CompanyMinus;
        Self(Node::Term(Term { operator, text, is_negated, needs, only }))
    }

    /// An operator that stands alone, in searches and in rules.
    fn alone(operator: &'static str, value: impl fmt::Display) -> Self {
        Self::of(operator, format!("{operator}{value}"), Needs::Nothing, None)
    }

    /// An operator that needs another, in searches and in rules.
    fn with_others(operator: &'static str, value: impl fmt::Display) -> Self {
        Self::of(operator, format!("{operator}{value}"), Needs::Company, None)
    }

    /// An operator of one of the two.
    fn only(self, only: Only) -> Self {
        match self.0 {
            Node::Term(term) => Self(Node::Term(Term { only: Some(only), ..term })),
            node => Self(node),
        }
    }
}

/// Posts with this word in their text; with these words one after the other, if there are several.
///
/// # Errors
///
/// If there is no letter, digit or symbol in it.
pub fn keyword(word: &str) -> Result<Expression, QueryError> {
    Ok(Expression::of("a keyword", text("a keyword", word)?, Needs::Nothing, None))
}

/// Posts with these words one after the other. Quotation marks and backslashes in it are left out:
/// X does not look at punctuation.
///
/// # Errors
///
/// As [`keyword`].
pub fn phrase(words: &str) -> Result<Expression, QueryError> {
    Ok(Expression::of("a phrase", quoted("a phrase", words)?, Needs::Nothing, None))
}

/// Posts with these words at most so many words from each other, up to six. In rules only.
///
/// # Errors
///
/// As [`keyword`], or if the distance is none.
pub fn near(words: &str, distance: u8) -> Result<Expression, QueryError> {
    let operator = "a proximity";
    if !(1..=6).contains(&distance) {
        return Err(QueryError::InvalidValue { operator, expected: "a distance of 1 to 6 words" });
    }
    let text = format!("{}~{distance}", quoted(operator, words)?);
    Ok(Expression::of(operator, text, Needs::Nothing, Some(Only::Rule)))
}

/// Posts with this hashtag: `#`.
///
/// # Errors
///
/// If it is none.
pub fn hashtag(tag: &str) -> Result<Expression, QueryError> {
    Ok(Expression::of("#", value::hashtag(tag)?, Needs::Nothing, None))
}

/// Posts with this cashtag: `$`.
///
/// # Errors
///
/// If it is none.
pub fn cashtag(tag: &str) -> Result<Expression, QueryError> {
    Ok(Expression::of("$", value::cashtag(tag)?, Needs::Nothing, None))
}

/// Declares operators by their value: how they look, in X's spelling.
macro_rules! operators {
    ($($(#[$meta:meta])* $name:ident($value:ident: $ty:ty) => $kind:ident $operator:literal
        $(only $only:ident)?;)*) => {
        $($(#[$meta])*
        #[doc = concat!("\n\n`", $operator, "`")]
        pub fn $name($value: impl Into<$ty>) -> Expression {
            Expression::$kind($operator, $value.into())$(.only(Only::$only))?
        })*
    };
}

operators! {
    /// Posts that mention this user.
    mention(username: Username) => alone "@";
    /// Posts by this user.
    from(user: UserRef) => alone "from:";
    /// Answers to this user.
    to(user: UserRef) => alone "to:";
    /// Reposts of this user's posts.
    reposts_of(user: UserRef) => alone "retweets_of:";
    /// Posts by affiliates of this user. In rules only.
    from_affiliate_of(user: UserRef) => alone "from_affiliate_of:" only Rule;
    /// Answers to affiliates of this user. In rules only.
    to_affiliate_of(user: UserRef) => alone "to_affiliate_of:" only Rule;
    /// Posts of the conversation that this post began.
    conversation(post: PostId) => alone "conversation_id:";
    /// Answers to this post.
    replies_to_post(post: PostId) => alone "in_reply_to_tweet_id:";
    /// Reposts of this post.
    reposts_of_post(post: PostId) => alone "retweets_of_tweet_id:";
    /// Quotes of this post. In searches only.
    quotes_of_post(post: PostId) => alone "quotes_of_tweet_id:" only Search;
    /// Posts by the members of this list; X takes one list in a query. In searches only.
    list(list: ListId) => alone "list:" only Search;
}

/// Declares operators whose value is a text.
macro_rules! text_operators {
    ($($(#[$meta:meta])* $name:ident => $form:ident $operator:literal $(only $only:ident)?;)*) => {
        $($(#[$meta])*
        #[doc = concat!("\n\n`", $operator, "`")]
        ///
        /// # Errors
        ///
        /// As [`keyword`].
        pub fn $name(text: &str) -> Result<Expression, QueryError> {
            let value = value::$form($operator, text)?;
            Ok(Expression::alone($operator, value)$(.only(Only::$only))?)
        })*
    };
}

text_operators! {
    /// Posts with a link that has this in it, piece by piece.
    url => quoted "url:";
    /// Posts with a link to a page whose title has this word. In rules only.
    url_title => text "url_title:" only Rule;
    /// Posts with a link to a page whose description has this word. In rules only.
    url_description => text "url_description:" only Rule;
    /// Posts with a link that has this in it, letter by letter. In rules only.
    url_contains => quoted "url_contains:" only Rule;
    /// Posts that X takes to be about this.
    entity => quoted "entity:";
    /// Posts at this place, by its name or id.
    place => text "place:";
    /// Posts by users who say this of themselves. In rules only.
    bio => text "bio:" only Rule;
    /// Posts by users with this in their display name. In rules only.
    bio_name => text "bio_name:" only Rule;
    /// Posts by users who say that they are here. In rules only.
    bio_location => text "bio_location:" only Rule;
    /// Posts that were sent by this App. In rules only.
    source => quoted "source:" only Rule;
}

/// Posts that X takes to be about this entity of this domain.
///
/// `context:`
pub fn context(
    domain: impl Into<ContextDomainId>,
    entity: impl Into<ContextEntityId>,
) -> Expression {
    Expression::alone("context:", format_args!("{}.{}", domain.into(), entity.into()))
}

/// Posts that X takes to be about anything of this domain. In rules only.
///
/// `context:`
pub fn context_domain(domain: impl Into<ContextDomainId>) -> Expression {
    Expression::alone("context:", format_args!("{}.*", domain.into())).only(Only::Rule)
}

/// Posts that have this. It needs another operator beside it.
///
/// `has:`
pub fn has(what: Has) -> Expression {
    Expression::with_others(
        "has:",
        match what {
            Has::Cashtags => "cashtags",
            Has::Geo => "geo",
            Has::Hashtags => "hashtags",
            Has::Images => "images",
            Has::Links => "links",
            Has::Media => "media",
            Has::Mentions => "mentions",
            Has::Videos => "video_link",
        },
    )
}

/// Posts that are this. It needs another operator beside it.
///
/// `is:`
pub fn is(what: Is) -> Expression {
    Expression::with_others(
        "is:",
        match what {
            Is::Quote => "quote",
            Is::Reply => "reply",
            Is::Repost => "retweet",
            Is::Verified => "verified",
        },
    )
}

/// Posts that were not made for advertisement only. It needs another operator beside it, and X does
/// not know its opposite.
///
/// `-is:nullcast`
pub fn not_promoted() -> Expression {
    Expression::of("is:nullcast", "is:nullcast".into(), Needs::CompanyMinus, None)
}

/// Posts in this language, by its BCP 47 code, such as `en` or `zh-TW`. It needs another operator
/// beside it.
///
/// `lang:`
///
/// # Errors
///
/// If it is no code.
pub fn lang(language: &str) -> Result<Expression, QueryError> {
    let expected = "a language by its code, such as en";
    Ok(Expression::with_others("lang:", code("lang:", language, 2..=8, expected)?))
}

/// So many of a hundred posts, by chance. It needs another operator beside it. In rules only.
///
/// `sample:`
///
/// # Errors
///
/// If it is not from 1 to 100.
pub fn sample(percent: u8) -> Result<Expression, QueryError> {
    let operator = "sample:";
    if !(1..=100).contains(&percent) {
        return Err(QueryError::InvalidValue { operator, expected: "a percentage of 1 to 100" });
    }
    let text = format!("{operator}{percent}");
    Ok(Expression::of(operator, text, Needs::CompanyNoMinus, Some(Only::Rule)))
}

/// Posts whose meaning is near to that of a text, for some Enterprise Apps. In rules only.
///
/// `embedding:`
///
/// # Errors
///
/// As [`keyword`].
pub fn embedding(text: &str) -> Result<Expression, QueryError> {
    let operator = "embedding:";
    let text = format!("{operator}{}", quoted(operator, text)?);
    Ok(Expression::of(operator, text, Needs::NoMinus, Some(Only::Rule)))
}

/// How near, from 0 to 1, for [`embedding`]. In rules only.
///
/// `embedding_threshold:`
///
/// # Errors
///
/// If it is outside of these.
pub fn embedding_threshold(threshold: f64) -> Result<Expression, QueryError> {
    let operator = "embedding_threshold:";
    if !(0.0..=1.0).contains(&threshold) {
        return Err(QueryError::InvalidValue { operator, expected: "a number from 0 to 1" });
    }
    let text = format!("{operator}{threshold}");
    Ok(Expression::of(operator, text, Needs::CompanyNoMinus, Some(Only::Rule)))
}

/// Posts by users with at least so many followers. In rules only.
///
/// `min_followers:`
pub fn min_followers(count: u64) -> Expression {
    Expression::alone("min_followers:", count).only(Only::Rule)
}

/// Declares operators whose value is a range of numbers.
macro_rules! range_operators {
    ($($(#[$meta:meta])* $name:ident => $operator:literal;)*) => {
        $($(#[$meta])*
        #[doc = concat!("\n\n`", $operator, "`")]
        ///
        /// # Errors
        ///
        /// If the range is empty.
        pub fn $name(range: RangeInclusive<u64>) -> Result<Expression, QueryError> {
            let operator = $operator;
            if range.is_empty() {
                let expected = "a range whose end is not before its start";
                return Err(QueryError::InvalidValue { operator, expected });
            }
            let range = format_args!("{}..{}", range.start(), range.end()).to_string();
            Ok(Expression::alone(operator, range).only(Only::Rule))
        })*
    };
}

range_operators! {
    /// Posts by users with so many followers. In rules only.
    followers_count => "followers_count:";
    /// Posts by users who follow so many. In rules only.
    following_count => "following_count:";
    /// Posts by users with so many posts. In rules only.
    posts_count => "tweets_count:";
    /// Posts by users who are in so many lists. In rules only.
    listed_count => "listed_count:";
}
