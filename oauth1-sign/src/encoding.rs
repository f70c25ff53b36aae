//! Percent-encoding (RFC 5849, section 3.6), and reading the form encoding that requests arrive in.

use alloc::{string::String, vec::Vec};

/// Encodes every byte except `A-Z a-z 0-9 - . _ ~`, with upper-case hexadecimal digits.
///
/// ```
/// assert_eq!(oauth1_sign::percent_encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
/// ```
pub fn percent_encode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push_once(&mut out, text);
    into_string(out)
}

/// Appends `text`, encoded once: as it stands in a header.
pub(crate) fn push_once(out: &mut Vec<u8>, text: &str) {
    push_encoded(out, text, |out, byte| {
        let [high, low] = HEX[usize::from(byte)];
        out.extend_from_slice(&[b'%', high, low]);
    });
}

/// Appends `text`, encoded twice: as it stands in a base string.
pub(crate) fn push_twice(out: &mut Vec<u8>, text: &str) {
    push_encoded(out, text, push_escape_twice);
}

/// Copies unreserved bytes, and has `escape` write each other one.
#[inline(always)]
fn push_encoded(out: &mut Vec<u8>, text: &str, escape: impl Fn(&mut Vec<u8>, u8)) {
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = bytes[copy_unreserved(out, bytes)..].split_first() {
        escape(out, byte);
        bytes = rest;
    }
}

/// Appends one byte, encoded twice.
#[inline]
pub(crate) fn push_escape_twice(out: &mut Vec<u8>, byte: u8) {
    let &[high, low] = &HEX[usize::from(byte)];
    out.extend_from_slice(&[b'%', b'2', b'5', high, low]);
}

/// The two digits of each byte.
pub(crate) const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789ABCDEF";
    let mut table = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    table
};

/// Appends the unreserved bytes that come first, and returns how many they are.
///
/// It copies eight bytes at once and takes some back: that costs less than a copy of just the right
/// length.
#[inline]
pub(crate) fn copy_unreserved(out: &mut Vec<u8>, bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        out.extend_from_slice(chunk);
        let run = unreserved_prefix(u64::from_le_bytes(*chunk));
        if run < chunk.len() {
            out.truncate(out.len() - (chunk.len() - run));
            return bytes.len() - rest.len() + run;
        }
        rest = after;
    }
    for &byte in rest {
        if !is_unreserved(byte) {
            break;
        }
        out.push(byte);
        rest = &rest[1..];
    }
    bytes.len() - rest.len()
}

/// How many of eight bytes, from the lowest on, are unreserved, found for all at once: in each byte of
/// the words below only the highest bit counts.
#[inline]
const fn unreserved_prefix(bytes: u64) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = 0x80 * EACH;
    let ascii = bytes & !HIGHEST;
    let lower_case = ascii | (0x20 * EACH);
    let letter = (lower_case + at_least(b'a')) & !(lower_case + at_least(b'z' + 1));
    let digit = (ascii + at_least(b'0')) & !(ascii + at_least(b'9' + 1));
    let dash_or_dot = (ascii + at_least(b'-')) & !(ascii + at_least(b'.' + 1));
    let not_underscore = (ascii ^ (b'_' as u64 * EACH)) + (0x7f * EACH);
    let not_tilde = (ascii ^ (b'~' as u64 * EACH)) + (0x7f * EACH);
    let unreserved = letter | digit | dash_or_dot | !(not_underscore & not_tilde);
    let reserved = (bytes | !unreserved) & HIGHEST;
    reserved.trailing_zeros() as usize / 8
}

/// What raises the highest bit of every byte below 0x80 that is at least `byte`, when added.
const fn at_least(byte: u8) -> u64 {
    u64::from_ne_bytes([0x80 - byte; 8])
}

/// Whether RFC 3986 lets `byte` stand as it is, everywhere.
#[inline]
pub(crate) fn is_unreserved(byte: u8) -> bool {
    const UNRESERVED: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = matches!(byte as u8, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9')
                || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
            byte += 1;
        }
        table
    };
    UNRESERVED[usize::from(byte)]
}

/// Reads the two digits behind a `%`.
#[inline]
pub(crate) fn decode_escape(digits: &[u8]) -> Option<(u8, &[u8])> {
    const NONE: u8 = 16;
    const VALUES: [u8; 256] = {
        let mut table = [NONE; 256];
        let mut byte = 0;
        while byte < 256 {
            if let Some(value) = (byte as u8 as char).to_digit(16) {
                table[byte] = value as u8;
            }
            byte += 1;
        }
        table
    };
    let (&[high, low], rest) = digits.split_first_chunk()?;
    let (high, low) = (VALUES[usize::from(high)], VALUES[usize::from(low)]);
    (high < NONE && low < NONE).then_some((high << 4 | low, rest))
}

/// Form-encoded text, decoded: `+` and `%20` are spaces, and a `%` without two digits stands for
/// itself. `None` where the bytes are not UTF-8.
pub(crate) fn decode_form_text(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = bytes.split_first() {
        let (byte, rest) = match byte {
            b'+' => (b' ', rest),
            b'%' => decode_escape(rest).unwrap_or((b'%', rest)),
            _ => (byte, rest),
        };
        out.push(byte);
        bytes = rest;
    }
    String::from_utf8(out).ok()
}

/// Text of a header, where only `%` escapes: `None` for a malformed escape, or for bytes that are
/// not UTF-8.
pub(crate) fn decode_header_text(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = bytes.split_first() {
        let (byte, rest) = if byte == b'%' { decode_escape(rest)? } else { (byte, rest) };
        out.push(byte);
        bytes = rest;
    }
    String::from_utf8(out).ok()
}

/// What the functions above wrote, as text.
pub(crate) fn into_string(ascii: Vec<u8>) -> String {
    String::from_utf8(ascii).expect("percent-encoding writes ASCII")
}

/// Splits a query or a form body into its pairs: an empty piece is none, a missing `=` is an empty
/// value.
pub(crate) fn form_pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{decode_form_text, decode_header_text, percent_encode};

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text: String) {
            let encoded = percent_encode(&text);
            prop_assert_eq!(decode_form_text(&encoded), Some(text.clone()));
            prop_assert_eq!(decode_header_text(&encoded), Some(text));
        }
    }

    #[test]
    fn a_header_takes_no_malformed_escape() {
        assert_eq!(decode_header_text("a+b"), Some("a+b".into()));
        for text in ["%", "%4", "%4g", "%FF"] {
            assert_eq!(decode_header_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_form_takes_a_lone_percent_sign_as_it_is() {
        assert_eq!(decode_form_text("100%&").as_deref(), Some("100%&"));
    }
}
