//! What a sync asks for, and what it has done.

use super::super::{All, Update};
use crate::{
    endpoint::Error,
    models::{NewRule, Rule},
    problem::Problem,
};

/// What a sync needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a sync must know every step")]
pub enum SyncStep {
    /// Send this, and hand what comes of it to [`Sync::receive`](super::Sync::receive).
    Read(All),
    /// Send this, and hand what comes of it to [`Sync::receive`](super::Sync::receive).
    Update(Update),
    /// This is the outcome.
    Done(Result<Synced, Error>),
}

/// What a sync has done, or a dry run would.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Synced {
    /// Rules that were added; without ids in a dry run.
    pub added: Vec<Rule>,
    /// Rules that were deleted.
    pub deleted: Vec<Rule>,
    /// Rules that were there and stay.
    pub kept: Vec<Rule>,
    /// Rules that X does not take.
    pub refused: Vec<RefusedRule>,
    /// Rules that are not wanted, but that X did not delete.
    pub remaining: Vec<Rule>,
}

/// A rule that X does not take.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RefusedRule {
    /// The rule.
    pub rule: NewRule,
    /// What X says is wrong with it, if it says so.
    pub problem: Option<Problem>,
}

impl Synced {
    /// Whether the rules are the desired ones now, all of them and no others.
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty() && self.remaining.is_empty()
    }
}
