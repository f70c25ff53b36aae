//! Compliance jobs from ids to results: which request comes next, without a socket or a clock.
//!
//! A job takes a file of ids, one a line, and finds those that must not be kept any longer. Two
//! machines lead through it, so that its id can be kept in between: a [`Submission`] makes the job
//! and hands its ids to X's storage, a [`Collection`] waits until it is complete and asks the
//! storage for the results, which [`Results`] reads line by line. Both clients drive them, by
//! `submit_compliance_job` and `compliance_results`, and so can others.
//!
//! The storage is no part of X's API: it is asked by signed URLs, without any credential. Whoever
//! has such a URL may use it, so no error shows more of it than its host.

mod collection;
mod error;
mod ids;
mod request;
mod results;
mod storage;
mod submission;

pub use collection::Collection;
pub use error::JobError;
pub use ids::{IdsCheck, id_lines};
pub use request::Request;
pub use results::Results;
pub use storage::StorageRequest;
pub use submission::Submission;

use std::time::Duration;

use crate::models::ComplianceJob;

/// What a job needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a job must know every step")]
pub enum Step {
    /// Send this by a [`Call`](crate::endpoint::Call), and hand the reply to `receive`.
    Call(Request),
    /// Send this as it is, with the ids as its body if it is a `PUT`, and hand the status to
    /// `stored`.
    Store(StorageRequest),
    /// Wait this long, and then ask for a step again.
    Wait(Duration),
    /// This is the outcome.
    Done(Result<Box<ComplianceJob>, JobError>),
}
