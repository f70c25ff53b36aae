//! What `tracing` is told of a consumer, by either client: never an item, nor a secret.
//!
//! | Level | What |
//! |---|---|
//! | info | that a partition is taken or given back; that its stream is disconnected |
//! | warn | that a partition is lost; that the leases or the log fail; a gap that is not closed; what X says of a stream; that it is late; a line that is no item, by its length |

use super::{Lease, ShareError, Step};
use crate::{problem::Problem, stream::Event};

/// An event that is of the stream itself, and not for the log alone.
pub fn event<T>(partition: u8, event: &Event<T>) {
    match event {
        Event::Disconnected { cause, pause } => {
            tracing::info!(partition, %cause, ?pause, "the stream is disconnected");
        }
        Event::Gap(gap) if gap.recovered.is_none() => tracing::warn!(partition, "{gap}"),
        Event::Notice(problems) => {
            let text = problems.iter().find_map(Problem::text);
            tracing::warn!(partition, text, "X has said something of the stream");
        }
        Event::Behind(late) => tracing::warn!(partition, ?late, "the stream is late"),
        // What is wrong with it may quote it.
        Event::Unreadable(line) => tracing::warn!(partition, length = line.length, "no item"),
        _ => {}
    }
}

pub(super) fn step(step: &Step) {
    match step {
        Step::Begin(Lease { partition, token }) => {
            tracing::info!(partition, token, "a partition is taken");
        }
        Step::Finish(Lease { partition, token }) => {
            tracing::info!(partition, token, "a partition is given back");
        }
        Step::Abandon(Lease { partition, token }) => {
            tracing::warn!(partition, token, "a partition is lost");
        }
        _ => {}
    }
}

pub(super) fn leases_fail(error: &ShareError) {
    tracing::warn!(%error, "the leases cannot be had");
}

pub(super) fn log_fails(error: &ShareError) {
    tracing::warn!(%error, "the log cannot be opened or appended to");
}
