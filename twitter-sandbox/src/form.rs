//! Names and values of a query or of a form body.

/// The decoded pairs of `application/x-www-form-urlencoded` text, in their order.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |piece: &str| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decoded(name), decoded(value))
    };
    text.split('&').filter(|piece| !piece.is_empty()).map(pair).collect()
}

/// The decoded value of the first pair of this name.
pub(crate) fn value(text: &str, name: &str) -> Option<String> {
    pairs(text).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// A URL with one more parameter in its query.
pub(crate) fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}{name}={}", encoded(value))
}

/// Escapes everything but RFC 3986's unreserved characters.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The text with its escapes resolved; what is not an escape stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    unescaped(text, true)
}

/// The same for a segment of a path, in which `+` means itself.
pub(crate) fn decoded_segment(text: &str) -> String {
    unescaped(text, false)
}

fn unescaped(text: &str, plus_is_space: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = bytes.get(at + 1..at + 3).and_then(|digits| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            Some((digit(digits[0])? * 16 + digit(digits[1])?) as u8)
        });
        match (byte, escape) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', _) if plus_is_space => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{decoded_segment, pairs, value, with_parameter};

    #[test]
    fn pairs_are_decoded_once() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            pairs("a=1+2&b=%252F&&c&d=%zz%&e=%C3%A9%ff"),
            [
                pair("a", "1 2"),
                pair("b", "%2F"),
                pair("c", ""),
                pair("d", "%zz%"),
                pair("e", "é\u{fffd}")
            ]
        );
        assert_eq!(decoded_segment("a+b%20c"), "a+b c");
    }

    #[test]
    fn a_parameter_comes_back_as_it_went() {
        let state = "a b&c=d+é%#?~";
        let url = with_parameter("http://127.0.0.1/?a=1", "state", state);
        assert_eq!(url, "http://127.0.0.1/?a=1&state=a%20b%26c%3Dd%2B%C3%A9%25%23%3F~");
        assert_eq!(value(&url, "state").as_deref(), Some(state));
        assert_eq!(with_parameter("app://back", "denied", "x"), "app://back?denied=x");
    }
}
