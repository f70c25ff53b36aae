//! Webhooks: where X delivers events to. Module [`webhook`](crate::webhook) receives them.

use std::time::Duration;

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, WebhookField},
    id::WebhookId,
    models::{Deleted, Provisioned, Webhook, WebhookReplay, WebhookStreamLink, WebhookValidation},
    timestamp::Timestamp,
};

endpoint! {
    /// Lists the webhooks that receive the filtered stream.
    GET "/2/tweets/search/webhooks" getWebhooksStreamLinks
    (AppOnly:) -> Page<WebhookStreamLink>;
    pub struct StreamLinks {
    }
}

endpoint! {
    /// Ends the delivery of the filtered stream to a webhook.
    DELETE "/2/tweets/search/webhooks/{webhook_id}" deleteWebhooksStreamLink
    (AppOnly:) -> One<Deleted>;
    pub struct UnlinkStream {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Delivers the filtered stream to a webhook.
    POST "/2/tweets/search/webhooks/{webhook_id}" createWebhooksStreamLink
    (AppOnly:) -> One<Provisioned>;
    pub struct LinkStream {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Lists the App's webhooks.
    GET "/2/webhooks" getWebhooks
    (Anyone:) -> Page<Webhook>;
    pub struct All {
        query {
            /// What to return.
            fields = "webhook_config.fields": Fields<WebhookField>,
        }
    }
}

endpoint! {
    /// Registers a webhook; X checks it by a challenge at once.
    POST "/2/webhooks" createWebhooks
    (Anyone:) -> One<Webhook>;
    pub struct Create {
        json {
            /// The address.
            url: String [1..=200],
        }
    }
}

endpoint! {
    /// Delivers the events of a span of time once more.
    POST "/2/webhooks/replay" createWebhookReplayJob
    (AppOnly:) -> One<WebhookReplay>;
    pub struct Replay {
        json {
            /// The oldest time, inclusive, to the minute, as `yyyymmddhhmm` of UTC.
            from_date: String,
            /// The newest time, to the minute: inclusive by the specification, exclusive by X's
            /// guide.
            to_date: String,
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Deletes a webhook.
    DELETE "/2/webhooks/{webhook_id}" deleteWebhooks
    (Anyone:) -> One<Deleted>;
    pub struct Delete {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

endpoint! {
    /// Has X check a webhook by a challenge again.
    PUT "/2/webhooks/{webhook_id}" validateWebhooks
    (Anyone:) -> One<WebhookValidation>;
    pub struct Validate {
        path {
            /// The webhook.
            webhook_id: WebhookId,
        }
    }
}

/// X replays the last 24 hours,
const REPLAYED: Duration = Duration::from_secs(24 * 60 * 60);
/// from a time at least 31 minutes ago
const REPLAYED_FROM: Duration = Duration::from_secs(31 * 60);
/// to one at least ten minutes ago.
const REPLAYED_TO: Duration = Duration::from_secs(10 * 60);

impl Replay {
    /// Everything between two times, and a little more: whole minutes, and one at the end for the
    /// reading of X's guide that leaves it out. What came before comes again;
    /// [`Recent`](crate::recent::Recent) tells.
    pub fn between(webhook_id: impl Into<WebhookId>, from: Timestamp, to: Timestamp) -> Self {
        let to = to.saturating_add(Duration::from_secs(60));
        Self::new(minute(from), minute(to), webhook_id)
    }

    /// As much of what came after a time as X replays now, or `None` if it is too early to ask: X
    /// takes a span within the last 24 hours that begins at least 31 minutes ago and ends at least
    /// ten minutes ago.
    ///
    /// ```
    /// use twitter_types::{Timestamp, webhooks::Replay};
    ///
    /// let now: Timestamp = "2026-11-26T12:00:00Z".parse()?;
    /// let replay = Replay::since(7, "2026-11-26T10:30:59Z".parse()?, now).unwrap();
    /// assert_eq!((&*replay.from_date, &*replay.to_date), ("202611261030", "202611261150"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn since(
        webhook_id: impl Into<WebhookId>,
        since: Timestamp,
        now: Timestamp,
    ) -> Option<Self> {
        // A minute that begins before the 24 hours do is refused.
        let first = now.checked_sub(REPLAYED)?.checked_add(Duration::from_secs(60))?;
        let from = since.max(first);
        let is_old = from <= now.checked_sub(REPLAYED_FROM)?;
        let to = now.checked_sub(REPLAYED_TO)?;
        is_old.then(|| Self::new(minute(from), minute(to), webhook_id))
    }
}

/// The minute of a time, `yyyymmddhhmm`.
fn minute(time: Timestamp) -> String {
    time.to_string().chars().filter(char::is_ascii_digit).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_is_of_a_span_that_x_takes() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = time("2026-11-26T12:00:30Z");
        let span = |since: &str| {
            let replay = Replay::since(7, time(since), now)?;
            Some((replay.from_date, replay.to_date))
        };
        let dates = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(span("2026-11-26T11:29:30Z"), dates("202611261129", "202611261150"));
        assert_eq!(span("2026-11-26T11:29:31Z"), None);
        assert_eq!(span("2026-11-27T11:29:31Z"), None);
        assert_eq!(span("2020-01-01T00:00:00Z"), dates("202611251201", "202611261150"));
        let replay = Replay::between(7, time("2026-11-26T10:00:59Z"), time("2026-11-26T10:59:01Z"));
        assert_eq!((&*replay.from_date, &*replay.to_date), ("202611261000", "202611261100"));
        assert_eq!(replay.webhook_id, 7.into());
    }
}
