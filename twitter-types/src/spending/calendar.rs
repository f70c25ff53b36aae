//! Days and months of UTC, named as people write them.

use std::time::Duration;

use crate::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `2026-11-25`.
pub(super) fn day(now: Timestamp) -> String {
    prefix(now, "YYYY-MM-DD".len())
}

/// Whether a text is a day as [`day()`] writes it.
pub(super) fn is_day(text: &str) -> bool {
    format!("{text}T00:00:00Z").parse().is_ok_and(|start| day(start) == text)
}

/// `2026-11`.
pub(super) fn month(day: &str) -> &str {
    day.get(.."YYYY-MM".len()).unwrap_or(day)
}

/// The midnight that ends a day; [`Timestamp::MAX`] at the end of time.
pub(super) fn next_day(day: &str) -> Timestamp {
    start(day).saturating_add(DAY)
}

/// The midnight that ends the month of a day; [`Timestamp::MAX`] at the end of time.
pub(super) fn next_month(day: &str) -> Timestamp {
    // Every month has 28 days, and none has more than 28 and 4.
    let in_next = start(&format!("{}-28", month(day))).checked_add(4 * DAY);
    in_next.map_or(Timestamp::MAX, |next| start(&format!("{}-01", prefix(next, "YYYY-MM".len()))))
}

fn start(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap_or(Timestamp::MAX)
}

fn prefix(now: Timestamp, length: usize) -> String {
    let mut text = now.to_string();
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_end_at_midnight() {
        let ends = |now: &str| {
            let day = day(now.parse().unwrap());
            [next_day(&day).to_string(), next_month(&day).to_string()].map(|end| end[..16].into())
        };
        let cases: [(&str, [&str; 2]); 5] = [
            ("2026-11-25T23:59:59.999Z", ["2026-11-26T00:00", "2026-12-01T00:00"]),
            ("2026-12-31T00:00:00Z", ["2027-01-01T00:00", "2027-01-01T00:00"]),
            ("2028-02-28T12:00:00Z", ["2028-02-29T00:00", "2028-03-01T00:00"]),
            ("2026-01-31T23:30:00-01:00", ["2026-02-02T00:00", "2026-03-01T00:00"]),
            ("9999-12-31T00:00:00Z", ["9999-12-31T23:59", "9999-12-31T23:59"]),
        ];
        for (now, expected) in cases {
            let found: [String; 2] = ends(now);
            assert_eq!(found, expected, "{now}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert!(["2026-11-25", "2028-02-29", "9999-12-31"].into_iter().all(is_day));
        assert!(
            !["", "2026-11", "2026-02-29", "zzzz-zz-zz", "2026-11-25T00"].into_iter().any(is_day)
        );
    }
}
