//! Percent-encoding (RFC 5849, section 3.6), and reading the form encoding that requests arrive in.

use alloc::{borrow::Cow, string::String, vec::Vec};

/// Encodes every byte except `A-Z a-z 0-9 - . _ ~`, with upper-case hexadecimal digits.
///
/// ```
/// assert_eq!(oauth1_sign::percent_encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
/// ```
pub fn percent_encode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    push_once(&mut out, text.as_bytes());
    into_string(out)
}

/// Appends `text`, encoded once: as it stands in a header.
pub(crate) fn push_once(out: &mut Vec<u8>, text: &[u8]) {
    push_runs(out, text, |out, byte, rest| {
        let [high, low] = hex(byte);
        out.extend_from_slice(&[b'%', high, low]);
        rest
    });
}

/// Appends `text`, encoded twice: as it stands in a base string.
pub(crate) fn push_twice(out: &mut Vec<u8>, text: &[u8]) {
    push_runs(out, text, |out, byte, rest| {
        push_escape_twice(out, byte);
        rest
    });
}

/// Appends form-encoded `text`, decoded and then encoded twice.
pub(crate) fn push_form_twice(out: &mut Vec<u8>, text: &[u8]) {
    push_runs(out, text, |out, byte, rest| {
        let (byte, rest) = decode_form(byte, rest);
        if is_unreserved(byte) {
            out.push(byte);
        } else {
            push_escape_twice(out, byte);
        }
        rest
    });
}

/// A text in both encodings, which are the text itself where nothing needs an escape.
#[derive(Clone)]
pub(crate) struct Encoded<'a> {
    pub(crate) once: Cow<'a, str>,
    pub(crate) twice: Cow<'a, str>,
}

impl<'a> Encoded<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        if text.bytes().all(is_unreserved) {
            return Self { once: text.into(), twice: text.into() };
        }
        let (mut once, mut twice) = (Vec::new(), Vec::new());
        push_once(&mut once, text.as_bytes());
        push_twice(&mut twice, text.as_bytes());
        Self { once: into_string(once).into(), twice: into_string(twice).into() }
    }

    pub(crate) fn into_owned(self) -> Encoded<'static> {
        Encoded { once: self.once.into_owned().into(), twice: self.twice.into_owned().into() }
    }
}

/// Copies runs of unreserved bytes at once. `escape` writes each other byte, and returns what is
/// left to read after it.
#[inline(always)]
fn push_runs(
    out: &mut Vec<u8>,
    mut bytes: &[u8],
    escape: impl for<'b> Fn(&mut Vec<u8>, u8, &'b [u8]) -> &'b [u8],
) {
    loop {
        let run = bytes.iter().position(|&byte| !is_unreserved(byte)).unwrap_or(bytes.len());
        out.extend_from_slice(&bytes[..run]);
        let Some((&byte, rest)) = bytes[run..].split_first() else { return };
        bytes = escape(out, byte, rest);
    }
}

fn push_escape_twice(out: &mut Vec<u8>, byte: u8) {
    let [high, low] = hex(byte);
    out.extend_from_slice(&[b'%', b'2', b'5', high, low]);
}

pub(crate) fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// Whether RFC 3986 lets `byte` stand as it is, everywhere.
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

/// The bytes that form-encoded `text` means: `+` and `%20` are spaces, and a `%` without two
/// hexadecimal digits stands for itself.
pub(crate) fn form_bytes(text: &str) -> impl Iterator<Item = u8> + '_ {
    let mut bytes = text.as_bytes();
    core::iter::from_fn(move || {
        let (&byte, rest) = bytes.split_first()?;
        let (byte, rest) = decode_form(byte, rest);
        bytes = rest;
        Some(byte)
    })
}

#[inline]
fn decode_form(byte: u8, rest: &[u8]) -> (u8, &[u8]) {
    match byte {
        b'+' => (b' ', rest),
        b'%' => decode_escape(rest).unwrap_or((b'%', rest)),
        _ => (byte, rest),
    }
}

/// Reads the two digits behind a `%`.
fn decode_escape(digits: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], rest) = digits.split_first_chunk()?;
    let value = |digit: u8| char::from(digit).to_digit(16).map(|value| value as u8);
    Some((value(high)? << 4 | value(low)?, rest))
}

/// Form-encoded text, decoded; `None` where the bytes are not UTF-8.
pub(crate) fn decode_form_text(text: &str) -> Option<String> {
    String::from_utf8(form_bytes(text).collect()).ok()
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
