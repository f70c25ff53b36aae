//! Delivers events, and challenges those who are to receive them.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::sleep;

use super::{Delivery, Outgoing, http, job_status, signature};
use crate::exchange::Answer;
use crate::form::with_parameter;
use crate::random;
use crate::server::Shared;
use crate::world::World;

/// How often an event is sent before it is given up.
const ATTEMPTS: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(10);

/// A reply that waits for a webhook to prove that it knows the API secret.
pub(crate) struct Challenge {
    pub(crate) url: String,
    /// What the outcome means for the call.
    pub(crate) settle: Box<Settle>,
}

/// Makes the reply of whether the challenge was answered.
type Settle = dyn FnOnce(bool, &mut World) -> Answer + Send;

/// Challenges a webhook, and makes the reply of the outcome.
pub(crate) async fn answer(shared: &Shared, challenge: Challenge) -> Answer {
    let valid = is_valid(shared, &challenge.url).await;
    (challenge.settle)(valid, &mut shared.engine().world)
}

async fn is_valid(shared: &Shared, url: &str) -> bool {
    let (secret, patience) = terms(shared);
    let Ok(token) = random::alphanumeric(32) else { return false };
    let asked = with_parameter(url, "crc_token", &token);
    let Some((status, body)) = http::exchange(&asked, None, patience).await else { return false };
    let answered = serde_json::from_slice(&body).unwrap_or(Value::Null);
    (200..300).contains(&status)
        && answered["response_token"] == signature(&secret, token.as_bytes())
}

/// Delivers what leaves, for as long as the sandbox runs.
pub(crate) async fn run(shared: Shared, mut outbox: UnboundedReceiver<Outgoing>) {
    while let Some(outgoing) = outbox.recv().await {
        tokio::spawn(send(shared.clone(), outgoing));
    }
}

async fn send(shared: Shared, outgoing: Outgoing) {
    match outgoing {
        Outgoing::Event { url, body } => {
            deliver(&shared, &url, &body).await;
        }
        Outgoing::Replay { url, bodies, webhook, job } => {
            let mut complete = true;
            for body in bodies {
                complete &= deliver(&shared, &url, &body).await;
            }
            let status = job_status(webhook, job, complete).to_string();
            deliver(&shared, &url, &status).await;
        }
    }
}

/// Sends an event until it is answered with a 2xx, or the attempts are spent.
async fn deliver(shared: &Shared, url: &str, body: &str) -> bool {
    for attempt in 1..=ATTEMPTS {
        // A key may be regenerated between two attempts.
        let (secret, patience) = terms(shared);
        let signature = signature(&secret, body.as_bytes());
        let answer = http::exchange(url, Some((body, &signature)), patience).await;
        let status = answer.map(|(status, _)| status);
        let delivery = Delivery { url: url.to_owned(), body: body.to_owned(), attempt, status };
        shared.engine().world.webhooks.record(delivery);
        if status.is_some_and(|status| (200..300).contains(&status)) {
            return true;
        }
        sleep(patience / 10).await;
    }
    false
}

/// The API secret, and how long a webhook may take.
fn terms(shared: &Shared) -> (String, Duration) {
    let engine = shared.engine();
    let patience = engine.world.webhooks.timeout.unwrap_or(PATIENCE);
    (engine.access.api_secret().to_owned(), patience)
}
