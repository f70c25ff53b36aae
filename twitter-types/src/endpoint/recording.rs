//! Exchanges kept in a file, without their secrets, and given again from there: for tests that need
//! neither keys nor a network.

mod exchange;
mod redaction;
mod replay;

use std::{
    fmt, fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::Request;

pub use self::replay::{NotRecorded, Recording, RecordingError};
use self::{
    exchange::{Asked, Exchange, FIRST_LINE},
    redaction::Secrets,
};
use crate::endpoint::{Response, TransportError};

/// Writes what a transport sends and receives to a file, one exchange a line, for a [`Recording`].
///
/// Of a request it keeps the method, the path, the query and the body, and no header; of a response
/// the status, the body, and the headers about limits. What is known to be secret never reaches the
/// file: the credentials of each request, all that a login sends and receives but what is known to be
/// harmless, and every text whose name speaks of a token, a secret, a password, a stream key or an
/// email address; nor does a copy of it anywhere, from then on. In its place stands `redacted-1`,
/// `redacted-2` and so on, the same for the same secret. Posts, messages and names of users are kept
/// as they are: read the file before you publish it, and [hide](Self::hiding) what else must not be
/// seen.
///
/// A line is JSON, so that a file can be written and changed by hand.
///
/// ```
/// use twitter_types::endpoint::{Recorder, Recording, Tape};
///
/// let path = std::env::temp_dir().join(format!("recorder-{}.jsonl", std::process::id()));
/// let recorder = Recorder::create(&path)?.hiding("the name of my cat");
/// // Both clients take either, by `Transport::with_tape`.
/// let tape = Tape::from(recorder.clone());
/// recorder.finish()?;
/// let tape = Tape::from(Recording::open(&path)?);
/// # std::fs::remove_file(&path)?;
/// # let _ = tape;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Recorder(Arc<Mutex<Pen>>);

struct Pen {
    writer: Box<dyn Write + Send>,
    secrets: Secrets,
    /// The first thing that went wrong: nothing is written after it.
    error: Option<io::Error>,
}

impl Recorder {
    /// Records into a file, which it empties first.
    ///
    /// # Errors
    ///
    /// If the file cannot be made.
    #[expect(clippy::disallowed_types, reason = "the edge: `new` takes any writer")]
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        Ok(Self::new(fs::File::create(path)?))
    }

    /// Records into any writer. Each line is written at once.
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        let mut pen = Pen { writer: Box::new(writer), secrets: Secrets::default(), error: None };
        pen.write(FIRST_LINE);
        Self(Arc::new(Mutex::new(pen)))
    }

    /// Keeps one more text out of the file, wherever it would stand.
    #[must_use]
    pub fn hiding(self, secret: &str) -> Self {
        self.pen().secrets.hide_always(secret);
        self
    }

    /// Whether all exchanges so far are in the file.
    ///
    /// # Errors
    ///
    /// What kept one from being written; the file ends before it.
    pub fn finish(&self) -> io::Result<()> {
        let mut pen = self.pen();
        let Some(error) = pen.error.take() else { return pen.writer.flush() };
        // The line that broke off is the last.
        pen.error = Some(error.kind().into());
        Err(error)
    }

    fn pen(&self) -> MutexGuard<'_, Pen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pen {
    fn write(&mut self, line: &str) {
        if self.error.is_none() {
            let line = format!("{line}\n");
            let written = self.writer.write_all(line.as_bytes()).and_then(|()| self.writer.flush());
            self.error = written.err();
        }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

/// What a transport does beside sending: record, answer from a recording, or neither.
#[derive(Clone, Debug, Default)]
pub struct Tape(Kind);

#[derive(Clone, Debug, Default)]
enum Kind {
    #[default]
    None,
    Recorder(Recorder),
    Recording(Recording),
}

impl From<Recorder> for Tape {
    fn from(recorder: Recorder) -> Self {
        Self(Kind::Recorder(recorder))
    }
}

impl From<Recording> for Tape {
    fn from(recording: Recording) -> Self {
        Self(Kind::Recording(recording))
    }
}

/// How an exchange begins.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a transport must know both")]
pub enum Begun {
    /// The request shall be sent, and [`Pending::end`] be told what came of it.
    Send(Pending),
    /// The recording had this, and nothing shall be sent.
    Answered(Result<Response, TransportError>),
}

/// A request that is under way, and may have to be recorded. If it is dropped, it is not.
#[derive(Debug)]
pub struct Pending(Option<(Recorder, Asked)>);

impl Tape {
    /// Begins an exchange.
    pub fn begin<B: AsRef<[u8]>>(&self, request: &Request<B>) -> Begun {
        match &self.0 {
            Kind::None => Begun::Send(Pending(None)),
            Kind::Recorder(recorder) => {
                let asked = Asked::of(request, &mut recorder.pen().secrets);
                Begun::Send(Pending(Some((recorder.clone(), asked))))
            }
            Kind::Recording(recording) => Begun::Answered(recording.answer(request)),
        }
    }

    /// Lets a request pass whose answer is read in pieces, of which none is recorded.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::NotRecorded`](super::TransportErrorKind::NotRecorded) if there is a
    /// recording: then nothing shall be sent.
    pub fn pass<B>(&self, request: &Request<B>) -> Result<(), TransportError> {
        match &self.0 {
            Kind::None | Kind::Recorder(_) => Ok(()),
            Kind::Recording(recording) => {
                // Without the query: that of a storage holds a signature.
                let asked = format!("{} {}", request.method(), request.uri().path());
                Err(recording.lacks(asked))
            }
        }
    }
}

impl Pending {
    /// Ends an exchange: records it, if that was wanted.
    pub fn end(self, outcome: &Result<Response, TransportError>) {
        let Some((recorder, asked)) = self.0 else { return };
        let mut pen = recorder.pen();
        let exchange = Exchange::of(asked, outcome, &mut pen.secrets);
        pen.write(&exchange.line());
    }
}
