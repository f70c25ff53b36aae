//! The form requests that every endpoint of tokens takes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{
    HeaderValue, Method, Request, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use zeroize::Zeroizing;

use crate::{form::encode, token::sensitive};

pub(crate) fn post<B>(uri: Uri, form: B) -> Request<B> {
    let mut request = Request::new(form);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    // Spelled as X's page prints it.
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded;charset=UTF-8");
    request.headers_mut().insert(CONTENT_TYPE, kind);
    request
}

/// Adds HTTP Basic authentication. Name and secret are form-encoded first (RFC 6749 section
/// 2.3.1), which changes nothing as long as X makes them of letters and digits.
pub(crate) fn basic<B>(mut request: Request<B>, name: &str, secret: &str) -> Request<B> {
    let (name, secret) = (encode(name), encode(secret));
    let pair = Zeroizing::new([name.as_str(), ":", secret.as_str()].concat());
    let pair = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    let value = Zeroizing::new(["Basic ", pair.as_str()].concat());
    request.headers_mut().insert(AUTHORIZATION, sensitive(&value));
    request
}
