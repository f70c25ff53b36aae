//! Queries of searches and counts, and rules of the filtered stream, from typed operators.
//!
//! An [`Expression`] is joined from operators by `&`, `|` and `!`; it writes the parentheses, and
//! moves a `!` before a group into it, since X negates only single operators.
//! [`to_query`](Expression::to_query) checks it for what it is meant for: the length, operators
//! that need another beside them, and those that only searches or only rules have.
//!
//! ```
//! use twitter_types::query::{Has, Is, QueryError, Target, from, has, hashtag, is, keyword, lang};
//! use twitter_types::{Username, posts};
//!
//! let cats = keyword("cat")? | keyword("coca-cola cat")? | hashtag("#caturday")?;
//! let boring = is(Is::Repost) | from(Username::new("catfacts")?);
//! let query = cats & has(Has::Images) & lang("en")? & !boring;
//! assert_eq!(
//!     query.to_string(),
//!     r#"(cat OR "coca-cola cat" OR #caturday) has:images lang:en -is:retweet -from:catfacts"#
//! );
//! let search = posts::SearchRecent::new(query.to_query(Target::RecentSearch)?);
//! # let _ = search;
//!
//! let error = has(Has::Images).to_query(Target::Rule).unwrap_err();
//! assert_eq!(error, QueryError::NotStandalone);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Words match whole words, without regard to case. A search finds `Diacrítica` by `diacritica`
//! too, a rule does not; a rule also sees the quoted post.

mod error;
mod operators;
mod value;

pub use error::QueryError;
pub use operators::{
    Has, Is, Radius, UserRef, bio, bio_location, bio_name, bounding_box, cashtag, context,
    context_domain, conversation, embedding, embedding_threshold, entity, followers_count,
    following_count, from, from_affiliate_of, has, hashtag, is, keyword, lang, list, listed_count,
    mention, min_followers, near, not_promoted, phrase, place, place_country, point_radius,
    posts_count, quotes_of_post, replies_to_post, reposts_of, reposts_of_post, sample, source, to,
    to_affiliate_of, url, url_contains, url_description, url_title,
};

use std::{
    fmt,
    ops::{BitAnd, BitOr, Not},
};

/// What a query is for, and so how long it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The search and the counts of the last seven days: 512 characters.
    RecentSearch,
    /// The search and the counts of all posts: 1,024 characters.
    FullSearch,
    /// Any search of an Enterprise App: 4,096 characters.
    EnterpriseSearch,
    /// A rule of the filtered stream: 1,024 characters.
    Rule,
    /// A rule of an Enterprise App: 2,048 characters.
    EnterpriseRule,
}

impl Target {
    /// The most characters. X does not say what it takes for one; this counts Unicode's code
    /// points.
    pub const fn limit(self) -> usize {
        match self {
            Self::RecentSearch => 512,
            Self::FullSearch | Self::Rule => 1024,
            Self::EnterpriseRule => 2048,
            Self::EnterpriseSearch => 4096,
        }
    }

    const fn is_rule(self) -> bool {
        matches!(self, Self::Rule | Self::EnterpriseRule)
    }
}

/// Operators, joined. It displays as X reads it; [`to_query`](Self::to_query) checks it first.
#[derive(Clone, PartialEq)]
pub struct Expression(Node);

#[derive(Clone, PartialEq)]
enum Node {
    Term(Term),
    /// Two or more, none of them `All`.
    All(Vec<Self>),
    /// Two or more, none of them `Any`.
    Any(Vec<Self>),
}

/// An operator with its value.
#[derive(Clone, PartialEq)]
struct Term {
    /// The operator, for errors.
    operator: &'static str,
    text: String,
    is_negated: bool,
    needs: Needs,
    only: Option<Only>,
}

#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// It stands alone, and may be negated.
    Nothing,
    /// It stands alone, but not negated.
    NoMinus,
    /// It needs a standalone operator beside it,
    Company,
    /// and is never negated,
    CompanyNoMinus,
    /// or always.
    CompanyMinus,
}

