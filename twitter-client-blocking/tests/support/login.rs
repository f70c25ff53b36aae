//! A user who logs in to the sandbox; for the tests of both clients.

use std::time::Duration;

use bearer::{
    AuthorizationCode, Login, OAuth2Client, Scope, Scopes, SecretForm, Session, TokenStore,
    UserTokens,
};
use http::Request;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::endpoint::{Response, Stamp};

use super::base_url;

/// Longer than an access token lives.
pub(crate) const THREE_HOURS: Duration = Duration::from_secs(3 * 3600);

/// The next request is answered as it should be; for a queue of faults.
pub(crate) const AS_IT_SHOULD: Fault = Fault::Delay(Duration::ZERO);

pub(crate) fn unauthorized() -> Fault {
    Fault::Status(401, r#"{"title":"Unauthorized","status":401}"#.to_owned())
}

/// A user has consented: what is left is to exchange the code for tokens.
pub(crate) struct Consent {
    client: OAuth2Client,
    login: Login,
    code: AuthorizationCode,
}

impl Consent {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        let client = client(sandbox);
        let scopes = Scopes::from([Scope::TWEET_READ, Scope::USERS_READ, Scope::OFFLINE_ACCESS]);
        let redirect_uri = sandbox.redirect_uris()[0].parse().unwrap();
        let login = client.login(redirect_uri, scopes, [7; 48]);
        let callback = sandbox.approve_oauth2(login.url()).unwrap();
        let code = login.read_callback(&callback).unwrap();
        Self { client, login, code }
    }

    pub(crate) fn request(&self) -> Request<SecretForm> {
        self.client.exchange_request(&self.login, &self.code)
    }

    /// A session over this store, with the tokens of the reply in it.
    pub(crate) fn session(self, response: Response, store: impl TokenStore + 'static) -> Session {
        let tokens = OAuth2Client::read_exchange(&self.login, response, now()).unwrap();
        let session = Session::new(self.client, store);
        session.save(&tokens).unwrap();
        session
    }
}

pub(crate) fn client(sandbox: &Sandbox) -> OAuth2Client {
    let client = OAuth2Client::public(&sandbox.keys().public_client_id).unwrap();
    client.with_base_url(base_url(sandbox))
}

pub(crate) fn now() -> u64 {
    Stamp::now().timestamp().unwrap()
}

/// What was asked since the login, each with the status of its answer; `token` is the token endpoint.
pub(crate) fn asked(sandbox: &Sandbox) -> Vec<(&'static str, u16)> {
    let requests = sandbox.requests().into_iter().skip(1); // the exchange of the code
    requests.map(|request| (request.operation.unwrap_or("token"), request.status)).collect()
}

/// How many of them had this status.
pub(crate) fn count(sandbox: &Sandbox, asked_and_answered: (&str, u16)) -> usize {
    asked(sandbox).into_iter().filter(|exchange| *exchange == asked_and_answered).count()
}

/// The tokens in the store.
pub(crate) fn stored(session: &Session) -> UserTokens {
    session.load().unwrap().unwrap()
}

pub(crate) fn refresh_token(tokens: &UserTokens) -> &str {
    tokens.refresh_token.as_ref().unwrap().expose()
}
