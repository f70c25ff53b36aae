//! Why a file was not uploaded.

use std::{fmt, io, time::Duration};

use super::Target;
use crate::{
    endpoint::Error,
    id::MediaId,
    models::{MediaProcessing, UploadMediaType},
};

/// Why a file was not uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError {
    /// The file has no content; nothing was sent.
    Empty,
    /// The content is of no type that X takes; nothing was sent.
    UnknownType,
    /// X does not show files of this type there; nothing was sent.
    WrongType {
        /// The file's type.
        media_type: UploadMediaType,
        /// Where it was to be shown.
        target: Target,
    },
    /// The file is larger than X takes; nothing was sent.
    TooLarge {
        /// The file's type.
        media_type: UploadMediaType,
        /// The file's size, in bytes.
        size: u64,
        /// The most that X takes, in bytes.
        limit: u64,
    },
    /// An option cannot be used; nothing was sent.
    Option(&'static str),
    /// What was saved is no upload of this crate; nothing was sent.
    Unreadable(serde_json::Error),
    /// What was saved is the upload of another file, or of this one for something else; nothing was
    /// sent.
    OtherFile,
    /// X has forgotten by now what was uploaded; nothing was sent.
    Expired,
    /// The file cannot be read.
    Read(io::Error),
    /// A request failed, also when it was repeated.
    Call(Error),
    /// X answered that all is well, but did not say of which file.
    NoData,
    /// X cannot use the file.
    Processing {
        /// The file.
        media_id: MediaId,
        /// What X says of it.
        info: Box<MediaProcessing>,
    },
    /// X has not processed the file in the time allowed. It goes on, and so can the upload.
    Late {
        /// The file.
        media_id: MediaId,
        /// The time allowed.
        deadline: Duration,
    },
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty: choose another; nothing was sent"),
            Self::UnknownType => f.write_str(
                "the file is of no type that X takes: convert it, or name its type; nothing was \
                 sent",
            ),
            Self::WrongType { media_type, target } => write!(
                f,
                "X does not show {media_type} as {target:?}: convert it, or choose another target; \
                 nothing was sent"
            ),
            Self::TooLarge { media_type, size, limit } => write!(
                f,
                "the file has {size} bytes, and X takes {limit} of {media_type}: make it smaller; \
                 nothing was sent"
            ),
            Self::Option(problem) => write!(f, "{problem}; nothing was sent"),
            Self::Unreadable(_) => {
                f.write_str("what was saved is no upload: begin anew; nothing was sent")
            }
            Self::OtherFile => f.write_str(
                "what was saved belongs to another file or purpose: begin anew; nothing was sent",
            ),
            Self::Expired => {
                f.write_str("X has forgotten this upload by now: begin anew; nothing was sent")
            }
            Self::Read(_) => f.write_str("the file cannot be read: the error's source says why"),
            Self::Call(error) => error.fmt(f),
            Self::NoData => f.write_str("X answered without naming the file: try again later"),
            Self::Processing { media_id, info } => {
                write!(f, "X cannot use the file {media_id}: check its format")?;
                if let Some(reason) = reason(info) {
                    write!(f, "; X says: {reason}")?;
                }
                Ok(())
            }
            Self::Late { media_id, deadline } => write!(
                f,
                "X has not processed the file {media_id} in {} seconds: resume the upload later",
                deadline.as_secs()
            ),
        }
    }
}

/// X's older reference describes an `error` with a `message` here, the specification does not.
fn reason(info: &MediaProcessing) -> Option<String> {
    let error = serde_json::to_value(info.extra.get("error")?).ok()?;
    let message = error.get("message")?.as_str()?;
    Some(message.chars().filter(|character| !character.is_control()).take(200).collect())
}

impl std::error::Error for UploadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::Read(error) => Some(error),
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for UploadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for UploadError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}
