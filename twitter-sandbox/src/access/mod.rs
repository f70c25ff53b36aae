//! Who sends a request: tokens, signatures, and the endpoints that issue and withdraw them.

mod app_only;
mod basic;
mod consent;
mod handshake;
mod oauth1;
mod oauth2;
mod permission;
mod scopes;

use std::collections::{HashMap, HashSet};
use std::io;

use self::handshake::Handshake;
use self::oauth1::Nonces;
pub(crate) use self::oauth2::OAuth2;
pub use self::oauth2::Refreshes;
pub use self::permission::AppPermission;
use crate::exchange::{Answer, Inbound};
use crate::keys::{KeyKind, Keys, OWNER_ID};
use crate::problem::Problem;
use crate::record::CredentialKind;
use crate::time::Time;

/// An endpoint apart from the operations: it issues or withdraws tokens, or asks for consent.
pub(crate) type TokenEndpoint = fn(&mut Access, &Inbound, Time) -> Result<Answer, Problem>;

/// Every one of them, by method and path.
pub(crate) const TOKEN_ENDPOINTS: &[(&str, &str, TokenEndpoint)] = &[
    ("POST", "/oauth2/token", app_only::issue),
    ("POST", "/oauth2/invalidate_token", app_only::invalidate),
    ("POST", "/oauth/request_token", handshake::request_token),
    ("GET", "/oauth/authorize", consent::authorize),
    ("POST", "/oauth/authorize", consent::decide),
    ("GET", "/oauth/authenticate", consent::authenticate),
    ("POST", "/oauth/authenticate", consent::decide),
    ("GET", "/i/oauth/authenticate", consent::authenticate),
    ("POST", "/i/oauth/authenticate", consent::decide),
    ("POST", "/oauth/access_token", handshake::access_token),
    ("POST", "/1.1/oauth/invalidate_token", handshake::invalidate),
    ("POST", "/1.1/oauth/invalidate_token.json", handshake::invalidate),
    ("GET", "/i/oauth2/authorize", oauth2::show),
    ("POST", "/i/oauth2/authorize", oauth2::decide),
    ("GET", "/2/oauth2/authorize", oauth2::show),
    ("POST", "/2/oauth2/authorize", oauth2::decide),
    ("POST", "/2/oauth2/token", oauth2::issue),
    ("POST", "/2/oauth2/revoke", oauth2::revoke),
];

/// The name of the account that owns the App, and is signed in where a page is shown.
pub(crate) const OWNER_NAME: &str = "sandbox_owner";

/// Every scope that X knows.
pub(crate) fn all_scopes() -> Vec<String> {
    scopes::ALL.iter().map(|(scope, _)| (*scope).to_owned()).collect()
}

/// Whom a credential stands for.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    App,
    OAuth1 { user: u64, permission: AppPermission },
    OAuth2 { user: u64, scopes: Vec<String> },
}

impl Identity {
    pub(crate) fn user(&self) -> Option<u64> {
        match self {
            Self::App => None,
            Self::OAuth1 { user, .. } | Self::OAuth2 { user, .. } => Some(*user),
        }
    }

    pub(crate) fn kind(&self) -> CredentialKind {
        match self {
            Self::App => CredentialKind::AppOnly,
            Self::OAuth1 { .. } => CredentialKind::OAuth1,
            Self::OAuth2 { .. } => CredentialKind::OAuth2User,
        }
    }
}

/// What the console says of the App, and the credentials that are live.
pub(crate) struct Access {
    keys: Keys,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) app_permission: AppPermission,
    /// Whether the App belongs to a Project with access.
    pub(crate) enrolled: bool,
    /// The App's own token; `None` after it was invalidated, until a new one is asked for.
    app_token: Option<String>,
    /// OAuth 1.0a access tokens.
    user_tokens: HashMap<String, UserToken>,
    /// App-only and OAuth 1.0a tokens that were invalidated or regenerated.
    ended: HashSet<String>,
    nonces: Nonces,
    pub(crate) handshake: Handshake,
    pub(crate) oauth2: OAuth2,
}

/// An OAuth 1.0a access token without its name.
struct UserToken {
    secret: String,
    user: u64,
    permission: AppPermission,
}

impl Access {
    /// The secret that webhooks share with X.
    pub(crate) fn api_secret(&self) -> &str {
        &self.keys.api_secret
    }

