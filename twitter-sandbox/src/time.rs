//! Moments as X writes them: ISO 8601, HTTP dates, Unix seconds, and the time inside an id.

use std::time::{SystemTime, UNIX_EPOCH};

/// A moment, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(pub(crate) i64);

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The first millisecond that an id can hold.
const ID_EPOCH: i64 = 1_288_834_974_657;

impl Time {
    /// The system's clock, moved by a number of milliseconds.
    pub(crate) fn now(offset: i64) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX / 2);
        Self(millis.saturating_add(offset).max(0))
    }

    /// The moment an id was made.
    pub(crate) fn of_id(id: u64) -> Self {
        Self((id >> 22) as i64 + ID_EPOCH)
    }

    /// The first id of this moment.
    pub(crate) fn first_id(self) -> u64 {
        let millis = self.0.saturating_sub(ID_EPOCH).max(0) as u64;
        // Far in the future, ids run out.
        if millis > u64::MAX >> 22 { u64::MAX } else { millis << 22 }
    }

    pub(crate) fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    pub(crate) fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Such as `2026-11-24T03:55:00.000Z`.
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let rest = self.0.rem_euclid(DAY);
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
            rest / HOUR,
            rest / MINUTE % 60,
            rest / SECOND % 60,
            rest % SECOND
        )
    }

    /// Midnight of the day, as the usage report writes it.
    pub(crate) fn iso_day(self) -> String {
        Self(self.0.div_euclid(DAY) * DAY).iso()
    }

    /// The form of the `date` header, such as `Tue, 24 Nov 2026 03:55:00 GMT`.
    pub(crate) fn http_date(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let days = self.0.div_euclid(DAY);
        let (year, month, day) = civil(days);
        let rest = self.0.rem_euclid(DAY);
        format!(
            "{}, {day:02} {} {year:04} {:02}:{:02}:{:02} GMT",
            DAYS[days.rem_euclid(7) as usize],
            MONTHS[(month - 1) as usize],
            rest / HOUR,
            rest / MINUTE % 60,
            rest / SECOND % 60
        )
    }

    /// Reads `YYYY-MM-DDTHH:mm:ssZ`, with or without a fraction of a second.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (head, tail) = (text.get(..19)?, text.get(19..)?);
        let millis = match tail.strip_suffix('Z')? {
            "" => 0,
            fraction => {
                let digits = fraction.strip_prefix('.')?;
                number(digits)?;
                number(&format!("{digits:0<3}")[..3])?
            }
        };
        let shape = |at: usize, byte: u8| head.as_bytes()[at] == byte;
        if ![(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
            .iter()
            .all(|&(at, byte)| shape(at, byte))
        {
            return None;
        }
        let part = |from: usize, to: usize| head.get(from..to).and_then(number);
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
        let days = days_from_civil(year, month, day);
        // There is no 31 June.
        let fits = civil(days) == (year, month, day) && hour < 24 && minute < 60 && second < 60;
        fits.then(|| Self(days * DAY + hour * HOUR + minute * MINUTE + second * SECOND + millis))
    }
}

fn number(digits: &str) -> Option<i64> {
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// Year, month and day of a count of days since 1970, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn written_and_read_alike() {
        for text in ["1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"] {
            assert_eq!(Time::parse(text).unwrap().iso(), text);
        }
        assert_eq!(Time::parse("2026-11-24T03:55:00Z").unwrap().seconds(), 1_795_492_500);
        assert_eq!(
            Time::parse("2026-11-24T03:55:00Z").unwrap().http_date(),
            "Tue, 24 Nov 2026 03:55:00 GMT"
        );
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "yesterday",
            "2026-00-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-06-31T00:00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01",
        ] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
        assert_eq!(Time::parse("2026-01-01T00:00:00.é00Z"), None);
    }

    #[test]
    fn an_id_holds_its_time() {
        let time = Time::parse("2026-11-24T03:55:00.123Z").unwrap();
        assert_eq!(Time::of_id(time.first_id()), time);
        assert_eq!(Time::parse("9999-12-31T23:59:59Z").unwrap().first_id(), u64::MAX);
        assert_eq!(Time::parse("0000-01-01T00:00:00Z").unwrap().first_id(), 0);
    }
}
