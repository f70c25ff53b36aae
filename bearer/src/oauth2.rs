//! OAuth 2.0 in the name of a user: the authorization code grant with PKCE of RFC 6749 section 4.1
//! and RFC 7636, refresh (section 6) and revocation (RFC 7009), as X documents them.

mod callback;
mod login;
mod pkce;
mod redirect_uri;
mod tokens;

use std::fmt;

use http::{Request, Response, Uri};
use zeroize::Zeroizing;

pub use self::{
    callback::{AuthorizationCode, CallbackError, callback_state},
    login::{InvalidLogin, Login},
    pkce::{CodeChallengeMethod, CodeVerifier, InvalidCodeVerifier},
    redirect_uri::{InvalidRedirectUri, RedirectUri},
    tokens::UserTokens,
};
use crate::{
    AccessToken, BaseUrl, Error, InvalidKey, KeyPart, RefreshToken, Scopes, SecretForm,
    form::encode,
    reply,
    request::{basic, post},
};

/// An App as OAuth 2.0 knows it, the client of RFC 6749: its Client ID, the Client Secret if it has
/// one, and the servers that know it.
///
/// It makes every request of a user's login and reads the replies. The secret is redacted when
/// printed and zeroized when dropped.
#[derive(Clone)]
pub struct OAuth2Client {
    client_id: String,
    client_secret: Option<Zeroizing<String>>,
    base_url: BaseUrl,
    authorize_url: BaseUrl,
}

impl OAuth2Client {
    /// A client without a secret: at X a Native App or a Single Page App.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`] if the Client ID is empty, longer than 4096 bytes, or not visible ASCII.
    pub fn public(client_id: impl Into<String>) -> Result<Self, InvalidKey> {
        let client_id = client_id.into();
        KeyPart::ClientId.check(&client_id)?;
        let authorize_url = BaseUrl::authorize();
        Ok(Self { client_id, client_secret: None, base_url: BaseUrl::default(), authorize_url })
    }

