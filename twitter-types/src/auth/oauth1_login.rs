//! Logging a user in by OAuth 1.0a, at X's addresses: each step as a request to send, or as a reply
//! to read.

mod callback;
mod error;
mod login;
mod tokens;

pub use callback::{InvalidCallback, OAuth1Callback};
pub use error::{OAuth1LoginError, OAuth1Refusal, OAuth1RefusalCause};
pub use login::{InvalidOAuth1Login, InvalidPin, OAuth1Login, OAuth1Verifier};
pub use tokens::OAuth1Tokens;

use std::fmt;

use bearer::{InvalidKey, KeyPart};
use http::{HeaderValue, Method, Response, header::AUTHORIZATION};
use oauth1_sign::{ClientCredentials, Signer, TokenCredentials, handshake};

use self::error::{Step, form_reply, json_reply};
use crate::{
    auth::OAuth1User,
    endpoint::{BaseUrl, Request, Stamp},
};

/// An App that logs users in by OAuth 1.0a: its API key and API secret, and the servers that know
/// it.
///
/// It makes the three requests of a login, as data to be sent by any HTTP client, and reads their
/// replies. Key and secret are redacted when printed, and the secret is wiped from memory when
/// dropped.
///
/// ```
/// use twitter_types::{
///     auth::{OAuth1App, OAuth1Callback, OAuth1Login},
///     endpoint::Stamp,
/// };
/// # use http::{Response, Request};
/// # fn send(request: Request<Vec<u8>>) -> Response<&'static str> {
/// #     Response::new(match request.uri().path() {
/// #         "/oauth/request_token" => "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true",
/// #         "/oauth/access_token" => "oauth_token=7-T&oauth_token_secret=S&user_id=7&screen_name=rustlang",
/// #         _ => r#"{"access_token":"7-T"}"#,
/// #     })
/// # }
///
/// // 1. Tell X that a login begins, and where the user comes back to.
/// let app = OAuth1App::new("api-key", "api-secret")?;
/// let callback = OAuth1Callback::url("https://app.example/callback")?;
/// let request = app.login_request(&callback, None, &Stamp::now())?;
/// let login = app.read_login(&callback, send(request))?;
///
/// // 2. Send the user there, and wait until the callback is asked for. In between, the login can be
/// //    kept where only you can read it, such as the user's session.
/// println!("Open {}", login.authorize_url());
/// let saved = login.save();
/// let login = OAuth1Login::restore(saved.expose())?;
/// let verifier = login.read_callback("/callback?oauth_token=t&oauth_verifier=v")?;
///
/// // 3. Ask for the user's tokens, which do not expire: keep them.
/// let request = app.tokens_request(&login, &verifier, &Stamp::now())?;
/// let tokens = app.read_tokens(send(request))?;
/// assert_eq!(tokens.screen_name.as_deref(), Some("rustlang"));
///
/// // Every operation of the user's can now be signed.
/// let user = app.user(&tokens);
/// # let _ = user;
///
/// // And the tokens can be ended.
/// let request = app.invalidate_request(&tokens, &Stamp::now())?;
/// app.read_invalidated(send(request))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A program without an address to come back to takes [`OAuth1Callback::pin`], and the PIN that X
/// then shows to the user: [`OAuth1Verifier::pin`].
#[derive(Clone)]
pub struct OAuth1App {
    client: ClientCredentials,
    base_url: BaseUrl,
    authorize_base: BaseUrl,
}

impl OAuth1App {
    /// An App at `https://api.x.com`, from the key and secret that the developer console shows.
    /// Nothing is trimmed.
    ///
    /// # Errors
    ///
    /// If one is empty, or holds a character that no key has.
    pub fn new(api_key: &str, api_secret: &str) -> Result<Self, InvalidKey> {
        KeyPart::ApiKey.check(api_key)?;
        KeyPart::ApiSecret.check(api_secret)?;
        let client = ClientCredentials::new(api_key, api_secret);
        let base_url = BaseUrl::default();
        Ok(Self { client, authorize_base: base_url.clone(), base_url })
    }

    /// Sends the requests to another server, and users to its pages.
    #[must_use]
    pub fn with_base_url(self, base_url: BaseUrl) -> Self {
        Self { authorize_base: base_url.clone(), base_url, ..self }
    }

    /// Sends users to the pages of another server than the requests. X's own libraries take
    /// `https://x.com` for [`OAuth1Login::authorize_url`], and `https://x.com/i` for
    /// [`OAuth1Login::authenticate_url`].
    #[must_use]
    pub fn with_authorize_base(self, authorize_base: BaseUrl) -> Self {
        Self { authorize_base, ..self }
    }