#[derive(Clone, Copy, PartialEq)]
enum Only {
    Search,
    Rule,
}

impl Expression {
    /// The query, checked for what it is for.
    ///
    /// # Errors
    ///
    /// If it is too long, has an operator that its target does not know, negates one that X does
    /// not negate, or could match nearly every post: in each alternative there must be an operator
    /// that stands alone, not negated, such as a word or a user.
    pub fn to_query(&self, target: Target) -> Result<String, QueryError> {
        self.0.check(target)?;
        if !self.0.is_standalone() {
            return Err(QueryError::NotStandalone);
        }
        let text = self.to_string();
        let length = text.chars().count();
        if length > target.limit() {
            return Err(QueryError::TooLong { length, limit: target.limit() });
        }
        Ok(text)
    }
}

/// Whatever one of these finds; `None` if there are none.
pub fn any(expressions: impl IntoIterator<Item = Expression>) -> Option<Expression> {
    expressions.into_iter().reduce(BitOr::bitor)
}

/// What all of these find; `None` if there are none.
pub fn all(expressions: impl IntoIterator<Item = Expression>) -> Option<Expression> {
    expressions.into_iter().reduce(BitAnd::bitand)
}

/// What both find.
impl BitAnd for Expression {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        let parts = |node| if let Node::All(parts) = node { parts } else { vec![node] };
        let mut all = parts(self.0);
        all.extend(parts(other.0));
        Self(Node::All(all))
    }
}

/// What either finds.
impl BitOr for Expression {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        let parts = |node| if let Node::Any(parts) = node { parts } else { vec![node] };
        let mut any = parts(self.0);
        any.extend(parts(other.0));
        Self(Node::Any(any))
    }
}

/// What it does not find. Of a group, by De Morgan's laws: X does not negate groups.
impl Not for Expression {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0.negated())
    }
}

impl Node {
    fn negated(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::negated).collect();
        match self {
            Self::Term(term) => Self::Term(Term { is_negated: !term.is_negated, ..term }),
            Self::All(parts) => Self::Any(each(parts)),
            Self::Any(parts) => Self::All(each(parts)),
        }
    }

    fn check(&self, target: Target) -> Result<(), QueryError> {
        match self {
            Self::Term(term) => term.check(target),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().try_for_each(|part| part.check(target))
            }
        }
    }

    fn is_standalone(&self) -> bool {
        match self {
            Self::Term(term) => {
                !term.is_negated && matches!(term.needs, Needs::Nothing | Needs::NoMinus)
            }
            Self::All(parts) => parts.iter().any(Self::is_standalone),
            Self::Any(parts) => parts.iter().all(Self::is_standalone),
        }
    }

    /// AND binds before OR: only an alternative within something else needs parentheses.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, between) = match self {
            Self::Term(term) => return write!(f, "{term}"),
            Self::All(parts) => (parts, " "),
            Self::Any(parts) => (parts, " OR "),
        };
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                f.write_str(between)?;
            }
            match part {
                Self::Any(_) => {
                    f.write_str("(")?;
                    part.write(f)?;
                    f.write_str(")")?;
                }
                _ => part.write(f)?,
            }
        }
        Ok(())
    }
}

impl Term {
    fn check(&self, target: Target) -> Result<(), QueryError> {
        let operator = self.operator;
        match (self.needs, self.is_negated) {
            (Needs::NoMinus | Needs::CompanyNoMinus, true) => {
                return Err(QueryError::Negated { operator });
            }
            (Needs::CompanyMinus, false) => return Err(QueryError::NotNegated { operator }),
            _ => {}
        }
        match self.only {
            Some(Only::Search) if target.is_rule() => Err(QueryError::OnlyInSearches { operator }),
            Some(Only::Rule) if !target.is_rule() => Err(QueryError::OnlyInRules { operator }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f)
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expression({self})")
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.is_negated { "-" } else { "" }, self.text)
    }
}
