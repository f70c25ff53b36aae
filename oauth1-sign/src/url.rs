//! Taking a URL apart without changing it, as the base string needs it.

use crate::Error;

/// An absolute URL in parts, each as it was written.
#[derive(Clone, Copy)]
pub(crate) struct Url<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    pub(crate) query: &'a str,
}

impl<'a> Url<'a> {
    pub(crate) fn parse(url: &'a str) -> Result<Self, Error> {
        let (scheme, rest) = url.split_once("://").ok_or(Error::MissingScheme)?;
        let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        if scheme.is_empty() || !scheme.bytes().all(is_scheme) {
            return Err(Error::MissingScheme);
        }
        let rest = rest.split_once('#').map_or(rest, |(before, _fragment)| before);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, "/"),
        };
        let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host);
        let (host, port) = split_port(host)?;
        if host.is_empty() {
            return Err(Error::MissingHost);
        }
        let default = (scheme.eq_ignore_ascii_case("http") && port == Some("80"))
            || (scheme.eq_ignore_ascii_case("https") && port == Some("443"));
        Ok(Self { scheme, host, port: port.filter(|_| !default), path, query })
    }

    /// Hands the pieces of the base string URI (RFC 5849, section 3.4.1.2) to `push`.
    #[inline]
    pub(crate) fn base_string_uri(&self, mut push: impl FnMut(&[u8])) {
        lower_case(self.scheme, &mut push);
        push(b"://");
        lower_case(self.host, &mut push);
        if let Some(port) = self.port {
            push(b":");
            push(port.as_bytes());
        }
        push(self.path.as_bytes());
    }
}

/// Splits off the port, looking past the colons of an IPv6 address; an empty port is none.
fn split_port(host: &str) -> Result<(&str, Option<&str>), Error> {
    let end_of_ipv6 = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let (name, port) = match host[end_of_ipv6..].find(':') {
        Some(colon) => (&host[..end_of_ipv6 + colon], &host[end_of_ipv6 + colon + 1..]),
        None => (host, ""),
    };
    if port.is_empty() {
        return Ok((name, None));
    }
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    if is_number { Ok((name, Some(port))) } else { Err(Error::InvalidPort) }
}

fn lower_case(text: &str, push: &mut impl FnMut(&[u8])) {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        text.bytes().for_each(|byte| push(&[byte.to_ascii_lowercase()]));
    } else {
        push(text.as_bytes());
    }
}
