//! A login between its steps: the user is sent to X, and comes back.

use std::{borrow::Cow, error, fmt};

use oauth1_sign::{TokenCredentials, handshake, handshake::HandshakeError, percent_encode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::OAuth1LoginError;
use crate::{Username, auth::Secret, endpoint::BaseUrl};

/// The number in `format` of a saved login.
const FORMAT: u64 = 1;

/// A login that has begun: the pages to send the user to, and what is needed when the user is back.
#[derive(Clone)]
pub struct OAuth1Login {
    temporary: TokenCredentials,
    authorize_base: BaseUrl,
    force_login: bool,
    screen_name: Option<Username>,
}

impl OAuth1Login {
    pub(super) fn new(temporary: TokenCredentials, authorize_base: BaseUrl) -> Self {
        Self { temporary, authorize_base, force_login: false, screen_name: None }
    }

    pub(super) fn temporary(&self) -> &TokenCredentials {
        &self.temporary
    }

    /// Has the user enter a password, even if the browser is signed in: for an account that may be
    /// another one than the browser's.
    #[must_use]
    pub fn with_force_login(self) -> Self {
        Self { force_login: true, ..self }
    }

    /// Fills in the name of the user who is expected. Another one can log in all the same.
    #[must_use]
    pub fn with_screen_name(self, username: Username) -> Self {
        Self { screen_name: Some(username), ..self }
    }

    /// The page where the user consents, each time anew: `/oauth/authorize`.
    pub fn authorize_url(&self) -> String {
        self.page("/oauth/authorize")
    }

    /// The page of "Sign in with X", which goes straight back if the user has consented before:
    /// `/oauth/authenticate`. It must be switched on in the App's settings, and shows no PIN
    /// unasked.
    pub fn authenticate_url(&self) -> String {
        self.page("/oauth/authenticate")
    }

    fn page(&self, path: &str) -> String {
        let url = format!("{}{path}", self.authorize_base);
        let mut url = handshake::authorize_url(&url, &self.temporary);
        if self.force_login {
            url.push_str("&force_login=true");
        }
        if let Some(username) = &self.screen_name {
            url.push_str("&screen_name=");
            url.push_str(&percent_encode(username.as_str()));
        }
        url
    }

    /// The request token, by which a web server finds the login of a callback.
    pub fn token(&self) -> &str {
        self.temporary.token()
    }

    /// The request token of a callback, whether the user consented or not, for comparison with
    /// [`token`](Self::token). [`read_callback`](Self::read_callback) then checks the rest.
    ///
    /// ```
    /// use twitter_types::auth::OAuth1Login;
    ///
    /// let callback = "https://app.example/callback?oauth_token=abc&oauth_verifier=xyz";
    /// assert_eq!(OAuth1Login::token_of(callback), Some("abc"));
    /// assert_eq!(OAuth1Login::token_of("/callback?denied=abc"), Some("abc"));
    /// ```
    pub fn token_of(callback: &str) -> Option<&str> {
        let mut pairs = query_of(callback).split('&').filter_map(|pair| pair.split_once('='));
        let (_, token) = pairs.find(|(name, _)| matches!(*name, "oauth_token" | "denied"))?;
        // Tokens are made of letters, digits, `-` and `_`, which nobody escapes.
        Some(token).filter(|token| !token.is_empty())
    }

    /// Reads what the browser brought: the whole address, `/path?query`, or the query alone. White
    /// space around it is ignored, as people paste it.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError::Denied`] if the user refused, [`OAuth1LoginError::OtherLogin`] if the
    /// callback does not belong to this login: a listener goes on waiting then.
    pub fn read_callback(&self, callback: &str) -> Result<OAuth1Verifier, OAuth1LoginError> {
        match handshake::read_callback(query_of(callback), &self.temporary) {
            Ok(verifier) => Ok(OAuth1Verifier(Zeroizing::new(verifier))),
            // Nobody else can end this login.
            Err(HandshakeError::Denied) if Self::token_of(callback) != Some(self.token()) => {
                Err(OAuth1LoginError::OtherLogin)
            }
            Err(error) => Err(OAuth1LoginError::of_callback(error)),
        }
    }

    /// The login as JSON, so that it survives a restart between its steps. The JSON is as secret as
    /// the login: who has it, and the verifier, has the user's tokens. Keep it where only you can
    /// read it, and delete it when the login is over.
    pub fn save(&self) -> Secret {
        let saved = Saved {
            format: FORMAT,
            oauth_token: self.token().into(),
            oauth_token_secret: self.temporary.expose_secret().into(),
            authorize_base: self.authorize_base.to_string().into(),
            force_login: self.force_login,
            screen_name: self.screen_name.clone(),
        };
        let length = saved.oauth_token.len() + saved.oauth_token_secret.len();
        Secret::json(&saved, length + saved.authorize_base.len())
    }

    /// Takes up a login that [`save`](Self::save) wrote.
    ///
    /// # Errors
    ///
    /// If the text is anything else, or from a newer version.
    pub fn restore(json: &str) -> Result<Self, InvalidOAuth1Login> {
        let saved: Saved<'_> = serde_json::from_str(json).map_err(|_| InvalidOAuth1Login)?;
        if saved.format != FORMAT || saved.oauth_token.is_empty() {
            return Err(InvalidOAuth1Login);
        }
        Ok(Self {
            temporary: TokenCredentials::new(saved.oauth_token, saved.oauth_token_secret),
            authorize_base: saved.authorize_base.parse().map_err(|_| InvalidOAuth1Login)?,
            force_login: saved.force_login,
            screen_name: saved.screen_name,
        })
    }
}

impl fmt::Debug for OAuth1Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth1Login")
            .field("temporary", &format_args!("[redacted]"))
            .field("authorize_base", &self.authorize_base)
            .field("force_login", &self.force_login)
            .field("screen_name", &self.screen_name)
            .finish()
    }
}

