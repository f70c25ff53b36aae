//! Who sends a request: tokens, signatures, and the endpoints that issue and withdraw them.

mod app_only;
mod handshake;
mod oauth1;

use std::collections::HashMap;

pub(crate) use self::app_only::{invalidate as invalidate_app_token, issue as issue_app_token};
pub(crate) use self::handshake::{Handshake, access_token, invalidate, request_token};
use self::oauth1::Nonces;
use crate::exchange::Inbound;
use crate::keys::{Keys, OWNER_ID};
use crate::problem::Problem;
use crate::record::CredentialKind;
use crate::time::Time;

/// Whom a credential stands for.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    App,
    OAuth1 { user: u64 },
    OAuth2 { user: u64, scopes: Vec<String> },
}

impl Identity {
    pub(crate) fn user(&self) -> Option<u64> {
        match self {
            Self::App => None,
            Self::OAuth1 { user } | Self::OAuth2 { user, .. } => Some(*user),
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

/// The credentials that are live.
pub(crate) struct Access {
    keys: Keys,
    /// The App's own token; `None` after it was invalidated, until a new one is asked for.
    app_token: Option<String>,
    /// OAuth 1.0a access tokens.
    user_tokens: HashMap<String, UserToken>,
    /// OAuth 2.0 user access tokens: user and scopes.
    oauth2_tokens: HashMap<String, (u64, Vec<String>)>,
    nonces: Nonces,
    pub(crate) handshake: Handshake,
}

/// An OAuth 1.0a access token without its name.
struct UserToken {
    secret: String,
    user: u64,
}

impl Access {
    pub(crate) fn new(keys: Keys, oauth2_scopes: Vec<String>) -> Self {
        let token = UserToken { secret: keys.access_token_secret.clone(), user: OWNER_ID };
        let oauth2_token = (keys.oauth2_user_token.clone(), (OWNER_ID, oauth2_scopes));
        Self {
            app_token: Some(keys.bearer_token.clone()),
            user_tokens: HashMap::from([(keys.access_token.clone(), token)]),
            oauth2_tokens: HashMap::from([oauth2_token]),
            nonces: Nonces::default(),
            handshake: Handshake::default(),
            keys,
        }
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
            "bearer" if self.oauth2_tokens.contains_key(value) => CredentialKind::OAuth2User,
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
        match self.kind(inbound) {
            CredentialKind::OAuth1 => {
                let user = oauth1::user(self, inbound, now).map_err(Problem::unauthorized)?;
                Ok(Identity::OAuth1 { user })
            }
            CredentialKind::AppOnly => Ok(Identity::App),
            CredentialKind::OAuth2User => {
                let token = authorization(inbound).map_or("", |(_, token)| token);
                match self.oauth2_tokens.get(token) {
                    Some((user, scopes)) => {
                        Ok(Identity::OAuth2 { user: *user, scopes: scopes.clone() })
                    }
                    None => Err(Problem::unauthorized("unknown bearer token")),
                }
            }
            CredentialKind::UnknownBearer => Err(Problem::unauthorized(
                "the bearer token is unknown, invalidated, or not sent as it was issued",
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
