//! Signing an `http::Request` where it stands.

use ::http::{HeaderValue, header};
use alloc::string::ToString;

use crate::{Error, Request, Signer, Stamp};

impl Signer {
    /// Signs a request in place: sets its `Authorization` header, marked as sensitive.
    ///
    /// The request's URI is absolute. The body is signed if `Content-Type` says that it is a form;
    /// it stays as it is either way.
    ///
    /// ```
    /// # use oauth1_sign::{ClientCredentials, Signer, Stamp, TokenCredentials};
    /// # let client = ClientCredentials::new("key", "secret");
    /// # let signer = Signer::new(&client, None);
    /// let mut request = http::Request::get("https://api.x.com/2/users/me").body("")?;
    /// signer.sign_http(&mut request, &Stamp::now())?;
    /// assert!(request.headers()["authorization"].is_sensitive());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign), and if a form body is not UTF-8.
    pub fn sign_http<B: AsRef<[u8]>>(
        &self,
        request: &mut ::http::Request<B>,
        stamp: &Stamp<'_>,
    ) -> Result<(), Error> {
        let form = if is_form(request.headers()) { request.body().as_ref() } else { b"" };
        let form = core::str::from_utf8(form).map_err(|_| Error::FormNotUtf8)?;
        let url = request.uri().to_string();
        let signed = Request::new(request.method().as_str(), &url).form(form);
        let authorization = self.sign(&signed, stamp)?;
        let mut value =
            HeaderValue::from_maybe_shared(authorization).expect("signing writes visible ASCII");
        value.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, value);
        Ok(())
    }
}

/// Whether the body is a form, whatever parameters its type has (RFC 5849, section 3.4.1.3.1).
fn is_form(headers: &::http::HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let essence = content_type.split(|&byte| byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}
