//! OAuth 2.0: what was asked, granted and issued.

mod authorize;
mod token;

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(super) use self::authorize::{approve, decide, show};
pub(super) use self::token::{issue, revoke};
use crate::keys::OWNER_ID;
use crate::problem::Problem;
use crate::random;
use crate::time::{HOUR, SECOND, Time};

/// Everything that the authorization server remembers.
pub(crate) struct OAuth2 {
    /// The hidden fields of the pages that were shown, and what each asked.
    tickets: HashMap<String, Asked>,
    codes: HashMap<String, Code>,
    access_tokens: HashMap<String, AccessToken>,
    refresh_tokens: HashMap<String, RefreshToken>,
    grants: u64,
    /// How long access tokens live from now on, in milliseconds.
    lifetime: i64,
    pub(crate) refreshes: Refreshes,
}

/// How often refresh tokens were used.
///
/// A client that never spends a token twice has `reused` 0, however many tasks share the token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refreshes {
    /// Refresh tokens that were exchanged for a new pair, each once.
    pub rotated: u64,
    /// Refresh tokens that came again after they were exchanged, and were refused.
    pub reused: u64,
}

/// What an authorization request asks for.
struct Asked {
    client_id: String,
    redirect_uri: String,
    scopes: Vec<String>,
    state: String,
    challenge: Challenge,
}

/// RFC 7636, section 4.2.
enum Challenge {
    Plain(String),
    S256(String),
}

/// How long an authorization code may be exchanged.
const CODE_LIFETIME: i64 = 30 * SECOND;

struct Code {
    asked: Asked,
    user: u64,
    expires: Time,
}

/// What one consent gave, carried on from refresh to refresh.
#[derive(Clone)]
struct Grant {
    id: u64,
    user: u64,
    client_id: String,
    scopes: Vec<String>,
}

struct AccessToken {
    grant: Grant,
    /// `None` for the token of [`Keys`](crate::Keys), which lives on.
    expires: Option<Time>,
    revoked: bool,
}

struct RefreshToken {
    grant: Grant,
    spent: bool,
    revoked: bool,
}

/// An access token and, with `offline.access`, a refresh token.
struct Pair {
    access: String,
    refresh: Option<String>,
    expires_in: i64,
}

impl OAuth2 {
    /// Starts with one access token, which does not expire.
    pub(crate) fn new(token: String, client_id: String, scopes: Vec<String>) -> Self {
        let grant = Grant { id: 0, user: OWNER_ID, client_id, scopes };
        let token = (token, AccessToken { grant, expires: None, revoked: false });
        Self {
            tickets: HashMap::new(),
            codes: HashMap::new(),
            access_tokens: HashMap::from([token]),
            refresh_tokens: HashMap::new(),
            grants: 0,
            lifetime: 2 * HOUR,
            refreshes: Refreshes::default(),
        }
    }

    pub(crate) fn set_lifetime(&mut self, lifetime: Duration) {
        self.lifetime = i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX / 2);
    }

    /// Whether the sandbox has issued this access token, dead or alive.
    pub(super) fn knows(&self, token: &str) -> bool {
        self.access_tokens.contains_key(token)
    }

    /// Whom an access token stands for, and its scopes; why not, otherwise.
    pub(super) fn user(&self, token: &str, now: Time) -> Result<(u64, Vec<String>), &'static str> {
        match self.access_tokens.get(token) {
            None => Err("the access token is unknown"),
            Some(token) if token.revoked => Err("the access token was revoked"),
            Some(token) if token.expires.is_some_and(|end| end <= now) => {
                Err("the access token has expired")
            }
            Some(token) => Ok((token.grant.user, token.grant.scopes.clone())),
        }
    }

    fn new_grant(&mut self, asked: Asked, user: u64) -> Grant {
        self.grants += 1;
        Grant { id: self.grants, user, client_id: asked.client_id, scopes: asked.scopes }
    }

    fn new_code(&mut self, asked: Asked, user: u64, now: Time) -> Result<String, Problem> {
        let code = new_token("ac", now)?;
        self.codes.insert(code.clone(), Code { asked, user, expires: now.plus(CODE_LIFETIME) });
        Ok(code)
    }

    fn new_pair(&mut self, grant: Grant, now: Time) -> Result<Pair, Problem> {
        let access = new_token("at", now)?;
        let offline = grant.scopes.iter().any(|scope| scope == "offline.access");
        let refresh = if offline { Some(new_token("rt", now)?) } else { None };
        if let Some(refresh) = &refresh {
            let token = RefreshToken { grant: grant.clone(), spent: false, revoked: false };
            self.refresh_tokens.insert(refresh.clone(), token);
        }
        let expires = Some(now.plus(self.lifetime));
        self.access_tokens.insert(access.clone(), AccessToken { grant, expires, revoked: false });
        Ok(Pair { access, refresh, expires_in: self.lifetime / SECOND })
    }
}

/// A token as X makes them: random letters, the time and a kind, in base64.
fn new_token(kind: &str, now: Time) -> Result<String, Problem> {
    let letters = random::alphanumeric(43).map_err(Problem::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(format!("{letters}:{}:1:1:{kind}:1", now.0)))
}
