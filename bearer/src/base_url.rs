//! The server that requests go to, checked so that no credential leaves unencrypted.

use std::{error, fmt, net::IpAddr, str::FromStr};

use http::{Uri, uri::InvalidUri};

/// Far below the 65,534 bytes that a `Uri` holds, so that what is appended always fits.
const MAX_LENGTH: usize = 2048;

/// The URL cannot be the base of a token endpoint. It never holds the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// Not `https://host` with an optional port and path.
    Malformed,
    /// It has a user, a password, a query or a fragment.
    Surplus,
    /// It is plain http to a host that is not loopback.
    Unencrypted,
}

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the base URL is malformed: write it like https://api.x.com",
            Self::Surplus => {
                "the base URL has a user, query or fragment: leave only scheme, host, port and path"
            }
            Self::Unencrypted => {
                "the base URL would send credentials unencrypted: use https, or http on 127.0.0.1, \
                 [::1] or localhost"
            }
        })
    }
}

impl error::Error for InvalidBaseUrl {}

/// The server that requests go to, `https://api.x.com` by default: https anywhere, or plain http on
/// loopback, with an optional port and path.
///
/// ```
/// let sandbox: bearer::BaseUrl = "http://127.0.0.1:8080/".parse()?;
/// assert_eq!(sandbox.to_string(), "http://127.0.0.1:8080");
/// # Ok::<(), bearer::InvalidBaseUrl>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl Default for BaseUrl {
    /// X's own API host.
    fn default() -> Self {
        Self("https://api.x.com".to_owned())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        if text.len() > MAX_LENGTH {
            return Err(InvalidBaseUrl::Malformed);
        }
        // `Uri` drops a fragment without a word.
        if text.contains(['?', '#', '@']) {
            return Err(InvalidBaseUrl::Surplus);
        }
        let uri: Uri = text.parse().map_err(|_| InvalidBaseUrl::Malformed)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidBaseUrl::Malformed);
        };
        let host = authority.host();
        let port = &authority.as_str()[host.len()..];
        if host.is_empty() || !(port.is_empty() || authority.port().is_some()) {
            return Err(InvalidBaseUrl::Malformed);
        }
        match scheme {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => return Err(InvalidBaseUrl::Unencrypted),
            _ => return Err(InvalidBaseUrl::Malformed),
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

impl BaseUrl {
    /// X's page where users consent to an App.
    pub(crate) fn authorize() -> Self {
        Self("https://x.com/i/oauth2/authorize".to_owned())
    }

    /// The URL of an endpoint. `path` begins with a slash, is percent-encoded, and may have a query.
    ///
    /// # Errors
    ///
    /// If the URL is longer than a [`Uri`] may be, 65,534 bytes.
    pub fn join(&self, path: &str) -> Result<Uri, InvalidUri> {
        [&self.0, path].concat().try_into()
    }
}

/// `localhost` itself, 127.0.0.0/8 or `[::1]`; no name that a name server could answer otherwise.
fn is_loopback(host: &str) -> bool {
    let ip = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || ip.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_loopback() {
        for (base, url) in [
            ("https://api.x.com", "https://api.x.com/oauth2/token"),
            ("https://api.x.com/", "https://api.x.com/oauth2/token"),
            ("https://proxy.example:8443/x", "https://proxy.example:8443/x/oauth2/token"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/oauth2/token"),
            ("http://127.9.9.9", "http://127.9.9.9/oauth2/token"),
            ("http://[::1]:8080", "http://[::1]:8080/oauth2/token"),
            ("http://localhost:8080", "http://localhost:8080/oauth2/token"),
            ("HTTP://LOCALHOST", "http://LOCALHOST/oauth2/token"),
        ] {
            let joined = base.parse::<BaseUrl>().unwrap().join("/oauth2/token").unwrap();
            assert_eq!(joined, url, "{base}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for url in [
            "http://api.x.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0",
            "http://127.1",
            "http://[::2]",
        ] {
            assert_eq!(url.parse::<BaseUrl>().unwrap_err(), InvalidBaseUrl::Unencrypted, "{url}");
        }
        let long = format!("https://api.x.com/{}", "a".repeat(70_000));
        for url in [
            "",
            "api.x.com",
            "/oauth2",
            "https://",
            "https:///path",
            "https://:80",
            "https://api.x.com:99999",
            "https://api.x.com:",
            "ftp://api.x.com",
            "https://api x.com",
            "http://127.0.0.1\\.example.com",
            "https://ä.example",
            &long,
        ] {
            assert_eq!(url.parse::<BaseUrl>().unwrap_err(), InvalidBaseUrl::Malformed, "{url}");
        }
        for url in ["https://me:pass@api.x.com", "https://api.x.com/?a=b", "https://api.x.com#a"] {
            assert_eq!(url.parse::<BaseUrl>().unwrap_err(), InvalidBaseUrl::Surplus, "{url}");
        }
    }
}
