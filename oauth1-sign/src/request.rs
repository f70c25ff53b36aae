//! The parts of a request that a signature covers.

use core::fmt;

/// A request as it will be sent: method, absolute URL and, where there is one, the form body.
///
/// Sign the very string that is sent. Nothing is decoded or tidied in the path, and the query may
/// be encoded in any way that means the same. A JSON or multipart body is not part of a signature:
/// leave it out.
///
/// ```
/// let search = oauth1_sign::Request::new("GET", "https://api.x.com/2/tweets/search/recent?query=rust");
/// ```
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) form: &'a str,
    pub(crate) realm: Option<&'a str>,
    pub(crate) callback: Option<&'a str>,
    pub(crate) verifier: Option<&'a str>,
    pub(crate) body_hash: Option<&'a str>,
    pub(crate) parameters: &'a [(&'a str, &'a str)],
}

impl<'a> Request<'a> {
    /// A request without a form body. The method's case does not matter.
    pub const fn new(method: &'a str, url: &'a str) -> Self {
        Self {
            method,
            url,
            form: "",
            realm: None,
            callback: None,
            verifier: None,
            body_hash: None,
            parameters: &[],
        }
    }

    /// The body, of type `application/x-www-form-urlencoded`: its parameters are signed.
    pub const fn form(self, form: &'a str) -> Self {
        Self { form, ..self }
    }

    /// The realm, which the header carries unsigned.
    pub const fn realm(self, realm: &'a str) -> Self {
        Self { realm: Some(realm), ..self }
    }

    /// `oauth_callback`: where the user goes after granting access, or `oob` for a PIN.
    pub const fn callback(self, callback: &'a str) -> Self {
        Self { callback: Some(callback), ..self }
    }

    /// `oauth_verifier`: what the callback brought, or the PIN that the user typed.
    pub const fn verifier(self, verifier: &'a str) -> Self {
        Self { verifier: Some(verifier), ..self }
    }

    /// `oauth_body_hash`, for a server that wants a body signed which is not a form. See
    /// [`SignatureMethod::body_hash`](crate::SignatureMethod::body_hash).
    pub const fn body_hash(self, body_hash: &'a str) -> Self {
        Self { body_hash: Some(body_hash), ..self }
    }

    /// Further parameters of the `Authorization` header, unencoded; they are signed.
    pub const fn parameters(self, parameters: &'a [(&'a str, &'a str)]) -> Self {
        Self { parameters, ..self }
    }

    pub(crate) const fn has_extra(&self) -> bool {
        self.body_hash.is_some()
            || self.callback.is_some()
            || self.verifier.is_some()
            || !self.parameters.is_empty()
    }

    /// The parameters that this request adds to the signer's own, unencoded.
    pub(crate) fn extra(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        [
            ("oauth_body_hash", self.body_hash),
            ("oauth_callback", self.callback),
            ("oauth_verifier", self.verifier),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .chain(self.parameters.iter().copied())
    }
}

impl fmt::Debug for Request<'_> {
    /// Query, form and parameters may hold secrets, and are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split_once('?').map_or(self.url, |(before, _query)| before);
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &url)
            .finish_non_exhaustive()
    }
}
