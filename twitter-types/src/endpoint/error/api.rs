//! X's refusals, in every shape that X gives them.

use std::fmt;

use http::StatusCode;

use super::excerpt;
use crate::{
    endpoint::RateLimits,
    problem::{Problem, ProblemKind},
};

/// X answered, and refused: status, problems, and the raw body.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The `operationId` of the call.
    pub operation: &'static str,
    /// The status.
    pub status: StatusCode,
    /// What X says is wrong: the problem of the whole call first. Empty when the body says nothing.
    pub problems: Vec<Problem>,
    /// The limits that the call counted against.
    pub rate_limits: RateLimits,
    /// X's name for this exchange, to quote when you ask X about it.
    pub transaction_id: Option<String>,
    body: Box<[u8]>,
}

impl ApiError {
    /// As much of a body as an error keeps, in bytes.
    const KEPT: usize = 64 * 1024;

    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        rate_limits: RateLimits,
        transaction_id: Option<String>,
        body: &[u8],
    ) -> Self {
        let problems = serde_json::from_slice::<Problem>(body).map(Problem::flatten);
        let body = body[..body.len().min(Self::KEPT)].into();
        let problems = problems.unwrap_or_default();
        Self { operation, status, problems, rate_limits, transaction_id, body }
    }

    /// The body as it came, cut off after 64 KiB.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether one of the problems is of this kind.
    pub fn is(&self, kind: &ProblemKind) -> bool {
        self.problems.iter().any(|problem| problem.kind() == *kind)
    }

    /// Whether one of the problems has this code of the older API.
    pub fn has_code(&self, code: u64) -> bool {
        self.problems.iter().any(|problem| problem.code == Some(code))
    }

    /// What to do next, in one sentence.
    pub fn explain(&self) -> &'static str {
        let by_kind = self.problems.iter().find_map(|problem| next_step(&problem.kind(), problem));
        let by_code = || self.problems.iter().find_map(|problem| next_step_by_code(problem.code?));
        by_kind.or_else(by_code).unwrap_or_else(|| self.next_step_by_status())
    }

    fn next_step_by_status(&self) -> &'static str {
        let out_of_window = self.rate_limits.window.is_some_and(|window| window.remaining == 0);
        match self.status.as_u16() {
            300..=399 => "X does not redirect: check the base URL; the redirect was not followed",
            400 => "check the parameters against the operation's reference",
            401 => {
                "check that the keys are those of this App, that none was regenerated since, and \
                 that this machine's clock is right"
            }
            402 => "the App is out of credits: buy credits in the developer console",
            403 => {
                "the credential may not do this: check the App's permissions and scopes in the \
                 developer console, and log the user in again after a change"
            }
            404 => "check the id or name, and the base URL",
            409 => "the resource is not in a state that allows this; a stream needs a rule first",
            429 if out_of_window => "wait until the window resets, then send it again",
            429 => "a daily limit or a cap is spent: waiting for the window will not help",
            500..=599 => "X has a problem of its own: send it again in a while",
            _ => "look at the body",
        }
    }
}

fn next_step(kind: &ProblemKind, problem: &Problem) -> Option<&'static str> {
    Some(match kind {
        ProblemKind::ClientForbidden if problem.reason.as_deref() == Some("client-not-enrolled") => {
            "attach the App to a Project with access in the developer console"
        }
        ProblemKind::UsageCapped => "the cap of this cycle is spent: raise it, or wait for the next",
        ProblemKind::UnsupportedAuthentication => {
            "use a credential of a kind that this operation accepts"
        }
        ProblemKind::NotAuthorizedForResource => {
            "the account is protected or the user did not grant this: ask with a user who may see it"
        }
        ProblemKind::ResourceNotFound => "it does not exist, or no longer",
        ProblemKind::CreditsDepleted => {
            "the App is out of credits: buy credits in the developer console"
        }
        ProblemKind::DuplicateRules => "the rule exists already: nothing is left to do",
        ProblemKind::RuleCap => "delete rules that are not needed, or ask for more",
        ProblemKind::StreamingConnection => "close the other connection, or end it by /2/connections",
        _ => return None,
    })
}

/// The codes that X's documentation names.
fn next_step_by_code(code: u64) -> Option<&'static str> {
    Some(match code {
        32 | 99 => "check API key and secret: regenerating them in the console ended the old ones",
        88 => "wait until the window resets, then send it again",
        89 => "the token was revoked or regenerated: obtain a new one",
        93 => "allow direct messages in the App's permissions, then log the user in again",
        135 => "set this machine's clock: the signature's timestamp is out of X's window",
        187 => "X refuses to post the same text twice: change it",
        215 => "X saw no credential that it understands: check how the request is authorized",
        220 => "use a user's credential: this operation does not accept an app-only token",
        415 => "add the callback URL, to the letter, to the App's settings in the console",
        _ => return None,
    })
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status)?;
        if let Some(text) = self.problems.iter().find_map(Problem::text) {
            write!(f, ": {}", excerpt(text, 300))?;
        }
        write!(f, " ({})", self.explain())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("problems", &self.problems)
            .field("rate_limits", &self.rate_limits)
            .field("transaction_id", &self.transaction_id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ApiError {}
