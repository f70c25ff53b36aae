//! OAuth 1.0a signatures: the one place that calls the verifying side of `oauth1-sign`.

use std::collections::HashMap;

use oauth1_sign::verify::Window;
use oauth1_sign::{Authorization, ClientCredentials, Request, TokenCredentials};

use super::Access;
use crate::exchange::Inbound;
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

/// The user who signed the request; the reason, if nobody did.
pub(super) fn user(access: &mut Access, inbound: &Inbound, now: Time) -> Result<u64, String> {
    let authorization = parse(inbound)?;
    let token = authorization.token().ok_or("oauth_token is missing")?;
    let known =
        access.user_tokens.get(token).ok_or("the access token is unknown or invalidated")?;
    let user = known.user;
    let credentials = TokenCredentials::new(token, &known.secret);
    verify(access, &authorization, inbound, Some(&credentials), now)?;
    Ok(user)
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
) -> Result<(), String> {
    if authorization.consumer_key() != Some(access.keys.api_key.as_str()) {
        return Err("the consumer key is unknown".to_owned());
    }
    if authorization.parameter("oauth_signature_method") != Some("HMAC-SHA1") {
        return Err("X takes no signature method but HMAC-SHA1".to_owned());
    }
    let client = ClientCredentials::new(&access.keys.api_key, &access.keys.api_secret);
    let url = inbound.url();
    let mut request = Request::new(inbound.method.as_str(), &url);
    if let Some(form) = inbound.form() {
        request = request.form(form);
    }
    let seconds = u64::try_from(now.seconds()).unwrap_or_default();
    let window = Window { now: seconds, tolerance: TOLERANCE };
    let stamp = authorization.verify(&request, &client, token, window).map_err(text)?;
    let (Some(nonce), Some(timestamp)) = (stamp.nonce(), stamp.timestamp()) else {
        return Err("nonce or timestamp is missing".to_owned());
    };
    let owner = authorization.token().unwrap_or_default();
    if access.nonces.take(owner, nonce, timestamp, seconds) {
        Ok(())
    } else {
        Err("the nonce was used before".to_owned())
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
