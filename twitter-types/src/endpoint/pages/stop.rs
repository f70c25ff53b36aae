//! Why a walk has ended.

use std::fmt;

use crate::endpoint::Error;

/// Why a walk through pages has ended.
///
/// Whatever the reason, the walk's cursor says where another goes on; after [`End`](Self::End) and
/// [`NoProgress`](Self::NoProgress) there is nothing to go on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stop {
    /// The list is at its end.
    End,
    /// As many items came as were asked for.
    ItemLimit,
    /// As many pages came as were asked for.
    PageLimit,
    /// X named a page that it gave before as the next one.
    NoProgress,
    /// The meter's budget does not let the next page through.
    Budget,
    /// A limit of X's is spent: go on when it resets.
    RateLimit,
    /// The time that the policy allows a call is over.
    Deadline,
    /// X does not reach back to the last post that a poll has seen, so that posts may be missing: begin
    /// a new poll, and look for them elsewhere.
    Gap,
    /// Another error, which the walk gave as its last element.
    Error,
}

impl Stop {
    /// The reason, as the error that ends a walk tells it.
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::NoProgress => Self::NoProgress,
            Error::OverBudget(_) => Self::Budget,
            Error::RateLimited { .. } => Self::RateLimit,
            Error::Api(error) if error.limit_kind().is_some() => Self::RateLimit,
            Error::DeadlinePassed { .. } => Self::Deadline,
            _ => Self::Error,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::End => "the list is at its end",
            Self::ItemLimit => "as many items came as were asked for",
            Self::PageLimit => "as many pages came as were asked for",
            Self::NoProgress => "X named a page that it gave before as the next one",
            Self::Budget => "the budget does not let the next page through",
            Self::RateLimit => "a limit is spent",
            Self::Deadline => "the time allowed is over",
            Self::Gap => "X does not reach back to the last post seen",
            Self::Error => "an error ended it",
        })
    }
}
