//! The clock and the nonce, which the caller hands to every signature.

use core::fmt;

/// When a request is signed, and the number that it is signed with once: `oauth_timestamp` and
/// `oauth_nonce` (RFC 5849, section 3.3).
///
/// The same stamp gives the same signature, so that a published vector can be replayed. A server
/// takes a stamp only once: make a new one for every request and every retry.
#[derive(Clone, PartialEq, Eq)]
pub struct Stamp<'a> {
    pub(crate) nonce: Option<Nonce<'a>>,
    pub(crate) timestamp: u64,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Nonce<'a> {
    Given(&'a str),
    #[cfg(feature = "std")]
    Random([u8; 32]),
}

impl<'a> Stamp<'a> {
    /// A nonce, and seconds since 1970-01-01 00:00 UTC. X takes ASCII nonces only.
    pub const fn new(nonce: &'a str, timestamp: u64) -> Self {
        Self { nonce: Some(Nonce::Given(nonce)), timestamp }
    }

    /// Neither nonce nor timestamp, which `PLAINTEXT` allows.
    pub const fn none() -> Self {
        Self { nonce: None, timestamp: 0 }
    }

    /// The system's clock, and 128 random bits from the operating system.
    ///
    /// # Panics
    ///
    /// If the operating system has no random numbers to give.
    #[cfg(feature = "std")]
    #[expect(clippy::disallowed_methods, reason = "the edge: `Stamp::new` takes any time")]
    pub fn now() -> Stamp<'static> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).expect("the operating system gives random numbers");
        let mut nonce = [0; 32];
        for (digits, byte) in nonce.chunks_exact_mut(2).zip(random) {
            digits.copy_from_slice(&crate::encoding::HEX[usize::from(byte)]);
        }
        let now = std::time::SystemTime::now();
        let timestamp = now.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_secs());
        Stamp { nonce: Some(Nonce::Random(nonce)), timestamp }
    }

    /// The nonce, unless this is [`Stamp::none`].
    pub fn nonce(&self) -> Option<&str> {
        Some(match self.nonce.as_ref()? {
            Nonce::Given(nonce) => nonce,
            #[cfg(feature = "std")]
            Nonce::Random(nonce) => {
                core::str::from_utf8(nonce).expect("made of hexadecimal digits")
            }
        })
    }

    /// Seconds since 1970-01-01 00:00 UTC, unless this is [`Stamp::none`].
    pub fn timestamp(&self) -> Option<u64> {
        self.nonce.is_some().then_some(self.timestamp)
    }
}

impl fmt::Debug for Stamp<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stamp")
            .field("nonce", &self.nonce())
            .field("timestamp", &self.timestamp())
            .finish()
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::Stamp;

    #[test]
    fn no_two_nonces_are_alike() {
        let (one, other) = (Stamp::now(), Stamp::now());
        assert_ne!(one.nonce(), other.nonce());
        assert_eq!(one.nonce().map(str::len), Some(32));
        assert!(one.timestamp() > Some(1_700_000_000));
    }
}
