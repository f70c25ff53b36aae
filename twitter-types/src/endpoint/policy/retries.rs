//! How often to send a request again, and after what pause.

use std::{
    hash::{DefaultHasher, Hasher},
    time::{Duration, SystemTime},
};

use http::{HeaderMap, header::RETRY_AFTER};

use crate::endpoint::Moment;

/// How often a call is repeated, after what pauses, and for how long.
///
/// Repeated is what got no connection, and what was refused by the 429 of a window; and `GET`, `PUT`
/// and `DELETE`, which do the same when done twice, also when the connection ended, the answer did
/// not come in time, or X answered 500, 502, 503 or 504. Nothing else is. A `DELETE` that is
/// repeated may find that it was carried out the first time.
///
/// A pause is drawn between zero and a ceiling that doubles each time, so that many who failed
/// together do not come back together; a longer `Retry-After` is obeyed. Every attempt is signed
/// anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retries {
    /// How often to repeat a call at most, the first attempt not counted.
    pub limit: u32,
    /// No attempt begins later than this after the first, waits for a window not counted.
    pub within: Duration,
    /// The ceiling of the first pause.
    pub base: Duration,
    /// The highest ceiling.
    pub cap: Duration,
}

impl Retries {
    /// No repetition.
    pub const NONE: Self = Self::new(0);

    /// So many repetitions, in a minute, with pauses of at most half a second at first and 20
    /// seconds later.
    pub const fn new(limit: u32) -> Self {
        Self {
            limit,
            within: Duration::from_secs(60),
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
        }
    }

    /// Begins no attempt later than this after the first.
    #[must_use]
    pub const fn within(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// Draws pauses below a ceiling that grows from `base` to `cap`.
    #[must_use]
    pub const fn pausing(self, base: Duration, cap: Duration) -> Self {
        Self { base, cap, ..self }
    }

    /// The pause before a repetition, of which so many came before.
    pub(super) fn pause(&self, before: u32, moment: &Moment<'_>) -> Duration {
        let factor = 2_u32.saturating_pow(before);
        spread(self.base.saturating_mul(factor).min(self.cap), moment)
    }
}

impl Default for Retries {
    /// Three repetitions.
    fn default() -> Self {
        Self::new(3)
    }
}

/// A duration between zero and this one, by the random bits of a moment; this one if it has none.
pub(crate) fn spread(ceiling: Duration, moment: &Moment<'_>) -> Duration {
    let Some(nonce) = moment.stamp.nonce() else { return ceiling };
    let mut hasher = DefaultHasher::new();
    hasher.write(nonce.as_bytes());
    // 584 years at most, so that the product fits.
    let nanos = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
    let product = u128::from(nanos) * u128::from(hasher.finish());
    Duration::from_nanos(u64::try_from(product >> 64).expect("less than nanos"))
}

/// RFC 9110, section 10.2.3: seconds, or an HTTP date.
pub(super) fn retry_after(headers: &HeaderMap, moment: &Moment<'_>) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::from(moment.time)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::{Timestamp, endpoint::Stamp};

    #[test]
    fn pauses_spread_below_a_ceiling_that_grows() {
        let retries = Retries::new(9).pausing(Duration::from_secs(1), Duration::from_secs(10));
        for (before, ceiling) in [(0, 1), (1, 2), (3, 8), (4, 10), (99, 10)] {
            let ceiling = Duration::from_secs(ceiling);
            let mut sum = Duration::ZERO;
            for number in 0..1000 {
                let nonce = number.to_string();
                let moment = Moment::new(Timestamp::UNIX_EPOCH, Stamp::new(&nonce, 0));
                let pause = retries.pause(before, &moment);
                assert!(pause <= ceiling);
                sum += pause;
            }
            let mean = (sum / 1000).as_secs_f64() / ceiling.as_secs_f64();
            assert!((0.45..0.55).contains(&mean), "{mean}");
        }
    }

    #[test]
    fn no_ceiling_is_too_high() {
        let moment = Moment::new(Timestamp::UNIX_EPOCH, Stamp::new("nonce", 0));
        let retries = Retries::new(9).pausing(Duration::MAX, Duration::MAX);
        assert!(retries.pause(8, &moment) > Duration::from_secs(1));
        assert_eq!(spread(Duration::ZERO, &moment), Duration::ZERO);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let time = "2026-01-01T00:00:00Z".parse().unwrap();
        let moment = Moment::new(time, Stamp::none());
        let read = |value| {
            let value = HeaderValue::from_static(value);
            retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value)]), &moment)
        };
        assert_eq!(read("120"), Some(Duration::from_secs(120)));
        assert_eq!(read(" 0 "), Some(Duration::ZERO));
        assert_eq!(read("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(read("Thu, 01 Jan 2026 00:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(read("Wed, 31 Dec 2025 23:00:00 GMT"), Some(Duration::ZERO));
        for wrong in ["", "-1", "1.5", "soon", "Thu, 99 Jan 2026"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
