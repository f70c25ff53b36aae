//! What a signer adds to every request, and what of it is encoded once and for all.

use alloc::{format, string::String, vec::Vec};

use crate::{
    SignatureMethod, Stamp,
    encoding::{Encoded, into_string, push_once, push_twice},
};

/// The names of the signer's own parameters, in order.
pub(crate) const PROTOCOL: [&str; 6] = [
    "oauth_consumer_key",
    "oauth_nonce",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_token",
    "oauth_version",
];

/// All that is the same in every request of a signer, encoded once and for all: three pieces, with the
/// nonce after the first and the timestamp after the second.
#[derive(Clone)]
pub(crate) struct Frame {
    /// For the base string, each parameter behind its `&`.
    signed: [String; 3],
    /// For the header, each parameter before its comma.
    sent: [String; 3],
    /// Room for the longer of the two.
    pub(crate) length: usize,
}

impl Frame {
    pub(crate) fn new(
        method: SignatureMethod,
        client_key: &str,
        token: Option<&str>,
        version: bool,
    ) -> Self {
        let [key_name, nonce, method_name, timestamp, token_name, version_name] = PROTOCOL;
        let signed = |pairs: &[(&str, &str)], next: &str| {
            let mut out = Vec::new();
            for (name, value) in pairs {
                out.extend_from_slice(format!("%26{name}%3D").as_bytes());
                push_twice(&mut out, value);
            }
            into_string(out) + next
        };
        let sent = |start: &str, pairs: &[(&str, &str)], next: &str| {
            let mut out = Vec::from(start);
            pairs.iter().for_each(|(name, value)| push_sent(&mut out, name, value));
            into_string(out) + next
        };
        let first = [(key_name, client_key)];
        let second = [(method_name, method.as_str())];
        let third: Vec<_> =
            [token.map(|token| (token_name, token)), version.then_some((version_name, "1.0"))]
                .into_iter()
                .flatten()
                .collect();
        let signed = [
            signed(&first, &format!("%26{nonce}%3D")),
            signed(&second, &format!("%26{timestamp}%3D")),
            signed(&third, ""),
        ];
        let sent = [
            sent("", &first, &format!("{nonce}=\"")),
            sent("\", ", &second, &format!("{timestamp}=\"")),
            sent("\", ", &third, ""),
        ];
        let length = signed.iter().map(String::len).sum();
        Self { signed, sent, length }
    }

    pub(crate) fn push_signed(&self, out: &mut Vec<u8>, list: usize, stamp: &EncodedStamp<'_>) {
        let [first, second, third] = &self.signed;
        let separator = if out.len() > list { 0 } else { "%26".len() };
        out.extend_from_slice(&first.as_bytes()[separator..]);
        out.extend_from_slice(stamp.encoded.twice.as_bytes());
        out.extend_from_slice(second.as_bytes());
        out.extend_from_slice(stamp.timestamp.digits());
        out.extend_from_slice(third.as_bytes());
    }

    pub(crate) fn push_sent(&self, out: &mut Vec<u8>, stamp: &EncodedStamp<'_>) {
        let [first, second, third] = &self.sent;
        out.extend_from_slice(first.as_bytes());
        out.extend_from_slice(stamp.encoded.once.as_bytes());
        out.extend_from_slice(second.as_bytes());
        out.extend_from_slice(stamp.timestamp.digits());
        out.extend_from_slice(third.as_bytes());
    }
}

/// Appends a parameter of the header, and the comma behind it.
pub(crate) fn push_sent(out: &mut Vec<u8>, name: &str, value: &str) {
    push_once(out, name);
    out.extend_from_slice(b"=\"");
    push_once(out, value);
    out.extend_from_slice(b"\", ");
}

/// A stamp as it is written.
pub(crate) struct EncodedStamp<'a> {
    pub(crate) nonce: &'a str,
    pub(crate) encoded: Encoded<'a>,
    pub(crate) timestamp: Decimal,
}

impl<'a> EncodedStamp<'a> {
    /// `None` where there is neither nonce nor timestamp.
    pub(crate) fn new(stamp: &'a Stamp<'_>) -> Option<Self> {
        let nonce = stamp.nonce()?;
        let timestamp = Decimal::new(stamp.timestamp);
        Some(Self { nonce, encoded: Encoded::new(nonce), timestamp })
    }
}

/// A number as text, without an allocation.
pub(crate) struct Decimal {
    buffer: [u8; 20],
    start: usize,
}

impl Decimal {
    fn new(mut number: u64) -> Self {
        let mut decimal = Self { buffer: [0; 20], start: 20 };
        while number >= 10 {
            decimal.push(PAIRS[(number % 100) as usize]);
            number /= 100;
        }
        if number > 0 || decimal.start == 20 {
            decimal.start -= 1;
            decimal.buffer[decimal.start] = b'0' + number as u8;
        }
        decimal
    }

    /// Writes two digits before those that are there.
    fn push(&mut self, pair: [u8; 2]) {
        self.start -= 2;
        self.buffer[self.start..self.start + 2].copy_from_slice(&pair);
    }

    fn digits(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.digits()).expect("made of digits")
    }
}

/// The numbers below a hundred, in two digits.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::Decimal;

    #[test]
    fn a_number_is_written_as_it_is() {
        for number in [0, 7, 10, 99, 100, 101, 999, 1_000, 1_318_622_958, u64::MAX] {
            assert_eq!(Decimal::new(number).as_str(), number.to_string());
        }
    }
}
