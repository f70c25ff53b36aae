//! One thing to do, and when to do it again.

use std::{ops::Range, time::Duration};

use http::StatusCode;

use super::{Request, UploadError};
use crate::{
    checksum::checksum,
    endpoint::{Error, Moment, RateLimits, TransportErrorKind},
    id::MediaId,
    timestamp::Timestamp,
};

/// A request to send, and the part of the file that it carries.
#[derive(Debug)]
#[non_exhaustive]
pub struct Job {
    /// What [`Upload::receive`](super::Upload::receive) knows it by.
    pub number: u64,
    /// Which bytes of the file it carries; none, but for segments.
    pub range: Range<u64>,
    request: Request,
}

impl Job {
    pub(super) const fn new(number: u64, range: Range<u64>, request: Request) -> Self {
        Self { number, range, request }
    }

    /// The request, with the bytes of [`range`](Self::range).
    pub fn into_request(mut self, bytes: Vec<u8>) -> Request {
        if let Request::Append(append) = &mut self.request {
            append.media = bytes.into();
        }
        self.request
    }
}

/// What a request is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Initialize,
    Append(u32),
    Finalize,
    Status,
    Describe,
    /// The file of the subtitles of that place in the options.
    Subtitles(usize),
    AddSubtitles(usize, MediaId),
}

#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) what: What,
    /// How often it was sent.
    pub(super) attempts: u32,
    /// Not before then; `None` is at once.
    pub(super) due: Option<Timestamp>,
    /// Whether it may have been carried out though no reply said so.
    pub(super) in_doubt: bool,
}

impl Task {
    pub(super) const fn new(what: What) -> Self {
        Self { what, attempts: 0, due: None, in_doubt: false }
    }
}

/// What an error means for the request.
pub(super) enum Verdict {
    /// Send it again then.
    Again(Timestamp),
    /// Send it again then, and nothing else before.
    Pause(Timestamp),
    /// It is of no use.
    Fail,
}

/// Whether and when to repeat a request that was sent that often.
pub(super) fn verdict(error: &UploadError, attempts: u32, moment: &Moment<'_>) -> Verdict {
    let UploadError::Call(error) = error else { return Verdict::Fail };
    let again = || Verdict::Again(moment.time.saturating_add(backoff(attempts, moment)));
    match error {
        Error::Transport(error) if error.kind() == TransportErrorKind::Refused => Verdict::Fail,
        Error::Transport(_) | Error::Decode(_) => again(),
        Error::Api(error) if error.status == StatusCode::TOO_MANY_REQUESTS => {
            let limits = error.rate_limits;
            match limits.exhausted() {
                // Only a window is worth waiting for, and it is no longer than an hour.
                Some(limit) if Some(limit) == limits.window => {
                    let wait = limit.reset.saturating_since(moment.time);
                    if wait > HOUR { Verdict::Fail } else { Verdict::Pause(limit.reset) }
                }
                None if limits == RateLimits::default() => again(),
                _ => Verdict::Fail,
            }
        }
        Error::Api(error) if error.status.is_server_error() => again(),
        _ => Verdict::Fail,
    }
}

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A random time below a bound that doubles, from half a second to half a minute.
fn backoff(attempts: u32, moment: &Moment<'_>) -> Duration {
    let bound = (250_u64 << attempts.min(7)).min(30_000);
    let random = checksum(moment.stamp.nonce().unwrap_or_default().bytes());
    Duration::from_millis(random % bound + 1)
}
