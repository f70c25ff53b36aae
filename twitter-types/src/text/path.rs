//! What may follow the host of a link. Each function says where its part of a text ends.

use super::host::is_latin_accent;

/// The end of `:` and a port at the start of a text; 0 if there is none.
pub(super) fn port(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(':') else { return 0 };
    match digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()) {
        0 => 0,
        length => 1 + length,
    }
}

/// The end of a path at the start of a text; 0 if it does not start with `/`.
///
/// A path ends with a letter, a digit, one of `+-=_#/` or closed parentheses, so that the full stop
/// of a sentence is none of it.
pub(super) fn path(text: &str) -> usize {
    if !text.starts_with('/') {
        return 0;
    }
    let mut at = 1;
    let mut end = at;
    while let Some(c) = text[at..].chars().next() {
        if is_path_char(c) {
            at += c.len_utf8();
        } else if let Some(length) = parentheses(&text[at..]) {
            at += length;
            end = at;
        } else {
            break;
        }
        if ends_path(c) {
            end = at;
        }
    }
    end
}

/// The end of parentheses that hold something, and perhaps one more pair of them: `(a)`, `(a(b)c)`.
fn parentheses(text: &str) -> Option<usize> {
    let (outer, length) = inside(text)?;
    if outer.starts_with(')') {
        return (length > 0).then_some(1 + length + 1);
    }
    let (inner, length) = inside(outer)?;
    let after = inner.strip_prefix(')').filter(|_| length > 0)?;
    let after = after.trim_start_matches(is_path_char).strip_prefix(')')?;
    Some(text.len() - after.len())
}

/// What follows `(` and characters of a path, and the length of these.
fn inside(text: &str) -> Option<(&str, usize)> {
    let text = text.strip_prefix('(')?;
    let rest = text.trim_start_matches(is_path_char);
    Some((rest, text.len() - rest.len()))
}

fn is_path_char(c: char) -> bool {
    ends_path(c)
        || matches!(
            c,
            '!' | '*'
                | '\''
                | ';'
                | ':'
                | ','
                | '.'
                | '$'
                | '%'
                | '['
                | ']'
                | '–'
                | '~'
                | '@'
                | '|'
                | '&'
        )
}

fn ends_path(c: char) -> bool {
    let is_cyrillic = matches!(c, '\u{400}'..='\u{4FF}');
    let is_mark = matches!(c, '+' | '-' | '=' | '_' | '#' | '/');
    c.is_ascii_alphanumeric() || is_mark || is_cyrillic || is_latin_accent(c)
}

/// The end of a query at the start of a text; 0 if there is none. It ends with a letter, a digit or
/// one of `-_&=#/`.
pub(super) fn query(text: &str) -> usize {
    let Some(query) = text.strip_prefix('?') else { return 0 };
    let query = &query[..query.find(|c| !is_query_char(c)).unwrap_or(query.len())];
    match query.trim_end_matches(|c| !ends_query(c)).len() {
        0 => 0,
        length => 1 + length,
    }
}

fn is_query_char(c: char) -> bool {
    ends_query(c)
        || matches!(
            c,
            '!' | '?'
                | '*'
                | '\''
                | '@'
                | '('
                | ')'
                | ';'
                | ':'
                | '+'
                | '$'
                | '%'
                | '['
                | ']'
                | '.'
                | ','
                | '~'
                | '|'
        )
}

fn ends_query(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '&' | '=' | '#' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (text, end) in [
            ("/", 1),
            ("/a.", 2),
            ("/a_(film)", 9),
            ("/a(b(c)d)e", 10),
            ("/a()", 2),
            ("/a(b", 2),
            ("/a((b))", 7),
            ("/a((b)", 2),
            ("/@user/", 7),
            ("a", 0),
        ] {
            assert_eq!(path(text), end, "{text}");
        }
    }

    #[test]
    fn ports_and_queries() {
        assert_eq!((port(":80/"), port(":a"), port("80")), (3, 0, 0));
        assert_eq!((query("?a=b."), query("?!"), query("a")), (4, 0, 0));
    }
}
