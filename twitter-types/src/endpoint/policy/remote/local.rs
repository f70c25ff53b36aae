//! What one machine knows of the limits that all share, beside the numbers that its own calls were told.

use std::collections::{HashMap, HashSet};

use super::share::{Share, Told};
use crate::{
    endpoint::policy::{
        limits::{Name, Named},
        permit::Outcome,
    },
    timestamp::Timestamp,
};

#[derive(Default)]
pub(super) struct Local {
    pub(super) has_spoken: bool,
    /// Since when the server is silent, or settling.
    pub(super) silent_since: Option<Timestamp>,
    /// Whether that was logged.
    pub(super) is_away: bool,
    pub(super) credentials: Named<Own>,
    apps: HashMap<&'static str, App>,
}

#[derive(Default)]
pub(super) struct Own {
    pub(super) day: Share,
    pub(super) window: Share,
    pub(super) calls: HashSet<String>,
}

#[derive(Default)]
pub(super) struct App {
    pub(super) day: Share,
    pub(super) flying: u32,
}

/// What the server calls a call, and whether this machine's share was used for it.
pub(in crate::endpoint::policy) struct Ticket {
    pub(super) id: String,
    pub(super) is_of_share: bool,
}

impl Local {
    pub(super) fn of(&mut self, name: &Name) -> (&mut Own, &mut App) {
        let own = self.credentials.known.entry(name.clone()).or_default();
        (own, self.apps.entry(name.1).or_default())
    }

    /// While the server is silent, all that is known is needed: a window that has ended is the measure of
    /// the next.
    pub(super) fn forget_old(&mut self, now: Timestamp) {
        if self.silent_since.is_some() {
            return;
        }
        self.credentials
            .forget(|own| own.calls.is_empty() && own.window.is_over(now) && own.day.is_over(now));
    }

    pub(super) fn tell(&mut self, name: &Name, told: &[Told; 3], asked: Timestamp, now: Timestamp) {
        self.silent_since = None;
        let (own, app) = self.of(name);
        for (share, told) in [&mut app.day, &mut own.day, &mut own.window].into_iter().zip(told) {
            share.tell(told, asked, now);
        }
    }

    /// A call is not under way any more.
    pub(super) fn end(&mut self, name: &Name, ticket: &Ticket, outcome: &Outcome<'_>) {
        let (own, app) = self.of(name);
        own.calls.remove(&ticket.id);
        app.flying = app.flying.saturating_sub(1);
        let told = outcome.told().unwrap_or_default();
        for (share, told) in [
            (&mut app.day, told.app_day),
            (&mut own.day, told.user_day),
            (&mut own.window, told.window),
        ] {
            if matches!(outcome, Outcome::Unsent) && ticket.is_of_share {
                share.give_back();
            }
            if let Some(told) = told {
                share.learn(told);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn users_without_a_share_are_forgotten_unless_the_server_is_silent() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let told =
            r#"{"unlimited": false, "limit": 75, "share": 74, "machines": 1, "reset": 9000}"#;
        let told: Told = serde_json::from_str(told).unwrap();
        let name = |name: &str| -> Name { (Arc::from(name), "getUsersMe") };
        let mut local = Local::default();
        local.of(&name("open")).0.window.tell(&told, now, now);
        local.of(&name("under way")).0.calls.insert("1".to_owned());
        local.of(&name("gone"));

        local.silent_since = Some(now);
        local.forget_old(now);
        assert_eq!(local.credentials.known.len(), 3);
        local.silent_since = None;
        local.forget_old(now);
        let mut left = Vec::from_iter(local.credentials.known.keys().map(|(user, _)| &**user));
        left.sort_unstable();
        assert_eq!(left, ["open", "under way"]);
    }
}
