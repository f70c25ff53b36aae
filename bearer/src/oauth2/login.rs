//! A login between its two steps: the user is sent to X, and comes back.

use std::{error, fmt};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize as _, Zeroizing};

use super::{
    AuthorizationCode, CallbackError, CodeChallengeMethod, CodeVerifier, RedirectUri, callback,
};
use crate::{BaseUrl, Scopes, Secret, form::encode};

/// The number in `format` of a saved login.
const FORMAT: u64 = 1;

/// A login that has begun: the page to send the user to, and what is needed when the user is back.
///
/// ```
/// use bearer::{Login, OAuth2Client, Scope, Scopes};
///
/// let mut random = [0; 48];
/// getrandom::fill(&mut random)?;
/// let client = OAuth2Client::public("my-client-id")?;
/// let scopes = Scopes::from([Scope::TWEET_READ, Scope::USERS_READ, Scope::OFFLINE_ACCESS]);
/// let login = client.login("http://127.0.0.1:8080/callback".parse()?, scopes, random);
/// println!("Open {}", login.url());
///
/// // A web server keeps the login in the user's session until the callback comes.
/// let saved = login.save();
/// let login = Login::restore(saved.expose())?;
/// let error = login.read_callback("/callback?error=access_denied").unwrap_err();
/// assert!(error.to_string().contains("another login"), "the state is missing: {error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Login {
    url: String,
    redirect_uri: RedirectUri,
    scopes: Scopes,
    state: Zeroizing<String>,
    code_verifier: CodeVerifier,
    code_challenge_method: CodeChallengeMethod,
}

impl Login {
    pub(super) fn new(
        client_id: &str,
        authorize_url: &BaseUrl,
        redirect_uri: RedirectUri,
        scopes: Scopes,
        mut random: [u8; 48],
    ) -> Self {
        let (verifier, state) = random.split_first_chunk().expect("32 is less than 48");
        let code_verifier = CodeVerifier::from_random(verifier);
        let state = Zeroizing::new(URL_SAFE_NO_PAD.encode(state));
        random.zeroize();
        let code_challenge_method = CodeChallengeMethod::S256;
        let url = format!(
            "{authorize_url}?response_type=code&client_id={}&redirect_uri={}&scope={}&state={}\
             &code_challenge={}&code_challenge_method={}",
            *encode(client_id),
            *encode(redirect_uri.as_str()),
            *encode(&scopes.to_string()),
            *state,
            code_challenge_method.challenge(&code_verifier),
            code_challenge_method.as_str(),
        );
        Self { url, redirect_uri, scopes, state, code_verifier, code_challenge_method }
    }

    /// The page where the user consents, with the state in it: show it to this user only.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The state in the clear: the text by which a web server finds the login of a callback.
    /// [`callback_state`](crate::callback_state) reads it from there.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Where the callback will come.
    pub fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    /// The scopes that are asked for.
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// The secret that the exchange sends.
    pub fn code_verifier(&self) -> &CodeVerifier {
        &self.code_verifier
    }

    /// How the code challenge was made of it.
    pub fn code_challenge_method(&self) -> CodeChallengeMethod {
        self.code_challenge_method
    }

    /// Reads what the browser brought: the whole address, `/path?query`, or the query alone.
    /// White space around it is ignored, as people paste it.
    ///
    /// # Errors
    ///
    /// [`CallbackError`] says what the user or the program does next. The state is compared first,
    /// in constant time: nothing of a callback that belongs to another login is believed.
    pub fn read_callback(&self, callback: &str) -> Result<AuthorizationCode, CallbackError> {
        callback::read(callback, &self.state)
    }

    /// The login as JSON, so that it survives a restart between its steps. The JSON is as secret as
    /// the login: it holds the state and the code verifier.
    pub fn save(&self) -> Secret {
        let saved = Saved {
            format: FORMAT,
            url: Zeroizing::new(self.url.clone()),
            redirect_uri: self.redirect_uri.to_string(),
            scope: self.scopes.to_string(),
            state: self.state.clone(),
            code_verifier: self.code_verifier.expose().to_owned().into(),
            code_challenge_method: self.code_challenge_method.as_str().to_owned(),
        };
        let length = 2 * saved.url.len() + saved.code_verifier.len();
        Secret::json(&saved, length)
    }

    /// Takes up a login that [`Login::save`] wrote.
    ///
    /// # Errors
    ///
    /// [`InvalidLogin`] if the text is anything else, or from a newer version.
    pub fn restore(json: &str) -> Result<Self, InvalidLogin> {
        let saved: Saved = serde_json::from_str(json).map_err(|_| InvalidLogin)?;
        if saved.format != FORMAT || saved.state.is_empty() {
            return Err(InvalidLogin);
        }
        Ok(Self {
            url: saved.url.to_string(),
            redirect_uri: saved.redirect_uri.parse().map_err(|_| InvalidLogin)?,
            scopes: saved.scope.parse().map_err(|_| InvalidLogin)?,
            code_verifier: CodeVerifier::new(saved.code_verifier.as_str())
                .map_err(|_| InvalidLogin)?,
            code_challenge_method: match saved.code_challenge_method.as_str() {
                "S256" => CodeChallengeMethod::S256,
                "plain" => CodeChallengeMethod::Plain,
                _ => return Err(InvalidLogin),
            },
            state: saved.state,
        })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("redirect_uri", &self.redirect_uri)
            .field("scopes", &self.scopes)
            .field("state", &format_args!("[redacted]"))
            .field("code_verifier", &self.code_verifier)
            .field("code_challenge_method", &self.code_challenge_method)
            .finish_non_exhaustive()
    }
}

/// The text is not a login that was saved by this version or an earlier one. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidLogin;

impl fmt::Display for InvalidLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was kept of the login cannot be read: begin the login again")
    }
}

impl error::Error for InvalidLogin {}

#[derive(Serialize, Deserialize)]
struct Saved {
    format: u64,
    url: Zeroizing<String>,
    redirect_uri: String,
    scope: String,
    state: Zeroizing<String>,
    code_verifier: Zeroizing<String>,
    code_challenge_method: String,
}
