//! Taking a URL apart without changing it, as the base string needs it.

use crate::Error;

/// An absolute URL, each part as it was written.
#[derive(Clone, Copy)]
pub(crate) struct Url<'a> {
    base: Base<'a>,
    /// What follows the `?`, with the fragment.
    pub(crate) query: &'a str,
}

/// What the base string URI is made from (RFC 5849, section 3.4.1.2).
#[derive(Clone, Copy)]
enum Base<'a> {
    /// It stands in the URL.
    Whole(&'a str),
    Parts {
        scheme: &'a str,
        host: &'a str,
        port: Option<&'a str>,
        path: &'a str,
    },
}

impl<'a> Url<'a> {
    pub(crate) fn parse(url: &'a str) -> Result<Self, Error> {
        Self::parse_plain(url).map_or_else(|| Self::parse_any(url), Ok)
    }

    /// In one pass, the URL that nearly all are like: `https`, a host in lower case, and a path.
    fn parse_plain(url: &'a str) -> Option<Self> {
        let rest = url.strip_prefix("https://")?;
        let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        let (host, rest) = rest.split_at(find(rest, |byte| !is_plain(byte)));
        if host.is_empty() || !rest.starts_with('/') {
            return None;
        }
        let (base, query) = url.split_at(url.len() - rest.len() + find_query(rest));
        Some(Self { base: Base::Whole(base), query: query.strip_prefix('?').unwrap_or_default() })
    }

    fn parse_any(url: &'a str) -> Result<Self, Error> {
        let (scheme, rest) = split_scheme(url)?;
        let (authority, rest) =
            rest.split_at(find(rest, |byte| matches!(byte, b'/' | b'?' | b'#')));
        let (path, query) = rest.split_at(find_query(rest));
        let (host, port) = split_authority(authority)?;
        let number = port.and_then(|port| port.parse::<u16>().ok());
        let default = (scheme.eq_ignore_ascii_case("http") && number == Some(80))
            || (scheme.eq_ignore_ascii_case("https") && number == Some(443));
        let port = port.filter(|_| !default);
        let path = if path.is_empty() { "/" } else { path };
        let base = Base::Parts { scheme, host, port, path };
        Ok(Self { base, query: query.strip_prefix('?').unwrap_or_default() })
    }

    /// Hands the pieces of the base string URI to `push`.
    #[inline]
    pub(crate) fn base_string_uri(&self, mut push: impl FnMut(&str)) {
        match self.base {
            Base::Whole(uri) => push(uri),
            Base::Parts { scheme, host, port, path } => {
                push(&scheme.to_ascii_lowercase());
                push("://");
                push(&host.to_ascii_lowercase());
                if let Some(port) = port {
                    push(":");
                    push(port);
                }
                push(path);
            }
        }
    }
}

fn split_scheme(url: &str) -> Result<(&str, &str), Error> {
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let (scheme, rest) = url.split_once("://").ok_or(Error::MissingScheme)?;
    let well_formed = !scheme.is_empty() && scheme.bytes().all(is_scheme);
    well_formed.then_some((scheme, rest)).ok_or(Error::MissingScheme)
}

/// Splits host and port, looking past a user and past the colons of an IPv6 address; an empty port is
/// none.
fn split_authority(authority: &str) -> Result<(&str, Option<&str>), Error> {
    let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host);
    let end_of_ipv6 = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let colon = end_of_ipv6 + find(&host[end_of_ipv6..], |byte| byte == b':');
    let (name, port) = (&host[..colon], host[colon..].strip_prefix(':').unwrap_or_default());
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    match (name, port) {
        ("", _) => Err(Error::MissingHost),
        (_, "") => Ok((name, None)),
        _ if is_number => Ok((name, Some(port))),
        _ => Err(Error::InvalidPort),
    }
}

/// The place of the first such byte, or the end. For texts as short as these, a plain loop is faster
/// than `str::find`.
#[inline]
fn find(text: &str, is_wanted: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is_wanted).unwrap_or(text.len())
}

/// Where the path ends.
fn find_query(path: &str) -> usize {
    find(path, |byte| matches!(byte, b'?' | b'#'))
}
