//! The text that is signed (RFC 5849, section 3.4.1).

use alloc::{string::String, vec::Vec};

use crate::{
    Error,
    encoding::{decode_header_text, into_string, push_once},
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
    let mut out = String::with_capacity(url.len());
    Url::parse(url)?.base_string_uri(|piece| out.push_str(piece));
    Ok(out)
}

/// The pairs of a query or of a form body as they are signed (RFC 5849, section 3.4.1.3.2): decoded,
/// encoded once, and sorted by encoded name and encoded value.
///
/// ```
/// assert_eq!(oauth1_sign::normalized_parameters("b=x+y&a=%7e&b"), "a=~&b=&b=x%20y");
/// ```
pub fn normalized_parameters(form: &str) -> String {
    let mut buffer = Vec::new();
    let mut parameters = Parameters::new();
    parameters.read_form(&mut buffer, form);
    let list = buffer.len();
    parameters.sort(&buffer).iter().for_each(|parameter| parameter.append(&mut buffer, list));
    decode_header_text(&into_string(buffer.split_off(list))).expect("encoded twice, decodes once")
}

/// Appends the base string up to the parameters, and returns where the list of those begins.
pub(crate) fn push_start(buffer: &mut Vec<u8>, method: &str, url: &Url<'_>) -> usize {
    match method {
        "GET" | "POST" | "PUT" | "DELETE" => buffer.extend_from_slice(method.as_bytes()),
        // A method of the server's own may need an encoding.
        _ => push_once(buffer, &method.to_ascii_uppercase()),
    }
    buffer.push(b'&');
    url.base_string_uri(|piece| push_once(buffer, piece));
    buffer.push(b'&');
    buffer.len()
}
