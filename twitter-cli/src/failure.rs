//! Why the command failed, and with which exit code.

use std::fmt;
use std::io;
use std::process::ExitCode;

use bearer::{InvalidKey, InvalidToken, RefreshError, StoreError};
use twitter_types::Error;
use twitter_types::auth::{KeysError, OAuth1LoginError, OAuth1RefusalCause};
use twitter_types::endpoint::{Cause, DynamicError, TransportError};
use twitter_types::upload::UploadError;

/// What went wrong, in a sentence that says what to do, the exit code, and the row of the table of
/// causes that it is.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
    cause: Option<&'static Cause>,
}

impl Failure {
    /// Something on this machine.
    pub(crate) fn here(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into(), cause: None }
    }

    /// The words on the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into(), cause: None }
    }

    /// No credential that would do.
    pub(crate) fn no_credential(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into(), cause: None }
    }

    /// A server's refusal.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { code: 4, message: message.into(), cause: None }
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(name: impl fmt::Display, error: &io::Error) -> Self {
        Self::here(format!("{name}: {error}"))
    }

    /// Says more.
    #[must_use]
    pub(crate) fn and(mut self, more: impl fmt::Display) -> Self {
        self.message = format!("{}; {more}", self.message);
        self
    }

    /// The same failure in other words.
    #[must_use]
    pub(crate) fn in_words(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// Whether there is nothing to be said: who read the output has seen enough.
    pub(crate) fn is_silent(&self) -> bool {
        self.message.is_empty()
    }

    /// The name of its cause in the table of causes, if it is there.
    pub(crate) fn cause(&self) -> Option<&'static str> {
        self.cause.map(|cause| cause.id)
    }

    pub(crate) fn code(&self) -> ExitCode {
        self.code.into()
    }

    fn new(code: u8, error: &dyn std::error::Error) -> Self {
        Self { code, message: with_sources(error), cause: None }
    }

    fn because(self, cause: &'static Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(code_of(&error), &error).because(error.why())
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::new(6, &error).because(error.why())
    }
}

impl From<bearer::Error> for Failure {
    fn from(error: bearer::Error) -> Self {
        Self::new(of_token_reply(&error), &error).because(Cause::of_token_reply(&error))
    }
}

impl From<RefreshError> for Failure {
    fn from(error: RefreshError) -> Self {
        Self::new(of_renewal(&error), &error).because(Cause::of_renewal(&error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(1, &error)
    }
}

impl From<OAuth1LoginError> for Failure {
    fn from(error: OAuth1LoginError) -> Self {
        let code = match &error {
            OAuth1LoginError::Refused(refusal)
                if refusal.cause == OAuth1RefusalCause::RateLimited =>
            {
                5
            }
            OAuth1LoginError::Signing(_) => 1,
            _ => 4,
        };
        Self::new(code, &error).because(error.why())
    }
}

/// Without keys nothing can be authorized; but a file that cannot be read is a matter of this machine.
impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Self {
        let code = match &error {
            KeysError::Io { .. } | KeysError::Exposed { .. } | KeysError::Syntax { .. } => 1,
            _ => 3,
        };
        Self::new(code, &error)
    }
}

impl From<InvalidToken> for Failure {
    fn from(error: InvalidToken) -> Self {
        Self::new(3, &error)
    }
}

impl From<InvalidKey> for Failure {
    fn from(error: InvalidKey) -> Self {
        Self::new(3, &error)
    }
}

impl From<DynamicError> for Failure {
    fn from(error: DynamicError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<UploadError> for Failure {
    fn from(error: UploadError) -> Self {
        use UploadError::{
            Call, Empty, Late, NoData, Option, Processing, TooLarge, UnknownType, WrongType,
        };
        let cause = error.why();
        let code = match error {
            Call(error) => return error.into(),
            Empty | UnknownType | WrongType { .. } | TooLarge { .. } | Option(_) => 2,
            Processing { .. } | NoData => 4,
            Late { .. } => 6,
            _ => 1,
        };
        Self::new(code, &error).because(cause)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            // `twitter search … | head -1`: that is success.
            return Self { code: 0, message: String::new(), cause: None };
        }
        Self::here(error.to_string())
    }
}

fn code_of(error: &Error) -> u8 {
    match error {
        Error::Api(error) => of_status(error.status),
        Error::RateLimited { .. } | Error::OverBudget(_) => 5,
        Error::Decode(_) => 4,
        Error::Transport(_) | Error::DeadlinePassed { source: None } => 6,
        Error::OutcomeUnknown { source }
        | Error::NotPosted { source, .. }
        | Error::DeadlinePassed { source: Some(source) } => code_of(source),
        Error::OutOfRange(_) | Error::MissingParameter(_) | Error::UrlTooLong => 2,
        Error::NoCredential { .. } => 3,
        Error::Renewal(error) => of_renewal(error),
        _ => 1,
    }
}

fn of_status(status: http::StatusCode) -> u8 {
    match status.as_u16() {
        402 | 429 => 5,
        _ => 4,
    }
}

fn of_token_reply(error: &bearer::Error) -> u8 {
    if let bearer::Error::Refused(refusal) = error { of_status(refusal.status) } else { 4 }
}

fn of_renewal(error: &RefreshError) -> u8 {
    match error {
        RefreshError::LoggedOut | RefreshError::NoRefreshToken | RefreshError::Spent(_) => 3,
        RefreshError::Reply(error) => of_token_reply(error),
        RefreshError::NoReply => 6,
        _ => 1,
    }
}

/// An error and what caused it, on one line.
pub(crate) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    if source.is_some() {
        // It is here.
        message = message.replace(": its source says why", "");
        message = message.replace(": the error's source says why", "");
    }
    while let Some(error) = source {
        let text = error.to_string();
        if !message.contains(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        source = error.source();
    }
    message
}
