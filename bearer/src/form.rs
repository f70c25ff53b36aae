//! Form bodies that carry a secret, and the percent-encoding that they and HTTP Basic share.

use std::{fmt, mem};

use zeroize::Zeroizing;

/// A form body with a secret in it: redacted when printed, zeroized when dropped.
///
/// A client that wants plain text takes it with `request.map(String::from)`.
#[derive(Clone)]
pub struct SecretForm(Zeroizing<String>);

impl SecretForm {
    /// A form of these fields, whose values are encoded already.
    pub(crate) fn new(fields: &[(&str, &str)]) -> Self {
        let length = fields.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        let mut form = Zeroizing::new(String::with_capacity(length));
        for (at, (name, value)) in fields.iter().enumerate() {
            form.push_str(if at > 0 { "&" } else { "" });
            form.push_str(name);
            form.push('=');
            form.push_str(value);
        }
        Self(form)
    }
}

impl AsRef<[u8]> for SecretForm {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl From<SecretForm> for String {
    /// Exposes the form; the text is the caller's to protect.
    fn from(mut form: SecretForm) -> Self {
        mem::take(&mut *form.0)
    }
}

impl fmt::Debug for SecretForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretForm([redacted])")
    }
}

/// Percent-encodes a token, but for the `%` in it: X's pages print its `%2F` and `%3D` on the wire as
/// they are.
pub(crate) fn encode_token(token: &str) -> Zeroizing<String> {
    encode_except(token, b"-._~%")
}

/// Percent-encodes all but the unreserved characters of RFC 3986 section 2.3.
///
/// RFC 6749 appendix B asks for form encoding, which writes a space as `+`; a credential has no
/// space, so the two agree.
pub(crate) fn encode(text: &str) -> Zeroizing<String> {
    encode_except(text, b"-._~")
}

/// Decodes a value of a query (the form encoding of RFC 6749 appendix B). `None` if a `%` is not
/// followed by two hexadecimal digits, or the bytes are not UTF-8.
pub(crate) fn decode(text: &str) -> Option<Zeroizing<String>> {
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(16 * digit()? + digit()?).ok()?
            }
            byte => byte,
        });
    }
    str::from_utf8(&decoded).ok().map(|text| Zeroizing::new(text.to_owned()))
}

fn encode_except(text: &str, kept: &[u8]) -> Zeroizing<String> {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    // The full capacity at once: a string that grows leaves copies behind that nothing zeroizes.
    // Elsewhere `concat` is used instead of `format!` for the same reason.
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(*encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(*encode("a+b/c=:%2F"), "a%2Bb%2Fc%3D%3A%252F");
        assert_eq!(*encode("é"), "%C3%A9");
        assert_eq!(*encode_token("a%2F+b"), "a%2F%2Bb");
    }

    #[test]
    fn what_is_encoded_decodes() {
        for text in ["", "aZ09-._~", "a+b/c=:%2F", "é ☃", "\0\n"] {
            assert_eq!(*decode(&encode(text)).unwrap(), text);
        }
        assert_eq!(*decode("a+b%20c%c3%A9").unwrap(), "a b cé");
        for broken in ["%", "%2", "%2g", "%+1", "%é", "%FF"] {
            assert!(decode(broken).is_none(), "{broken}");
        }
    }
}
