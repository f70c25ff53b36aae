//! Bodies that go to a file instead of into memory.

use std::{error, fmt, io};

use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH},
    response::Parts,
};

use crate::endpoint::{Error, Response, TransportError, TransportErrorKind};

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

    /// How many bytes came so far.
    pub const fn came(&self) -> u64 {
        self.came
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

impl Downloaded {
    /// A success, whose body was written.
    pub fn new(head: Parts, written: u64) -> Self {
        Self { response: Response::from_parts(head, Vec::new()), written }
    }

    /// A refusal, of which nothing was written.
    pub const fn refused(response: Response) -> Self {
        Self { response, written: 0 }
    }
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
        assert_eq!(download.came(), 9);
    }
}
