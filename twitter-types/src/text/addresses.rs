//! Addresses as RFC 3986 writes them, whether or not X would make a link of one.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::host::is_domain_char;

/// Whether a whole text is an address that begins with `http://` or `https://`, as
/// [`UrlRules::default()`] says.
///
/// X asks for less when it makes a link of something in a text, and for more: see
/// [`urls()`](super::urls()).
///
/// ```
/// use twitter_types::text;
///
/// assert!(text::is_valid_url("https://user@example.com:8080/a;b=c?d#e"));
/// assert!(text::is_valid_url("http://[2001:db8::1]/"));
/// assert!(!text::is_valid_url("https://example.com/a b"));
/// assert!(!text::is_valid_url("example.com"));
/// ```
pub fn is_valid_url(url: &str) -> bool {
    UrlRules::default().is_valid(url)
}

/// What an address may be, besides what RFC 3986 says of its characters. The domain of a host has
/// two labels or more, and `_` stands before the last two only. Cyrillic letters and `|` need no
/// escape.
///
/// ```
/// use twitter_types::text::UrlRules;
///
/// let mut rules = UrlRules::default();
/// assert!(rules.is_valid("http://☃.net/"));
/// rules.scheme_optional = true;
/// assert!(rules.is_valid("example.com/a"));
/// rules.ascii_host = true;
/// assert!(!rules.is_valid("http://☃.net/"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UrlRules {
    /// Whether `http://` or `https://` may be missing. No other scheme may stand in their place.
    pub scheme_optional: bool,
    /// Whether the host must be written in ASCII, so that an international domain is in Punycode.
    pub ascii_host: bool,
}

impl UrlRules {
    /// Whether a whole text is an address by these rules.
    pub fn is_valid(self, url: &str) -> bool {
        let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let after_scheme = after_scheme(rest);
        let rest = after_scheme.unwrap_or(rest);
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        (after_scheme.is_some() || self.scheme_optional)
            && self.is_authority(authority)
            && consists_of(path, |c| is_path_char(c) || c == '/')
            && consists_of(query, |c| is_path_char(c) || matches!(c, '/' | '?'))
            && consists_of(fragment, |c| is_path_char(c) || matches!(c, '/' | '?'))
    }

    /// RFC 3986, section 3.2.
    fn is_authority(self, authority: &str) -> bool {
        let (user, rest) = authority.split_once('@').unwrap_or(("", authority));
        // The colons of an IPv6 address stand in brackets.
        let with_port = rest.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
        let (host, port) = with_port.unwrap_or((rest, "80"));
        consists_of(user, |c| is_plain(c) || c == ':')
            && self.is_host(host)
            && (1..=5).contains(&port.len())
            && port.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// RFC 3986, section 3.2.2.
    fn is_host(self, host: &str) -> bool {
        let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        in_brackets.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
            || host.parse::<Ipv4Addr>().is_ok()
            || self.is_domain(host)
    }

    fn is_domain(self, domain: &str) -> bool {
        let is_letter = |c: char| {
            c.is_ascii_alphanumeric() || (!self.ascii_host && !c.is_ascii() && is_domain_char(c))
        };
        let is_label = |label: &str, marks: &str| {
            label.starts_with(is_letter)
                && label.ends_with(is_letter)
                && label.chars().all(|c| is_letter(c) || marks.contains(c))
        };
        let mut labels = domain.rsplit('.');
        let top_level = labels.next().filter(|label| is_label(label, "-"));
        let registered = labels.next().filter(|label| is_label(label, "-"));
        top_level.is_some_and(|label| !label.starts_with(|c: char| c.is_ascii_digit()))
            && registered.is_some()
            && labels.all(|label| is_label(label, "-_"))
    }
}

/// What follows `http://` or `https://`.
fn after_scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

/// Whether a text is made of some characters and of escapes, as `%2F` (RFC 3986, section 2.1).
fn consists_of(text: &str, is_allowed: impl Fn(char) -> bool) -> bool {
    let are_allowed = |text: &str| text.chars().all(&is_allowed);
    let mut parts = text.split('%');
    parts.next().is_none_or(are_allowed)
        && parts.all(|part| {
            part.get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
                && are_allowed(&part[2..])
        })
}

/// The `pchar` of RFC 3986, section 3.3, and `|`, but for escapes.
fn is_path_char(c: char) -> bool {
    is_plain(c) || matches!(c, ':' | '@' | '|')
}

/// The `unreserved` and `sub-delims` of RFC 3986, sections 2.2 and 2.3, and Cyrillic.
fn is_plain(c: char) -> bool {
    let is_mark = matches!(c, '-' | '.' | '_' | '~');
    let is_delimiter =
        matches!(c, '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=');
    c.is_ascii_alphanumeric() || is_mark || is_delimiter || matches!(c, '\u{400}'..='\u{4FF}')
}
