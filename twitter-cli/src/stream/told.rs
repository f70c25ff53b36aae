//! What happens to a stream besides its items, in words and as JSON.

use std::time::Duration;

use serde_json::{Value, json};
use twitter_types::Error;
use twitter_types::stream::{Cause, Event};

/// Something that is no item.
pub(super) struct Told {
    /// For people; nothing, if it is of no interest to them.
    pub(super) words: Option<String>,
    /// For programs.
    pub(super) json: Value,
    pub(super) change: Option<Change>,
}

/// What it means to the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Connected,
    Disconnected,
    Gap,
    Unreadable,
}

/// What is told of an event; nothing of an item.
pub(super) fn told<T>(event: &Event<T>) -> Option<Told> {
    let (words, json, change) = match event {
        Event::Connected => {
            (Some("Connected.".into()), json!({ "event": "connected" }), Some(Change::Connected))
        }
        Event::Alive => (None, json!({ "event": "alive" }), None),
        Event::Disconnected { cause, pause } => disconnected(cause, *pause),
        Event::Gap(gap) => {
            let by = gap.recovered.map(|means| means.to_string());
            let json = json!({
                "event": "gap", "from": gap.from, "to": gap.to, "recovered": by,
            });
            (Some(format!("A gap: {gap}.")), json, by.is_none().then_some(Change::Gap))
        }
        Event::Notice(problems) => {
            let texts: Vec<_> = problems
                .iter()
                .map(|problem| {
                    let name = problem.disconnect_type.as_deref();
                    [name, problem.text()].into_iter().flatten().collect::<Vec<_>>().join(": ")
                })
                .collect();
            let words = format!("X says: {}", texts.join("; "));
            (Some(words), json!({ "event": "notice", "problems": problems }), None)
        }
        Event::Unreadable(line) => {
            let json = json!({
                "event": "unreadable", "length": line.length, "problem": line.problem,
                "line": String::from_utf8_lossy(&line.line),
            });
            (Some(format!("{line}.")), json, Some(Change::Unreadable))
        }
        Event::Behind(late) => {
            let words =
                format!("Items come {} late: X disconnects who reads too slowly.", seconds(*late));
            (Some(words), json!({ "event": "behind", "seconds": late.as_secs_f64() }), None)
        }
        _ => return None,
    };
    Some(Told { words, json, change })
}

fn disconnected(cause: &Cause, pause: Duration) -> (Option<String>, Value, Option<Change>) {
    let cause = match cause {
        // What to do about it is done already.
        Cause::Failed(error) if matches!(**error, Error::Transport(_)) => error.why().means.into(),
        cause => cause.to_string(),
    };
    let words = match pause.is_zero() {
        true => format!("Disconnected: {cause}. Connecting again."),
        false => format!("Disconnected: {cause}. Connecting again in {}.", seconds(pause)),
    };
    let pause = pause.as_secs_f64();
    let json = json!({ "event": "disconnected", "cause": cause, "pause_seconds": pause });
    (Some(words), json, Some(Change::Disconnected))
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_says_when_it_goes_on() {
        let event =
            Event::<()>::Disconnected { cause: Cause::Closed, pause: Duration::from_millis(5250) };
        let told = told(&event).unwrap();
        assert_eq!(
            told.words.unwrap(),
            "Disconnected: X closed the connection. Connecting again in 5.2 s."
        );
        assert_eq!(told.json["pause_seconds"], 5.25);
        assert!(super::told(&Event::Item(())).is_none());
    }
}
