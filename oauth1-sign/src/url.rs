//! Taking a URL apart without changing it, as the base string needs it.

use crate::Error;

/// An absolute URL in parts, each as it was written.
#[derive(Clone, Copy)]
pub(crate) struct Url<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    /// What follows the `?`, with the fragment.
    pub(crate) query: &'a str,
}

impl<'a> Url<'a> {
    pub(crate) fn parse(url: &'a str) -> Result<Self, Error> {
        let (scheme, rest) = split_scheme(url)?;
        let end = |byte: u8| matches!(byte, b'/' | b'?' | b'#');
        let (authority, rest) = rest.split_at(find(rest, end));
        let (path, rest) = rest.split_at(find(rest, |byte| matches!(byte, b'?' | b'#')));
        let (host, port) = split_authority(authority)?;
        let default = (scheme.eq_ignore_ascii_case("http") && port == Some("80"))
            || (scheme.eq_ignore_ascii_case("https") && port == Some("443"));
        Ok(Self {
            scheme,
            host,
            port: port.filter(|_| !default),
            path: if path.is_empty() { "/" } else { path },
            query: rest.strip_prefix('?').unwrap_or_default(),
        })
    }

    /// Hands the pieces of the base string URI (RFC 5849, section 3.4.1.2) to `push`.
    #[inline]
    pub(crate) fn base_string_uri(&self, mut push: impl FnMut(&str)) {
        lower_case(self.scheme, &mut push);
        push("://");
        lower_case(self.host, &mut push);
        if let Some(port) = self.port {
            push(":");
            push(port);
        }
        push(self.path);
    }
}

fn split_scheme(url: &str) -> Result<(&str, &str), Error> {
    if let Some(rest) = url.strip_prefix("https://") {
        return Ok(("https", rest));
    }
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let (scheme, rest) = url.split_once("://").ok_or(Error::MissingScheme)?;
    let well_formed = !scheme.is_empty() && scheme.bytes().all(is_scheme);
    well_formed.then_some((scheme, rest)).ok_or(Error::MissingScheme)
}

/// Splits host and port, looking past a user and past the colons of an IPv6 address; an empty port is
/// none.
fn split_authority(authority: &str) -> Result<(&str, Option<&str>), Error> {
    if find(authority, |byte| matches!(byte, b'@' | b'[' | b':')) == authority.len() {
        return if authority.is_empty() { Err(Error::MissingHost) } else { Ok((authority, None)) };
    }
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

fn lower_case(text: &str, push: &mut impl FnMut(&str)) {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        push(&text.to_ascii_lowercase());
    } else {
        push(text);
    }
}
