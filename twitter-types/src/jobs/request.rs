//! The calls of a job.

use crate::{
    auth::Kind,
    compliance::{CreateJob, JobById},
    endpoint::{self, Ask, BaseUrl, Error, Reply, Response},
    envelope::One,
    models::ComplianceJob,
};

/// One call of a job, to be sent by a [`Call`](crate::endpoint::Call) like any operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Request {
    /// Makes the job.
    Create(CreateJob),
    /// Asks how it stands.
    Status(JobById),
}

impl Ask for Request {
    type Body = One<ComplianceJob>;

    fn operation(&self) -> &'static str {
        match self {
            Self::Create(ask) => ask.operation(),
            Self::Status(ask) => ask.operation(),
        }
    }

    fn accepted(&self) -> &'static [Kind] {
        match self {
            Self::Create(ask) => ask.accepted(),
            Self::Status(ask) => ask.accepted(),
        }
    }

    fn unauthorized(&self, base: &BaseUrl) -> Result<endpoint::Request, Error> {
        match self {
            Self::Create(ask) => ask.unauthorized(base),
            Self::Status(ask) => ask.unauthorized(base),
        }
    }

    fn read(&self, response: Response) -> Result<Reply<Self::Body>, Error> {
        match self {
            Self::Create(ask) => ask.read(response),
            Self::Status(ask) => ask.read(response),
        }
    }
}
