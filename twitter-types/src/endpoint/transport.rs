//! What every transport keeps to, whichever library moves its bytes.

use std::{error, fmt, str::FromStr};

use bearer::InvalidBaseUrl;
use http::{HeaderValue, Uri, header::CONTENT_LENGTH, response::Parts};

use crate::endpoint::{BaseUrl, Response, TransportError, TransportErrorKind};

/// The way that a request takes: no credential goes unencrypted beyond this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route {
    /// Over https; otherwise plain http, to loopback.
    pub encrypted: bool,
    /// To this machine: no proxy has a part in that.
    pub loopback: bool,
}

impl Route {
    /// The way to a URL.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::Refused`] for whatever cannot be a [`BaseUrl`], such as plain http to
    /// another machine.
    pub fn of(url: &Uri) -> Result<Self, TransportError> {
        let refused = |error| TransportError::new(TransportErrorKind::Refused, error);
        let encrypted = match url.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(refused(InvalidBaseUrl::Malformed)),
        };
        let authority = url.authority().map_or("", |authority| authority.as_str());
        // As plain http, a base URL is checked for all that https asks, and for loopback.
        match format!("http://{authority}").parse::<BaseUrl>() {
            Ok(_) => Ok(Self { encrypted, loopback: true }),
            Err(InvalidBaseUrl::Unencrypted) if encrypted => {
                Ok(Self { encrypted, loopback: false })
            }
            Err(error) => Err(refused(error)),
        }
    }
}

/// A response whose body arrives in pieces, and how much of that is taken.
///
/// ```
/// use twitter_types::endpoint::Incoming;
///
/// let (head, ()) = http::Response::new(()).into_parts();
/// let mut incoming = Incoming::new(head, 1024)?;
/// assert!(incoming.push(br#"{"data""#)?);
/// assert!(incoming.push(b":[]}")?);
/// let response = incoming.finish(Ok(()))?;
/// assert_eq!(response.body(), br#"{"data":[]}"#);
/// # Ok::<(), twitter_types::endpoint::TransportError>(())
/// ```
#[derive(Debug)]
pub struct Incoming {
    response: Response,
    limit: usize,
}

impl Incoming {
    /// The longest body that a client takes, unless it is told otherwise: 32 MiB.
    pub const LIMIT: usize = 32 << 20;

    /// As much of a refusal's page as is read: its status says what matters.
    const REFUSAL_LIMIT: usize = 1 << 20;

    /// Begins with the head of a response, and the most bytes to take of a successful body.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::TooLarge`] if the head announces more.
    pub fn new(head: Parts, limit: usize) -> Result<Self, TransportError> {
        let announced = head.headers.get(CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.trim().parse().ok());
        let mut incoming = Self { response: Response::from_parts(head, Vec::new()), limit };
        if incoming.is_refusal() {
            incoming.limit = limit.min(Self::REFUSAL_LIMIT);
        } else if announced.is_some_and(|length: u64| length > limit as u64) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(incoming)
    }

    /// Takes a piece of the body, and says whether more is wanted: of a refusal, only so much.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::TooLarge`] if the body is longer than the limit.
    pub fn push(&mut self, piece: &[u8]) -> Result<bool, TransportError> {
        let refusal = self.is_refusal();
        let body = self.response.body_mut();
        let room = self.limit - body.len();
        if piece.len() > room && !refusal {
            return Err(TransportErrorKind::TooLarge.into());
        }
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        Ok(!refusal || body.len() < self.limit)
    }

    /// The response, when its body has ended, one way or the other: a refusal stays one even if its
    /// page broke off.
    ///
    /// # Errors
    ///
    /// The one that is handed in, if the status says success.
    pub fn finish(self, outcome: Result<(), TransportError>) -> Result<Response, TransportError> {
        match outcome {
            Err(error) if !self.is_refusal() => Err(error),
            _ => Ok(self.response),
        }
    }

    fn is_refusal(&self) -> bool {
        !self.response.status().is_success()
    }
}

