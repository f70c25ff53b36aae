//! Why a request cannot be signed.

use alloc::string::String;
use core::fmt;

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The URL has no scheme, such as `https://`.
    MissingScheme,
    /// The URL has no host.
    MissingHost,
    /// What follows the host is not a port from 0 to 65535.
    InvalidPort,
    /// The realm holds a character that a header cannot carry.
    InvalidRealm,
    /// A parameter of the header comes a second time: in the query, the form body, or the header.
    DuplicateParameter(String),
    /// A further parameter of the header has a name that means something else there.
    ReservedParameter(String),
    /// A signature method other than `PLAINTEXT` needs a nonce and a timestamp.
    MissingStamp,
    /// The body is declared to be a form, and is not UTF-8.
    #[cfg(feature = "http")]
    FormNotUtf8,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingScheme => f.write_str(
                "the URL has no scheme: sign the absolute URL, such as https://api.x.com/2/users/me",
            ),
            Self::MissingHost => f.write_str("the URL has no host: sign the absolute URL"),
            Self::InvalidPort => f.write_str("the URL's port is not a number from 0 to 65535"),
            Self::InvalidRealm => {
                f.write_str("the realm holds a character other than visible ASCII and space")
            }
            Self::DuplicateParameter(name) => write!(
                f,
                "the parameter {name} would come twice: leave it out of the query, the form body, or \
                 what you add to the header"
            ),
            Self::ReservedParameter(name) => write!(
                f,
                "a header cannot carry a further parameter named {name:?}: choose another name"
            ),
            Self::MissingStamp => f.write_str(
                "this signature method needs a nonce and a timestamp: only PLAINTEXT goes without",
            ),
            #[cfg(feature = "http")]
            Self::FormNotUtf8 => f.write_str(
                "the body is not UTF-8, though its content type says that it is a form: encode its \
                 values, or correct the content type",
            ),
        }
    }
}

impl core::error::Error for Error {}
