//! X's refusals, in every shape that X gives them.

use std::fmt;

use bearer::ClockSkew;
use http::StatusCode;

use super::excerpt;
use crate::{
    endpoint::{LimitKind, RateLimits},
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
    /// What X says is wrong: the problem of the whole call first. Empty when the body says nothing,
    /// or is longer than 64 KiB, which no error of X is.
    pub problems: Vec<Problem>,
    /// The limits that the call counted against.
    pub rate_limits: RateLimits,
    /// X's name for this exchange, to quote when you ask X about it.
    pub transaction_id: Option<String>,
    /// How far this machine's clock is from X's, if that is more than a minute and X refused the
    /// credential: signatures depend on the time.
    pub clock_skew: Option<ClockSkew>,
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
        let (kept, rest) = body.split_at(body.len().min(Self::KEPT));
        let problem = serde_json::from_slice::<Problem>(kept).ok().filter(|_| rest.is_empty());
        let problems = problem.map(Problem::flatten).unwrap_or_default();
        Self {
            operation,
            status,
            problems,
            rate_limits,
            transaction_id,
            clock_skew: None,
            body: kept.into(),
        }
    }

    /// The body as it came, cut off after 64 KiB.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether one of the problems is of this kind.
    pub fn is(&self, kind: &ProblemKind) -> bool {
        self.problems.iter().any(|problem| problem.kind() == *kind)
    }

    /// Which limit a 429 is about; `None` for any other status.
    pub fn limit_kind(&self) -> Option<LimitKind> {
        if self.status != StatusCode::TOO_MANY_REQUESTS {
            None
        } else if self.is(&ProblemKind::UsageCapped) {
            Some(LimitKind::Cap)
        } else {
            Some(self.rate_limits.kind_of_refusal())
        }
    }

    /// Whether one of the problems has this code of the older API.
    pub fn has_code(&self, code: u64) -> bool {
        self.problems.iter().any(|problem| problem.code == Some(code))
    }

    /// What to do next, in one sentence.
    pub fn explain(&self) -> &'static str {
        let by_kind = self.problems.iter().find_map(|problem| self.next_step_by_kind(problem));
        let by_code = || self.problems.iter().find_map(|p| self.next_step_by_code(p.code?));
        by_kind.or_else(by_code).unwrap_or_else(|| self.next_step_by_status())
    }

    fn next_step_by_status(&self) -> &'static str {
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
            429 => self.next_step_by_limits(),
            500..=599 => "X has a problem of its own: send it again in a while",
            _ => "look at the body",
        }
    }

    fn next_step_by_kind(&self, problem: &Problem) -> Option<&'static str> {
        Some(match problem.kind() {
            ProblemKind::ClientForbidden
                if problem.reason.as_deref() == Some("client-not-enrolled") =>
            {
                "attach the App to a Project with access in the developer console"
            }
            ProblemKind::UsageCapped => {
                "the cap of this cycle is spent: raise it, or wait for the next"
            }
            ProblemKind::RateLimitExceeded => self.next_step_by_limits(),
            ProblemKind::UnsupportedAuthentication => {
                "use a credential of a kind that this operation accepts"
            }
            ProblemKind::NotAuthorizedForResource => {
                "the account is protected or the user did not grant this: ask with a user who may \
                 see it"
            }
            ProblemKind::ResourceNotFound => "it does not exist, or no longer",
            ProblemKind::CreditsDepleted => {
                "the App is out of credits: buy credits in the developer console"
            }
            ProblemKind::DuplicateRules => "the rule exists already: nothing is left to do",
            ProblemKind::RuleCap => "delete rules that are not needed, or ask for more",
            ProblemKind::StreamingConnection => {
                "close the other connection, or end it by /2/connections"
            }
            _ => return None,
        })
    }

    /// The codes that X's documentation names.
    fn next_step_by_code(&self, code: u64) -> Option<&'static str> {
        Some(match code {
            32 | 99 => {
                "check API key and secret: regenerating them in the console ended the old ones"
            }
            88 => self.next_step_by_limits(),
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

    /// The body of such an error says little: which limit is spent stands in the headers.
    fn next_step_by_limits(&self) -> &'static str {
        match self.rate_limits.kind_of_refusal() {
            LimitKind::AppDay | LimitKind::UserDay => {
                "a limit of 24 hours is spent: wait until it resets, which the window's end is not"
            }
            LimitKind::Window => "wait until the window resets, then send it again",
            LimitKind::Cap => {
                "no limit that X names is spent, so it is a cap: look it up in the developer \
                 console"
            }
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status)?;
        // The first speaks of the whole call, often without saying what is wrong.
        let texts: Vec<_> = self.problems.iter().filter_map(Problem::text).take(3).collect();
        if !texts.is_empty() {
            write!(f, ": {}", excerpt(&texts.join(" "), 400))?;
        }
        match self.clock_skew {
            Some(skew) => write!(f, " ({skew})"),
            None => write!(f, " ({})", self.explain()),
        }
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
            .field("clock_skew", &self.clock_skew)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ApiError {}
