//! Why there is no query.

use std::fmt;

/// Why an operator cannot be made, or an expression not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// The operator does not take this value.
    InvalidValue {
        /// The operator.
        operator: &'static str,
        /// What it takes.
        expected: &'static str,
    },
    /// The query is too long.
    TooLong {
        /// Its length, in characters.
        length: usize,
        /// The most.
        limit: usize,
    },
    /// In some alternative no operator stands alone: it could match nearly every post.
    NotStandalone,
    /// X does not negate this operator.
    Negated {
        /// The operator.
        operator: &'static str,
    },
    /// X takes this operator negated only.
    NotNegated {
        /// The operator.
        operator: &'static str,
    },
    /// Only searches have this operator.
    OnlyInSearches {
        /// The operator.
        operator: &'static str,
    },
    /// Only rules of the filtered stream have this operator.
    OnlyInRules {
        /// The operator.
        operator: &'static str,
    },
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidValue { operator, expected } => write!(f, "{operator} takes {expected}"),
            Self::TooLong { length, limit } => {
                write!(f, "the query has {length} characters of at most {limit}: split it up")
            }
            Self::NotStandalone => f.write_str(
                "each alternative needs an operator that stands alone, not negated: add a word, a \
                 tag, a mention or a user",
            ),
            Self::Negated { operator } => write!(f, "X does not negate {operator}"),
            Self::NotNegated { operator } => write!(f, "X takes {operator} negated only"),
            Self::OnlyInSearches { operator } => {
                write!(f, "{operator} is for searches, and not for rules of the stream")
            }
            Self::OnlyInRules { operator } => {
                write!(f, "{operator} is for rules of the stream, and not for searches")
            }
        }
    }
}

impl std::error::Error for QueryError {}
