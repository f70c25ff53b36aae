//! The pages of OAuth 1.0a: `oauth/authorize`, `oauth/authenticate`, and what follows a click.

use super::handshake::OUT_OF_BAND;
use super::{Access, OWNER_NAME};
use crate::exchange::{Answer, Inbound};
use crate::form;
use crate::html::{self, Consent, TICKET};
use crate::problem::Problem;
use crate::random;
use crate::time::Time;

/// `GET /oauth/authorize`: always asks. `force_login` and `screen_name` change nothing: the owner
/// is the one account that is signed in.
pub(crate) fn authorize(
    access: &mut Access,
    inbound: &Inbound,
    _: Time,
) -> Result<Answer, Problem> {
    ask(access, inbound)
}

/// `GET /oauth/authenticate`: asks only for what was not granted before, unless `force_login` is
/// `true`. A PIN is never shown unasked.
pub(crate) fn authenticate(
    access: &mut Access,
    inbound: &Inbound,
    _: Time,
) -> Result<Answer, Problem> {
    let token = form::value(&inbound.query, "oauth_token").unwrap_or_default();
    let forced = form::value(&inbound.query, "force_login").as_deref() == Some("true");
    let granted = access.handshake.granted;
    let asked = access.handshake.pending.get(&token);
    let skips = asked.is_some_and(|pending| {
        pending.callback != OUT_OF_BAND && granted >= Some(pending.permission)
    });
    if skips && !forced { allow(access, &token) } else { ask(access, inbound) }
}

/// `POST` of the form: on with the verifier, with `denied`, or to the page with the PIN.
pub(crate) fn decide(access: &mut Access, inbound: &Inbound, _: Time) -> Result<Answer, Problem> {
    let sent = |name| form::value(inbound.form().unwrap_or_default(), name).unwrap_or_default();
    let Some(token) = access.handshake.tickets.remove(&sent(TICKET)) else {
        return Err(Problem::page(html::STALE));
    };
    if sent("decision") == "allow" {
        return allow(access, &token);
    }
    match access.handshake.pending.remove(&token) {
        Some(pending) if pending.callback != OUT_OF_BAND => {
            Ok(html::redirect(&form::with_parameter(&pending.callback, "denied", &token)))
        }
        _ => Ok(html::denied()),
    }
}

fn ask(access: &mut Access, inbound: &Inbound) -> Result<Answer, Problem> {
    let token = form::value(&inbound.query, "oauth_token").unwrap_or_default();
    let handshake = &mut access.handshake;
    let pending = handshake.pending.get(&token).ok_or_else(unknown)?;
    let ticket = random::alphanumeric(40).map_err(Problem::internal)?;
    let returns_to = Some(pending.callback.as_str()).filter(|callback| *callback != OUT_OF_BAND);
    let consent = Consent {
        action: &inbound.path,
        ticket: &ticket,
        rights: pending.permission.rights(),
        returns_to,
    };
    let page = html::consent(&consent, OWNER_NAME);
    handshake.tickets.insert(ticket, token);
    Ok(page)
}

fn allow(access: &mut Access, token: &str) -> Result<Answer, Problem> {
    let verifier = access.handshake.approve(token).ok_or_else(unknown)?;
    let callback = &access.handshake.pending.get(token).ok_or_else(unknown)?.callback;
    if callback == OUT_OF_BAND {
        return Ok(html::pin(&verifier));
    }
    let url = form::with_parameter(callback, "oauth_token", token);
    Ok(html::redirect(&form::with_parameter(&url, "oauth_verifier", &verifier)))
}

fn unknown() -> Problem {
    Problem::page(
        "oauth_token: the request token for this page is invalid. It may have been used already. \
         Ask for a new one.",
    )
}
