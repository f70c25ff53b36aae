//! One request from credential to reply, with everything a sandbox keeps in between.

use std::collections::VecDeque;

use crate::access::{self, Access, Identity};
use crate::call::Call;
use crate::exchange::{Answer, Inbound};
use crate::fault::Fault;
use crate::form;
use crate::limits::{Limits, Pool, Settings};
use crate::operations::Operation;
use crate::problem::Problem;
use crate::random;
use crate::record::{CredentialKind, Received, redacted};
use crate::route::{self, Route};
use crate::time::Time;
use crate::world::World;

/// The state of a sandbox.
pub(crate) struct Engine {
    pub(crate) access: Access,
    pub(crate) faults: VecDeque<Fault>,
    pub(crate) received: Vec<Received>,
    pub(crate) clock_offset: i64,
    world: World,
    limits: Limits,
}

/// How many requests are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// An endpoint apart from the operations: it issues or withdraws tokens.
type TokenEndpoint = fn(&mut Access, &Inbound, Time) -> Result<Answer, Problem>;

const TOKEN_ENDPOINTS: &[(&str, TokenEndpoint)] = &[
    ("/oauth2/token", access::issue_app_token),
    ("/oauth2/invalidate_token", access::invalidate_app_token),
    ("/oauth/request_token", access::request_token),
    ("/oauth/access_token", access::access_token),
    ("/1.1/oauth/invalidate_token", access::invalidate),
    ("/1.1/oauth/invalidate_token.json", access::invalidate),
];

impl Engine {
    pub(crate) fn new(access: Access, settings: Settings, clock_offset: i64) -> Self {
        Self {
            access,
            faults: VecDeque::new(),
            received: Vec::new(),
            world: World::seeded(Time::now(clock_offset)),
            limits: Limits::new(settings),
            clock_offset,
        }
    }

    /// The reply to a request, or the fault that is due.
    pub(crate) fn respond(&mut self, inbound: &Inbound) -> (Answer, Option<Fault>) {
        let now = Time::now(self.clock_offset);
        let fault = self.faults.pop_front();
        let mut record = Received {
            method: inbound.method.as_str().to_owned(),
            path: inbound.path.clone(),
            query: redacted(&inbound.query),
            operation: None,
            status: 0,
            credential: self.access.kind(inbound),
            reason: None,
        };
        let answer = match fault.as_ref().and_then(Fault::answer) {
            Some(answer) => {
                record.reason = Some("a fault was asked for".to_owned());
                answer
            }
            None => self.answer(inbound, now, &mut record),
        };
        record.status = answer.status;
        if self.received.len() >= REMEMBERED {
            self.received.drain(..REMEMBERED / 10);
        }
        self.received.push(record);
        let answer = answer.header("date", now.http_date());
        let transaction = random::hexadecimal().unwrap_or_default();
        (answer.header("x-transaction-id", transaction), fault)
    }

    fn answer(&mut self, inbound: &Inbound, now: Time, record: &mut Received) -> Answer {
        let mut headers = Vec::new();
        let outcome = self.outcome(inbound, now, record, &mut headers);
        let mut answer = outcome.unwrap_or_else(|problem| {
            record.reason = Some(problem.reason);
            Answer::json(problem.status, &problem.body)
        });
        answer.headers.extend(headers);
        answer
    }

    fn outcome(
        &mut self,
        inbound: &Inbound,
        now: Time,
        record: &mut Received,
        headers: &mut Vec<(&'static str, String)>,
    ) -> Result<Answer, Problem> {
        let endpoint = TOKEN_ENDPOINTS.iter().find(|(path, _)| *path == inbound.path);
        if let Some((_, endpoint)) = endpoint {
            if inbound.method != axum::http::Method::POST {
                headers.push(("allow", "POST".to_owned()));
                return Err(Problem::blank(405, "Method Not Allowed", "Method Not Allowed"));
            }
            return endpoint(&mut self.access, inbound, now);
        }
        let (operation, path) = match route::find(&inbound.method, &inbound.path) {
            Route::Found(operation, path) => (operation, path),
            Route::OtherMethods(methods) => {
                headers.push(("allow", methods.join(", ")));
                return Err(Problem::blank(405, "Method Not Allowed", "Method Not Allowed"));
            }
            Route::Unknown => return Err(Problem::blank(404, "Not Found", "Not Found")),
        };
        record.operation = Some(operation.id);
        // What is open to anyone counts as the App's.
        let identity = if operation.accepts.is_empty() {
            Identity::App
        } else {
            let identity = self.access.authenticate(inbound, now)?;
            permit(operation, &identity)?;
            identity
        };
        let pool = identity.user().map_or(Pool::App, Pool::User);
        let verdict = self.limits.count(pool, operation, now);
        headers.extend(verdict.headers);
        if !verdict.allowed {
            return Err(Problem::too_many_requests());
        }
        let query: Vec<_> = form::pairs(&inbound.query)
            .into_iter()
            .filter(|(name, _)| !name.starts_with("oauth_"))
            .collect();
        check_names(operation, &query)?;
        let call =
            Call { operation, path: &path, query: &query, body: &inbound.body, identity, now };
        (operation.handler)(&call, &mut self.world)
    }
}

/// Whether the operation takes this kind of credential, with these scopes.
fn permit(operation: &Operation, identity: &Identity) -> Result<(), Problem> {
    let kind = identity.kind();
    if !operation.accepts.contains(&kind) {
        let supported: Vec<_> = operation.accepts.iter().map(|kind| long_name(*kind)).collect();
        return Err(Problem::unsupported_authentication(long_name(kind), &supported.join(", ")));
    }
    let Identity::OAuth2 { scopes, .. } = identity else { return Ok(()) };
    let mut missing =
        operation.scopes.iter().filter(|scope| !scopes.iter().any(|has| has == *scope));
    missing.next().map_or(Ok(()), |scope| Err(Problem::missing_scope(scope)))
}

fn long_name(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::AppOnly => "OAuth 2.0 Application-Only",
        CredentialKind::OAuth1 => "OAuth 1.0a User Context",
        CredentialKind::OAuth2User => "OAuth 2.0 User Context",
        _ => "Unknown",
    }
}

/// Refuses parameters that the operation does not have, and repeated ones.
fn check_names(operation: &Operation, query: &[(String, String)]) -> Result<(), Problem> {
    for (index, (name, value)) in query.iter().enumerate() {
        let known = operation.query.iter().copied().flatten();
        if !known.clone().any(|known| known == name) {
            let names: Vec<_> = known.copied().collect();
            let names = names.join(",");
            let message = format!("The query parameter [{name}] is not one of [{names}]");
            return Err(Problem::invalid(name, value, message));
        }
        if query[..index].iter().any(|(earlier, _)| earlier == name) {
            let message = format!("The query parameter [{name}] must not be repeated");
            return Err(Problem::invalid(name, value, message));
        }
    }
    Ok(())
}
