//! The consent page of OAuth 2.0: `/i/oauth2/authorize`.

use super::{Asked, Challenge};
use crate::access::{Access, OWNER_NAME, scopes};
use crate::exchange::{Answer, Inbound};
use crate::form;
use crate::html::{self, Consent, TICKET};
use crate::keys::OWNER_ID;
use crate::problem::Problem;
use crate::random;
use crate::time::Time;

/// The longest state that X takes, in characters.
const STATE_LIMIT: usize = 500;

/// `GET`: shows the page, or says what is wrong. A wrong request is never sent back to the App.
pub(crate) fn show(access: &mut Access, inbound: &Inbound, _: Time) -> Result<Answer, Problem> {
    let asked = read(access, &inbound.query)?;
    let ticket = random::alphanumeric(40).map_err(Problem::internal)?;
    let consent = Consent {
        action: &inbound.path,
        ticket: &ticket,
        rights: asked.scopes.iter().filter_map(|scope| scopes::phrase(scope)).collect(),
        returns_to: Some(&asked.redirect_uri),
    };
    let page = html::consent(&consent, OWNER_NAME);
    access.oauth2.tickets.insert(ticket, asked);
    Ok(page)
}

/// `POST` of the form: back to the App with a code, or with `access_denied`.
pub(crate) fn decide(access: &mut Access, inbound: &Inbound, now: Time) -> Result<Answer, Problem> {
    let sent = |name| form::value(inbound.form().unwrap_or_default(), name).unwrap_or_default();
    let asked = access.oauth2.tickets.remove(&sent(TICKET));
    let asked = asked.ok_or_else(|| Problem::page(html::STALE))?;
    let url = if sent("decision") == "allow" {
        allow(access, asked, OWNER_ID, now)?
    } else {
        let url = form::with_parameter(&asked.redirect_uri, "error", "access_denied");
        form::with_parameter(&url, "state", &asked.state)
    };
    Ok(html::redirect(&url))
}

/// Consents without a browser, as any user.
pub(crate) fn approve(
    access: &mut Access,
    url: &str,
    user: u64,
    now: Time,
) -> Result<String, Problem> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let asked = read(access, query)?;
    allow(access, asked, user, now)
}

fn allow(access: &mut Access, asked: Asked, user: u64, now: Time) -> Result<String, Problem> {
    let (redirect_uri, state) = (asked.redirect_uri.clone(), asked.state.clone());
    let code = access.oauth2.new_code(asked, user, now)?;
    let url = form::with_parameter(&redirect_uri, "state", &state);
    Ok(form::with_parameter(&url, "code", &code))
}

/// Reads an authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3).
fn read(access: &Access, query: &str) -> Result<Asked, Problem> {
    let pairs = form::pairs(query);
    let required = |name: &str| {
        let mut values = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(value), None) if !value.is_empty() => Ok(value.clone()),
            (Some(_), Some(_)) => Err(Problem::page(format!("{name}: it comes twice"))),
            _ => Err(Problem::page(format!("{name}: it is missing"))),
        }
    };
    let response_type = required("response_type")?;
    if response_type != "code" {
        return Err(Problem::page(format!("response_type: it must be code, not {response_type}")));
    }
    let client_id = required("client_id")?;
    if client_id != access.keys.client_id && client_id != access.keys.public_client_id {
        return Err(Problem::page(format!("client_id: no App has the client id {client_id}")));
    }
    let redirect_uri = required("redirect_uri")?;
    if !access.redirect_uris.contains(&redirect_uri) {
        return Err(Problem::page(access.unregistered("redirect_uri", &redirect_uri)));
    }
    let scopes: Vec<_> = required("scope")?.split(' ').map(str::to_owned).collect();
    if let Some(unknown) = scopes.iter().find(|scope| scopes::phrase(scope).is_none()) {
        return Err(Problem::page(format!("scope: X has no scope {unknown:?}")));
    }
    let state = required("state")?;
    if state.chars().count() > STATE_LIMIT {
        return Err(Problem::page(format!("state: it is longer than {STATE_LIMIT} characters")));
    }
    let challenge = required("code_challenge")?;
    let challenge = match required("code_challenge_method")?.as_str() {
        // RFC 7636 has the capital letter alone. twitter-api-v2 of npm sends the small one, so X must take it.
        "S256" | "s256" => Challenge::S256(challenge),
        "plain" => Challenge::Plain(challenge),
        other => {
            let reason = format!("code_challenge_method: it is S256 or plain, not {other}");
            return Err(Problem::page(reason));
        }
    };
    Ok(Asked { client_id, redirect_uri, scopes, state, challenge })
}
