//! Proof Key for Code Exchange, RFC 7636: only who began a login can end it.

use std::{error, fmt};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How a code challenge is made of a code verifier (RFC 7636 section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeChallengeMethod {
    /// The SHA-256 of the verifier. Every [`Login`](crate::Login) that is begun here uses it.
    S256,
    /// The verifier itself, which protects from nobody who sees the URL. It is understood in a
    /// login that was begun elsewhere, and never offered.
    Plain,
}

impl CodeChallengeMethod {
    /// The name in a request, `S256` or `plain`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::S256 => "S256",
            Self::Plain => "plain",
        }
    }

    /// The challenge for a verifier.
    ///
    /// ```
    /// use bearer::{CodeChallengeMethod, CodeVerifier};
    ///
    /// // RFC 7636, appendix B
    /// let verifier = CodeVerifier::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")?;
    /// assert_eq!(
    ///     CodeChallengeMethod::S256.challenge(&verifier),
    ///     "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    /// );
    /// # Ok::<(), bearer::InvalidCodeVerifier>(())
    /// ```
    pub fn challenge(self, verifier: &CodeVerifier) -> String {
        match self {
            Self::S256 => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose())),
            Self::Plain => verifier.expose().to_owned(),
        }
    }
}

/// The text is not a code verifier: 43 to 128 letters, digits and `-._~` (RFC 7636 section 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidCodeVerifier;

impl fmt::Display for InvalidCodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a code verifier, which has 43 to 128 letters, digits and -._~: begin the login again",
        )
    }
}

impl error::Error for InvalidCodeVerifier {}

/// The secret that ties the exchange of a code to the login that began it, redacted when printed
/// and zeroized when dropped.
#[derive(Clone)]
pub struct CodeVerifier(Zeroizing<String>);

impl CodeVerifier {
    /// Takes a verifier that was made elsewhere.
    ///
    /// # Errors
    ///
    /// [`InvalidCodeVerifier`] if RFC 7636 section 4.1 does not allow the text.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCodeVerifier> {
        let text = Zeroizing::new(text.into());
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (43..=128).contains(&text.len()) && text.bytes().all(unreserved) {
            Ok(Self(text))
        } else {
            Err(InvalidCodeVerifier)
        }
    }

    /// 32 octets make 43 characters, as RFC 7636 section 4.1 recommends.
    pub(super) fn from_random(random: &[u8; 32]) -> Self {
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(random)))
    }

    /// The verifier in the clear.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeVerifier([redacted])")
    }
}