    pub(crate) fn new(
        keys: Keys,
        oauth2_scopes: Vec<String>,
        redirect_uris: Vec<String>,
        app_permission: AppPermission,
    ) -> Self {
        let (oauth2_token, client_id) = (keys.oauth2_user_token.clone(), keys.client_id.clone());
        let mut access = Self {
            redirect_uris,
            app_permission,
            enrolled: true,
            app_token: Some(keys.bearer_token.clone()),
            user_tokens: HashMap::new(),
            ended: HashSet::new(),
            nonces: Nonces::default(),
            handshake: Handshake::default(),
            oauth2: OAuth2::new(oauth2_token, client_id, oauth2_scopes),
            keys,
        };
        access.add_own_token();
        access
    }

    /// Draws a key anew, as the console does, which ends the old one.
    pub(crate) fn regenerate(&mut self, kind: KeyKind) -> io::Result<Keys> {
        let new = self.keys.regenerated(kind)?;
        let old = std::mem::replace(&mut self.keys, new);
        match kind {
            KeyKind::AccessToken => {
                self.user_tokens.remove(&old.access_token);
                self.ended.insert(old.access_token);
                self.add_own_token();
            }
            KeyKind::BearerToken => {
                self.ended.extend(self.app_token.replace(self.keys.bearer_token.clone()));
            }
            KeyKind::ApiKey | KeyKind::ClientSecret => {}
        }
        Ok(self.keys.clone())
    }

    /// Adds the owner's token of the console, with the permission that the App has now.
    fn add_own_token(&mut self) {
        let secret = self.keys.access_token_secret.clone();
        let token = UserToken { secret, user: OWNER_ID, permission: self.app_permission };
        self.user_tokens.insert(self.keys.access_token.clone(), token);
    }

    /// Consents without a browser: from the URL of the page to the URL that follows it.
    pub(crate) fn approve_oauth2(
        &mut self,
        url: &str,
        user: u64,
        now: Time,
    ) -> Result<String, Problem> {
        oauth2::approve(self, url, user, now)
    }

    /// What to say of an address that is not registered: X compares letter by letter.
    fn unregistered(&self, parameter: &str, sent: &str) -> String {
        let registered = self.redirect_uris.join("\n  ");
        format!(
            "{parameter}: it is not registered for this App.\nReceived:\n  {sent}\n\
             Registered:\n  {registered}"
        )
    }

    /// What kind of credential a request brings, right or wrong.
    pub(crate) fn kind(&self, inbound: &Inbound) -> CredentialKind {
        let (scheme, value) = match authorization(inbound) {
            Some(parts) => parts,
            None if oauth1::in_request(inbound) => return CredentialKind::OAuth1,
            None => return CredentialKind::None,
        };
        match scheme.to_ascii_lowercase().as_str() {
            "oauth" => CredentialKind::OAuth1,
            "basic" => CredentialKind::Basic,
            "bearer" if self.app_token.as_deref() == Some(value) => CredentialKind::AppOnly,
            "bearer" if self.oauth2.knows(value) => CredentialKind::OAuth2User,
            "bearer" => CredentialKind::UnknownBearer,
            _ => CredentialKind::None,
        }
    }

    /// Whom the request's credential stands for, if it is right.
    pub(crate) fn authenticate(
        &mut self,
        inbound: &Inbound,
        now: Time,
    ) -> Result<Identity, Problem> {
        let token = authorization(inbound).map_or("", |(_, token)| token);
        match self.kind(inbound) {
            CredentialKind::OAuth1 => {
                let signer = oauth1::user(self, inbound, now);
                let (user, permission) =
                    signer.map_err(|refusal| refusal.problem(Problem::unauthorized))?;
                Ok(Identity::OAuth1 { user, permission })
            }
            CredentialKind::AppOnly => Ok(Identity::App),
            CredentialKind::OAuth2User => {
                let (user, scopes) = self.oauth2.user(token, now).map_err(Problem::unauthorized)?;
                Ok(Identity::OAuth2 { user, scopes })
            }
            CredentialKind::UnknownBearer if self.ended.contains(token) => {
                Err(Problem::invalid_token("the bearer token was invalidated or regenerated"))
            }
            CredentialKind::UnknownBearer => Err(Problem::unauthorized(
                "the bearer token is unknown, or not sent as it was issued",
            )),
            CredentialKind::Basic => {
                Err(Problem::unauthorized("operations take no HTTP Basic credential"))
            }
            CredentialKind::None => Err(Problem::unauthorized("no credential came along")),
        }
    }
}

/// Scheme and value of the `Authorization` header.
fn authorization(inbound: &Inbound) -> Option<(&str, &str)> {
    let (scheme, value) = inbound.header("authorization")?.trim().split_once(' ')?;
    Some((scheme, value.trim_start()))
}
