//! `POST /2/oauth2/token` and `POST /2/oauth2/revoke`, with the errors that X sends.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Challenge, Code, Grant};
use crate::access::{Access, authorization, basic};
use crate::exchange::{Answer, Inbound};
use crate::form;
use crate::problem::Problem;
use crate::time::Time;

/// Exchanges a code or a refresh token, each of which works once.
pub(crate) fn issue(access: &mut Access, inbound: &Inbound, now: Time) -> Result<Answer, Problem> {
    let form = Form::of(inbound);
    let grant_type = form.required("grant_type")?;
    let client_id = client(access, inbound, &form)?;
    let grant = match grant_type.as_str() {
        "authorization_code" => by_code(access, &form, &client_id, now)?,
        "refresh_token" => by_refresh_token(access, &form, &client_id)?,
        other => {
            let description = "Value passed for the grant type was invalid.";
            let problem = Problem::oauth2(400, "unsupported_grant_type", description);
            return Err(problem.because(format!("there is no grant type {other:?}")));
        }
    };
    let scope = grant.scopes.join(" ");
    let pair = access.oauth2.new_pair(grant, now)?;
    let mut body = json!({
        "token_type": "bearer",
        "expires_in": pair.expires_in,
        "access_token": pair.access,
        "scope": scope,
    });
    if let Some(refresh) = pair.refresh {
        body["refresh_token"] = json!(refresh);
    }
    Ok(Answer::json(200, &body).header("cache-control", "no-store"))
}

/// Ends an access token, or a refresh token with the access tokens that came of it (RFC 7009). What
/// is unknown or ended already counts as revoked.
pub(crate) fn revoke(access: &mut Access, inbound: &Inbound, _: Time) -> Result<Answer, Problem> {
    let form = Form::of(inbound);
    let client_id = client(access, inbound, &form)?;
    let token = form.required("token")?;
    let oauth2 = &mut access.oauth2;
    if let Some(access_token) = oauth2.access_tokens.get_mut(&token) {
        check_owner(&access_token.grant, &client_id)?;
        access_token.revoked = true;
    } else if let Some(refresh_token) = oauth2.refresh_tokens.get_mut(&token) {
        check_owner(&refresh_token.grant, &client_id)?;
        refresh_token.revoked = true;
        let grant = refresh_token.grant.id;
        let tokens = oauth2.access_tokens.values_mut().filter(|token| token.grant.id == grant);
        tokens.for_each(|token| token.revoked = true);
    }
    Ok(Answer::json(200, &json!({ "revoked": true })))
}

fn by_code(access: &mut Access, form: &Form, client_id: &str, now: Time) -> Result<Grant, Problem> {
    let (code, redirect_uri) = (form.required("code")?, form.required("redirect_uri")?);
    let verifier = form.required("code_verifier")?;
    let invalid = |reason| {
        invalid_request("Value passed for the authorization code was invalid.").because(reason)
    };
    let codes = &mut access.oauth2.codes;
    match codes.get(&code) {
        None => return Err(invalid("the code is unknown, or was exchanged before")),
        Some(code) if code.asked.client_id != client_id => {
            return Err(invalid("the code was issued to another client"));
        }
        Some(_) => {}
    }
    // From here on the code is spent, whatever comes of it.
    let Some(Code { asked, user, expires }) = codes.remove(&code) else {
        return Err(invalid("the code is unknown"));
    };
    if expires <= now {
        return Err(invalid("the code is older than 30 seconds"));
    }
    if asked.redirect_uri != redirect_uri {
        let description =
            "Value passed for the redirect uri did not match the uri of the authorization code.";
        let reason =
            format!("redirect_uri is {redirect_uri:?}, the code's is {:?}", asked.redirect_uri);
        return Err(invalid_request(description).because(reason));
    }
    if !asked.challenge.is_met_by(&verifier) {
        let description = "Value passed for the code verifier did not match the code challenge.";
        return Err(invalid_request(description));
    }
    Ok(access.oauth2.new_grant(asked, user))
}

