//! Requests to the storage, which never see a credential.

use std::{fmt, time::Duration};

use http::{
    HeaderValue, Method, StatusCode, Uri,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

use super::JobError;
use crate::{
    auth::{Accepted, AppOnly, Credential},
    endpoint::{BaseUrl, Download, Error, Route, Stamp, TransportError, TransportErrorKind},
    timestamp::Timestamp,
};

/// A request to the storage, by a signed URL. Its `Debug` shows the host only.
#[derive(Clone)]
pub struct StorageRequest {
    method: Method,
    url: Uri,
    expires: Option<Timestamp>,
}

impl StorageRequest {
    /// Checks a signed URL: it must be https, or plain http to this machine.
    pub(super) fn new(
        method: Method,
        url: Option<&str>,
        expires: Option<Timestamp>,
    ) -> Result<Self, JobError> {
        let url: Uri = url.and_then(|url| url.parse().ok()).ok_or(JobError::NoUrl)?;
        Route::of(&url).map_err(|_| JobError::StrangeUrl { host: host(&url) })?;
        Ok(Self { method, url, expires })
    }

    /// The method: `PUT` for the ids, `GET` for the results.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The host that is asked.
    pub fn host(&self) -> String {
        host(&self.url)
    }

    /// The same as a request of a client, whose credential it gets if, and only if, it is an
    /// [operation](Self::is_operation).
    ///
    /// # Errors
    ///
    /// If the credential cannot be used.
    pub fn request_by<C: Credential>(
        &self,
        length: u64,
        base: &BaseUrl,
        credential: &C,
        stamp: &Stamp<'_>,
    ) -> Result<http::Request<()>, Error> {
        let request = self.request(length);
        if !self.is_operation(base) {
            return Ok(request);
        }
        let mut request = request.map(|()| Vec::new());
        if self.method == Method::PUT {
            let bytes = HeaderValue::from_static("application/octet-stream");
            request.headers_mut().insert(CONTENT_TYPE, bytes);
        }
        credential.authorize(&mut request, AppOnly::KINDS, stamp)?;
        Ok(request.map(drop))
    }

    /// Whether the URL is an operation of X's own API, which the specification also knows, and
    /// which takes the App's token like any other; no storage does.
    pub fn is_operation(&self, base: &BaseUrl) -> bool {
        base.join(self.url.path()).is_ok_and(|url| {
            url.authority() == self.url.authority()
                && url.scheme() == self.url.scheme()
                && self.url.path().starts_with("/2/compliance/jobs/")
        })
    }

    /// The request, without a body; `length` is the one that a `PUT` will have, in bytes.
    pub fn request(&self, length: u64) -> http::Request<()> {
        let mut request = http::Request::new(());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        if self.method == Method::PUT {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        } else {
            Download::ask(headers);
        }
        request
    }

    /// An error, if the URL is good no longer.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), JobError> {
        match self.expires {
            Some(expires) if expires <= now => Err(JobError::UrlExpired { expires }),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for StorageRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StorageRequest")
            .field("method", &self.method)
            .field("host", &self.host())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

fn host(url: &Uri) -> String {
    url.host().unwrap_or("no host").into()
}

/// A request that may be repeated, since it does the same again.
#[derive(Debug)]
pub(super) struct Attempts {
    request: StorageRequest,
    made: u32,
}

impl Attempts {
    const LIMIT: u32 = 4;

    pub(super) const fn new(request: StorageRequest) -> Self {
        Self { request, made: 0 }
    }

    pub(super) fn next(&mut self, now: Timestamp) -> Result<StorageRequest, JobError> {
        self.request.check(now)?;
        self.made += 1;
        Ok(self.request.clone())
    }

    /// Whether it went well; otherwise the pause until the next attempt.
    pub(super) fn end(
        &self,
        outcome: Result<StatusCode, TransportError>,
        now: Timestamp,
    ) -> Result<Option<Duration>, JobError> {
        let (error, passes) = match outcome {
            Ok(status) if status.is_success() => return Ok(None),
            Ok(status) => {
                // A URL that expired on its way is refused, and the storage says so in many ways.
                if status.is_client_error() {
                    self.request.check(now)?;
                }
                let passes = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
                (JobError::Storage { status, host: self.request.host() }, passes)
            }
            Err(error) => {
                use TransportErrorKind::{Closed, Connect, Timeout};
                let passes = matches!(error.kind(), Closed | Connect | Timeout);
                (JobError::Transport(error), passes)
            }
        };
        if passes && self.made < Self::LIMIT {
            return Ok(Some(Duration::from_millis(100 << self.made)));
        }
        Err(error)
    }
}