/// What lies behind the first `?`, or all if there is none.
fn query_of(callback: &str) -> &str {
    let callback = callback.trim();
    let callback = callback.split_once('#').map_or(callback, |(before, _)| before);
    callback.split_once('?').map_or(callback, |(_, query)| query)
}

#[derive(Serialize, Deserialize)]
struct Saved<'a> {
    format: u64,
    #[serde(borrow)]
    oauth_token: Cow<'a, str>,
    #[serde(borrow)]
    oauth_token_secret: Cow<'a, str>,
    #[serde(borrow)]
    authorize_base: Cow<'a, str>,
    #[serde(default)]
    force_login: bool,
    #[serde(default)]
    screen_name: Option<Username>,
}

/// The text is not a login that was saved by this version or an earlier one. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidOAuth1Login;

impl fmt::Display for InvalidOAuth1Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was kept of the login cannot be read: begin the login again")
    }
}

impl error::Error for InvalidOAuth1Login {}

/// What proves that the user consented: from the callback, or the PIN. It works once. Redacted when
/// printed, and wiped from memory when dropped.
#[derive(Clone)]
pub struct OAuth1Verifier(Zeroizing<String>);

impl OAuth1Verifier {
    /// The PIN that X showed, as the user typed it: spaces and hyphens in it are ignored. X's PINs
    /// have 7 digits; from 4 to 12 are taken.
    ///
    /// ```
    /// use twitter_types::auth::OAuth1Verifier;
    ///
    /// assert_eq!(OAuth1Verifier::pin(" 012 3456\n")?.expose(), "0123456");
    /// assert!(OAuth1Verifier::pin("O123456").is_err());
    /// # Ok::<(), twitter_types::auth::InvalidPin>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it is anything but digits, or too few or too many.
    pub fn pin(text: &str) -> Result<Self, InvalidPin> {
        let is_kept = |letter: &char| !letter.is_whitespace() && *letter != '-';
        let digits = Zeroizing::new(text.chars().filter(is_kept).collect::<String>());
        let valid = matches!(digits.len(), 4..=12) && digits.bytes().all(|b| b.is_ascii_digit());
        if valid { Ok(Self(digits)) } else { Err(InvalidPin) }
    }

    /// The verifier in the clear.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OAuth1Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OAuth1Verifier([redacted])")
    }
}

/// The text is no PIN of X. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidPin;

impl fmt::Display for InvalidPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a PIN of X has about 7 digits and nothing else: type it as the page shows it")
    }
}

impl error::Error for InvalidPin {}
