//! How much may be spent.

use std::{error, fmt};

use super::Usd;
use crate::Timestamp;

/// How much a [`Meter`](super::Meter) lets through: per day and per calendar month, both of UTC. X's
/// own billing cycle may begin on another day.
///
/// What is spent is an estimate, and so is what is left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budget {
    /// Per day, from midnight to midnight.
    pub day: Option<Usd>,
    /// Per month.
    pub month: Option<Usd>,
    /// Whether a call is refused if it has no known most: see [`only_bounded()`](Self::only_bounded()).
    pub only_bounded: bool,
}

impl Budget {
    /// No limit.
    pub fn none() -> Self {
        Self::default()
    }

    /// So much per day.
    #[must_use]
    pub fn per_day(self, usd: Usd) -> Self {
        Self { day: Some(usd), ..self }
    }

    /// So much per month.
    #[must_use]
    pub fn per_month(self, usd: Usd) -> Self {
        Self { month: Some(usd), ..self }
    }

    /// Refuses every call that has no known most: those whose price X's table does not name, and those
    /// that may return any number of things. Otherwise they are let through, as long as the budget
    /// has [what is known of them](super::Estimate::held) left; they may exceed it.
    #[must_use]
    pub fn only_bounded(self) -> Self {
        Self { only_bounded: true, ..self }
    }
}

/// What a budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Period {
    /// A day of UTC.
    Day,
    /// A month of UTC.
    Month,
}

/// A call was not let through, and nothing was sent. All amounts are estimates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The budget has not enough left.
    #[non_exhaustive]
    OverBudget {
        /// The `operationId`.
        operation: &'static str,
        /// What the call may cost.
        needed: Usd,
        /// What is left, with what is held back for calls on their way taken off.
        left: Usd,
        /// The budget.
        budget: Usd,
        /// Whose budget it is; if both lack, the month.
        period: Period,
        /// When it is whole again.
        resets: Timestamp,
    },
    /// The call has no known most, and the budget is for [others only](Budget::only_bounded()).
    #[non_exhaustive]
    Unbounded {
        /// The `operationId`.
        operation: &'static str,
        /// Why it has no price, if it has none.
        reason: Option<&'static str>,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OverBudget { operation, needed, left, budget, period, resets } => write!(
                f,
                "{operation} may cost {needed}, and of the {period}'s budget of {budget} there is \
                 {left} left (estimates): ask for less, or wait until {resets}; nothing was sent"
            ),
            Self::Unbounded { operation, reason } => write!(
                f,
                "what {operation} may cost has no known bound ({}), and the budget takes no such \
                 call; nothing was sent",
                reason.unwrap_or("X names no most for what it returns")
            ),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "day",
            Self::Month => "month",
        })
    }
}

impl error::Error for Refusal {}
