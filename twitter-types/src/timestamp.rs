//! Instants, in each of the formats that X writes them in.

use core::{fmt, str::FromStr, time::Duration};
use std::time::SystemTime;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use crate::model::{Vocabulary, Wire, expected, serde_by_wire};

/// An instant, to the millisecond, in the years 0 to 9999 of UTC.
///
/// Reads RFC 3339 (`2021-01-06T18:40:40.000Z`, with or without a fraction, at any offset; digits
/// beyond the millisecond are dropped) and the form of API v1.1 (`Mon Mar 26 16:33:26 +0000 2018`).
/// Displays and serializes as RFC 3339 in UTC with milliseconds, which is what X sends and takes.
///
/// ```
/// use twitter_types::Timestamp;
///
/// let instant: Timestamp = "Wed Jan 06 18:40:40 +0000 2021".parse()?;
/// assert_eq!(instant.to_string(), "2021-01-06T18:40:40.000Z");
/// assert_eq!(instant.as_millis(), 1_609_958_440_000);
/// # Ok::<(), twitter_types::timestamp::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The first instant of the year 0.
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// The last millisecond of the year 9999.
    pub const MAX: Self = Self(253_402_300_799_999);
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// The instant that is so many milliseconds after the Unix epoch, or before it.
    pub const fn from_millis(millis: i64) -> Option<Self> {
        if millis < Self::MIN.0 || millis > Self::MAX.0 { None } else { Some(Self(millis)) }
    }

    /// The instant that is so many seconds after the Unix epoch, or before it.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        match seconds.checked_mul(1000) {
            Some(millis) => Self::from_millis(millis),
            None => None,
        }
    }

    /// Milliseconds since the Unix epoch, negative before it.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, negative before it.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The instant after a duration, whose fractions of a millisecond are dropped; `None` past
    /// [`MAX`](Self::MAX).
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let millis = i64::try_from(duration.as_millis()).ok()?;
        Self::from_millis(self.0.checked_add(millis)?)
    }

    /// The instant before a duration, whose fractions of a millisecond are dropped; `None` past
    /// [`MIN`](Self::MIN).
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let millis = i64::try_from(duration.as_millis()).ok()?;
        Self::from_millis(self.0.checked_sub(millis)?)
    }

    /// The instant after a duration, at most [`MAX`](Self::MAX).
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        self.checked_add(duration).unwrap_or(Self::MAX)
    }

    /// The time from an earlier instant to this one; zero if that one is later.
    pub fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let millis = self.0.rem_euclid(DAY);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
            millis / HOUR,
            millis / MINUTE % 60,
            millis / 1000 % 60,
            millis % 1000
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let bytes = text.as_bytes();
        let millis = match bytes {
            [b'0'..=b'9', ..] => parse_rfc3339(bytes),
            _ => parse_v1(bytes),
        };
        Self::from_millis(millis.ok_or(TimestampError::Malformed)?)
            .ok_or(TimestampError::OutOfRange)
    }
}

impl From<Timestamp> for SystemTime {
    /// An instant before what the platform can express becomes the Unix epoch.
    fn from(timestamp: Timestamp) -> Self {
        let distance = Duration::from_millis(timestamp.0.unsigned_abs());
        let instant = if timestamp.0 < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        instant.unwrap_or(Self::UNIX_EPOCH)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    /// Fails outside of the years 0 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        let timestamp = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::UNIX_EPOCH.checked_add(after),
            Err(before) => Self::UNIX_EPOCH.checked_sub(before.duration()),
        };
        timestamp.ok_or(TimestampError::OutOfRange)
    }
}

/// Why a [`Timestamp`] was not made.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// The text is neither RFC 3339 nor the form of API v1.1.
    Malformed,
    /// The instant is outside of the years 0 to 9999.
    OutOfRange,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a timestamp: write it like 2021-01-06T18:40:40Z (RFC 3339)",
            Self::OutOfRange => "a timestamp outside of the years 0 to 9999",
        })
    }
}

impl std::error::Error for TimestampError {}

impl Wire for Timestamp {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        from.deserialize_any(TimestampVisitor(field))
    }

    fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

serde_by_wire!(Timestamp);

struct TimestampVisitor(&'static str);

impl<'de> Visitor<'de> for TimestampVisitor {
    type Value = Option<Timestamp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a timestamp such as 2021-01-06T18:40:40Z", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.parse() {
            Ok(timestamp) => Ok(Some(timestamp)),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// RFC 3339 section 5.6, in milliseconds since the Unix epoch.
fn parse_rfc3339(text: &[u8]) -> Option<i64> {
    let (date_time, rest) = text.split_at_checked(19)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', time @ ..] = date_time
    else {
        return None;
    };
    let date =
        date_millis(digits(&[*y1, *y2, *y3, *y4])?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)?;
    let (fraction, offset) = parse_fraction(rest)?;
    let offset = match offset {
        [b'Z' | b'z'] => 0,
        [sign, h1, h2, b':', m1, m2] => offset_millis(*sign, &[*h1, *h2], &[*m1, *m2])?,
        _ => return None,
    };
    Some(date + time_millis(time)? + fraction - offset)
}

/// The form of API v1.1, `Mon Mar 26 16:33:26 +0000 2018`, in milliseconds since the Unix epoch.
fn parse_v1(text: &[u8]) -> Option<i64> {
    let [_, _, _, b' ', n1, n2, n3, b' ', d1, d2, b' ', rest @ ..] = text else { return None };
    let (time, rest) = rest.split_at_checked(8)?;
    let [b' ', sign, h1, h2, m1, m2, b' ', year @ ..] = rest else { return None };
    let month = MONTHS.iter().position(|name| **name == [*n1, *n2, *n3])? as i64 + 1;
    if year.len() != 4 {
        return None;
    }
    let date = date_millis(digits(year)?, month, digits(&[*d1, *d2])?)?;
    Some(date + time_millis(time)? - offset_millis(*sign, &[*h1, *h2], &[*m1, *m2])?)
}

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Milliseconds from the Unix epoch to a day, if the calendar has it.
fn date_millis(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| days_from_civil(year, month, day) * DAY)
}

/// `HH:MM:SS`; a leap second counts as the first of the next minute.
fn time_millis(text: &[u8]) -> Option<i64> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = text else { return None };
    let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
    let second = digits(&[*s1, *s2])?;
    (hour < 24 && minute < 60 && second <= 60)
        .then_some(hour * HOUR + minute * MINUTE + second * 1000)
}

fn offset_millis(sign: u8, hours: &[u8], minutes: &[u8]) -> Option<i64> {
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let offset = (hours < 24 && minutes < 60).then_some(hours * HOUR + minutes * MINUTE)?;
    match sign {
        b'+' => Some(offset),
        b'-' => Some(-offset),
        _ => None,
    }
}

/// An optional `.` with digits, as milliseconds, and what follows it.
fn parse_fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.', rest @ ..] = text else { return Some((0, text)) };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = rest.split_at(length);
    let digit = |at: usize| fraction.get(at).map_or(0, |byte| i64::from(byte - b'0'));
    (length > 0).then(|| (digit(0) * 100 + digit(1) * 10 + digit(2), rest))
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
    })
}

/// Days from the Unix epoch to a day of the proleptic Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year and the months'
/// lengths follow from a line: the first day of month `m` after March is day `(153 m + 2) / 5`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - DAYS_BEFORE_EPOCH
}

/// The day of the calendar, so many days from the Unix epoch: the inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_BEFORE_EPOCH;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    // The last days of 4, of 100 and of 400 years are what a plain division by 365 miscounts.
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year_of_era;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_EPOCH: i64 = 719_468;
