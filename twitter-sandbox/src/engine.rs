//! One request from credential to reply, with everything a sandbox keeps in between.

use std::collections::VecDeque;

use crate::access::{Access, Identity, TOKEN_ENDPOINTS};
use crate::call::Call;
use crate::exchange::{Answer, Inbound};
use crate::fault::Fault;
use crate::form;
use crate::limits::{Limits, Pool, Settings};
use crate::operations::Operation;
use crate::ops::compliance;
use crate::permit::permit;
use crate::problem::Problem;
use crate::random;
use crate::record::{Received, redacted};
use crate::route::{self, Route};
use crate::time::Time;
use crate::world::World;

/// The state of a sandbox.
pub(crate) struct Engine {
    pub(crate) access: Access,
    pub(crate) faults: VecDeque<Fault>,
    pub(crate) received: VecDeque<Received>,
    /// How many requests came, those that are forgotten among them.
    pub(crate) requests: u64,
    /// Milliseconds that the clock is ahead of the system's.
    pub(crate) clock_offset: i64,
    pub(crate) world: World,
    limits: Limits,
}

/// How many requests are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

impl Engine {
    pub(crate) fn new(access: Access, settings: Settings, clock_offset: i64) -> Self {
        Self {
            access,
            faults: VecDeque::new(),
            received: VecDeque::new(),
            requests: 0,
            world: World::seeded(Time::now(clock_offset)),
            limits: Limits::new(settings),
            clock_offset,
        }
    }

    /// The sandbox's clock.
    pub(crate) fn now(&self) -> Time {
        Time::now(self.clock_offset)
    }

    /// The reply to a request, or the fault that is due.
    pub(crate) fn respond(&mut self, inbound: &Inbound) -> (Answer, Option<Fault>) {
        let now = self.now();
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
        let mut answer = match fault.as_ref().and_then(Fault::answer) {
            Some(answer) => {
                record.reason = Some("a fault was asked for".to_owned());
                answer
            }
            None => self.answer(inbound, now, &mut record),
        };
        if fault == Some(Fault::LoseReply) {
            answer.content = answer.content.cut();
        }
        record.status = answer.status;
        if self.received.len() == REMEMBERED {
            self.received.pop_front();
        }
        self.received.push_back(record);
        self.requests += 1;
        let answer = answer.header("date", now.http_date());
        let transaction = random::hexadecimal().unwrap_or_default();
        (answer.header("x-transaction-id", transaction), fault)
    }

    /// Notes the status of a reply that waited for a challenge.
    pub(crate) fn settled(&mut self, path: &str, status: u16) {
        let waiting = |record: &&mut Received| record.status == 0 && record.path == path;
        if let Some(record) = self.received.iter_mut().find(waiting) {
            record.status = status;
            record.reason = (status >= 400).then(|| "the webhook failed its challenge".to_owned());
        }
    }

    fn answer(&mut self, inbound: &Inbound, now: Time, record: &mut Received) -> Answer {
        let mut headers = Vec::new();
        let outcome = self.outcome(inbound, now, record, &mut headers);
        let mut answer = outcome.unwrap_or_else(|problem| {
            let answer = problem.answer();
            record.reason = Some(problem.reason);
            answer
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
        let mut endpoints =
            TOKEN_ENDPOINTS.iter().filter(|(_, path, _)| *path == inbound.path).peekable();
        if endpoints.peek().is_some() {
            let methods: Vec<_> = endpoints.clone().map(|(method, ..)| *method).collect();
            let endpoint = endpoints.find(|(method, ..)| inbound.method == *method);
            let Some((.., endpoint)) = endpoint else {
                return Err(other_methods(methods, headers));
            };
            return endpoint(&mut self.access, inbound, now);
        }
        if inbound.path.starts_with(compliance::STORAGE) {
            return compliance::storage(inbound, &mut self.world, now);
        }
        let (operation, path) = match route::find(&inbound.method, &inbound.path) {
            Route::Found(operation, path) => (operation, path),
            Route::OtherMethods(methods) => return Err(other_methods(methods, headers)),
            Route::Unknown => return Err(Problem::blank(404, "Not Found", "Not Found")),
        };
        record.operation = Some(operation.id);
        // What is open to anyone counts as the App's.
        let identity = if operation.accepts.is_empty() {
            Identity::App
        } else {
            let identity = self.access.authenticate(inbound, now)?;
            if let Identity::OAuth1 { permission, .. } = &identity {
                headers.push(("x-access-level", permission.header().to_owned()));
            }
            if !self.access.enrolled {
                return Err(Problem::not_enrolled());
            }
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
        let call = Call {
            operation,
            path: &path,
            query: &query,
            body: &inbound.body,
            identity,
            host: &inbound.host,
            now,
        };
        (operation.handler)(&call, &mut self.world)
    }
}

fn other_methods(methods: Vec<&str>, headers: &mut Vec<(&'static str, String)>) -> Problem {
    headers.push(("allow", methods.join(", ")));
    Problem::blank(405, "Method Not Allowed", "Method Not Allowed")
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