/// What a client calls itself: the value of `User-Agent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserAgent(HeaderValue);

impl UserAgent {
    /// The name of your program, such as `my-app/1.0`.
    ///
    /// # Errors
    ///
    /// If the text is empty, or has anything but visible ASCII and spaces.
    pub fn new(text: &str) -> Result<Self, InvalidUserAgent> {
        let allowed = |byte| matches!(byte, b' '..=b'~');
        if text.trim().is_empty() || !text.bytes().all(allowed) {
            return Err(InvalidUserAgent);
        }
        HeaderValue::from_str(text).map(Self).map_err(|_| InvalidUserAgent)
    }

    /// The header's value.
    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl FromStr for UserAgent {
    type Err = InvalidUserAgent;

    fn from_str(text: &str) -> Result<Self, InvalidUserAgent> {
        Self::new(text)
    }
}

/// The text cannot be a `User-Agent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidUserAgent;

impl fmt::Display for InvalidUserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the user agent is empty or has characters that a header cannot carry: write it in \
             plain ASCII, like my-app/1.0",
        )
    }
}

impl error::Error for InvalidUserAgent {}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16, length: Option<&str>) -> Parts {
        let mut response = http::Response::builder().status(status);
        if let Some(length) = length {
            response = response.header(CONTENT_LENGTH, length);
        }
        response.body(()).unwrap().into_parts().0
    }

    #[test]
    fn nothing_goes_unencrypted_beyond_this_machine() {
        let route = |url: &str| Route::of(&url.parse().unwrap());
        for (url, encrypted, loopback) in [
            ("https://api.x.com/2/users?ids=1", true, false),
            ("HTTPS://API.X.COM/2/users", true, false),
            ("https://localhost:8080/", true, true),
            ("http://127.0.0.1:8080/2/users", false, true),
            ("http://[::1]/", false, true),
        ] {
            assert_eq!(route(url).unwrap(), Route { encrypted, loopback }, "{url}");
        }
        for url in ["http://api.x.com/", "http://127.0.0.1.example/", "ftp://127.0.0.1/", "/2"] {
            assert_eq!(route(url).unwrap_err().kind(), TransportErrorKind::Refused, "{url}");
        }
    }

    #[test]
    fn a_long_answer_is_refused_as_soon_as_it_is_known_to_be_long() {
        let too_large = |result: Result<_, TransportError>| {
            assert_eq!(result.map(drop).unwrap_err().kind(), TransportErrorKind::TooLarge);
        };
        too_large(Incoming::new(head(200, Some("11")), 10).map(drop));
        let mut incoming = Incoming::new(head(200, Some("10")), 10).unwrap();
        assert!(incoming.push(b"0123456789").unwrap());
        too_large(incoming.push(b"0").map(drop));
    }

    #[test]
    fn of_a_refusal_only_so_much_is_read() {
        let mut incoming = Incoming::new(head(500, Some("999999999")), 10).unwrap();
        assert!(incoming.push(b"0123").unwrap());
        assert!(!incoming.push(b"456789abc").unwrap());
        let broken = Err(TransportErrorKind::Closed.into());
        assert_eq!(incoming.finish(broken).unwrap().body(), b"0123456789");
        let incoming = Incoming::new(head(200, None), 10).unwrap();
        let broken = Err(TransportErrorKind::Closed.into());
        assert_eq!(incoming.finish(broken).unwrap_err().kind(), TransportErrorKind::Closed);
    }

    #[test]
    fn a_user_agent_is_plain_ascii() {
        assert_eq!(UserAgent::new("my-app/1.0 (me)").unwrap().header(), "my-app/1.0 (me)");
        assert!(InvalidUserAgent.to_string().contains("plain ASCII"));
        for text in ["", " ", "caf\u{e9}/1.0", "a\nb", "a\tb", "a\u{7f}"] {
            assert_eq!(text.parse::<UserAgent>(), Err(InvalidUserAgent), "{text:?}");
        }
    }
}
