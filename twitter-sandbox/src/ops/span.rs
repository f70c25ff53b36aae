//! The stretch of time and of ids that a call is about.

use crate::call::Call;
use crate::problem::Problem;
use crate::time::{DAY, SECOND, Time};

/// Ids from `first` on and before `end`.
pub(super) struct Span {
    first: u64,
    end: u64,
}

impl Span {
    /// Reads `start_time`, `end_time`, `since_id` and `until_id`; ids win over times.
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Problem> {
        let (start, end) = (call.time("start_time")?, call.time("end_time")?);
        if let (Some(start), Some(end)) = (start, end)
            && start >= end
        {
            let text = call.text("start_time").unwrap_or_default();
            let message =
                format!("Invalid 'start_time':'{text}'. 'start_time' must be before 'end_time'.");
            return Err(Problem::invalid("start_time", text, message));
        }
        let since = call.query_id("since_id")?.map(|id| id.saturating_add(1));
        let until = call.query_id("until_id")?;
        Ok(Self {
            first: since.or_else(|| start.map(Time::first_id)).unwrap_or(0),
            end: until.or_else(|| end.map(Time::first_id)).unwrap_or(u64::MAX),
        })
    }

    /// The same within the last seven days, which is what recent search covers.
    pub(super) fn recent(call: &Call<'_>) -> Result<Self, Problem> {
        let oldest = call.now.plus(-7 * DAY);
        let refuse = |parameter: &str, message: String| {
            let text = call.text(parameter).unwrap_or_default();
            Err(Problem::invalid(
                parameter,
                text,
                format!("Invalid '{parameter}':'{text}'. {message}"),
            ))
        };
        for parameter in ["start_time", "end_time"] {
            if call.time(parameter)?.is_some_and(|time| time < oldest) {
                let message = format!("'{parameter}' must be on or after {}.", oldest.iso());
                return refuse(parameter, message);
            }
        }
        if call.time("end_time")?.is_some_and(|time| time > call.now.plus(-10 * SECOND)) {
            let message =
                "'end_time' must be a minimum of 10 seconds prior to the request time.".to_owned();
            return refuse("end_time", message);
        }
        if call.query_id("since_id")?.is_some_and(|id| id < oldest.first_id()) {
            let message = format!("'since_id' must be a tweet id created after {}.", oldest.iso());
            return refuse("since_id", message);
        }
        let span = Self::of(call)?;
        Ok(Self { first: span.first.max(oldest.first_id()), ..span })
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        (self.first..self.end).contains(&id)
    }
}
