//! Which text can be a credential, and what is wrong with text that cannot.

use std::{error, fmt};

/// Longer than any credential of X, and short enough that a URL holds it percent-encoded.
const MAX_LENGTH: usize = 4096;

/// What is wrong with a text that should be a credential. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// There is no text.
    Empty,
    /// There is a space, tab or line break in it or around it.
    Whitespace,
    /// A character that cannot occur: a quote around a token, a control character, a letter
    /// outside ASCII.
    Character,
    /// It has more than 4096 bytes.
    TooLong,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Whitespace => "has white space in it or around it",
            Self::Character => "has a character that cannot occur in it",
            Self::TooLong => "is longer than 4096 bytes",
        })
    }
}

/// The text is not a bearer token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidToken {
    /// What is wrong with it.
    pub flaw: Flaw,
}

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the bearer token {}: take it exactly as X shows or sends it, its `%2F` and `%3D` \
             included, and nothing around it",
            self.flaw
        )
    }
}

impl error::Error for InvalidToken {}

/// One of the values that the developer console shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyPart {
    /// The API key, also called consumer key.
    ApiKey,
    /// The API secret, also called API key secret or consumer secret.
    ApiSecret,
    /// The access token of a user.
    AccessToken,
    /// The secret that belongs to the access token.
    AccessTokenSecret,
    /// The Client ID of OAuth 2.0.
    ClientId,
    /// The Client Secret of OAuth 2.0, which confidential clients have.
    ClientSecret,
}

impl KeyPart {
    /// Checks that a text can be this part: not empty, at most 4096 bytes, all of it visible ASCII.
    ///
    /// # Errors
    ///
    /// Says what is wrong, without the text.
    pub fn check(self, text: &str) -> Result<(), InvalidKey> {
        flaw(text, |byte| byte.is_ascii_graphic())
            .map_or(Ok(()), |flaw| Err(InvalidKey { part: self, flaw }))
    }
}

impl fmt::Display for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey => "API key",
            Self::ApiSecret => "API secret",
            Self::AccessToken => "access token",
            Self::AccessTokenSecret => "access token secret",
            Self::ClientId => "Client ID",
            Self::ClientSecret => "Client Secret",
        })
    }
}

/// The text is not what a developer console shows there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidKey {
    /// Which part.
    pub part: KeyPart,
    /// What is wrong with it.
    pub flaw: Flaw,
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the {} {}: copy it again from \"Keys and tokens\" in the developer console",
            self.part, self.flaw
        )
    }
}

impl error::Error for InvalidKey {}

/// Whether a byte can occur in a bearer token: the `b64token` of RFC 6750 section 2.1, plus X's `%`.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=%".contains(&byte)
}

/// The first thing wrong with `text`, which may be made of the `allowed` bytes only.
pub(crate) fn flaw(text: &str, allowed: impl Fn(u8) -> bool) -> Option<Flaw> {
    if text.is_empty() {
        Some(Flaw::Empty)
    } else if text.contains(char::is_whitespace) {
        Some(Flaw::Whitespace)
    } else if !text.bytes().all(allowed) {
        Some(Flaw::Character)
    } else if text.len() > MAX_LENGTH {
        Some(Flaw::TooLong)
    } else {
        None
    }
}
