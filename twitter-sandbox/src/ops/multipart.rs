//! Bodies of several parts (RFC 7578), as far as uploads need them.

/// The value of a field: text or the contents of a file.
pub(super) fn field<'b>(body: &'b [u8], name: &str) -> Option<&'b [u8]> {
    parts(body)?.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Whether the body looks like one of several parts.
pub(super) fn is_multipart(body: &[u8]) -> bool {
    body.starts_with(b"--")
}

/// The names and values; `None` if the body is not built as it must be.
fn parts(body: &[u8]) -> Option<Vec<(String, &[u8])>> {
    // The boundary is the first line; the header names it too, but here it is at hand.
    let end = find(body, b"\r\n")?;
    let boundary = [b"\r\n", &body[..end]].concat();
    let mut rest = &body[end..];
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, &boundary)?;
        let head = find(part, b"\r\n\r\n").filter(|head| *head <= end)?;
        let value = part[..end].get(head + 4..)?;
        parts.push((name(std::str::from_utf8(&part[..head]).ok()?)?, value));
        rest = &part[end + boundary.len()..];
    }
    rest.starts_with(b"--").then_some(parts)
}

/// `content-disposition: form-data; name="media"; filename="…"`
fn name(head: &str) -> Option<String> {
    let is_disposition = |line: &&str| {
        let prefix = line.get(..19).unwrap_or_default();
        prefix.eq_ignore_ascii_case("content-disposition")
    };
    let mut attributes = head.split("\r\n").find(is_disposition)?.split(';').map(str::trim);
    let name = attributes.find_map(|attribute| attribute.strip_prefix("name="))?;
    Some(name.trim_matches('"').to_owned())
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let (first, rest) = part.split_first()?;
    let mut from = 0;
    // Looking for one byte first is many times faster than comparing at each.
    while let Some(at) = text.get(from..)?.iter().position(|byte| byte == first) {
        from += at + 1;
        if text[from..].starts_with(rest) {
            return Some(from - 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_and_files_are_told_apart() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n3\r\n\
            --b\r\ncontent-disposition: form-data; name=\"media\"; filename=\"a\"\r\n\
            content-type: application/octet-stream\r\n\r\n\r\n\x00--b\r\n--b--\r\n";
        assert_eq!(field(body, "segment_index"), Some(&b"3"[..]));
        assert_eq!(field(body, "media"), Some(&b"\r\n\x00--b"[..]));
        assert_eq!(field(body, "other"), None);
        assert_eq!(field(&body[..body.len() - 6], "media"), None);
        for broken in [&b"--b\r\n"[..], b"--", b"--b\r\n\r\n--b--", b"--b\r\nx\r\n\r\ny\r\n--b--"] {
            assert_eq!(field(broken, "media"), None);
        }
    }
}
