//! Getting a user's token in three steps (RFC 5849, section 2), each as data to send or to read.
//!
//! ```
//! use oauth1_sign::{ClientCredentials, Signer, Stamp, handshake};
//!
//! let client = ClientCredentials::new("key", "secret");
//!
//! // 1. POST this, without a body, and read the reply.
//! let signer = Signer::new(&client, None);
//! let request = handshake::request_token(
//!     &signer,
//!     "https://api.x.com/oauth/request_token",
//!     "https://app.example/callback",
//!     &Stamp::now(),
//! )?;
//! assert!(request.authorization.contains("oauth_callback="));
//! let reply = "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true";
//! let temporary = handshake::read_request_token(reply)?;
//!
//! // 2. Send the user here, and wait for the callback.
//! let url = handshake::authorize_url("https://api.x.com/oauth/authorize", &temporary);
//! assert_eq!(url, "https://api.x.com/oauth/authorize?oauth_token=t");
//! let verifier = handshake::read_callback("oauth_token=t&oauth_verifier=v", &temporary)?;
//!
//! // 3. POST this, without a body, and keep the reply.
//! let signer = Signer::new(&client, Some(&temporary));
//! let url = "https://api.x.com/oauth/access_token";
//! let request = handshake::access_token(&signer, url, &verifier, &Stamp::now())?;
//! # assert!(request.authorization.contains("oauth_verifier=\"v\""));
//! let reply = "oauth_token=T&oauth_token_secret=S&user_id=7&screen_name=rustlang";
//! let access = handshake::read_access_token(reply)?;
//! assert_eq!(access.parameter("screen_name"), Some("rustlang"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::{
    Error, Request, Signer, Stamp, TokenCredentials,
    encoding::{decode_form_text, form_pairs, percent_encode},
};

/// A signed `POST` without a body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedPost {
    /// Where to send it.
    pub url: String,
    /// The value of its `Authorization` header.
    pub authorization: String,
}

impl fmt::Debug for SignedPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedPost")
            .field("url", &self.url)
            .field("authorization", &format_args!("[redacted]"))
            .finish()
    }
}

/// Step 1 (RFC 5849, section 2.1): asks for temporary credentials, with a signer that has no token.
///
/// `callback` is where the user comes back to, or `oob` for a PIN. A server's own parameters, such
/// as X's `x_auth_access_type`, go into the URL's query.
///
/// # Errors
///
/// If the URL is not absolute.
pub fn request_token(
    signer: &Signer,
    url: &str,
    callback: &str,
    stamp: &Stamp<'_>,
) -> Result<SignedPost, Error> {
    post(signer, Request::new("POST", url).callback(callback), stamp)
}

/// Reads the reply of step 1, whatever content type it claims: X says `text/html`.
///
/// # Errors
///
/// If the token or its secret is missing, or the server did not confirm the callback, so that
/// anybody could end this login.
pub fn read_request_token(reply: &str) -> Result<TokenCredentials, HandshakeError> {
    let reply = Reply::parse(reply)?;
    let credentials = reply.credentials()?;
    if reply.get("oauth_callback_confirmed") != Some("true") {
        return Err(HandshakeError::CallbackNotConfirmed);
    }
    Ok(credentials)
}

/// Step 2 (RFC 5849, section 2.2): where the user grants access. Append further parameters, such as
/// X's `force_login`, behind an `&`.
pub fn authorize_url(url: &str, temporary: &TokenCredentials) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    let token = percent_encode(temporary.token());
    alloc::format!("{url}{separator}oauth_token={token}")
}

/// Reads the query that the user came back with, and returns the verifier.
///
/// # Errors
///
/// If the user denied access, or the callback belongs to another login.
pub fn read_callback(query: &str, temporary: &TokenCredentials) -> Result<String, HandshakeError> {
    let reply = Reply::parse(query)?;
    if reply.get("denied").is_some() {
        return Err(HandshakeError::Denied);
    }
    if reply.required("oauth_token")? != temporary.token() {
        return Err(HandshakeError::OtherToken);
    }
    reply.required("oauth_verifier").map(Into::into)
}

/// Step 3 (RFC 5849, section 2.3): asks for the user's token, with a signer that has the temporary
/// one. `verifier` is what the callback brought, or the PIN.
///
/// # Errors
///
/// If the URL is not absolute.
pub fn access_token(
    signer: &Signer,
    url: &str,
    verifier: &str,
    stamp: &Stamp<'_>,
) -> Result<SignedPost, Error> {
    post(signer, Request::new("POST", url).verifier(verifier), stamp)
}

/// Reads the reply of step 3, whatever content type it claims.
///
/// # Errors
///
/// If the token or its secret is missing.
pub fn read_access_token(reply: &str) -> Result<AccessToken, HandshakeError> {
    let reply = Reply::parse(reply)?;
    let credentials = reply.credentials()?;
    let is_extra = |name: &str| name != "oauth_token" && name != "oauth_token_secret";
    let parameters = reply.0.into_iter().filter(|(name, _)| is_extra(name)).collect();
    Ok(AccessToken { credentials, parameters })
}

fn post(signer: &Signer, request: Request<'_>, stamp: &Stamp<'_>) -> Result<SignedPost, Error> {
    let authorization = signer.sign(&request, stamp)?;
    Ok(SignedPost { url: request.url.into(), authorization })
}

/// A user's token, and what else the server said of the user.
#[derive(Clone)]
#[non_exhaustive]
pub struct AccessToken {
    /// What to sign the user's requests with.
    pub credentials: TokenCredentials,
    parameters: Vec<(String, String)>,
}

impl AccessToken {
    /// A further parameter of the reply, such as X's `user_id` and `screen_name`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>();
        f.debug_struct("AccessToken")
            .field("credentials", &self.credentials)
            .field("parameters", &names)
            .finish()
    }
}

/// A form-encoded reply.
struct Reply(Vec<(String, String)>);

impl Reply {
    fn parse(text: &str) -> Result<Self, HandshakeError> {
        form_pairs(text.trim())
            .map(|(name, value)| Some((decode_form_text(name)?, decode_form_text(value)?)))
            .collect::<Option<_>>()
            .map(Self)
            .ok_or(HandshakeError::NotUtf8)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    fn required(&self, name: &'static str) -> Result<&str, HandshakeError> {
        let value = self.get(name).filter(|value| !value.is_empty());
        value.ok_or(HandshakeError::Missing(name))
    }

    fn credentials(&self) -> Result<TokenCredentials, HandshakeError> {
        let token = self.required("oauth_token")?;
        Ok(TokenCredentials::new(token, self.required("oauth_token_secret")?))
    }
}

/// Why a login cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The reply or callback lacks a parameter: it is an error page, or cut off.
    Missing(&'static str),
    /// The reply or callback is not UTF-8.
    NotUtf8,
    /// The server did not say `oauth_callback_confirmed=true`.
    CallbackNotConfirmed,
    /// The callback carries another token than step 1 gave.
    OtherToken,
    /// The user refused access.
    Denied,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => {
                write!(f, "{name} is missing: check the reply's status before you read its body")
            }
            Self::NotUtf8 => f.write_str("the text is not form-encoded UTF-8"),
            Self::CallbackNotConfirmed => f.write_str(
                "the server did not confirm the callback: do not send the user there, since the \
                 login could be taken over",
            ),
            Self::OtherToken => {
                f.write_str("the callback belongs to another login: start this one again")
            }
            Self::Denied => f.write_str("the user denied access"),
        }
    }
}

impl core::error::Error for HandshakeError {}
