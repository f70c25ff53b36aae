//! Connecting to a stream.

use crate::call::Call;
use crate::exchange::Answer;
use crate::problem::Problem;
use crate::streams::{Stream, Wanted};
use crate::time::{DAY, MINUTE, Time};
use crate::world::World;

/// How many connections of a stream may send what was, at a time.
const REPLAYS: usize = 2;

/// `GET /2/tweets/search/stream` and every other stream
pub(crate) fn connect(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let Some(stream) = Stream::of_operation(call.operation.id) else {
        return Err(Problem::internal("the operation is no stream"));
    };
    let wanted = Wanted::of(call, stream)?;
    let backfill = i64::from(call.integer("backfill_minutes", 0..=5, 0)?);
    let replay = replay(call)?;
    let hub = &mut world.streams;
    if stream == Stream::Filtered && hub.rules.list.is_empty() {
        return Err(Problem::connection(
            409,
            "RuleConfigurationIssue",
            "This stream has no rules. Add one before you connect.",
        ));
    }
    let partition = wanted.partition;
    let alike = hub
        .open_connections(stream)
        .filter(|other| other.replay == replay.is_some() && other.wanted.partition == partition);
    let open = alike.count();
    let allowed = match replay {
        Some(_) => REPLAYS,
        None => hub.settings.connections.unwrap_or_else(|| stream.connections()),
    };
    if open >= allowed {
        return Err(Problem::connection(
            429,
            "TooManyConnections",
            "This stream is currently at the maximum allowed connection limit.",
        ));
    }
    // What is there already is past, even if it was made in this millisecond.
    let end = if backfill > 0 { Time(i64::MAX) } else { call.now };
    let span = replay.unwrap_or_else(|| (call.now.plus(-backfill * MINUTE), end));
    let feed = world.connect(wanted, span, replay.is_some(), call.now);
    Ok(Answer::stream(feed.map_err(Problem::internal)?))
}

/// The span of `start_time` and `end_time`, if one of them is there.
fn replay(call: &Call<'_>) -> Result<Option<(Time, Time)>, Problem> {
    let (start, end) = (call.time("start_time")?, call.time("end_time")?);
    if start.is_none() && end.is_none() {
        return Ok(None);
    }
    let oldest = call.now.plus(-DAY);
    let (from, to) = (start.unwrap_or(oldest), end.unwrap_or(call.now).min(call.now));
    let wrong = if from < oldest {
        Some(format!("'start_time' must be on or after {}.", oldest.iso()))
    } else if from >= to {
        Some("'start_time' must be before 'end_time' and before now.".to_owned())
    } else {
        None
    };
    match wrong {
        None => Ok(Some((from, to))),
        Some(message) => {
            let text = call.text("start_time").unwrap_or_default();
            Err(Problem::invalid(
                "start_time",
                text,
                format!("Invalid 'start_time':'{text}'. {message}"),
            ))
        }
    }
}
