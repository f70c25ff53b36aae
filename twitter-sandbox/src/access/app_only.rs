//! The App's own bearer token: issued and invalidated.

use serde_json::json;

use super::{Access, authorization, basic, oauth1};
use crate::exchange::{Answer, Inbound};
use crate::form;
use crate::keys::{self, OWNER_ID};
use crate::problem::Problem;
use crate::time::Time;

/// `POST /oauth2/token`: the App's token, the same one until it is invalidated.
pub(crate) fn issue(access: &mut Access, inbound: &Inbound, _: Time) -> Result<Answer, Problem> {
    basic(access, inbound)?;
    let grant = form::value(inbound.form().unwrap_or_default(), "grant_type");
    if grant.as_deref() != Some("client_credentials") {
        return Err(refusal("grant_type must be client_credentials, in a form body"));
    }
    let token = match &access.app_token {
        Some(token) => token.clone(),
        None => keys::bearer_token().map_err(Problem::internal)?,
    };
    access.app_token = Some(token.clone());
    Ok(Answer::json(200, &json!({ "token_type": "bearer", "access_token": token })))
}

/// `POST /oauth2/invalidate_token`, in both documented ways: with HTTP Basic and the token in the
/// form body, or signed by the App's owner with the token in the query.
pub(crate) fn invalidate(
    access: &mut Access,
    inbound: &Inbound,
    now: Time,
) -> Result<Answer, Problem> {
    let signed = authorization(inbound)
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("oauth"))
        || oauth1::in_request(inbound);
    if signed {
        let signer = oauth1::user(access, inbound, now);
        let (user, _) = signer.map_err(|refusal| refusal.problem(Problem::invalid_token))?;
        if user != OWNER_ID {
            return Err(refusal("only the App's owner may invalidate its token"));
        }
    } else {
        basic(access, inbound)?;
    }
    let live = access.app_token.clone().ok_or_else(|| refusal("the App has no live token"))?;
    let named = |text: &str| {
        let raw = text.split('&').find_map(|pair| pair.strip_prefix("access_token="));
        raw == Some(live.as_str()) || form::value(text, "access_token").as_ref() == Some(&live)
    };
    if named(inbound.form().unwrap_or_default()) || named(&inbound.query) {
        access.app_token = None;
        access.ended.insert(live.clone());
        Ok(Answer::json(200, &json!({ "access_token": live })))
    } else {
        Err(refusal("access_token is missing, or not the App's live token"))
    }
}

/// Checks HTTP Basic with API key and secret.
fn basic(access: &Access, inbound: &Inbound) -> Result<(), Problem> {
    let Some((key, secret)) = basic::credentials(inbound) else {
        return Err(refusal("HTTP Basic with API key and secret is expected"));
    };
    if key == access.keys.api_key && secret == access.keys.api_secret {
        Ok(())
    } else {
        Err(refusal("API key or secret is wrong"))
    }
}

/// X gives this one answer to nearly everything that is wrong with a token request.
fn refusal(reason: &str) -> Problem {
    let label = Some("authenticity_token_error");
    Problem::legacy(403, 99, "Unable to verify your credentials", label).because(reason)
}
