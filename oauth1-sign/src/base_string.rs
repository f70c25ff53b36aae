//! The text that is signed (RFC 5849, section 3.4.1).

use alloc::{string::String, vec::Vec};
use core::cmp::Ordering;

use crate::{
    Error,
    encoding::{Encoded, decode_header_text, into_string, push_once},
    parameters::Parameters,
    url::Url,
};

/// The base string URI of an absolute URL (RFC 5849, section 3.4.1.2): scheme and host in lower
/// case, no default port, no query, no fragment, and the path as it stands.
///
/// ```
/// let uri = oauth1_sign::base_string_uri("http://EXAMPLE.COM:80/r%20v/X?id=123")?;
/// assert_eq!(uri, "http://example.com/r%20v/X");
/// # Ok::<(), oauth1_sign::Error>(())
/// ```
///
/// # Errors
///
/// If the URL has no scheme or no host, or a port that is no number.
pub fn base_string_uri(url: &str) -> Result<String, Error> {
    let mut out = Vec::with_capacity(url.len());
    Url::parse(url)?.base_string_uri(|piece| out.extend_from_slice(piece));
    Ok(String::from_utf8(out).expect("the URL is UTF-8, and only ASCII letters changed"))
}

/// The pairs of a query or of a form body as they are signed (RFC 5849, section 3.4.1.3.2): decoded,
/// encoded once, and sorted by encoded name and encoded value.
///
/// ```
/// assert_eq!(oauth1_sign::normalized_parameters("b=x+y&a=%7e&b"), "a=~&b=&b=x%20y");
/// ```
pub fn normalized_parameters(form: &str) -> String {
    let mut parameters = Parameters::new();
    parameters.extend_from_form(form);
    let mut twice = Vec::new();
    parameters.sort().iter().for_each(|parameter| parameter.push_twice(&mut twice, 0));
    decode_header_text(&into_string(twice)).expect("encoded twice, so decodes once")
}

/// A parameter of the signer's own, with its value in both encodings.
pub(crate) struct ProtocolParameter<'a> {
    pub(crate) name: &'static ProtocolName,
    pub(crate) once: &'a [u8],
    pub(crate) twice: &'a [u8],
}

impl<'a> ProtocolParameter<'a> {
    pub(crate) fn encoded(name: &'static ProtocolName, value: &'a Encoded<'_>) -> Self {
        Self { name, once: value.once.as_bytes(), twice: value.twice.as_bytes() }
    }

    /// A value of unreserved characters only.
    pub(crate) const fn plain(name: &'static ProtocolName, value: &'a [u8]) -> Self {
        Self { name, once: value, twice: value }
    }
}

/// An `oauth_` name with what surrounds it on the wire, so that both are one copy.
pub(crate) struct ProtocolName {
    pub(crate) name: &'static str,
    /// Behind the parameter before it, in the base string.
    pub(crate) signed: &'static str,
    /// Behind the value before it, in the header.
    pub(crate) sent: &'static str,
}

macro_rules! protocol_names {
    ($($constant:ident $name:literal)*) => {$(
        pub(crate) const $constant: ProtocolName = ProtocolName {
            name: $name,
            signed: concat!("%26", $name, "%3D"),
            sent: concat!("\", ", $name, "=\""),
        };
    )*};
}

protocol_names! {
    CONSUMER_KEY "oauth_consumer_key"
    NONCE "oauth_nonce"
    SIGNATURE_METHOD "oauth_signature_method"
    TIMESTAMP "oauth_timestamp"
    TOKEN "oauth_token"
    VERSION "oauth_version"
}

/// Appends the base string. `protocol` is in order, and free of names that `parameters` holds.
pub(crate) fn push<'a>(
    out: &mut Vec<u8>,
    method: &str,
    url: &Url<'_>,
    parameters: &mut Parameters<'_>,
    protocol: impl IntoIterator<Item = ProtocolParameter<'a>>,
) -> Result<(), Error> {
    out.extend(method.bytes().map(|byte| byte.to_ascii_uppercase()));
    out.push(b'&');
    url.base_string_uri(|piece| push_once(out, piece));
    out.push(b'&');
    let start = out.len();
    let mut parameters = parameters.sort();
    for ProtocolParameter { name, twice, .. } in protocol {
        while let [first, rest @ ..] = parameters {
            match first.cmp_name(name.name) {
                Ordering::Less => first.push_twice(out, start),
                Ordering::Equal => return Err(Error::DuplicateParameter(name.name.into())),
                Ordering::Greater => break,
            }
            parameters = rest;
        }
        let separator = if out.len() == start { "%26".len() } else { 0 };
        out.extend_from_slice(&name.signed.as_bytes()[separator..]);
        out.extend_from_slice(twice);
    }
    parameters.iter().for_each(|parameter| parameter.push_twice(out, start));
    Ok(())
}
