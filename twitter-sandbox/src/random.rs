//! Unpredictable strings, for keys and tokens.

use std::io;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A string of ASCII letters and digits.
pub(crate) fn alphanumeric(length: usize) -> io::Result<String> {
    let mut text = String::with_capacity(length);
    let mut bytes = [0; 64];
    while text.len() < length {
        fill(&mut bytes)?;
        // 248 is the largest multiple of 62 in a byte: what lies above would favour some letters.
        let letters = bytes.iter().filter(|byte| **byte < 248);
        text.extend(
            letters.take(length - text.len()).map(|byte| ALPHABET[usize::from(byte % 62)] as char),
        );
    }
    Ok(text)
}

/// A string of decimal digits.
pub(crate) fn digits(length: usize) -> io::Result<String> {
    let mut text = String::with_capacity(length);
    let mut bytes = [0; 16];
    while text.len() < length {
        fill(&mut bytes)?;
        // 250 is the largest multiple of 10 in a byte.
        let fair = bytes.iter().filter(|byte| **byte < 250);
        text.extend(fair.take(length - text.len()).map(|byte| char::from(b'0' + byte % 10)));
    }
    Ok(text)
}

/// Sixteen hexadecimal digits, as in a transaction id.
pub(crate) fn hexadecimal() -> io::Result<String> {
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(format!("{:016x}", u64::from_le_bytes(bytes)))
}

fn fill(bytes: &mut [u8]) -> io::Result<()> {
    getrandom::fill(bytes).map_err(|error| io::Error::other(error.to_string()))
}
