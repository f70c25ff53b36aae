//! App-only authentication: a token for the App itself, the client credentials grant of RFC 6749
//! section 4.4 as X documents it under "Application-only authentication".

use std::fmt;

use http::{Method, Request, Response, Uri};
use zeroize::Zeroizing;

use crate::{
    AccessToken, Error, InvalidKey, KeyPart, SecretForm,
    base_url::BaseUrl,
    form::encode_token,
    reply::TokenReply,
    request::{basic, post},
};

/// The identity of an App at X, its API key and API secret, and the server that knows it.
///
/// It makes the requests that obtain and invalidate the App's one bearer token, and reads their
/// replies. Key and secret are redacted when printed and zeroized when dropped.
#[derive(Clone)]
pub struct App {
    api_key: Zeroizing<String>,
    api_secret: Zeroizing<String>,
    base_url: BaseUrl,
}

impl App {
    /// An App at `https://api.x.com`, from the key and secret that the developer console shows.
    /// Nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`] names the part that is empty, longer than 4096 bytes, or not visible ASCII.
    pub fn new(
        api_key: impl Into<String>,
        api_secret: impl Into<String>,
    ) -> Result<Self, InvalidKey> {
        let api_key = Zeroizing::new(api_key.into());
        let api_secret = Zeroizing::new(api_secret.into());
        KeyPart::ApiKey.check(&api_key)?;
        KeyPart::ApiSecret.check(&api_secret)?;
        Ok(Self { api_key, api_secret, base_url: BaseUrl::default() })
    }

    /// Sends the requests to another server.
    #[must_use]
    pub fn with_base_url(self, base_url: BaseUrl) -> Self {
        Self { base_url, ..self }
    }

    /// Asks for the App's token: `POST /oauth2/token`. [`App::read_token`] reads the reply.
    ///
    /// X gives the same token each time until it is invalidated, and answers 403 with code 99 to
    /// an App that asks too often: ask once, then keep it.
    ///
    /// ```
    /// // The example of X's page on application-only authentication.
    /// let app = bearer::App::new(
    ///     "xvz1evFS4wEEPTGEFPHBog",
    ///     "L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg",
    /// )?;
    /// assert_eq!(
    ///     app.token_request().headers()["authorization"],
    ///     "Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==",
    /// );
    /// # Ok::<(), bearer::InvalidKey>(())
    /// ```
    pub fn token_request(&self) -> Request<String> {
        let body = "grant_type=client_credentials".to_owned();
        basic(post(self.url("/oauth2/token"), body), &self.api_key, &self.api_secret)
    }

    /// Reads the reply to [`App::token_request`].
    ///
    /// # Errors
    ///
    /// [`Error`] unless the status is 2xx and the body is JSON with a usable `access_token` and
    /// the `token_type` `bearer`, in any case (RFC 6749 section 5.1).
    pub fn read_token(response: Response<impl AsRef<[u8]>>) -> Result<AccessToken, Error> {
        let mut reply = TokenReply::read(&response)?;
        let token = reply.access_token(&response)?;
        reply.check_type()?;
        Ok(token)
    }

    /// Invalidates a token with the API key and secret: `POST /oauth2/invalidate_token` with HTTP
    /// Basic and a form body, as X's guide says. [`App::read_invalidated`] reads the reply.
    ///
    /// The next [`App::token_request`] is then given a new token.
    pub fn invalidate_request(&self, token: &AccessToken) -> Request<SecretForm> {
        // A form encodes its values, `%` included, so that the server decodes to the verbatim token.
        // X's pages print the token here with its own `%2F` alone; no live server has been asked.
        let body = SecretForm::new(&[("access_token", &encode_token(token.expose()))]);
        let request = post(self.url("/oauth2/invalidate_token"), body);
        basic(request, &self.api_key, &self.api_secret)
    }

    /// Invalidates a token in the name of the App's owner: `POST /oauth2/invalidate_token` with the
    /// token in the query, as X's reference says. [`App::read_invalidated`] reads the reply.
    ///
    /// The request is unsigned. Sign it with OAuth 1.0a before it is sent, with the API key and
    /// secret and the owner's access token and secret; `oauth1-sign` with its feature `http` does
    /// that in place. Unlike the other requests it shows the token when printed, because `http`
    /// has no sensitive URLs: keep it out of logs.
    pub fn owner_invalidate_request(&self, token: &AccessToken) -> Request<String> {
        let path =
            format!("/oauth2/invalidate_token?access_token={}", *encode_token(token.expose()));
        let mut request = Request::new(String::new());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url(&path);
        request
    }

    /// Reads the reply to either invalidation and returns the token that X says it ended.
    ///
    /// # Errors
    ///
    /// [`Error`] unless the status is 2xx and the body is JSON with an `access_token`.
    pub fn read_invalidated(response: Response<impl AsRef<[u8]>>) -> Result<AccessToken, Error> {
        TokenReply::read(&response)?.access_token(&response)
    }

    fn url(&self, path: &str) -> Uri {
        self.base_url.join(path).expect("base URL and token have a bounded length")
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("api_key", &format_args!("[redacted]"))
            .field("api_secret", &format_args!("[redacted]"))
            .field("base_url", &self.base_url)
            .finish()
    }
}
