//! Why a job has no results.

use std::{error, fmt, time::Duration};

use http::StatusCode;

use crate::{
    endpoint::{Error, TransportError},
    envelope::One,
    id::ComplianceJobId,
    models::ComplianceJob,
    timestamp::Timestamp,
};

/// Why a job has no results, or not all of them.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobError {
    /// There are no ids; nothing was sent.
    NoIds,
    /// A line is no id; nothing was sent.
    NoId {
        /// The line, from 1 on.
        line: u64,
    },
    /// The ids cannot be read.
    Read(std::io::Error),
    /// A call to X's API failed.
    Call(Error),
    /// X knows no such job, or says nothing of it.
    NoJob,
    /// X named no URL of its storage.
    NoUrl,
    /// X named a URL that is not safe to use, such as plain http; nothing was sent there.
    StrangeUrl {
        /// Its host.
        host: String,
    },
    /// The signed URL is good no longer.
    UrlExpired {
        /// Since when.
        expires: Timestamp,
    },
    /// The storage refused, also when it was asked again.
    Storage {
        /// Its status.
        status: StatusCode,
        /// Its host.
        host: String,
    },
    /// The storage did not answer, or not to the end.
    Transport(TransportError),
    /// X could not do the job.
    Failed {
        /// Which.
        id: ComplianceJobId,
    },
    /// The job's ids did not come in time.
    Expired {
        /// Which.
        id: ComplianceJobId,
    },
    /// The job is not complete in the time allowed. It goes on.
    Late {
        /// Which.
        id: ComplianceJobId,
        /// The time allowed.
        deadline: Duration,
    },
    /// A line of the results is none; the others come all the same.
    Line {
        /// The line as it came.
        text: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A line of the results does not end.
    LongLine,
    /// There was nothing more to do.
    Ended,
}

impl JobError {
    /// Whether results may come after it: it is about one line.
    pub const fn is_about_a_line(&self) -> bool {
        matches!(self, Self::Line { .. })
    }
}

/// The job that a reply is about.
pub(super) fn job(reply: One<ComplianceJob>) -> Result<Box<ComplianceJob>, JobError> {
    reply.data.filter(|job| job.id.is_some()).map(Box::new).ok_or(JobError::NoJob)
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIds => f.write_str("there are no ids to check; nothing was sent"),
            Self::NoId { line } => {
                write!(f, "line {line} is no id: write one a line, digits only; nothing was sent")
            }
            Self::Read(_) => f.write_str("the ids cannot be read: the error's source says why"),
            Self::Call(error) => error.fmt(f),
            Self::NoJob => f.write_str("X knows no such job: look at the list, or make a new one"),
            Self::NoUrl => f.write_str("X named no URL of its storage: try again later"),
            Self::StrangeUrl { host } => write!(
                f,
                "X named a URL at {host:?} that is not https: nothing was sent there; report it"
            ),
            Self::UrlExpired { expires } => {
                write!(f, "the signed URL of this job was good until {expires}: make a new job")
            }
            Self::Storage { status, host } => {
                write!(f, "the storage {host} refused with {status}: make a new job")
            }
            Self::Transport(error) => write!(f, "the storage: {error}"),
            Self::Failed { id } => write!(f, "X could not do the job {id}: make a new one"),
            Self::Expired { id } => {
                write!(f, "the ids of the job {id} did not come in time: make a new one")
            }
            Self::Late { id, deadline } => write!(
                f,
                "the job {id} is not complete in {} seconds: come back later with its id",
                deadline.as_secs()
            ),
            Self::Line { .. } => {
                f.write_str("a line of the results cannot be read: look at its text, and report it")
            }
            Self::LongLine => f.write_str("a line of the results is longer than a mebibyte"),
            Self::Ended => f.write_str("the job has been asked for more than it has"),
        }
    }
}

impl error::Error for JobError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Call(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Line { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<std::io::Error> for JobError {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error)
    }
}