fn by_refresh_token(access: &mut Access, form: &Form, client_id: &str) -> Result<Grant, Problem> {
    let token = form.required("refresh_token")?;
    let oauth2 = &mut access.oauth2;
    let Some(known) = oauth2.refresh_tokens.get_mut(&token) else {
        return Err(invalid_token("the refresh token is unknown"));
    };
    check_owner(&known.grant, client_id)?;
    if known.revoked {
        return Err(invalid_token("the refresh token was revoked"));
    }
    if known.spent {
        oauth2.refreshes.reused += 1;
        return Err(invalid_token("the refresh token was used before"));
    }
    known.spent = true;
    oauth2.refreshes.rotated += 1;
    Ok(known.grant.clone())
}

/// Who asks: a confidential client by HTTP Basic, a public one by its name alone.
fn client(access: &Access, inbound: &Inbound, form: &Form) -> Result<String, Problem> {
    let keys = &access.keys;
    let in_form = form.get("client_id");
    let unknown = |reason| {
        Problem::oauth2(400, "invalid_client", "Value passed for the client id was invalid.")
            .because(reason)
    };
    // X's wording, also for a wrong secret.
    let unproven = |reason| {
        Problem::oauth2(401, "unauthorized_client", "Missing valid authorization header")
            .because(reason)
    };
    if authorization(inbound).is_none() {
        return match in_form {
            Some(id) if id == keys.public_client_id => Ok(id),
            Some(id) if id == keys.client_id => {
                Err(unproven("the client is confidential: HTTP Basic with id and secret is needed"))
            }
            Some(_) => Err(unknown("no App has this client_id")),
            None => Err(unproven("there is neither HTTP Basic nor client_id")),
        };
    }
    let Some((id, secret)) = basic::credentials(inbound) else {
        return Err(unproven("the authorization header is not HTTP Basic of id and secret"));
    };
    if id == keys.public_client_id {
        return Err(unknown("the client is public: it has no secret and sends client_id alone"));
    }
    if id != keys.client_id || in_form.is_some_and(|in_form| in_form != id) {
        return Err(unknown("no App has this client id, or client_id says otherwise"));
    }
    if secret != keys.client_secret {
        return Err(unproven("the client secret is wrong, or was regenerated"));
    }
    Ok(id)
}

fn check_owner(grant: &Grant, client_id: &str) -> Result<(), Problem> {
    if grant.client_id == client_id {
        return Ok(());
    }
    Err(invalid_token("the token was issued to another client"))
}

fn invalid_token(reason: &str) -> Problem {
    invalid_request("Value passed for the token was invalid.").because(reason)
}

fn invalid_request(description: &str) -> Problem {
    Problem::oauth2(400, "invalid_request", description)
}

impl Challenge {
    /// RFC 7636, section 4.6.
    fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => {
                *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
            }
        }
    }
}

/// The body of a token request: a form, as RFC 6749 has it, or JSON. twitter-api-v2 of npm sends nothing else, so X must
/// take it.
struct Form(Vec<(String, String)>);

impl Form {
    fn of(inbound: &Inbound) -> Self {
        if let Some(form) = inbound.form() {
            return Self(form::pairs(form));
        }
        let kind = inbound.header("content-type").unwrap_or_default();
        let json =
            kind.starts_with("application/json").then(|| serde_json::from_slice(&inbound.body));
        let members: HashMap<String, Value> = json.and_then(Result::ok).unwrap_or_default();
        let texts =
            members.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.into())));
        Self(texts.collect())
    }

    fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        (!value.is_empty()).then(|| value.clone())
    }

    fn required(&self, name: &str) -> Result<String, Problem> {
        let missing = || invalid_request(&format!("Missing required parameter [{name}]."));
        self.get(name).ok_or_else(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::Challenge;

    /// RFC 7636, appendix B.
    #[test]
    fn the_published_verifier_meets_the_published_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned();
        assert!(Challenge::S256(challenge.clone()).is_met_by(verifier));
        assert!(!Challenge::Plain(challenge.clone()).is_met_by(verifier));
        assert!(!Challenge::S256(challenge.clone()).is_met_by(&challenge));
        assert!(Challenge::Plain(challenge.clone()).is_met_by(&challenge));
    }
}
