//! The OAuth 1.0a handshake: request token, consent, access token; and its end.

use std::collections::HashMap;

use oauth1_sign::TokenCredentials;
use serde_json::json;

use super::{Access, UserToken, oauth1};
use crate::exchange::{Answer, Content, Inbound};
use crate::keys::OWNER_ID;
use crate::problem::Problem;
use crate::random;
use crate::time::Time;

/// Request tokens that wait for consent or for their exchange.
#[derive(Default)]
pub(crate) struct Handshake(HashMap<String, Pending>);

struct Pending {
    secret: String,
    verifier: Option<String>,
}

impl Handshake {
    /// Consents on behalf of the owner; the verifier, if the request token is known.
    pub(crate) fn approve(&mut self, token: &str) -> Option<String> {
        let pending = self.0.get_mut(token)?;
        if pending.verifier.is_none() {
            pending.verifier = random::alphanumeric(32).ok();
        }
        pending.verifier.clone()
    }
}

/// `POST /oauth/request_token`.
pub(crate) fn request_token(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<Answer, Problem> {
    let authorization = oauth1::parse(inbound).map_err(bad_authentication)?;
    oauth1::verify(access, &authorization, inbound, None, now).map_err(bad_authentication)?;
    let callback = authorization.parameter("oauth_callback").unwrap_or_default();
    if callback != "oob" && !callback.contains("://") {
        let message = "Callback URL not approved for this client application.";
        return Err(Problem::legacy(403, 415, message, None));
    }
    let (token, secret) = (new_token(27)?, new_token(32)?);
    let reply =
        format!("oauth_token={token}&oauth_token_secret={secret}&oauth_callback_confirmed=true");
    access.handshake.0.insert(token, Pending { secret, verifier: None });
    Ok(form_answer(&reply))
}

/// `POST /oauth/access_token`: a new token for the owner, once per request token.
pub(crate) fn access_token(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<Answer, Problem> {
    let authorization = oauth1::parse(inbound).map_err(bad_authentication)?;
    let token = authorization.token().unwrap_or_default();
    let Some(pending) = access.handshake.0.get(token) else {
        return Err(bad_authentication("the request token is unknown".to_owned()));
    };
    let approved = pending.verifier.clone();
    let credentials = TokenCredentials::new(token, &pending.secret);
    oauth1::verify(access, &authorization, inbound, Some(&credentials), now)
        .map_err(bad_authentication)?;
    let in_form = inbound.form().unwrap_or_default();
    let in_form =
        crate::form::pairs(in_form).into_iter().find(|(name, _)| name == "oauth_verifier");
    let sent = authorization.parameter("oauth_verifier").map(str::to_owned);
    let sent = sent.or_else(|| in_form.map(|(_, value)| value));
    if approved.is_none() || sent != approved {
        return Err(bad_authentication("the verifier is wrong, or consent is missing".to_owned()));
    }
    access.handshake.0.remove(token);
    let (token, secret) = (format!("{OWNER_ID}-{}", new_token(40)?), new_token(45)?);
    let reply = format!(
        "oauth_token={token}&oauth_token_secret={secret}&user_id={OWNER_ID}&screen_name=sandbox_owner"
    );
    access.user_tokens.insert(token, UserToken { secret, user: OWNER_ID });
    Ok(form_answer(&reply))
}

/// `POST /1.1/oauth/invalidate_token`: ends the access token that signed the request.
pub(crate) fn invalidate(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<Answer, Problem> {
    let authorization = oauth1::parse(inbound).map_err(invalid_token)?;
    oauth1::user(access, inbound, now).map_err(invalid_token)?;
    let token = authorization.token().unwrap_or_default();
    access.user_tokens.remove(token);
    Ok(Answer::json(200, &json!({ "access_token": token })))
}

/// X labels these forms as HTML.
fn form_answer(text: &str) -> Answer {
    Answer::new(200, Content::html(text))
}

fn new_token(length: usize) -> Result<String, Problem> {
    random::alphanumeric(length)
        .map_err(|error| Problem::blank(500, "Internal Server Error", &error.to_string()))
}

fn bad_authentication(reason: String) -> Problem {
    Problem::legacy(401, 32, "Could not authenticate you.", None).because(reason)
}

fn invalid_token(reason: String) -> Problem {
    Problem::legacy(401, 89, "Invalid or expired token", None).because(reason)
}
