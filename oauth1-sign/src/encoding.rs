//! Percent-encoding (RFC 5849, section 3.6), and reading the form encoding that requests arrive in.

use alloc::{borrow::Cow, string::String, vec::Vec};

/// Encodes every byte except `A-Z a-z 0-9 - . _ ~`, with upper-case hexadecimal digits.
///
/// ```
/// assert_eq!(oauth1_sign::percent_encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
/// ```
pub fn percent_encode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 8);
    push_once(&mut out, text);
    into_string(out)
}

/// Appends `text`, encoded once: as it stands in a header.
pub(crate) fn push_once(out: &mut Vec<u8>, text: &str) {
    push_encoded(out, text, &ONCE);
}

/// Appends `text`, encoded twice: as it stands in a base string.
pub(crate) fn push_twice(out: &mut Vec<u8>, text: &str) {
    push_encoded(out, text, &TWICE);
}

/// A text in both encodings, which are the text itself where nothing needs an escape.
pub(crate) struct Encoded<'a> {
    pub(crate) once: Cow<'a, str>,
    pub(crate) twice: Cow<'a, str>,
}

impl<'a> Encoded<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let (chunks, tail) = text.as_bytes().as_chunks::<8>();
        let is_plain = |bytes: &[u8]| bytes.iter().all(|&byte| is_unreserved(byte));
        if chunks.iter().all(|chunk| is_plain(chunk)) && is_plain(tail) {
            return Self { once: text.into(), twice: text.into() };
        }
        let mut twice = Vec::new();
        push_twice(&mut twice, text);
        Self { once: percent_encode(text).into(), twice: into_string(twice).into() }
    }
}

/// Appends `text` as `codes` say.
#[inline(always)]
fn push_encoded(out: &mut Vec<u8>, text: &str, codes: &[Code; 256]) {
    let mut window = [0; WINDOW];
    let mut writer = Writer::new(out, &mut window);
    let mut bytes = text.as_bytes();
    while let Some((&byte, rest)) = writer.copy_unreserved(bytes).split_first() {
        writer.write(codes[usize::from(byte)]);
        bytes = rest;
    }
    writer.flush();
}

/// Appends bytes in Base64 (RFC 4648, section 4), encoded once: in one pass, since as two it would be a
/// twentieth of all that a signature costs.
pub(crate) fn push_base64_once(out: &mut Vec<u8>, bytes: &[u8]) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut window = [0; WINDOW];
    let mut writer = Writer::new(out, &mut window);
    let (chunks, tail) = bytes.as_chunks::<3>();
    let mut write = |[a, b, c]: [u8; 3], digits: usize| {
        let bits = u32::from_be_bytes([a, b, c, 0]);
        for digit in 0..digits {
            let value = bits << (6 * digit) >> 26;
            writer.write(ONCE[usize::from(ALPHABET[value as usize])]);
        }
    };
    chunks.iter().for_each(|chunk| write(*chunk, 4));
    match *tail {
        [a, b] => write([a, b, 0], 3),
        [a] => write([a, 0, 0], 2),
        _ => {}
    }
    (tail.len()..3)
        .filter(|_| !tail.is_empty())
        .for_each(|_| writer.write(ONCE[usize::from(b'=')]));
    writer.flush();
}

/// Appends to a buffer by way of a window of constant size. There is always room to write eight bytes
/// and take some back, which costs less than to write just the right number.
pub(crate) struct Writer<'a> {
    pub(crate) out: &'a mut Vec<u8>,
    window: &'a mut [u8; WINDOW],
    end: usize,
}

/// The length of a writer's window.
pub(crate) const WINDOW: usize = 128;

impl<'a> Writer<'a> {
    #[inline(always)]
    pub(crate) fn new(out: &'a mut Vec<u8>, window: &'a mut [u8; WINDOW]) -> Self {
        Self { out, window, end: 0 }
    }

    /// Writes the unreserved bytes that come first, except the last seven, and returns the others.
    #[inline(always)]
    pub(crate) fn copy_unreserved<'b>(&mut self, mut bytes: &'b [u8]) -> &'b [u8] {
        while let Some((chunk, rest)) = bytes.split_first_chunk::<8>() {
            *self.room() = *chunk;
            if let Some(run) = chunk.iter().position(|&byte| !is_unreserved(byte)) {
                self.end += run;
                return &bytes[run..];
            }
            self.end += 8;
            bytes = rest;
        }
        bytes
    }

    /// Writes one code.
    #[inline(always)]
    pub(crate) fn write(&mut self, code: Code) {
        *self.room() = code.to_le_bytes();
        self.end += (code >> 56) as usize;
    }

    #[inline(always)]
    fn room(&mut self) -> &mut [u8; 8] {
        if self.end > WINDOW - 8 {
            self.flush();
        }
        self.window[self.end..].first_chunk_mut().expect("there is room")
    }

    /// Appends what is in the window, and returns the length of the buffer.
    #[inline(always)]
    pub(crate) fn flush(&mut self) -> usize {
        self.out.extend_from_slice(&self.window[..self.end]);
        self.end = 0;
        self.out.len()
    }

    pub(crate) fn position(&self) -> usize {
        self.out.len() + self.end
    }
}

/// What stands for a byte: at most five bytes, and their number in the last place.
pub(crate) type Code = u64;

/// Each byte, encoded once.
static ONCE: [Code; 256] = codes(b"%");

/// Each byte, encoded twice.
pub(crate) static TWICE: [Code; 256] = codes(b"%25");

/// An encoded `=`, encoded again.
pub(crate) const EQUALS: Code = Code::from_le_bytes(*b"%3D\0\0\0\0\x03");

/// The code of each byte, where `percent` begins an escape.
const fn codes(percent: &[u8]) -> [Code; 256] {
    let mut codes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut code = [0; 8];
        if is_unreserved(byte as u8) {
            code[0] = byte as u8;
            code[7] = 1;
        } else {
            let length = percent.len();
            code.split_at_mut(length).0.copy_from_slice(percent);
            [code[length], code[length + 1]] = HEX[byte];
            code[7] = length as u8 + 2;
        }
        codes[byte] = Code::from_le_bytes(code);
        byte += 1;
    }
    codes
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

/// Whether RFC 3986 lets `byte` stand as it is, everywhere.
#[inline]
pub(crate) const fn is_unreserved(byte: u8) -> bool {
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
    UNRESERVED[byte as usize]
}

/// Reads the two digits behind a `%`.
#[inline]
pub(crate) fn decode_escape(digits: &[u8]) -> Option<(u8, &[u8])> {
    const NONE: u16 = 0x100;
    static VALUES: [u16; 256] = {
        let mut table = [NONE; 256];
        let mut byte = 0;
        while byte < 256 {
            if let Some(value) = (byte as u8 as char).to_digit(16) {
                table[byte] = value as u16;
            }
            byte += 1;
        }
        table
    };
    let (&[high, low], rest) = digits.split_first_chunk()?;
    let value = VALUES[usize::from(high)] << 4 | VALUES[usize::from(low)];
    (value < NONE).then_some((value as u8, rest))
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
    use alloc::string::String;

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
