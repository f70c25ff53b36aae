//! Making a job, and handing its ids to the storage.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{JobError, Request, Step, StorageRequest, storage::Attempts};
use crate::{
    compliance::CreateJob,
    endpoint::{Error, Moment, Reply, TransportError},
    envelope::One,
    fields::Fields,
    models::{ComplianceJob, ComplianceJobKind},
};

/// Makes a job, and hands its ids to the storage: that is [`Step::Done`], and the job's id leads to
/// a [`Collection`](super::Collection).
///
/// ```
/// use twitter_types::endpoint::Moment;
/// use twitter_types::jobs::{Step, Submission};
/// use twitter_types::models::ComplianceJobKind;
///
/// let mut submission = Submission::new(ComplianceJobKind::Tweets);
/// match submission.step(&Moment::now()) {
///     Step::Call(request) => println!("{request:?}"), // then `receive`
///     Step::Store(request) => println!("{request:?}"), // then `stored`
///     Step::Wait(pause) => println!("{pause:?}"),
///     Step::Done(job) => println!("{:?}", job?.id),
/// }
/// # Ok::<(), twitter_types::jobs::JobError>(())
/// ```
#[derive(Debug)]
pub struct Submission {
    state: State,
}

#[derive(Debug)]
enum State {
    Create(ComplianceJobKind),
    Store(Attempts, Box<ComplianceJob>),
    Pause(Duration, Attempts, Box<ComplianceJob>),
    Ended(Option<Result<Box<ComplianceJob>, JobError>>),
}

impl Submission {
    /// Begins a job about posts or users.
    pub const fn new(kind: ComplianceJobKind) -> Self {
        Self { state: State::Create(kind) }
    }

    /// What to do next. After [`Step::Done`] there is no further step.
    pub fn step(&mut self, moment: &Moment<'_>) -> Step {
        let state = std::mem::replace(&mut self.state, State::Ended(None));
        let (next, step) = match state {
            State::Create(kind) => {
                let create = CreateJob::new(kind.clone()).fields(Fields::all());
                (State::Create(kind), Step::Call(Request::Create(create)))
            }
            State::Store(mut attempts, job) => match attempts.next(moment.time) {
                Ok(request) => (State::Store(attempts, job), Step::Store(request)),
                Err(error) => (State::Ended(None), Step::Done(Err(error))),
            },
            State::Pause(pause, attempts, job) => (State::Store(attempts, job), Step::Wait(pause)),
            State::Ended(outcome) => {
                (State::Ended(None), Step::Done(outcome.unwrap_or(Err(JobError::Ended))))
            }
        };
        self.state = next;
        step
    }

    /// Takes the reply to [`Step::Call`].
    pub fn receive(&mut self, reply: Result<Reply<One<ComplianceJob>>, Error>) {
        let job = reply.map_err(JobError::from).and_then(|reply| super::error::job(reply.body));
        let next = job.and_then(|job| {
            let url = job.upload_url.as_deref();
            let request = StorageRequest::new(Method::PUT, url, job.upload_expires_at)?;
            Ok(State::Store(Attempts::new(request), job))
        });
        self.state = next.unwrap_or_else(|error| State::Ended(Some(Err(error))));
    }

    /// Takes the status of the answer to [`Step::Store`].
    pub fn stored(&mut self, moment: &Moment<'_>, outcome: Result<StatusCode, TransportError>) {
        let state = std::mem::replace(&mut self.state, State::Ended(None));
        self.state = match state {
            State::Store(attempts, job) => match attempts.end(outcome, moment.time) {
                Ok(None) => State::Ended(Some(Ok(job))),
                Ok(Some(pause)) => State::Pause(pause, attempts, job),
                Err(error) => State::Ended(Some(Err(error))),
            },
            other => other,
        };
    }
}
