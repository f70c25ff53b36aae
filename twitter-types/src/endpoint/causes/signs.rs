//! What a cause is recognized by.

use std::{fmt, ops::RangeInclusive};

use super::Cause;
use crate::{auth::Kind, endpoint::LimitKind, problem::Problem};

/// What a cause is recognized by.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Sign {
    /// An answer that has all of these.
    Answer(Signs),
    /// The variant of an error that has no answer of X to go by.
    Variant(&'static str),
}

/// What an answer has. What is `None` or empty says nothing; the first four are said by one and the
/// same problem.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Signs {
    /// The last segment of the problem's type, such as `client-forbidden`.
    pub problem: Option<&'static str>,
    /// The problem's `reason`, `connection_issue`, `disconnect_type` or `period`.
    pub reason: Option<&'static str>,
    /// The code of the older API.
    pub code: Option<u64>,
    /// The error code of RFC 6749, section 5.2.
    pub error: Option<&'static str>,
    /// Words of any of the problems, in lower case, whatever their case is there.
    pub words: Option<&'static str>,
    /// The least and the greatest status.
    pub status: Option<(u16, u16)>,
    /// The limit that is spent.
    pub limit: Option<LimitKind>,
    /// The kind of credential that was used.
    pub credential: Option<Kind>,
    /// The operations, by their `operationId`.
    pub operations: &'static [&'static str],
    /// Whether the body is a page for people.
    pub is_page: bool,
}

/// What there is to go by.
#[derive(Clone, Copy, Default)]
pub(in crate::endpoint) struct Seen<'a> {
    pub(in crate::endpoint) problems: &'a [Problem],
    pub(in crate::endpoint) status: Option<u16>,
    pub(in crate::endpoint) limit: Option<LimitKind>,
    pub(in crate::endpoint) credential: Option<Kind>,
    pub(in crate::endpoint) operation: &'a str,
    pub(in crate::endpoint) is_page: bool,
}

impl Signs {
    /// Nothing, which every answer has.
    pub(super) const ANY: Self = Self {
        problem: None,
        reason: None,
        code: None,
        error: None,
        words: None,
        status: None,
        limit: None,
        credential: None,
        operations: &[],
        is_page: false,
    };

    pub(super) const fn problem(problem: &'static str) -> Self {
        Self { problem: Some(problem), ..Self::ANY }
    }

    pub(super) const fn code(code: u64) -> Self {
        Self { code: Some(code), ..Self::ANY }
    }

    pub(super) const fn error(error: &'static str) -> Self {
        Self { error: Some(error), ..Self::ANY }
    }

    pub(super) const fn status(status: u16) -> Self {
        Self::statuses(status..=status)
    }

    pub(super) const fn statuses(range: RangeInclusive<u16>) -> Self {
        Self { status: Some((*range.start(), *range.end())), ..Self::ANY }
    }

    pub(super) const fn limit(limit: LimitKind) -> Self {
        Self { limit: Some(limit), ..Self::ANY }
    }

    pub(super) const fn words(self, words: &'static str) -> Self {
        Self { words: Some(words), ..self }
    }

    pub(super) const fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    pub(super) const fn by(self, credential: Kind) -> Self {
        Self { credential: Some(credential), ..self }
    }

    pub(super) const fn of(self, operations: &'static [&'static str]) -> Self {
        Self { operations, ..self }
    }

    pub(super) const fn on_page(self) -> Self {
        Self { is_page: true, ..self }
    }

    /// The row of the table with these signs.
    pub(super) const fn mean(
        self,
        id: &'static str,
        means: &'static str,
        next: &'static str,
    ) -> Cause {
        Cause { id, sign: Sign::Answer(self), means, next }
    }

    /// Whether an answer has all of these.
    pub(super) fn fit(&self, seen: &Seen<'_>) -> bool {
        (self.is_about_no_problem()
            || seen.problems.iter().any(|problem| self.fit_problem(problem)))
            && self.words.is_none_or(|words| seen.problems.iter().any(|it| says(it, words)))
            && self.status.is_none_or(|(least, greatest)| {
                seen.status.is_some_and(|status| (least..=greatest).contains(&status))
            })
            && self.limit.is_none_or(|limit| seen.limit == Some(limit))
            && self.credential.is_none_or(|kind| seen.credential == Some(kind))
            && (self.operations.is_empty() || self.operations.contains(&seen.operation))
            && (!self.is_page || seen.is_page)
    }

    const fn is_about_no_problem(&self) -> bool {
        self.problem.is_none()
            && self.reason.is_none()
            && self.code.is_none()
            && self.error.is_none()
    }

    fn fit_problem(&self, problem: &Problem) -> bool {
        let reasons =
            [&problem.reason, &problem.connection_issue, &problem.disconnect_type, &problem.period];
        self.problem.is_none_or(|name| problem.kind().as_str() == name)
            && self.reason.is_none_or(|reason| reasons.iter().any(|r| r.as_deref() == Some(reason)))
            && self.code.is_none_or(|code| problem.code == Some(code))
            && self.error.is_none_or(|error| problem.error.as_deref() == Some(error))
    }
}

fn says(problem: &Problem, words: &str) -> bool {
    let texts = [&problem.detail, &problem.message, &problem.error_description];
    texts.into_iter().flatten().any(|text| text.to_ascii_lowercase().contains(words))
}

/// As the table of the module shows it.
impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(signs) => signs.fmt(f),
            Self::Variant(variant) => write!(f, "`{variant}`"),
        }
    }
}

impl fmt::Display for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map(|(least, greatest)| {
            if least == greatest { least.to_string() } else { format!("{least} to {greatest}") }
        });
        let quoted = |text: &str| format!("`{text}`");
        let limit = self.limit.map(|limit| match limit {
            LimitKind::Window => "429 in a window",
            LimitKind::AppDay => "429 in the App's day",
            LimitKind::UserDay => "429 in the user's day",
            LimitKind::Cap => "429 in no limit of the headers",
        });
        let credential = self.credential.map(|kind| match kind {
            Kind::AppToken => "app-only token",
            Kind::OAuth1User => "OAuth 1.0a",
            Kind::OAuth2User => "OAuth 2.0",
        });
        let parts = [
            status,
            limit.map(str::to_owned),
            self.problem.map(quoted),
            self.reason.map(quoted),
            self.code.map(|code| format!("code {code}")),
            self.error.map(quoted),
            self.words.map(|words| format!("\"{words}\"")),
            credential.map(str::to_owned),
            self.is_page.then(|| "a web page".to_owned()),
        ];
        let operations = self.operations.iter().map(|operation| quoted(operation));
        let parts: Vec<_> = parts.into_iter().flatten().chain(operations).collect();
        f.write_str(if parts.is_empty() { "anything else" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}