    /// Step 1, `POST /oauth/request_token`: begins a login. [`read_login`](Self::read_login) reads
    /// the reply.
    ///
    /// The user is asked for what the App's settings say, or for the `access` given here, which can
    /// be less.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError::Signing`] if the stamp is [`Stamp::none`].
    pub fn login_request(
        &self,
        callback: &OAuth1Callback,
        access: Option<OAuth1Access>,
        stamp: &Stamp<'_>,
    ) -> Result<Request, OAuth1LoginError> {
        let query = access.map_or_else(String::new, |access| format!("?{}", access.parameter()));
        let url = self.url(&format!("/oauth/request_token{query}"));
        let signer = Signer::new(&self.client, None);
        Ok(post(&handshake::request_token(&signer, &url, callback.as_str(), stamp)?))
    }

    /// Reads the reply to [`login_request`](Self::login_request), by its content: X labels it as
    /// HTML. `callback` is the one that was asked for.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError`] if X refused, or its reply begins no login.
    pub fn read_login(
        &self,
        callback: &OAuth1Callback,
        response: Response<impl AsRef<[u8]>>,
    ) -> Result<OAuth1Login, OAuth1LoginError> {
        let text = form_reply(Step::Begin(callback), &response)?;
        let temporary = handshake::read_request_token(text).map_err(OAuth1LoginError::of_reply)?;
        Ok(OAuth1Login::new(temporary, self.authorize_base.clone()))
    }

    /// Step 3, `POST /oauth/access_token`: asks for the user's tokens, once for each login.
    /// [`read_tokens`](Self::read_tokens) reads the reply.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError::Signing`] if the stamp is [`Stamp::none`].
    pub fn tokens_request(
        &self,
        login: &OAuth1Login,
        verifier: &OAuth1Verifier,
        stamp: &Stamp<'_>,
    ) -> Result<Request, OAuth1LoginError> {
        let url = self.url("/oauth/access_token");
        let signer = Signer::new(&self.client, Some(login.temporary()));
        Ok(post(&handshake::access_token(&signer, &url, verifier.expose(), stamp)?))
    }

    /// Reads the reply to [`tokens_request`](Self::tokens_request), by its content: X labels it as
    /// HTML.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError`] if X refused, or its reply holds no tokens.
    pub fn read_tokens(
        &self,
        response: Response<impl AsRef<[u8]>>,
    ) -> Result<OAuth1Tokens, OAuth1LoginError> {
        let text = form_reply(Step::Finish, &response)?;
        let reply = handshake::read_access_token(text).map_err(OAuth1LoginError::of_reply)?;
        OAuth1Tokens::from_reply(reply).map_err(OAuth1LoginError::Unusable)
    }

    /// The user whom the tokens stand for, as the credential that operations take.
    pub fn user(&self, tokens: &OAuth1Tokens) -> OAuth1User {
        self.signer(tokens.credentials()).into()
    }

    /// Ends a user's tokens: `POST /1.1/oauth/invalidate_token.json`, signed with the tokens
    /// themselves. [`read_invalidated`](Self::read_invalidated) reads the reply.
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError::Signing`] if the stamp is [`Stamp::none`].
    pub fn invalidate_request(
        &self,
        tokens: &OAuth1Tokens,
        stamp: &Stamp<'_>,
    ) -> Result<Request, OAuth1LoginError> {
        let url = self.url("/1.1/oauth/invalidate_token.json");
        let mut request = empty_post(&url);
        self.signer(tokens.credentials()).sign_http(&mut request, stamp)?;
        Ok(request)
    }

    /// Reads the reply to [`invalidate_request`](Self::invalidate_request).
    ///
    /// # Errors
    ///
    /// [`OAuth1LoginError`] if X refused, or does not say that a token has ended. Where the cause is
    /// [`OAuth1RefusalCause::TokenEnded`], there is nothing left to do.
    pub fn read_invalidated(
        &self,
        response: Response<impl AsRef<[u8]>>,
    ) -> Result<(), OAuth1LoginError> {
        json_reply(Step::Invalidate, &response)
    }

    fn signer(&self, token: &TokenCredentials) -> Signer {
        Signer::new(&self.client, Some(token))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

impl fmt::Debug for OAuth1App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth1App")
            .field("client", &format_args!("[redacted]"))
            .field("base_url", &self.base_url)
            .field("authorize_base", &self.authorize_base)
            .finish()
    }
}

/// What a login asks the user for, where that is less than the App's settings say: X's
/// `x_auth_access_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuth1Access {
    /// To read.
    Read,
    /// To read and write, but not the direct messages.
    Write,
}

impl OAuth1Access {
    fn parameter(self) -> &'static str {
        match self {
            Self::Read => "x_auth_access_type=read",
            Self::Write => "x_auth_access_type=write",
        }
    }
}

fn post(signed: &handshake::SignedPost) -> Request {
    let mut request = empty_post(&signed.url);
    let mut value = HeaderValue::from_str(&signed.authorization).expect("signing writes ASCII");
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    request
}

fn empty_post(url: &str) -> Request {
    let mut request = Request::new(Vec::new());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url.parse().expect("a base URL and a short path are a URL");
    request
}
