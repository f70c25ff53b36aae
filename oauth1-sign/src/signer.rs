//! Signing: from a request and a stamp to a header, a URL or a form body.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    ClientCredentials, Error, Request, SignatureMethod, Stamp, TokenCredentials, base_string,
    encoding::{into_string, push_once, push_twice},
    method::{Key, Signature},
    parameters::{Parameter, Parameters},
    protocol::{EncodedStamp, Frame, PROTOCOL, push_sent},
    url::Url,
};

/// Signs requests with one pair of secrets.
///
/// Making a signer hashes the secrets; signing then costs one allocation, or none with
/// [`sign_into`](Self::sign_into). What is rare costs a few more: over 24 parameters, `oauth_`
/// parameters of the request's own, capital letters in a host, or a nonce that needs an encoding.
#[derive(Clone)]
pub struct Signer {
    client_key: String,
    token: Option<String>,
    key: Key,
    version: bool,
    frame: Frame,
}

impl Signer {
    /// Signs with HMAC-SHA1, and for the user behind `token`: `None` where there is none yet. An empty
    /// token is not sent, though its secret signs.
    pub fn new(client: &ClientCredentials, token: Option<&TokenCredentials>) -> Self {
        Self::with_method(SignatureMethod::HmacSha1, client, token)
    }

    /// Signs by another method than X's, for other servers.
    pub fn with_method(
        method: SignatureMethod,
        client: &ClientCredentials,
        token: Option<&TokenCredentials>,
    ) -> Self {
        let secret = token.map_or("", |token| &token.secret);
        let token = token.map(TokenCredentials::token).filter(|token| !token.is_empty());
        Self {
            client_key: client.key.clone(),
            token: token.map(Into::into),
            key: method.key(&client.secret, secret),
            version: true,
            frame: Frame::new(method, &client.key, token, true),
        }
    }

    /// Leaves out `oauth_version`, which is optional.
    #[must_use]
    pub fn without_version(self) -> Self {
        let frame = Frame::new(self.key.method(), &self.client_key, self.token.as_deref(), false);
        Self { version: false, frame, ..self }
    }

    /// The value of the `Authorization` header.
    ///
    /// ```
    /// use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};
    ///
    /// let client = ClientCredentials::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    /// let token = TokenCredentials::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
    /// let signer = Signer::new(&client, Some(&token));
    ///
    /// let request = Request::new("GET", "https://api.x.com/2/users/me");
    /// let header = signer.sign(&request, &Stamp::now())?;
    /// assert!(header.starts_with("OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_nonce="));
    /// # Ok::<(), oauth1_sign::Error>(())
    /// ```
    ///
    /// The header may be sent elsewhere than to the URL that it signs: OAuth Echo sends it to a
    /// third party, as `x-verify-credentials-authorization`, with the signed URL as
    /// `x-auth-service-provider`.
    ///
    /// # Errors
    ///
    /// If the URL is not absolute, the realm is not printable, or the request holds a parameter
    /// that the signer adds.
    pub fn sign(&self, request: &Request<'_>, stamp: &Stamp<'_>) -> Result<String, Error> {
        let mut header = String::new();
        self.sign_into(request, stamp, &mut header)?;
        Ok(header)
    }

    /// As [`sign`](Self::sign), into the caller's buffer, whose content it replaces: no allocation
    /// when the buffer has room: 600 bytes, and three for each of URL and form, will do.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign); the buffer is then empty.
    pub fn sign_into(
        &self,
        request: &Request<'_>,
        stamp: &Stamp<'_>,
        header: &mut String,
    ) -> Result<(), Error> {
        let stamp = EncodedStamp::new(stamp);
        let mut buffer = core::mem::take(header).into_bytes();
        buffer.clear();
        let room = self.room(request, stamp.as_ref());
        if buffer.capacity() < room {
            buffer = Vec::with_capacity(room);
        }
        let start = self.push_base_string(&mut buffer, request, stamp.as_ref())?;
        let signature = self.key.sign(&buffer[start..]);
        buffer.clear();
        self.push_header(&mut buffer, request, stamp.as_ref(), &signature)?;
        *header = into_string(buffer);
        Ok(())
    }

