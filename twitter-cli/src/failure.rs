//! Why the command failed, and with which exit code.

use std::fmt;
use std::io;
use std::process::ExitCode;

use twitter_types::Error;
use twitter_types::endpoint::DynamicError;

/// What went wrong, in a sentence that says what to do, and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// Something on this machine.
    pub(crate) fn here(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into() }
    }

    /// The words on the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// No credential that would do.
    pub(crate) fn no_credential(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into() }
    }

    /// A server's refusal.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { code: 4, message: message.into() }
    }

    pub(crate) fn no_answer(message: impl Into<String>) -> Self {
        Self { code: 6, message: message.into() }
    }

    pub(crate) fn file(name: impl fmt::Display, error: &io::Error) -> Self {
        Self::here(format!("{name}: {error}"))
    }

    pub(crate) fn code(&self) -> ExitCode {
        self.code.into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { code: code_of(&error), message: with_sources(&error) }
    }
}

impl From<DynamicError> for Failure {
    fn from(error: DynamicError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::here(error.to_string())
    }
}

fn code_of(error: &Error) -> u8 {
    match error {
        Error::Api(error) => match error.status.as_u16() {
            402 | 429 => 5,
            _ => 4,
        },
        Error::RateLimited { .. } => 5,
        Error::Decode(_) => 4,
        Error::Transport(_) | Error::DeadlinePassed { source: None } => 6,
        Error::OutcomeUnknown { source } | Error::DeadlinePassed { source: Some(source) } => {
            code_of(source)
        }
        Error::OutOfRange(_) | Error::MissingParameter(_) | Error::UrlTooLong => 2,
        Error::NoCredential { .. } => 3,
        _ => 1,
    }
}

/// An error and what caused it, on one line.
pub(crate) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
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
