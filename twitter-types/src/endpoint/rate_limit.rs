//! What a reply says of the limits that it counted against.

use http::{HeaderMap, HeaderName};

use crate::timestamp::Timestamp;

/// How often an operation may be called in a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Calls per window.
    pub limit: u32,
    /// Calls left in this window.
    pub remaining: u32,
    /// When the next window begins.
    pub reset: Timestamp,
}

/// The limits that a reply names: X sends the first with every reply, the others with few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimits {
    /// The operation's window, most often 15 minutes: `x-rate-limit-…`.
    pub window: Option<RateLimit>,
    /// The App's day: `x-app-limit-24hour-…`.
    pub app_day: Option<RateLimit>,
    /// The user's day: `x-user-limit-24hour-…`.
    pub user_day: Option<RateLimit>,
}

/// What a refusal by 429 is about. Only a window is worth waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// The operation's window, most often 15 minutes.
    Window,
    /// The App's day.
    AppDay,
    /// The user's day.
    UserDay,
    /// A cap on what may be read or spent, of which the headers say nothing.
    Cap,
}

impl RateLimits {
    /// Reads a reply's headers; a limit that is not complete, or is no number, is none.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        Self {
            window: RateLimit::from_headers(headers, &WINDOW),
            app_day: RateLimit::from_headers(headers, &APP_DAY),
            user_day: RateLimit::from_headers(headers, &USER_DAY),
        }
    }

    /// The limit that has no call left, if one has none; the one that resets last, if several.
    pub fn exhausted(&self) -> Option<RateLimit> {
        let limits = [self.window, self.app_day, self.user_day].into_iter().flatten();
        limits.filter(|limit| limit.remaining == 0).max_by_key(|limit| limit.reset)
    }

    /// One of them.
    pub(crate) const fn of(&self, kind: LimitKind) -> Option<RateLimit> {
        match kind {
            LimitKind::Window => self.window,
            LimitKind::AppDay => self.app_day,
            LimitKind::UserDay => self.user_day,
            LimitKind::Cap => None,
        }
    }

    /// What a 429 with these limits is about: one that names no limit is about a window, and one
    /// that names none that is spent, about a cap.
    pub(crate) fn kind_of_refusal(&self) -> LimitKind {
        let is_spent = |limit: Option<RateLimit>| limit.is_some_and(|limit| limit.remaining == 0);
        if is_spent(self.user_day) {
            LimitKind::UserDay
        } else if is_spent(self.app_day) {
            LimitKind::AppDay
        } else if is_spent(self.window) || *self == Self::default() {
            LimitKind::Window
        } else {
            LimitKind::Cap
        }
    }
}

impl RateLimit {
    fn from_headers(headers: &HeaderMap, names: &Names) -> Option<Self> {
        let number = |name: &HeaderName| {
            let value = headers.get(name)?.to_str().ok()?;
            value.trim().parse::<u32>().ok()
        };
        let reset = Timestamp::from_seconds(number(&names.reset)?.into())?;
        let (limit, remaining) = (number(&names.limit)?, number(&names.remaining)?);
        Some(Self { limit, remaining, reset })
    }
}

/// The headers of one limit, as they are looked up, so that no reply has them put together anew.
struct Names {
    limit: HeaderName,
    remaining: HeaderName,
    reset: HeaderName,
}

static WINDOW: Names = Names {
    limit: HeaderName::from_static("x-rate-limit-limit"),
    remaining: HeaderName::from_static("x-rate-limit-remaining"),
    reset: HeaderName::from_static("x-rate-limit-reset"),
};

static APP_DAY: Names = Names {
    limit: HeaderName::from_static("x-app-limit-24hour-limit"),
    remaining: HeaderName::from_static("x-app-limit-24hour-remaining"),
    reset: HeaderName::from_static("x-app-limit-24hour-reset"),
};

static USER_DAY: Names = Names {
    limit: HeaderName::from_static("x-user-limit-24hour-limit"),
    remaining: HeaderName::from_static("x-user-limit-24hour-remaining"),
    reset: HeaderName::from_static("x-user-limit-24hour-reset"),
};
