//! X's refusals, in every shape that X gives them.

use std::fmt;

use bearer::ClockSkew;
use http::StatusCode;

use super::excerpt;
use crate::{
    auth::Kind,
    endpoint::{
        LimitKind, RateLimits,
        causes::{self, Cause, Seen},
    },
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
    /// The kind of credential that was used, where it is known: [`reply`](crate::endpoint::reply) is
    /// not told, a [`Call`](crate::endpoint::Call) is.
    pub credential: Option<Kind>,
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
            credential: None,
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

    /// Why X refused, by the [table of causes](crate::endpoint::causes).
    pub fn why(&self) -> &'static Cause {
        let depends_on_time = !matches!(self.credential, Some(Kind::AppToken | Kind::OAuth2User));
        if self.clock_skew.is_some() && depends_on_time {
            return &causes::CLOCK_OFF;
        }
        let is_limit = self.is(&ProblemKind::RateLimitExceeded) || self.has_code(88);
        let by_headers = || is_limit.then(|| self.rate_limits.kind_of_refusal());
        causes::of(&Seen {
            problems: &self.problems,
            status: Some(self.status.as_u16()),
            limit: self.limit_kind().or_else(by_headers),
            credential: self.credential,
            operation: self.operation,
            is_page: self.body.trim_ascii_start().starts_with(b"<"),
        })
    }

    /// What to do next, in one sentence.
    pub fn explain(&self) -> &'static str {
        self.why().next
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
        let cause = self.why();
        match self.clock_skew {
            Some(skew) if *cause == causes::CLOCK_OFF => write!(f, " ({skew})"),
            Some(skew) => write!(f, " ({cause}; {skew})"),
            None => write!(f, " ({cause})"),
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
            .field("credential", &self.credential)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ApiError {}
