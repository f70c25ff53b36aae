//! Whether this machine's clock agrees with the server's.

use std::{
    fmt,
    time::{Duration, UNIX_EPOCH},
};

use http::{HeaderMap, header::DATE};

/// How far this machine's clock is from the server's.
///
/// A wrong clock makes tokens look expired too early or too late, and makes OAuth 1.0a signatures
/// invalid: X refuses timestamps that are minutes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockSkew {
    /// Seconds that this machine is ahead; negative if it is behind.
    pub seconds: i64,
}

impl ClockSkew {
    /// Compares `now`, in Unix seconds, with the `Date` header of a reply that has just come
    /// (RFC 9110 section 6.6.1). `None` if they are at most `tolerance` apart, or if there is no
    /// such header.
    ///
    /// The header counts whole seconds and is written before the reply travels: a tolerance below
    /// some 10 seconds finds skew where there is none.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert("date", "Sun, 06 Nov 1994 08:49:37 GMT".parse()?);
    /// let skew = bearer::ClockSkew::find(&headers, 784_112_377, Duration::from_secs(60)).unwrap();
    /// assert_eq!(skew.seconds, 600);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    pub fn find(headers: &HeaderMap, now: u64, tolerance: Duration) -> Option<Self> {
        let date = httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
        let server = date.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let seconds = i64::try_from(i128::from(now) - i128::from(server)).ok()?;
        (seconds.unsigned_abs() > tolerance.as_secs()).then_some(Self { seconds })
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.seconds < 0 { "behind" } else { "ahead of" };
        write!(
            f,
            "this machine's clock is {} seconds {direction} the server's: set it by a time server, \
             or requests that depend on the time will fail",
            self.seconds.unsigned_abs()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skew_beyond_the_tolerance_is_found() {
        const SERVER: u64 = 784_111_777;
        let mut headers = HeaderMap::new();
        let find = |headers: &HeaderMap, now| {
            ClockSkew::find(headers, now, Duration::from_secs(60)).map(|skew| skew.seconds)
        };
        assert_eq!(find(&headers, 0), None);
        headers.insert(DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        for (now, skew) in [
            (SERVER, None),
            (SERVER + 60, None),
            (SERVER - 60, None),
            (SERVER + 61, Some(61)),
            (SERVER - 600, Some(-600)),
            (0, Some(-784_111_777)),
            (u64::MAX, None),
        ] {
            assert_eq!(find(&headers, now), skew, "{now}");
        }
        headers.insert(DATE, "yesterday".parse().unwrap());
        assert_eq!(find(&headers, SERVER + 600), None);

        let text = ClockSkew { seconds: -600 }.to_string();
        assert!(text.contains("600 seconds behind the server's: set it"), "{text}");
    }
}