    /// A client with a secret: at X a Web App or an Automated App.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`] names the part that is empty, longer than 4096 bytes, or not visible ASCII.
    pub fn confidential(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Result<Self, InvalidKey> {
        let client_secret = Zeroizing::new(client_secret.into());
        let client = Self::public(client_id)?;
        KeyPart::ClientSecret.check(&client_secret)?;
        Ok(Self { client_secret: Some(client_secret), ..client })
    }

    /// Sends the requests for tokens to another server than `https://api.x.com`.
    #[must_use]
    pub fn with_base_url(self, base_url: BaseUrl) -> Self {
        Self { base_url, ..self }
    }

    /// Sends users to another page than `https://x.com/i/oauth2/authorize` for their consent.
    #[must_use]
    pub fn with_authorize_url(self, authorize_url: BaseUrl) -> Self {
        Self { authorize_url, ..self }
    }

    /// The Client ID, which is no secret.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Begins a login: [`Login::url`] is the page where the user consents to `scopes`.
    ///
    /// `redirect_uri` must be among the App's callback URLs in the developer console, letter by
    /// letter. `random` must come from the operating system, fresh for each login: 32 bytes of it
    /// become the code verifier, 16 the state. Ask for [`Scope::OFFLINE_ACCESS`] too, or there will
    /// be no refresh token and access ends after two hours.
    ///
    /// [`Scope::OFFLINE_ACCESS`]: crate::Scope::OFFLINE_ACCESS
    pub fn login(&self, redirect_uri: RedirectUri, scopes: Scopes, random: [u8; 48]) -> Login {
        Login::new(&self.client_id, &self.authorize_url, redirect_uri, scopes, random)
    }

    /// Exchanges the code of a callback for tokens: `POST /2/oauth2/token` (RFC 6749 section 4.1.3).
    /// [`OAuth2Client::read_exchange`] reads the reply.
    ///
    /// X's codes last 30 seconds and work once.
    pub fn exchange_request(&self, login: &Login, code: &AuthorizationCode) -> Request<SecretForm> {
        self.token_request(
            "/2/oauth2/token",
            &[
                ("grant_type", "authorization_code"),
                ("code", &encode(code.expose())),
                ("redirect_uri", &encode(login.redirect_uri().as_str())),
                ("code_verifier", &encode(login.code_verifier().expose())),
            ],
        )
    }

    /// Reads the reply to [`OAuth2Client::exchange_request`]; `now` is the time in Unix seconds.
    ///
    /// A reply that names no scopes has granted those that were asked for (RFC 6749 section 5.1).
    ///
    /// # Errors
    ///
    /// [`Error`] unless the status is 2xx and the body is JSON with a usable `access_token` and the
    /// `token_type` `bearer`. [`Error::is_spent_grant`] tells a code that came too late.
    pub fn read_exchange(
        login: &Login,
        response: Response<impl AsRef<[u8]>>,
        now: u64,
    ) -> Result<UserTokens, Error> {
        let mut tokens = UserTokens::read(&response, now)?;
        tokens.scopes.get_or_insert_with(|| login.scopes().clone());
        Ok(tokens)
    }

    /// Obtains new tokens: `POST /2/oauth2/token` (RFC 6749 section 6).
    /// [`OAuth2Client::read_refresh`] reads the reply.
    ///
    /// X ends the refresh token when it answers. [`Session`](crate::Session) sends this request in
    /// such a way that the new one is not lost and the old one not spent twice.
    pub fn refresh_request(&self, token: &RefreshToken) -> Request<SecretForm> {
        self.token_request(
            "/2/oauth2/token",
            &[("grant_type", "refresh_token"), ("refresh_token", &encode(token.expose()))],
        )
    }

    /// Reads the reply to [`OAuth2Client::refresh_request`]; `now` is the time in Unix seconds.
    ///
    /// What the reply leaves out stays as in `old`: the refresh token and the scopes (RFC 6749
    /// sections 6 and 5.1).
    ///
    /// # Errors
    ///
    /// As [`OAuth2Client::read_exchange`].
    pub fn read_refresh(
        old: &UserTokens,
        response: Response<impl AsRef<[u8]>>,
        now: u64,
    ) -> Result<UserTokens, Error> {
        let mut tokens = UserTokens::read(&response, now)?;
        tokens.refresh_token = tokens.refresh_token.or_else(|| old.refresh_token.clone());
        tokens.scopes = tokens.scopes.or_else(|| old.scopes.clone());
        Ok(tokens)
    }

    /// Ends an access token: `POST /2/oauth2/revoke`. [`OAuth2Client::read_revoked`] reads the reply.
    pub fn revoke_access_request(&self, token: &AccessToken) -> Request<SecretForm> {
        self.token_request("/2/oauth2/revoke", &[("token", &encode(token.expose()))])
    }

    /// Ends a refresh token: `POST /2/oauth2/revoke`. [`OAuth2Client::read_revoked`] reads the reply.
    ///
    /// To log a user out, revoke both tokens: X does not say that one ends the other.
    pub fn revoke_refresh_request(&self, token: &RefreshToken) -> Request<SecretForm> {
        self.token_request("/2/oauth2/revoke", &[("token", &encode(token.expose()))])
    }

    /// Reads the reply to a revocation. Any 2xx is success, also for a token that had ended before
    /// (RFC 7009 section 2.2).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] or [`Error::NotJson`] if the status is not 2xx.
    pub fn read_revoked(response: Response<impl AsRef<[u8]>>) -> Result<(), Error> {
        if response.status().is_success() { Ok(()) } else { Err(reply::refused(&response)) }
    }

    /// A form, with the secret in HTTP Basic or else the Client ID in the form (RFC 6749 sections
    /// 2.3.1 and 3.2.1).
    fn token_request(&self, path: &str, fields: &[(&str, &str)]) -> Request<SecretForm> {
        match &self.client_secret {
            Some(secret) => {
                basic(post(self.url(path), SecretForm::new(fields)), &self.client_id, secret)
            }
            None => {
                let client_id = encode(&self.client_id);
                let mut fields = fields.to_vec();
                fields.push(("client_id", &client_id));
                post(self.url(path), SecretForm::new(&fields))
            }
        }
    }

    fn url(&self, path: &str) -> Uri {
        self.base_url.join(path).expect("a base URL has a bounded length")
    }
}

impl fmt::Debug for OAuth2Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2Client")
            .field("client_id", &self.client_id)
            .field(
                "client_secret",
                &self.client_secret.as_ref().map(|_| format_args!("[redacted]")),
            )
            .field("base_url", &self.base_url)
            .field("authorize_url", &self.authorize_url)
            .finish()
    }
}
