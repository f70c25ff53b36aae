//! OAuth 1.0a signatures: the one place that calls the verifying side of `oauth1-sign`.

use std::collections::HashMap;

use oauth1_sign::verify::{VerifyError, Window};
use oauth1_sign::{Authorization, ClientCredentials, Request, TokenCredentials};

use super::{Access, AppPermission};
use crate::exchange::Inbound;
use crate::form;
use crate::problem::Problem;
use crate::time::Time;

/// How many seconds a client's clock may be off.
const TOLERANCE: u64 = 300;

/// Nonces that were used: they must not come again while their timestamp is acceptable.
#[derive(Default)]
pub(super) struct Nonces(HashMap<(String, String), u64>);

impl Nonces {
    /// Whether the nonce is new for this token.
    fn take(&mut self, token: &str, nonce: &str, timestamp: u64, now: u64) -> bool {
        self.0.retain(|_, used| *used + TOLERANCE >= now);
        self.0.insert((token.to_owned(), nonce.to_owned()), timestamp).is_none()
    }
}

/// Whether the OAuth parameters come in the query or in the form body.
pub(super) fn in_request(inbound: &Inbound) -> bool {
    let signed = |text: &str| text.split('&').any(|pair| pair.starts_with("oauth_signature="));
    signed(&inbound.query) || inbound.form().is_some_and(signed)
}

/// Why a signed request is refused.
pub(super) enum Refusal {
    /// The timestamp is too far from the sandbox's clock.
    Clock(String),
    /// The token was invalidated or regenerated.
    Ended,
    Other(String),
}

impl Refusal {
    /// The reply; what is neither the clock's fault nor the token's is up to the endpoint.
    pub(super) fn problem(self, other: fn(String) -> Problem) -> Problem {
        match self {
            Self::Clock(reason) => Problem::timestamp(reason),
            Self::Ended => {
                Problem::invalid_token("the access token was invalidated or regenerated")
            }
            Self::Other(reason) => other(reason),
        }
    }
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::Other(reason)
    }
}

impl From<&str> for Refusal {
    fn from(reason: &str) -> Self {
        Self::Other(reason.to_owned())
    }
}

/// The user who signed the request, and what the token may do.
pub(super) fn user(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<(u64, AppPermission), Refusal> {
    let authorization = parse(inbound)?;
    let token = authorization.token().ok_or("oauth_token is missing")?;
    if access.ended.contains(token) {
        return Err(Refusal::Ended);
    }
    let known = access.user_tokens.get(token).ok_or("the access token is unknown")?;
    let (user, permission) = (known.user, known.permission);
    let credentials = TokenCredentials::new(token, &known.secret);
    verify(access, &authorization, inbound, Some(&credentials), now)?;
    Ok((user, permission))
}

/// A parameter among those of OAuth, in the form body or in the query.
pub(super) fn parameter(
    authorization: &Authorization,
    inbound: &Inbound,
    name: &str,
) -> Option<String> {
    let in_request = || {
        let form = inbound.form().and_then(|form| form::value(form, name));
        form.or_else(|| form::value(&inbound.query, name))
    };
    authorization.parameter(name).map(str::to_owned).or_else(in_request)
}

/// The OAuth parameters of a request.
pub(super) fn parse(inbound: &Inbound) -> Result<Authorization, String> {
    let header = inbound.header("authorization");
    let found = match (header, inbound.form()) {
        (Some(header), _) => return Authorization::parse(header).map_err(text),
        (None, Some(form)) if in_query(&inbound.query).is_none() => Authorization::from_form(form),
        _ => Authorization::from_form(&inbound.query),
    };
    found.map_err(text)?.ok_or_else(|| "the request is not signed".to_owned())
}

fn in_query(query: &str) -> Option<&str> {
    query.split('&').find(|pair| pair.starts_with("oauth_signature="))
}

/// Checks signature, timestamp and nonce.
pub(super) fn verify(
    access: &mut Access,
    authorization: &Authorization,
    inbound: &Inbound,
    token: Option<&TokenCredentials>,
    now: Time,
) -> Result<(), Refusal> {
    if authorization.consumer_key() != Some(access.keys.api_key.as_str()) {
        return Err("the consumer key is unknown".into());
    }
    if authorization.parameter("oauth_signature_method") != Some("HMAC-SHA1") {
        return Err("X takes no signature method but HMAC-SHA1".into());
    }
    let client = ClientCredentials::new(&access.keys.api_key, &access.keys.api_secret);
    let repeats_none = |text| without_repeated(text, authorization, inbound);
    let url = inbound.url();
    let address = url.split_once('?').map_or(&*url, |(address, _)| address);
    let url = format!("{address}?{}", repeats_none(&inbound.query));
    let form = inbound.form().map(repeats_none);
    let mut request = Request::new(inbound.method.as_str(), &url);
    if let Some(form) = &form {
        request = request.form(form);
    }
    let seconds = u64::try_from(now.seconds()).unwrap_or_default();
    let window = Window { now: seconds, tolerance: TOLERANCE };
    let verified = authorization.verify(&request, &client, token, window);
    let stamp = verified.map_err(|error| match error {
        VerifyError::OutsideWindow { .. } => Refusal::Clock(error.to_string()),
        other => Refusal::Other(other.to_string()),
    })?;
    let (Some(nonce), Some(timestamp)) = (stamp.nonce(), stamp.timestamp()) else {
        return Err("nonce or timestamp is missing".into());
    };
    let owner = authorization.token().unwrap_or_default();
    if access.nonces.take(owner, nonce, timestamp, seconds) {
        Ok(())
    } else {
        Err("the nonce was used before".into())
    }
}

/// A query or form without the `oauth_token` that the header has as well. RFC 5849 section 3.1 forbids to send it
/// twice. Clients in wide use, X's own `xdk` among them, do so when they exchange a request token, and sign it once:
/// so X must take that.
fn without_repeated(text: &str, authorization: &Authorization, inbound: &Inbound) -> String {
    if inbound.header("authorization").is_none() {
        return text.to_owned();
    }
    let repeated = |piece: &str| {
        let value = form::value(piece, "oauth_token");
        value.is_some() && value.as_deref() == authorization.token()
    };
    let pieces: Vec<_> = text.split('&').filter(|piece| !repeated(piece)).collect();
    pieces.join("&")
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
