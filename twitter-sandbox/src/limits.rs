//! Rate limits: how many calls of an operation a credential may still make.

use std::collections::HashMap;

use crate::operations::{OPERATIONS, Operation};
use crate::time::{DAY, MINUTE, Time};

/// Who is counted: the App as a whole, or one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pool {
    App,
    User(u64),
}

/// What the settings of a sandbox change about limits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Calls per window, by `operationId`.
    pub(crate) per_window: HashMap<String, u32>,
    /// Calls per day, by `operationId`.
    pub(crate) per_day: HashMap<String, u32>,
    /// The length of a window in milliseconds.
    pub(crate) window: Option<i64>,
}

impl Settings {
    /// A name among them that belongs to no operation.
    pub(crate) fn unknown(&self) -> Option<&str> {
        let known = |name: &str| OPERATIONS.iter().any(|operation| operation.id == name);
        let mut names = self.per_window.keys().chain(self.per_day.keys()).map(String::as_str);
        names.find(|name| !known(name))
    }
}

/// The counters.
pub(crate) struct Limits {
    settings: Settings,
    windows: HashMap<Key, Window>,
}

type Key = (Pool, &'static str, Span);

/// How much one kind of window allows, and the headers that tell it.
struct Quota {
    key: Key,
    limit: u32,
    length: i64,
    names: [&'static str; 3],
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Span {
    Short,
    Day,
}

#[derive(Clone, Copy)]
struct Window {
    ends: Time,
    used: u32,
}

/// Whether a call may be made, and the headers that say so.
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Limits {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, windows: HashMap::new() }
    }

    /// Counts one call in every window that it falls into, or in none if one of them is spent.
    pub(crate) fn count(
        &mut self,
        pool: Pool,
        operation: &'static Operation,
        now: Time,
    ) -> Verdict {
        let quotas = self.quotas(pool, operation);
        for quota in &quotas {
            let fresh = Window { ends: now.plus(quota.length), used: 0 };
            let window = self.windows.entry(quota.key).or_insert(fresh);
            if window.ends <= now {
                *window = fresh;
            }
        }
        let windows = &mut self.windows;
        let allowed = quotas.iter().all(|quota| windows[&quota.key].used < quota.limit);
        let mut headers = Vec::new();
        for quota in quotas {
            let Some(window) = windows.get_mut(&quota.key) else { continue };
            window.used += u32::from(allowed);
            let remaining = quota.limit - window.used.min(quota.limit);
            // Rounded up: a client that waits until this second must find the window open.
            let reset = window.ends.plus(999).seconds();
            let values = [quota.limit.to_string(), remaining.to_string(), reset.to_string()];
            headers.extend(quota.names.into_iter().zip(values));
        }
        Verdict { allowed, headers }
    }

    fn quotas(&self, pool: Pool, operation: &'static Operation) -> Vec<Quota> {
        let user = matches!(pool, Pool::User(_));
        let documented = if user { operation.window.per_user } else { operation.window.per_app };
        let given = self.settings.per_window.get(operation.id).copied();
        let mut quotas = vec![Quota {
            key: (pool, operation.id, Span::Short),
            limit: given.or(documented).unwrap_or(u32::MAX),
            length: self.settings.window.unwrap_or(15 * MINUTE),
            names: RATE,
        }];
        let daily = |pool, limit, names| {
            let key = (pool, operation.id, Span::Day);
            Quota { key, limit, length: DAY, names }
        };
        quotas.extend(operation.day.per_app.map(|limit| daily(Pool::App, limit, APP_DAY)));
        let given = self.settings.per_day.get(operation.id).copied();
        let limit = given.or(operation.day.per_user).filter(|_| user);
        quotas.extend(limit.map(|limit| daily(pool, limit, USER_DAY)));
        quotas
    }
}

const RATE: [&str; 3] = ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"];
const APP_DAY: [&str; 3] =
    ["x-app-limit-24hour-limit", "x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"];
const USER_DAY: [&str; 3] =
    ["x-user-limit-24hour-limit", "x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"];
