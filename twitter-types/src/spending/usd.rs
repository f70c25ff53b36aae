//! Amounts of money.

use std::{error, fmt, iter::Sum, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An amount in US dollars, in whole millionths of one; at most some 18 trillion dollars, where sums
/// stay.
///
/// Displays as `$0.0050`, with six decimals if it needs them, and serializes so.
///
/// ```
/// use twitter_types::spending::Usd;
///
/// let price: Usd = "0.005".parse()?;
/// assert_eq!(price, Usd::from_micros(5_000));
/// assert_eq!(price.saturating_mul(100).to_string(), "$0.5000");
/// assert_eq!("$12.50".parse::<Usd>()?, Usd::from_cents(1250));
/// # Ok::<(), twitter_types::spending::UsdError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd(u64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most.
    pub const MAX: Self = Self(u64::MAX);

    /// So many millionths of a dollar.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// So many cents.
    pub const fn from_cents(cents: u64) -> Self {
        Self(cents.saturating_mul(10_000))
    }

    /// Millionths of a dollar.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// The sum, at most [`MAX`](Self::MAX).
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference; nothing if the other is larger.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times as much, at most [`MAX`](Self::MAX).
    #[must_use]
    pub const fn saturating_mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, micros) = (self.0 / 1_000_000, self.0 % 1_000_000);
        match micros % 100 {
            0 => f.pad(&format!("${dollars}.{:04}", micros / 100)),
            _ => f.pad(&format!("${dollars}.{micros:06}")),
        }
    }
}

impl FromStr for Usd {
    type Err = UsdError;

    /// Reads `0.005`, `$0.0050` or `12`.
    fn from_str(text: &str) -> Result<Self, UsdError> {
        let number = text.strip_prefix('$').unwrap_or(text);
        let (dollars, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(dollars) || !is_digits(decimals) || decimals.len() > 6 {
            return Err(UsdError);
        }
        let micros: u64 = format!("{decimals:0<6}").parse().map_err(|_| UsdError)?;
        let dollars: u64 = dollars.parse().map_err(|_| UsdError)?;
        let whole = dollars.checked_mul(1_000_000).and_then(|whole| whole.checked_add(micros));
        whole.map(Self).ok_or(UsdError)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::saturating_add)
    }
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Usd {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A text is no [`Usd`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsdError;

impl fmt::Display for UsdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount: write US dollars like 0.005, with six decimals at most")
    }
}

impl error::Error for UsdError {}
