//! What the script is asked, and what it answers.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::share::Told;
use crate::{
    endpoint::{
        LimitKind, RateLimit,
        policy::{
            budget::{Budget, Known},
            permit::Outcome,
        },
    },
    timestamp::Timestamp,
};

/// For how long a share stays promised to a machine that does not come back.
const PROMISE: Duration = Duration::from_secs(2);

/// How long all keep to their shares after one came back from an outage. The others come within that
/// time, if they make calls at all.
const SETTLING: Duration = Duration::from_secs(2);

/// Machines that did not come for so long have no share.
const LATELY: Duration = Duration::from_secs(60);

/// How long the server keeps what it knows: the longest window is a day.
const KEEP: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// The limits of a call, in the order of the script.
pub(super) const KINDS: [LimitKind; 3] = [LimitKind::AppDay, LimitKind::UserDay, LimitKind::Window];

/// What the script is asked to do.
#[derive(Serialize)]
pub(super) struct Ask {
    #[serde(flatten)]
    act: Act,
    promise: u64,
    lately: u64,
    keep: u64,
}

#[derive(Serialize)]
#[serde(tag = "act", rename_all = "lowercase")]
enum Act {
    Reserve {
        id: String,
        machine: String,
        has_share: bool,
        lease: u64,
    },
    Settle {
        id: String,
        how: &'static str,
        told: [Numbers; 3],
        #[serde(skip_serializing_if = "Option::is_none")]
        spent: Option<u64>,
    },
    Return {
        calls: Vec<String>,
        told: [Numbers; 3],
        settling: u64,
        lease: u64,
    },
}

impl Ask {
    pub(super) fn reserve(id: String, machine: String, has_share: bool, lease: Duration) -> Self {
        Self::to(Act::Reserve { id, machine, has_share, lease: millis(lease) })
    }

    pub(super) fn settle(id: String, outcome: &Outcome<'_>) -> Self {
        let how = match outcome {
            Outcome::Unsent => "unsent",
            Outcome::Unknown => "unknown",
            Outcome::Answered { .. } | Outcome::Refused { .. } => "answered",
        };
        let spent = match outcome {
            Outcome::Refused { until, now, .. } => Some(millis(until.saturating_since(*now))),
            _ => None,
        };
        let told = outcome.told().unwrap_or_default();
        let told = KINDS.map(|kind| Numbers::of_limit(told.of(kind)));
        Self::to(Act::Settle { id, how, told, spent })
    }

    /// Tells of the calls under way and of what was told, after an outage.
    pub(super) fn come_back(calls: Vec<String>, told: [Numbers; 3]) -> Self {
        Self::to(Act::Return { calls, told, settling: millis(SETTLING), lease: millis(LATELY) })
    }

    fn to(act: Act) -> Self {
        Self { act, promise: millis(PROMISE), lately: millis(LATELY), keep: millis(KEEP) }
    }
}

/// What X told of one limit. Lua takes `null` for something.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
pub(super) enum Numbers {
    None(bool),
    Some {
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
        remaining: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        reset: Option<i64>,
    },
}

impl Numbers {
    fn of_limit(limit: Option<RateLimit>) -> Self {
        limit.map_or(Self::None(false), |limit| Self::Some {
            limit: Some(limit.limit),
            remaining: limit.remaining,
            reset: Some(limit.reset.as_millis()),
        })
    }

    pub(super) fn of_budget(budget: &Budget) -> Self {
        match budget.known {
            Known::Window { limit, remaining, reset } => {
                Self::Some { limit, remaining, reset: reset.map(Timestamp::as_millis) }
            }
            Known::Nothing | Known::NoLimit => Self::None(false),
        }
    }
}

/// What the script answers.
#[derive(Deserialize)]
pub(super) struct Verdict {
    pub(super) verdict: Kind,
    pub(super) which: Option<usize>,
    pub(super) reset: Option<u64>,
    pub(super) shares: Option<[Told; 3]>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Made,
    Share,
    Later,
    Spent,
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
