//! Bodies that go to a file instead of into memory.

use std::{error, fmt, io};

use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH},
    response::Parts,
};
use tracing::Span;

use crate::endpoint::{Error, Response, TransportError, TransportErrorKind, trace};

/// How much of a body came, of how much: what every transport keeps to that hands a body on in pieces.
///
/// ```
/// use twitter_types::endpoint::Download;
///
/// let response = http::Response::builder().header("content-length", "5").body(())?;
/// let mut download = Download::new(&response.into_parts().0, 1024)?;
/// download.push(b"Hello")?; // and write it
/// assert_eq!(download.finish()?, 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Download {
    limit: u64,
    announced: Option<u64>,
    came: u64,
}

impl Download {
    /// The longest body that a client hands on, unless it is told otherwise: 16 GiB.
    pub const LIMIT: u64 = 16 << 30;

    /// Asks for the bytes as they are, not compressed: only so their number can be checked.
    pub fn ask(headers: &mut HeaderMap) {
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }

    /// Begins with the head of a response, and the most bytes to take.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::TooLarge`] if the head announces more.
    pub fn new(head: &Parts, limit: u64) -> Result<Self, TransportError> {
        let is_encoded = head.headers.get(CONTENT_ENCODING).is_some_and(|name| name != "identity");
        let announced = head.headers.get(CONTENT_LENGTH).filter(|_| !is_encoded);
        let announced = announced.and_then(|length| length.to_str().ok()?.trim().parse().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(Self { limit, announced, came: 0 })
    }

    /// Counts a piece that came, before it is written.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::TooLarge`] if the body is longer than the limit.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        let came = self.came.saturating_add(piece.len() as u64);
        if came > self.limit {
            return Err(TransportErrorKind::TooLarge.into());
        }
        self.came = came;
        Ok(())
    }

    /// How many bytes came in all.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::Closed`] if that is less than was announced.
    pub fn finish(&self) -> Result<u64, TransportError> {
        match self.announced {
            Some(announced) if self.came < announced => Err(TransportErrorKind::Closed.into()),
            _ => Ok(self.came),
        }
    }

    /// What came of it, when its body has ended, one way or the other, and what was counted is written.
    pub fn end(self, head: Parts, outcome: Result<(), TransportError>) -> Arrival {
        match outcome.and_then(|()| self.finish()) {
            Ok(written) => Arrival::Whole(head, written),
            Err(error) if self.came == 0 => Arrival::Nothing(error),
            Err(source) => {
                Arrival::Broken(head, DownloadError::Broken { written: self.came, source })
            }
        }
    }
}

/// What came of a request for a download, which a transport has written as it came.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who sends must know every outcome")]
pub enum Arrival {
    /// All of it was written, so many bytes.
    Whole(Parts, u64),
    /// It was refused; nothing was written.
    Refused(Response),
    /// It broke off after something was written.
    Broken(Parts, DownloadError),
    /// It failed, and nothing was written.
    Nothing(TransportError),
}

impl Arrival {
    /// Tells the span of the request.
    pub fn trace(&self, span: &Span) {
        match self {
            Self::Whole(head, _) | Self::Broken(head, _) => trace::answered(span, head.status),
            Self::Refused(response) => trace::answered(span, response.status()),
            Self::Nothing(error) => trace::unanswered(span, error),
        }
    }

    /// The response to a download that is no call.
    ///
    /// # Errors
    ///
    /// If it did not come whole.
    pub fn into_downloaded(self) -> Result<Downloaded, DownloadError> {
        match self {
            Self::Whole(head, written) => {
                Ok(Downloaded { response: Response::from_parts(head, Vec::new()), written })
            }
            Self::Refused(response) => Ok(Downloaded { response, written: 0 }),
            Self::Broken(_, error) => Err(error),
            Self::Nothing(error) => Err(DownloadError::Call(error.into())),
        }
    }

    /// What a call is to take for its outcome, and what was written, or why it is not whole. To the call
    /// what has begun to be written is a success, so that it is not asked for again.
    pub fn into_answer(self) -> (Result<Response, TransportError>, Result<u64, DownloadError>) {
        let success = |head| Ok(Response::from_parts(head, Vec::new()));
        match self {
            Self::Whole(head, written) => (success(head), Ok(written)),
            Self::Refused(response) => (Ok(response), Ok(0)),
            Self::Broken(head, error) => (success(head), Err(error)),
            Self::Nothing(error) => (Err(error), Ok(0)),
        }
    }
}

/// The response to a download.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Downloaded {
    /// The response: without its body if it was a success, and a refusal with it.
    pub response: Response,
    /// How many bytes were written.
    pub written: u64,
}

/// Why a download did not come whole.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadError {
    /// The call failed before its first byte came; nothing was written.
    Call(Error),
    /// The body broke off, or was longer than is taken.
    Broken {
        /// How many bytes were written: throw them away.
        written: u64,
        /// What happened.
        source: TransportError,
    },
    /// The bytes could not be written.
    Write(io::Error),
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Broken { written, .. } => write!(
                f,
                "the download broke off after {written} bytes, its source says why: throw them \
                 away and download it again"
            ),
            Self::Write(_) => {
                f.write_str("what was downloaded cannot be written: the error's source says why")
            }
        }
    }
}

impl error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Broken { source, .. } => Some(source),
            Self::Write(error) => Some(error),
        }
    }
}

impl From<Error> for DownloadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(headers: &[(&str, &str)]) -> Parts {
        let mut response = http::Response::builder();
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(()).unwrap().into_parts().0
    }

    #[test]
    fn a_body_is_as_long_as_it_said() {
        let mut download = Download::new(&head(&[("content-length", "4")]), 9).unwrap();
        download.push(b"abc").unwrap();
        assert_eq!(download.finish().unwrap_err().kind(), TransportErrorKind::Closed);
        download.push(b"d").unwrap();
        assert_eq!(download.finish().unwrap(), 4);
        // The length of what was compressed says nothing of what it was.
        let encoded = head(&[("content-length", "400"), ("content-encoding", "gzip")]);
        let mut download = Download::new(&encoded, 9).unwrap();
        download.push(b"abc").unwrap();
        assert_eq!(download.finish().unwrap(), 3);
    }

    #[test]
    fn no_more_is_taken_than_the_limit() {
        let error = Download::new(&head(&[("content-length", "10")]), 9).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::TooLarge);
        let mut download = Download::new(&head(&[]), 9).unwrap();
        download.push(b"123456789").unwrap();
        assert_eq!(download.push(b"0").unwrap_err().kind(), TransportErrorKind::TooLarge);
        let outcome = Err(TransportErrorKind::TooLarge.into());
        let (answer, written) = download.end(head(&[]), outcome).into_answer();
        assert!(answer.is_ok(), "what was written is not asked for again");
        assert!(matches!(written, Err(DownloadError::Broken { written: 9, .. })), "{written:?}");
    }

    #[test]
    fn what_broke_off_before_its_first_byte_is_asked_for_again() {
        let download = Download::new(&head(&[("content-length", "4")]), 9).unwrap();
        let (answer, written) = download.end(head(&[]), Ok(())).into_answer();
        assert_eq!(answer.unwrap_err().kind(), TransportErrorKind::Closed);
        assert_eq!(written.unwrap(), 0);
    }
}
