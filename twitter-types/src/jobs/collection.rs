//! Waiting for a job, and asking the storage for its results.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{JobError, Request, Step, StorageRequest, storage::Attempts};
use crate::{
    compliance::JobById,
    endpoint::{Error, Moment, Reply, TransportError},
    envelope::One,
    fields::Fields,
    id::ComplianceJobId,
    models::{ComplianceJob, ComplianceJobStatus},
    timestamp::Timestamp,
};

/// Waits until a job is complete, and asks the storage for its results: that their answer began
/// well is [`Step::Done`], and its body is for [`Results`](super::Results).
#[derive(Debug)]
pub struct Collection {
    id: ComplianceJobId,
    deadline: Duration,
    until: Option<Timestamp>,
    looks: u32,
    state: State,
}

#[derive(Debug)]
enum State {
    Look,
    Wait(Duration),
    Store(Attempts, Box<ComplianceJob>),
    Pause(Duration, Attempts, Box<ComplianceJob>),
    Ended(Option<Result<Box<ComplianceJob>, JobError>>),
}

impl Collection {
    /// The longest pause between two looks.
    const PAUSE: Duration = Duration::from_secs(60);

    /// Begins for a job; `deadline` is how long to wait until it is complete.
    pub const fn new(id: ComplianceJobId, deadline: Duration) -> Self {
        Self { id, deadline, until: None, looks: 0, state: State::Look }
    }

    /// What to do next. After [`Step::Done`] there is no further step.
    pub fn step(&mut self, moment: &Moment<'_>) -> Step {
        let deadline = self.deadline;
        self.until.get_or_insert_with(|| moment.time.saturating_add(deadline));
        let state = std::mem::replace(&mut self.state, State::Ended(None));
        let (next, step) = match state {
            State::Look => {
                let look = JobById::new(self.id).fields(Fields::all());
                (State::Look, Step::Call(Request::Status(look)))
            }
            State::Wait(pause) => (State::Look, Step::Wait(pause)),
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
    pub fn receive(
        &mut self,
        moment: &Moment<'_>,
        reply: Result<Reply<One<ComplianceJob>>, Error>,
    ) {
        let job = reply.map_err(JobError::from).and_then(|reply| super::error::job(reply.body));
        self.state = job
            .and_then(|job| self.look_at(job, moment.time))
            .unwrap_or_else(|error| State::Ended(Some(Err(error))));
    }

    fn look_at(&mut self, job: Box<ComplianceJob>, now: Timestamp) -> Result<State, JobError> {
        match &job.status {
            Some(ComplianceJobStatus::Complete) => {
                let url = job.download_url.as_deref();
                let request = StorageRequest::new(Method::GET, url, job.download_expires_at)?;
                return Ok(State::Store(Attempts::new(request), job));
            }
            Some(ComplianceJobStatus::Failed) => return Err(JobError::Failed { id: self.id }),
            // X's guide knows this status, its specification does not.
            Some(status) if status.as_str() == "expired" => {
                return Err(JobError::Expired { id: self.id });
            }
            // A status that is not known yet may lead on as well.
            _ => {}
        }
        let left = self.until.map_or(Duration::ZERO, |until| until.saturating_since(now));
        if left.is_zero() {
            return Err(JobError::Late { id: self.id, deadline: self.deadline });
        }
        let pause = Duration::from_secs(1 << self.looks.min(6)).min(Self::PAUSE);
        self.looks += 1;
        Ok(State::Wait(pause.min(left)))
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