    /// The URL with the signature and all that belongs to it in the query, for a request that cannot
    /// carry a header. A fragment is left out, and so is the realm.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn sign_url(&self, request: &Request<'_>, stamp: &Stamp<'_>) -> Result<String, Error> {
        let url = request.url.split_once('#').map_or(request.url, |(before, _fragment)| before);
        let mut out = Vec::from(url);
        out.push(if url.contains('?') { b'&' } else { b'?' });
        self.push_form(out, request, stamp)
    }

    /// The form body with the signature and all that belongs to it, for a request that cannot carry
    /// a header. The realm is left out.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn sign_form(&self, request: &Request<'_>, stamp: &Stamp<'_>) -> Result<String, Error> {
        let mut out = Vec::from(request.form);
        if !out.is_empty() {
            out.push(b'&');
        }
        self.push_form(out, request, stamp)
    }

    fn push_form(
        &self,
        mut out: Vec<u8>,
        request: &Request<'_>,
        stamp: &Stamp<'_>,
    ) -> Result<String, Error> {
        let stamp = EncodedStamp::new(stamp);
        let mut buffer = Vec::new();
        let start = self.push_base_string(&mut buffer, request, stamp.as_ref())?;
        let signature = self.key.sign(&buffer[start..]).to_string();
        let signature = [("oauth_signature", &*signature)];
        for (place, (name, value)) in
            self.protocol(stamp.as_ref()).chain(request.extra()).chain(signature).enumerate()
        {
            if place > 0 {
                out.push(b'&');
            }
            push_once(&mut out, name);
            out.push(b'=');
            push_once(&mut out, value);
        }
        Ok(into_string(out))
    }

    /// The text that is signed (RFC 5849, section 3.4.1.1): the first thing to look at when a server
    /// says that a signature is wrong.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn base_string(&self, request: &Request<'_>, stamp: &Stamp<'_>) -> Result<String, Error> {
        let stamp = EncodedStamp::new(stamp);
        let mut buffer = Vec::new();
        let start = self.push_base_string(&mut buffer, request, stamp.as_ref())?;
        Ok(into_string(buffer.split_off(start)))
    }

    /// The signature of a base string from elsewhere, unencoded (RFC 5849, section 3.4.2).
    pub fn sign_base_string(&self, base_string: &str) -> String {
        self.key.sign(base_string.as_bytes()).to_string()
    }

    /// Room for what most requests are made from, for the base string, and then for the header.
    fn room(&self, request: &Request<'_>, stamp: Option<&EncodedStamp<'_>>) -> usize {
        let nonce = stamp.map_or(0, |stamp| stamp.encoded.twice.len());
        self.frame.length + nonce + 160 + 3 * (request.url.len() + request.form.len())
    }

    /// Appends the base string, behind what it is made from, and returns where it begins.
    fn push_base_string(
        &self,
        buffer: &mut Vec<u8>,
        request: &Request<'_>,
        stamp: Option<&EncodedStamp<'_>>,
    ) -> Result<usize, Error> {
        if stamp.is_none() && self.key.method() != SignatureMethod::Plaintext {
            return Err(Error::MissingStamp);
        }
        let url = Url::parse(request.url)?;
        let is_bare = url.query.is_empty() && request.form.is_empty();
        if let Some(stamp) = stamp.filter(|_| is_bare && !request.has_extra()) {
            let start = buffer.len();
            let list = base_string::push_start(buffer, request.method, &url);
            self.frame.push_signed(buffer, list, stamp);
            return Ok(start);
        }
        let mut parameters = Parameters::new();
        parameters.read_query(buffer, url.query);
        parameters.read_form(buffer, request.form);
        if parameters.has_signature {
            return Err(Error::DuplicateParameter("oauth_signature".into()));
        }
        let may_clash = request.has_extra() || parameters.has_protocol_name;
        let framed = stamp.filter(|_| !may_clash);
        if framed.is_none() {
            for (name, value) in request.extra().chain(self.protocol(stamp)) {
                parameters.push(buffer, name, value);
            }
        }
        let start = buffer.len();
        let list = base_string::push_start(buffer, request.method, &url);
        let sorted = parameters.sort(buffer);
        if let Some(stamp) = framed {
            let is_before = |parameter: &Parameter| parameter.name(buffer) < &b"oauth_"[..];
            let (before, after) = sorted.split_at(sorted.partition_point(is_before));
            before.iter().for_each(|parameter| parameter.append(buffer, list));
            self.frame.push_signed(buffer, list, stamp);
            after.iter().for_each(|parameter| parameter.append(buffer, list));
        } else {
            refuse_clashes(request, sorted, buffer)?;
            sorted.iter().for_each(|parameter| parameter.append(buffer, list));
        }
        Ok(start)
    }

    /// The signer's own parameters, in the order of their names.
    fn protocol<'a>(
        &'a self,
        stamp: Option<&'a EncodedStamp<'a>>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let values = [
            Some(&*self.client_key),
            stamp.map(|stamp| stamp.nonce),
            Some(self.key.method().as_str()),
            stamp.map(|stamp| stamp.timestamp.as_str()),
            self.token.as_deref(),
            self.version.then_some("1.0"),
        ];
        PROTOCOL.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?)))
    }

    /// Appends the header (RFC 5849, section 3.5.1).
    fn push_header(
        &self,
        out: &mut Vec<u8>,
        request: &Request<'_>,
        stamp: Option<&EncodedStamp<'_>>,
        signature: &Signature<'_>,
    ) -> Result<(), Error> {
        out.extend_from_slice(b"OAuth ");
        if let Some(realm) = request.realm {
            push_realm(out, realm)?;
        }
        for (name, value) in request.extra() {
            push_sent(out, name, value);
        }
        match stamp {
            Some(stamp) => self.frame.push_sent(out, stamp),
            None => self.protocol(None).for_each(|(name, value)| push_sent(out, name, value)),
        }
        out.extend_from_slice(b"oauth_signature=\"");
        signature.push_once(out);
        out.push(b'"');
        Ok(())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("client_key", &self.client_key)
            .field("token", &self.token.as_ref().map(|_| format_args!("[redacted]")))
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// Refuses a parameter of the header that the header cannot carry, or that comes twice.
fn refuse_clashes(request: &Request<'_>, sorted: &[Parameter], buffer: &[u8]) -> Result<(), Error> {
    for name in request.extra().map(|(name, _)| name).chain(PROTOCOL) {
        if name.is_empty() || name.eq_ignore_ascii_case("realm") {
            return Err(Error::ReservedParameter(name.into()));
        }
        let mut encoded = Vec::new();
        push_twice(&mut encoded, name);
        let count = sorted.iter().filter(|parameter| parameter.name(buffer) == encoded).count();
        if count > 1 || name == "oauth_signature" {
            return Err(Error::DuplicateParameter(name.into()));
        }
    }
    Ok(())
}

/// Appends the realm as a quoted string (RFC 9110, section 5.6.4): it is not percent-encoded.
fn push_realm(out: &mut Vec<u8>, realm: &str) -> Result<(), Error> {
    out.extend_from_slice(b"realm=\"");
    for byte in realm.bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b' '..=b'~' => out.push(byte),
            _ => return Err(Error::InvalidRealm),
        }
    }
    out.extend_from_slice(b"\", ");
    Ok(())
}
