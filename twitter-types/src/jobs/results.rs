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
/// results.push(br#"{"id":"20","action":"delete","reason":"deleted"}"#)?;
/// results.push(b"\nno JSON\n")?;
/// results.finish(Ok(()))?;
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
        Ok(Self { download, bytes: VecDeque::new(), looked: 0, has_ended: false })
    }

    /// Takes a piece of the body.
    ///
    /// # Errors
    ///
    /// If the body or a line of it is too long.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), JobError> {
        self.download.push(piece).map_err(JobError::Transport)?;
        self.bytes.extend(piece);
        if self.looked > Self::LINE { Err(JobError::LongLine) } else { Ok(()) }
    }

    /// Takes the end of the body, or why it broke off.
    ///
    /// # Errors
    ///
    /// The one that is handed in, or that less came than was announced.
    pub fn finish(&mut self, outcome: Result<(), TransportError>) -> Result<(), JobError> {
        outcome.and_then(|()| self.download.finish().map(drop)).map_err(JobError::Transport)?;
        self.has_ended = true;
        Ok(())
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
            let line = self.line()?;
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
