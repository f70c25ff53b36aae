//! The results of a job, line by line.

use std::collections::VecDeque;

use http::response::Parts;

use super::JobError;
use crate::{
    endpoint::{Download, TransportError},
    models::ComplianceResult,
};

/// Reads results from a body that comes in pieces: it holds one line, and never more than a
/// mebibyte.
///
/// ```
/// use twitter_types::jobs::{JobError, Results};
///
/// let (head, ()) = http::Response::new(()).into_parts();
/// let mut results = Results::new(&head)?;
/// results.receive(Ok(Some(br#"{"id":"20","action":"delete","reason":"deleted"}"#)));
/// results.receive(Ok(Some(b"\nno JSON\n")));
/// results.receive(Ok(None)); // the end
/// assert_eq!(results.next().unwrap()?.post_id(), Some(20.into()));
/// match results.next().unwrap() {
///     Err(JobError::Line { text, .. }) => assert_eq!(text, "no JSON"),
///     other => panic!("{other:?}"),
/// }
/// assert!(results.next().is_none());
/// # Ok::<(), JobError>(())
/// ```
#[derive(Debug)]
pub struct Results {
    download: Download,
    /// What came, from the beginning of a line on.
    bytes: VecDeque<u8>,
    /// How many of them hold no end of a line.
    looked: usize,
    has_ended: bool,
    error: Option<JobError>,
}

impl Results {
    const LINE: usize = 1 << 20;

    /// Begins with the head of the response.
    ///
    /// # Errors
    ///
    /// If it announces more than 16 GiB.
    pub fn new(head: &Parts) -> Result<Self, JobError> {
        let download = Download::new(head, Download::LIMIT).map_err(JobError::Transport)?;
        Ok(Self { download, bytes: VecDeque::new(), looked: 0, has_ended: false, error: None })
    }

    /// Takes the next piece of the body, `None` at its end, or why it broke off. That it is too long or too
    /// short, or has too long a line, is the last element of this iterator, as is what broke it off.
    pub fn receive(&mut self, piece: Result<Option<&[u8]>, TransportError>) {
        let taken = match piece {
            Ok(Some(piece)) => self.push(piece),
            Ok(None) => {
                self.has_ended = true;
                self.download.finish().map(drop).map_err(JobError::Transport)
            }
            Err(error) => Err(JobError::Transport(error)),
        };
        if let Err(error) = taken {
            // The beginning of a line is none.
            self.bytes.clear();
            (self.looked, self.has_ended, self.error) = (0, true, Some(error));
        }
    }

    /// Whether nothing more is to be received.
    pub const fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), JobError> {
        self.download.push(piece).map_err(JobError::Transport)?;
        self.bytes.extend(piece);
        if self.looked > Self::LINE { Err(JobError::LongLine) } else { Ok(()) }
    }

    fn line(&mut self) -> Option<Vec<u8>> {
        let end = self.bytes.range(self.looked..).position(|byte| *byte == b'\n');
        if let Some(end) = end {
            let line = self.bytes.drain(..=self.looked + end).collect();
            self.looked = 0;
            return Some(line);
        }
        self.looked = self.bytes.len();
        if self.has_ended && self.looked > 0 {
            self.looked = 0;
            return Some(std::mem::take(&mut self.bytes).into());
        }
        None
    }
}

/// The results of what has come so far: `None` asks for more, until the end.
impl Iterator for Results {
    type Item = Result<ComplianceResult, JobError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(line) = self.line() else { return self.error.take().map(Err) };
            let line = line.trim_ascii();
            if !line.is_empty() {
                return Some(serde_json::from_slice(line).map_err(|source| JobError::Line {
                    text: String::from_utf8_lossy(line).into_owned(),
                    source,
                }));
            }
        }
    }
}
