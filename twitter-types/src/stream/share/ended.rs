//! Why a consumer has ended.

use std::{error, fmt};

use super::ShareError;
use crate::{endpoint::Error, stream::OtherStream};

/// Why a consumer has ended without being stopped.
#[derive(Debug)]
#[non_exhaustive]
pub enum SharedError {
    /// The leases could not be had at the beginning.
    Leases(ShareError),
    /// The log holds another stream under its key.
    OtherStream(OtherStream),
    /// X refuses the stream of a partition for good.
    Stream {
        /// The partition.
        partition: u8,
        /// What X says.
        source: Error,
    },
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leases(error) => error.fmt(f),
            Self::OtherStream(error) => error.fmt(f),
            Self::Stream { partition, source } => write!(f, "partition {partition}: {source}"),
        }
    }
}

impl error::Error for SharedError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Leases(_) | Self::OtherStream(_) => None,
            Self::Stream { source, .. } => source.source(),
        }
    }
}
