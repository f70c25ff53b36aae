//! The host of a link: its characters, its top-level domain, and how long it may be.

use core::ops::Range;

use super::tlds::TLDS;

/// Whether a character may stand in a label of a host. A `-` or `_` may too, inside.
pub(super) fn is_domain_char(c: char) -> bool {
    let is_punctuation = c.is_ascii_punctuation() && !matches!(c, '"' | '`');
    !is_punctuation && !is_space(c) && !is_direction(c) && !super::is_invalid(c)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{180E}'
}

/// Whether a character is a mark of the direction of writing.
pub(super) fn is_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is a Latin letter with an accent, or an accent.
pub(super) fn is_latin_accent(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{253}' | '\u{254}'
        | '\u{256}' | '\u{257}' | '\u{259}' | '\u{25B}' | '\u{263}' | '\u{268}' | '\u{26F}' | '\u{272}'
        | '\u{289}' | '\u{28B}' | '\u{2BB}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Where the top-level domain ends that a text starts with.
///
/// A name of the list counts unless it goes on with a letter or digit of ASCII, or with `@`, `+` or
/// `-`; so `com` is one in `comて`. Any label that begins with `xn--` counts too.
pub(super) fn top_level_domain(text: &str) -> Option<usize> {
    let ends_name = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '@' | '+' | '-');
    let mut name = String::new();
    let mut longest = None;
    for (at, c) in text.char_indices() {
        if ends_name(c) && TLDS.binary_search(&name.as_str()).is_ok() {
            longest = Some(at);
        }
        if name.len() >= LONGEST_TLD || !is_domain_char(c) {
            return longest.or_else(|| punycode_label(text));
        }
        name.extend(c.to_lowercase());
    }
    let is_name = TLDS.binary_search(&name.as_str()).is_ok();
    if is_name { Some(text.len()) } else { longest.or_else(|| punycode_label(text)) }
}

/// The bytes of the longest name of the list.
const LONGEST_TLD: usize = 33;

/// Where a label ends that is written in Punycode.
fn punycode_label(text: &str) -> Option<usize> {
    let prefix = text.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("xn--"))?.len();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (end > prefix).then_some(end)
}

/// Whether every label of a host fits into 63 bytes when written in ASCII.
pub(super) fn is_valid_host(host: &str) -> bool {
    // A label in Punycode holds nothing but ASCII.
    if host.starts_with("xn--") && ascii_domains(host).next().is_none() {
        return false;
    }
    host.split('.').all(|label| {
        // No encoding is shorter than its text, so what is too long is not encoded.
        label.chars().take(MAX_LABEL + 1).count() <= MAX_LABEL
            && (1..=MAX_LABEL).contains(&ascii_length(label))
    })
}

const MAX_LABEL: usize = 63;

/// The length of a label in ASCII (RFC 3490, section 4.1, where other full stops separate too).
fn ascii_length(label: &str) -> usize {
    let parts = label.split(['\u{3002}', '\u{FF0E}', '\u{FF61}']);
    let lengths =
        parts.map(
            |part| {
                if part.is_ascii() { part.len() } else { "xn--".len() + punycode_length(part) }
            },
        );
    lengths.map(|length| length + 1).sum::<usize>() - 1
}

/// The length of a label in Punycode (RFC 3492, section 6.3).
fn punycode_length(label: &str) -> usize {
    let points: Vec<u32> = label.chars().map(u32::from).collect();
    let basic = points.iter().filter(|&&point| point < 0x80).count() as u32;
    let mut length = basic as usize + usize::from(basic > 0);
    let (mut point, mut delta, mut bias, mut handled) = (0x80, 0, 72, basic);
    while let Some(&next) = points.iter().filter(|&&other| other >= point).min() {
        delta += (next - point) * (handled + 1);
        point = next;
        for &other in &points {
            if other < point {
                delta += 1;
            } else if other == point {
                length += digits(delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        point += 1;
    }
    length
}

/// The digits of a variable-length integer.
fn digits(mut value: u32, bias: u32) -> usize {
    let mut count = 1;
    for step in 1.. {
        let threshold = (step * 36_u32).saturating_sub(bias).clamp(1, 26);
        if value < threshold {
            break;
        }
        value = (value - threshold) / (36 - threshold);
        count += 1;
    }
    count
}

/// The bias after a delta (RFC 3492, section 6.1).
fn adapt(delta: u32, handled: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / handled;
    let mut bias = 0;
    while delta > (36 - 1) * 26 / 2 {
        delta /= 36 - 1;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

/// The domains of Latin letters inside a host that a link without a scheme would have: `a.com` and
/// `b.com` in `a.comとb.com`.
pub(super) fn ascii_domains(host: &str) -> AsciiDomains<'_> {
    AsciiDomains { host, at: 0 }
}

#[derive(Clone, Debug)]
pub(super) struct AsciiDomains<'a> {
    host: &'a str,
    at: usize,
}

impl Iterator for AsciiDomains<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_latin_accent(c);
        loop {
            let start = self.at + self.host[self.at..].find(is_part)?;
            let mut domain_end = None;
            let mut end = start;
            // A chain of labels; the domain ends at its last top-level domain.
            loop {
                let label = &self.host[end..];
                let length = label.find(|c| !is_part(c)).unwrap_or(label.len());
                end += length;
                if length == 0 || !self.host[end..].starts_with('.') {
                    break;
                }
                end += 1;
                let name = top_level_domain(&self.host[end..]);
                domain_end = name.map(|length| end + length).or(domain_end);
            }
            // Without one, none of the chain's labels starts a domain either.
            self.at = domain_end.unwrap_or(end);
            if let Some(end) = domain_end {
                return Some(start..end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(TLDS.is_sorted());
        assert_eq!(TLDS.iter().map(|name| name.len()).max(), Some(LONGEST_TLD));
        assert!(TLDS.iter().all(|name| name.to_lowercase() == *name));
    }

    #[test]
    fn top_level_domains() {
        for (text, end) in [
            ("com", Some(3)),
            ("COM/", Some(3)),
            ("comて", Some(3)),
            ("comm", None),
            ("com-", None),
            ("com@", None),
            ("みんなです", Some("みんな".len())),
            ("РФ ", Some("рф".len())),
            ("xn--p1ai.", Some(8)),
            ("xn--", None),
            ("", None),
        ] {
            assert_eq!(top_level_domain(text), end, "{text}");
        }
    }

    /// RFC 3492, section 7.1, (B), (I) and (K); and a registered name.
    #[test]
    fn punycode_of_known_length() {
        for (label, encoded) in [
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
            ("bücher", "bcher-kva"),
        ] {
            assert_eq!(punycode_length(label), encoded.len(), "{label}");
        }
    }
}
