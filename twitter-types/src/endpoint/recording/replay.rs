//! Answers from a file.

use std::{
    error, fmt, io,
    path::Path,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::Request;
use serde_json::Value;

use super::{
    exchange::{Asked, Content, Exchange, FIRST_LINE},
    redaction::{Secrets, is_placeholder},
};
use crate::endpoint::{Response, TransportError, TransportErrorKind};

/// Answers to requests, as a [`Recorder`](super::Recorder) kept them: nothing is sent.
///
/// A request is answered by the first exchange left that has its method, path, query and body; the
/// server and the credential do not matter, and where a secret stood anything may stand. Each exchange
/// answers once. What has no answer fails with
/// [`TransportErrorKind::NotRecorded`], and its source, [`NotRecorded`], says what was asked and what is
/// left; so do streams and downloads, which no recorder keeps.
///
/// ```
/// use twitter_types::endpoint::{Begun, Recording, Tape};
///
/// let recording: Recording = concat!(
///     "{\"recording\":1}\n",
///     r#"{"request":{"method":"GET","path":"/2/users/me"},"response":{"status":200,"json":{"data":null}}}"#,
/// )
/// .parse()?;
/// let request = http::Request::get("https://api.x.com/2/users/me").body("")?;
/// let Begun::Answered(response) = Tape::from(recording.clone()).begin(&request) else { panic!() };
/// assert_eq!(response?.body(), br#"{"data":null}"#);
/// assert!(recording.left().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Recording(Arc<Mutex<Vec<Exchange>>>);

impl Recording {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no recording.
    #[expect(clippy::disallowed_methods, reason = "the edge: a text parses as well")]
    pub fn open(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        std::fs::read_to_string(path).map_err(RecordingError::Io)?.parse()
    }

    /// The requests that have not been made yet, each in a line.
    pub fn left(&self) -> Vec<String> {
        self.exchanges().iter().map(|exchange| described(&exchange.request)).collect()
    }

    pub(super) fn answer<B: AsRef<[u8]>>(
        &self,
        request: &Request<B>,
    ) -> Result<Response, TransportError> {
        let asked = Asked::of(request, &mut Secrets::default());
        let mut exchanges = self.exchanges();
        match exchanges.iter().position(|exchange| is_same(&exchange.request, &asked)) {
            Some(index) => exchanges.remove(index).outcome(),
            None => {
                drop(exchanges);
                Err(self.lacks(described(&asked)))
            }
        }
    }

    pub(super) fn lacks(&self, asked: String) -> TransportError {
        let error = NotRecorded { asked, left: self.left() };
        TransportError::new(TransportErrorKind::NotRecorded, error)
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromStr for Recording {
    type Err = RecordingError;

    fn from_str(text: &str) -> Result<Self, RecordingError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        if lines.next().is_none_or(|(_, line)| line.trim() != FIRST_LINE) {
            return Err(RecordingError::Format);
        }
        let exchanges = lines.map(|(index, line)| {
            let line_of = |source| RecordingError::Line { number: index + 1, source };
            serde_json::from_str(line).map_err(line_of)
        });
        Ok(Self(Arc::new(Mutex::new(exchanges.collect::<Result<_, _>>()?))))
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("left", &self.exchanges().len()).finish()
    }
}

/// Whether a request is the recorded one, for whatever secrets.
fn is_same(recorded: &Asked, asked: &Asked) -> bool {
    let (path, query) = parts(&recorded.path);
    let (asked_path, asked_query) = parts(&asked.path);
    recorded.method == asked.method
        && is_same_text(path, asked_path)
        && is_same_form(query, asked_query)
        && is_same_body(&recorded.body, &asked.body)
}

fn parts(path: &str) -> (&str, &str) {
    path.split_once('?').unwrap_or((path, ""))
}

fn is_same_text(recorded: &str, asked: &str) -> bool {
    recorded == asked || is_placeholder(recorded)
}

fn is_same_form(recorded: &str, asked: &str) -> bool {
    let mut asked = asked.split('&');
    let is_same = |pair: &str| {
        asked.next().is_some_and(|asked| {
            let name = |pair: &str| pair.split('=').next().map(str::to_owned);
            pair == asked || is_placeholder(pair) && name(pair) == name(asked)
        })
    };
    recorded.split('&').all(is_same) && asked.next().is_none()
}

fn is_same_body(recorded: &Content, asked: &Content) -> bool {
    match (recorded, asked) {
        (Content { json: Some(recorded), .. }, Content { json: Some(asked), .. }) => {
            is_same_json(recorded, asked)
        }
        (Content { text: Some(recorded), .. }, Content { text: Some(asked), .. }) => {
            recorded == asked || is_same_form(recorded, asked)
        }
        _ => recorded == asked,
    }
}

fn is_same_json(recorded: &Value, asked: &Value) -> bool {
    match (recorded, asked) {
        (Value::String(recorded), Value::String(asked)) => is_same_text(recorded, asked),
        (Value::Array(recorded), Value::Array(asked)) => {
            recorded.len() == asked.len()
                && recorded.iter().zip(asked).all(|(one, other)| is_same_json(one, other))
        }
        (Value::Object(recorded), Value::Object(asked)) => {
            recorded.len() == asked.len()
                && recorded.iter().all(|(name, one)| {
                    asked.iter().any(|(asked_name, other)| {
                        is_same_text(name, asked_name) && is_same_json(one, other)
                    })
                })
        }
        _ => recorded == asked,
    }
}

/// A request in a line.
fn described(asked: &Asked) -> String {
    const LONGEST: usize = 200;
    let Asked { method, path, body } = asked;
    let body = match body {
        Content { json: Some(json), .. } => format!(" {json}"),
        Content { text: Some(text), .. } => format!(" {text}"),
        _ => String::new(),
    };
    let short: String = body.chars().take(LONGEST).collect();
    let dots = if short.len() < body.len() { "…" } else { "" };
    format!("{method} {path}{short}{dots}")
}

/// A recording has no answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotRecorded {
    /// The request, without its secrets.
    pub asked: String,
    /// The requests that would be answered.
    pub left: Vec<String>,
}

impl fmt::Display for NotRecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no answer to {}; left ", self.asked)?;
        if self.left.is_empty() {
            return f.write_str("is none");
        }
        write!(f, "are {}", self.left.join(" | "))
    }
}

impl error::Error for NotRecorded {}

/// A file is no recording.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordingError {
    /// It cannot be read.
    Io(io::Error),
    /// Its first line is not `{"recording":1}`.
    Format,
    /// A line is no exchange.
    Line {
        /// Which line, counted from 1.
        number: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(_) => f.write_str("the recording cannot be read: record it first"),
            Self::Format => write!(f, "it is no recording: its first line is not {FIRST_LINE}"),
            Self::Line { number, .. } => {
                write!(f, "line {number} of the recording is no exchange: its source says why")
            }
        }
    }
}

impl error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Format => None,
            Self::Line { source, .. } => Some(source),
        }
    }
}
