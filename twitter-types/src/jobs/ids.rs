//! The ids that a job takes.

use std::fmt::{Display, Write as _};

use super::JobError;

/// Ids as a job takes them, one a line: for those that are at hand. A file of millions need not be
/// in memory.
///
/// ```
/// use twitter_types::{PostId, jobs::id_lines};
///
/// assert_eq!(id_lines([20, 21].map(PostId::new)), "20\n21\n");
/// ```
pub fn id_lines(ids: impl IntoIterator<Item = impl Display>) -> String {
    ids.into_iter().fold(String::new(), |mut text, id| {
        writeln!(text, "{id}").expect("a text takes all");
        text
    })
}

/// Checks a file of ids, piece by piece, before any of it is sent.
#[derive(Clone, Debug)]
pub struct IdsCheck {
    bytes: u64,
    line: u64,
    /// Digits of this line so far.
    digits: u8,
}

impl IdsCheck {
    /// The longest id.
    const DIGITS: u8 = 20;

    /// Begins with the first line.
    pub const fn new() -> Self {
        Self { bytes: 0, line: 1, digits: 0 }
    }

    /// Takes a piece of the file.
    ///
    /// # Errors
    ///
    /// [`JobError::NoId`] if a line is anything but up to 20 digits.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), JobError> {
        for byte in piece {
            match byte {
                b'0'..=b'9' if self.digits < Self::DIGITS => self.digits += 1,
                b'\n' if self.digits > 0 => {
                    self.digits = 0;
                    self.line += 1;
                }
                _ => return Err(JobError::NoId { line: self.line }),
            }
        }
        self.bytes += piece.len() as u64;
        Ok(())
    }

    /// The length of the file, in bytes.
    ///
    /// # Errors
    ///
    /// [`JobError::NoIds`] if there was nothing in it.
    pub const fn finish(self) -> Result<u64, JobError> {
        if self.bytes == 0 { Err(JobError::NoIds) } else { Ok(self.bytes) }
    }
}

impl Default for IdsCheck {
    fn default() -> Self {
        Self::new()
    }
}
