//! Where the user's browser brings the code.

use std::{error, fmt, str::FromStr};

/// Far longer than any callback URL that a console takes.
const MAX_LENGTH: usize = 2048;

/// The text cannot be a redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRedirectUri {
    /// Not `scheme://…` or `scheme:…` in visible ASCII of at most 2048 bytes.
    Malformed,
    /// It has a fragment, which RFC 6749 section 3.1.2 forbids.
    Fragment,
}

impl fmt::Display for InvalidRedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => {
                "the redirect URI is malformed: copy a callback URL from the App's settings in the \
                 developer console, such as http://127.0.0.1:8080/callback"
            }
            Self::Fragment => {
                "the redirect URI has a fragment: leave out the # and what follows it"
            }
        })
    }
}

impl error::Error for InvalidRedirectUri {}

/// An absolute URI to which X sends the user's browser with the code: a callback URL of the App.
///
/// X compares it with those in the developer console letter by letter, a slash at the end included.
/// Custom schemes of native apps are fine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// The URI as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RedirectUri {
    type Err = InvalidRedirectUri;

    fn from_str(text: &str) -> Result<Self, InvalidRedirectUri> {
        // RFC 3986 section 3.1. `http::Uri` would refuse `app:/callback`.
        let is_scheme = |scheme: &str| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        };
        match text.split_once(':') {
            _ if text.len() > MAX_LENGTH => Err(InvalidRedirectUri::Malformed),
            _ if text.contains('#') => Err(InvalidRedirectUri::Fragment),
            Some((scheme, rest))
                if is_scheme(scheme)
                    && !rest.trim_matches('/').is_empty()
                    && rest.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(InvalidRedirectUri::Malformed),
        }
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
