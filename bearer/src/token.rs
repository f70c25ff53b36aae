//! The bearer token itself: kept as it came, shown to nobody.

use std::fmt;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::text::{self, InvalidToken};

/// A bearer token, kept verbatim, redacted when printed and zeroized when dropped.
///
/// X's app-only tokens contain the literal text `%2F` and `%3D`. They are sent exactly so: nothing
/// here decodes or encodes them. There is no `PartialEq`, because comparing secrets with `==` takes
/// a time that depends on them.
#[derive(Clone)]
pub struct AccessToken(Zeroizing<String>);

impl AccessToken {
    /// Takes a token from a reply, the developer console or a store.
    ///
    /// Nothing is trimmed: white space around a token means that it was not copied as it is, and
    /// the error says so. Whoever reads a file or a terminal trims there.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] if the text is empty, longer than 4096 bytes, or has a character other than
    /// letters, digits and `-._~+/=%`: the `b64token` of RFC 6750 section 2.1, plus X's `%`.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidToken> {
        let text = Zeroizing::new(text.into());
        match text::flaw(&text, text::is_token_byte) {
            Some(flaw) => Err(InvalidToken { flaw }),
            None => Ok(Self(text)),
        }
    }

    /// The token in the clear, to store it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value of an `Authorization` header (RFC 6750 section 2.1), marked sensitive so that
    /// `http` does not print it.
    pub fn authorization(&self) -> HeaderValue {
        sensitive(&Zeroizing::new(["Bearer ", self.expose()].concat()))
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([redacted])")
    }
}

/// A refresh token: what a new [`AccessToken`] is obtained with, redacted when printed and zeroized
/// when dropped.
///
/// At X it works once: the reply that brings a new access token brings the next refresh token too.
/// [`Session`](crate::Session) keeps count of that.
#[derive(Clone)]
pub struct RefreshToken(Zeroizing<String>);

impl RefreshToken {
    /// Takes a token from a reply or a store. Nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] if the text is empty, longer than 4096 bytes, or not all visible ASCII (RFC
    /// 6749 appendix A.17, without its space).
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidToken> {
        let text = Zeroizing::new(text.into());
        match text::flaw(&text, |byte| byte.is_ascii_graphic()) {
            Some(flaw) => Err(InvalidToken { flaw }),
            None => Ok(Self(text)),
        }
    }

    /// The token in the clear, to store it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken([redacted])")
    }
}

/// A header value that `http` does not print. `text` is made of visible ASCII and spaces.
pub(crate) fn sensitive(text: &str) -> HeaderValue {
    let mut value = HeaderValue::from_str(text).expect("visible ASCII is a valid header value");
    value.set_sensitive(true);
    value
}
