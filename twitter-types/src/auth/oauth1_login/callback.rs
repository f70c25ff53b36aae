//! Where the user comes back to.

use std::{error, fmt};

/// The longest callback that is taken, in bytes.
const MAX_LENGTH: usize = 2048;

/// Where the user comes back to after the consent page: an address of yours, or nowhere, so that X
/// shows a PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth1Callback(String);

impl OAuth1Callback {
    /// A URL that is in the App's settings in the developer console, letter by letter. X takes
    /// `https`, `http` (for development: `http://127.0.0.1`, not `localhost`), and most schemes of
    /// apps, such as `example://callback`.
    ///
    /// # Errors
    ///
    /// Unless it is an absolute URL of at most 2048 bytes of visible ASCII, without a fragment.
    pub fn url(url: impl Into<String>) -> Result<Self, InvalidCallback> {
        let url = url.into();
        let is_scheme = |scheme: &str| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        };
        let valid = url.len() <= MAX_LENGTH
            && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
            && url
                .split_once("://")
                .is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
        if valid { Ok(Self(url)) } else { Err(InvalidCallback) }
    }

    /// No address: X shows the user a PIN of about 7 digits, for
    /// [`OAuth1Verifier::pin`](super::OAuth1Verifier::pin). X asks that the App's settings have a
    /// callback URL all the same.
    pub fn pin() -> Self {
        Self("oob".to_owned())
    }

    /// The URL, or `oob` for a PIN, as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no URL that a browser can be sent back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidCallback;

impl fmt::Display for InvalidCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the callback is not an absolute URL without spaces and `#`: write it like \
             http://127.0.0.1:8080/callback, exactly as in the App's settings",
        )
    }
}

impl error::Error for InvalidCallback {}
