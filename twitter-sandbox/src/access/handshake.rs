//! The OAuth 1.0a handshake: request token, access token, and its end. The pages in between are in
//! [`consent`](super::consent).

use std::collections::HashMap;

use oauth1_sign::TokenCredentials;
use serde_json::json;

use super::{Access, AppPermission, OWNER_NAME, UserToken, oauth1};
use crate::exchange::{Answer, Content, Inbound};
use crate::keys::OWNER_ID;
use crate::problem::Problem;
use crate::random;
use crate::time::Time;

/// Request tokens that wait for consent or for their exchange.
#[derive(Default)]
pub(crate) struct Handshake {
    pub(super) pending: HashMap<String, Pending>,
    /// The hidden fields of the pages that were shown, and the request token of each.
    pub(super) tickets: HashMap<String, String>,
    /// The most that the owner has consented to: `oauth/authenticate` does not ask for it again.
    pub(super) granted: Option<AppPermission>,
}

pub(super) struct Pending {
    secret: String,
    pub(super) callback: String,
    pub(super) permission: AppPermission,
    verifier: Option<String>,
}

/// The callback that asks for a PIN.
pub(super) const OUT_OF_BAND: &str = "oob";

impl Handshake {
    /// Consents on behalf of the owner; the verifier, if the request token is known.
    pub(crate) fn approve(&mut self, token: &str) -> Option<String> {
        let pending = self.pending.get_mut(token)?;
        if pending.verifier.is_none() {
            let out_of_band = pending.callback == OUT_OF_BAND;
            let verifier = if out_of_band { random::digits(7) } else { random::alphanumeric(32) };
            pending.verifier = verifier.ok();
        }
        self.granted = self.granted.max(Some(pending.permission));
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
    oauth1::verify(access, &authorization, inbound, None, now)
        .map_err(|refusal| refusal.problem(bad_authentication))?;
    let sent = |name| oauth1::parameter(&authorization, inbound, name);
    let callback = sent("oauth_callback").unwrap_or_default();
    if callback != OUT_OF_BAND && !access.redirect_uris.contains(&callback) {
        let message = "Callback URL not approved for this client application.";
        let reason = access.unregistered("oauth_callback", &callback);
        return Err(Problem::legacy(403, 415, message, None).because(reason));
    }
    let permission = match sent("x_auth_access_type").as_deref() {
        None => access.app_permission,
        Some("read") => AppPermission::Read,
        Some("write") => access.app_permission.min(AppPermission::ReadWrite),
        Some(other) => {
            let reason = format!("x_auth_access_type is read or write, not {other:?}");
            let message = "x_auth_access_type parameter is invalid.";
            return Err(Problem::legacy(400, 44, message, None).because(reason));
        }
    };
    let (token, secret) = (new_token(27)?, new_token(32)?);
    let reply =
        format!("oauth_token={token}&oauth_token_secret={secret}&oauth_callback_confirmed=true");
    access
        .handshake
        .pending
        .insert(token, Pending { secret, callback, permission, verifier: None });
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
    let Some(pending) = access.handshake.pending.get(token) else {
        let reason = "the request token is unknown, refused or spent";
        return Err(bad_authentication(reason.to_owned()));
    };
    let (approved, permission) = (pending.verifier.clone(), pending.permission);
    let credentials = TokenCredentials::new(token, &pending.secret);
    oauth1::verify(access, &authorization, inbound, Some(&credentials), now)
        .map_err(|refusal| refusal.problem(bad_authentication))?;
    let sent = oauth1::parameter(&authorization, inbound, "oauth_verifier");
    if approved.is_none() || sent != approved {
        return Err(bad_authentication("the verifier is wrong, or consent is missing".to_owned()));
    }
    access.handshake.pending.remove(token);
    let (token, secret) = (format!("{OWNER_ID}-{}", new_token(40)?), new_token(45)?);
    let reply = format!(
        "oauth_token={token}&oauth_token_secret={secret}&user_id={OWNER_ID}&screen_name={OWNER_NAME}"
    );
    access.user_tokens.insert(token, UserToken { secret, user: OWNER_ID, permission });
    Ok(form_answer(&reply))
}

/// `POST /1.1/oauth/invalidate_token`: ends the access token that signed the request.
pub(crate) fn invalidate(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<Answer, Problem> {
    oauth1::user(access, inbound, now)
        .map_err(|refusal| refusal.problem(Problem::invalid_token))?;
    let authorization = oauth1::parse(inbound).map_err(Problem::invalid_token)?;
    let token = authorization.token().unwrap_or_default();
    access.user_tokens.remove(token);
    access.ended.insert(token.to_owned());
    access.handshake.granted = None;
    Ok(Answer::json(200, &json!({ "access_token": token })))
}

/// X labels these forms as HTML.
fn form_answer(text: &str) -> Answer {
    Answer::new(200, Content::html(text))
}

fn new_token(length: usize) -> Result<String, Problem> {
    random::alphanumeric(length).map_err(Problem::internal)
}

fn bad_authentication(reason: String) -> Problem {
    Problem::legacy(401, 32, "Could not authenticate you.", None).because(reason)
}
