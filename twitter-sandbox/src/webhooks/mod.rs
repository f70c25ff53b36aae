//! Webhooks: where events are delivered, and what was.

mod http;
mod sender;

use std::collections::VecDeque;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use self::http::is_loopback;
pub(crate) use self::sender::{Challenge, answer, run};
use crate::streams::Wanted;
use crate::time::{DAY, Time};

/// The App's webhooks.
#[derive(Default)]
pub(crate) struct Webhooks {
    pub(crate) list: Vec<Webhook>,
    /// Webhooks that receive the filtered stream.
    pub(crate) links: Vec<Link>,
    /// How many there may be.
    pub(crate) most: Option<usize>,
    /// How long a webhook may take to answer; X's 10 seconds if not given.
    pub(crate) timeout: Option<Duration>,
    /// What was sent, oldest first.
    pub(crate) deliveries: VecDeque<Delivery>,
    /// Events of the last day, for replays.
    past: VecDeque<(Time, u64, String)>,
    outbox: Option<UnboundedSender<Outgoing>>,
}

/// A registered address.
pub(crate) struct Webhook {
    pub(crate) id: u64,
    pub(crate) url: String,
    pub(crate) created: Time,
    /// Whether the last challenge was answered.
    pub(crate) valid: bool,
}

/// A webhook that receives the filtered stream.
pub(crate) struct Link {
    pub(crate) webhook: u64,
    pub(crate) created: Time,
    pub(crate) wanted: Wanted,
}

/// One attempt to deliver an event to a webhook; see
/// [`Sandbox::deliveries`](crate::Sandbox::deliveries).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// Where it went.
    pub url: String,
    /// The body, as it was signed.
    pub body: String,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// The status of the answer; `None` if none came in time.
    pub status: Option<u16>,
}

/// What leaves for a webhook.
pub(crate) enum Outgoing {
    Event {
        url: String,
        body: String,
    },
    /// Events once more, then the state of the job.
    Replay {
        url: String,
        bodies: Vec<String>,
        webhook: u64,
        job: u64,
    },
}

/// How many events and deliveries are remembered.
const REMEMBERED: usize = 10_000;

impl Webhooks {
    /// Where events go from now on.
    pub(crate) fn send_by(&mut self, outbox: UnboundedSender<Outgoing>) {
        self.outbox = Some(outbox);
    }

    pub(crate) fn find(&mut self, id: u64) -> Option<&mut Webhook> {
        self.list.iter_mut().find(|webhook| webhook.id == id)
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.list.len();
        self.list.retain(|webhook| webhook.id != id);
        self.links.retain(|link| link.webhook != id);
        self.list.len() < before
    }

    /// Sends an event to a webhook. `false` if there is none of this id, or it is not valid.
    pub(crate) fn send(&mut self, id: u64, event: &Value, now: Time) -> bool {
        self.send_text(id, event.to_string(), now)
    }

    /// The same with a body that need not be JSON.
    pub(crate) fn send_text(&mut self, id: u64, body: String, now: Time) -> bool {
        let Some(webhook) = self.find(id).filter(|webhook| webhook.valid) else { return false };
        let url = webhook.url.clone();
        self.past.push_back((now, id, body.clone()));
        let old = |(at, ..): &(Time, u64, String)| *at < now.plus(-DAY);
        while self.past.len() > REMEMBERED || self.past.front().is_some_and(old) {
            self.past.pop_front();
        }
        self.leave(Outgoing::Event { url, body })
    }

    /// Sends what was sent to a webhook between the two times once more.
    pub(crate) fn replay(&mut self, id: u64, from: Time, to: Time, job: u64) {
        let Some(url) = self.find(id).map(|webhook| webhook.url.clone()) else { return };
        let sent =
            self.past.iter().filter(|(at, to_id, _)| *to_id == id && (from..to).contains(at));
        let bodies = sent.map(|(.., body)| body.clone()).collect();
        self.leave(Outgoing::Replay { url, bodies, webhook: id, job });
    }

    fn leave(&self, outgoing: Outgoing) -> bool {
        self.outbox.as_ref().is_some_and(|outbox| outbox.send(outgoing).is_ok())
    }

    fn record(&mut self, delivery: Delivery) {
        if self.deliveries.len() >= REMEMBERED {
            self.deliveries.pop_front();
        }
        self.deliveries.push_back(delivery);
    }
}

/// `sha256=` and the HMAC-SHA256 of a message under the API secret, in Base64.
fn signature(api_secret: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(api_secret.as_bytes())
        .expect("HMAC takes keys of any length");
    mac.update(message);
    format!("sha256={}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// The last event of a replay.
fn job_status(webhook: u64, job: u64, complete: bool) -> Value {
    let (state, description) = if complete {
        ("Complete", "Job completed successfully")
    } else {
        ("Incomplete", "Job failed to deliver all events, please retry your replay job")
    };
    json!({ "replay_job_status": {
        "webhook_id": webhook.to_string(),
        "job_state": state,
        "job_state_description": description,
        "job_id": job.to_string(),
    } })
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn a_challenge_is_answered_like_this() {
        // Computed with Python's hmac.
        assert_eq!(
            signature("consumer_secret", b"challenge_string"),
            "sha256=v1WdiCVwy17uGTMWveHGlqQXN/qW1bQraNXXByRO2YA="
        );
    }
}
