//! Signing: from a request and a stamp to a header, a URL or a form body.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    ClientCredentials, Error, Request, SignatureMethod, Stamp, TokenCredentials,
    base_string::{
        self, CONSUMER_KEY, NONCE, ProtocolParameter, SIGNATURE_METHOD, TIMESTAMP, TOKEN, VERSION,
    },
    encoding::{Encoded, into_string, push_once},
    method::{Key, Signature},
    parameters::Parameters,
    url::Url,
};

/// Signs requests with one pair of secrets.
///
/// Making a signer hashes the secrets; signing then costs one allocation, or none with
/// [`sign_into`](Self::sign_into). Beyond 32 parameters, or where nonce or extra parameters need
/// percent-encoding, it costs a little more.
#[derive(Clone)]
pub struct Signer {
    client_key: Encoded<'static>,
    token: Option<Encoded<'static>>,
    key: Key,
    version: bool,
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
        Self {
            client_key: Encoded::new(&client.key).into_owned(),
            token: token
                .filter(|token| !token.token.is_empty())
                .map(|token| Encoded::new(&token.token).into_owned()),
            key: method.key(&client.secret, token.map_or("", |token| &token.secret)),
            version: true,
        }
    }

    /// Leaves out `oauth_version`, which is optional.
    #[must_use]
    pub fn without_version(self) -> Self {
        Self { version: false, ..self }
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
    /// when the buffer has room for the base string, some 600 bytes and twice the URL's length.
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
        let protocol = Protocol::new(self, stamp)?;
        let mut out = core::mem::take(header).into_bytes();
        out.clear();
        out.reserve(protocol.room() + 2 * (request.url.len() + request.form.len()));
        let signature = protocol.sign(request, &mut out)?;
        out.clear();
        protocol.push_header(&mut out, request, signature.as_str())?;
        *header = into_string(out);
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
        let protocol = Protocol::new(self, stamp)?;
        let signature = protocol.sign(request, &mut Vec::new())?;
        for ProtocolParameter { name, once, .. } in protocol.parameters() {
            out.extend_from_slice(name.name.as_bytes());
            out.push(b'=');
            out.extend_from_slice(once);
            out.push(b'&');
        }
        for (name, value) in request.extra() {
            push_once(&mut out, name.as_bytes());
            out.push(b'=');
            push_once(&mut out, value.as_bytes());
            out.push(b'&');
        }
        out.extend_from_slice(b"oauth_signature=");
        push_once(&mut out, signature.as_str().as_bytes());
        Ok(into_string(out))
    }

    /// The text that is signed (RFC 5849, section 3.4.1.1): the first thing to look at when a server
    /// says that a signature is wrong.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn base_string(&self, request: &Request<'_>, stamp: &Stamp<'_>) -> Result<String, Error> {
        let mut out = Vec::new();
        Protocol::new(self, stamp)?.push_base_string(request, &mut out)?;
        Ok(into_string(out))
    }

    /// The signature of a base string from elsewhere, unencoded (RFC 5849, section 3.4.2).
    pub fn sign_base_string(&self, base_string: &str) -> String {
        self.key.sign(base_string.as_bytes()).as_str().to_string()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("client_key", &self.client_key.once)
            .field("token", &self.token.as_ref().map(|_| format_args!("[redacted]")))
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What a signer adds to one request, but for the signature.
struct Protocol<'a> {
    signer: &'a Signer,
    stamp: Option<(Encoded<'a>, Decimal)>,
}

impl<'a> Protocol<'a> {
    fn new(signer: &'a Signer, stamp: &'a Stamp<'_>) -> Result<Self, Error> {
        let stamp = stamp.nonce().map(|nonce| (Encoded::new(nonce), Decimal::new(stamp.timestamp)));
        if stamp.is_none() && signer.key.method() != SignatureMethod::Plaintext {
            return Err(Error::MissingStamp);
        }
        Ok(Self { signer, stamp })
    }

    /// The parameters in the order of their names.
    fn parameters(&self) -> impl Iterator<Item = ProtocolParameter<'_>> {
        let signer = self.signer;
        let method = signer.key.method().as_str();
        [
            Some(ProtocolParameter::encoded(&CONSUMER_KEY, &signer.client_key)),
            self.stamp.as_ref().map(|(nonce, _)| ProtocolParameter::encoded(&NONCE, nonce)),
            Some(ProtocolParameter::plain(&SIGNATURE_METHOD, method.as_bytes())),
            self.stamp
                .as_ref()
                .map(|(_, time)| ProtocolParameter::plain(&TIMESTAMP, time.digits())),
            signer.token.as_ref().map(|token| ProtocolParameter::encoded(&TOKEN, token)),
            signer.version.then(|| ProtocolParameter::plain(&VERSION, b"1.0")),
        ]
        .into_iter()
        .flatten()
    }

    /// Room for the header, and for the base string but for what comes from the request.
    fn room(&self) -> usize {
        let room = |encoded: &Encoded<'_>| encoded.twice.len();
        500 + room(&self.signer.client_key)
            + self.signer.token.as_ref().map_or(0, room)
            + self.stamp.as_ref().map_or(0, |(nonce, _)| room(nonce))
    }

    fn push_base_string(&self, request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        let url = Url::parse(request.url)?;
        let mut parameters = Parameters::new();
        parameters.extend_from_form(url.query);
        parameters.extend_from_form(request.form);
        parameters.extend(request.extra());
        if parameters.contains("oauth_signature") {
            return Err(Error::DuplicateParameter("oauth_signature".into()));
        }
        base_string::push(out, request.method, &url, &mut parameters, self.parameters())
    }

    /// Signs, and leaves the base string in `out`.
    fn sign(&self, request: &Request<'_>, out: &mut Vec<u8>) -> Result<Signature<'a>, Error> {
        self.push_base_string(request, out)?;
        Ok(self.signer.key.sign(out))
    }

    /// Appends the header (RFC 5849, section 3.5.1).
    fn push_header(
        &self,
        out: &mut Vec<u8>,
        request: &Request<'_>,
        signature: &str,
    ) -> Result<(), Error> {
        out.extend_from_slice(b"OAuth ");
        if let Some(realm) = request.realm {
            push_realm(out, realm)?;
        }
        let mut separator = "\", ".len();
        for ProtocolParameter { name, once, .. } in self.parameters() {
            out.extend_from_slice(&name.sent.as_bytes()[separator..]);
            out.extend_from_slice(once);
            separator = 0;
        }
        for (name, value) in request.extra() {
            out.extend_from_slice(b"\", ");
            push_once(out, name.as_bytes());
            out.extend_from_slice(b"=\"");
            push_once(out, value.as_bytes());
        }
        out.extend_from_slice(b"\", oauth_signature=\"");
        push_once(out, signature.as_bytes());
        out.push(b'"');
        Ok(())
    }
}

/// Appends the realm as a quoted string (RFC 9110, section 5.6.4): it is not percent-encoded.
fn push_realm(out: &mut Vec<u8>, realm: &str) -> Result<(), Error> {
    out.extend_from_slice(b"realm=\"");
    for byte in realm.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b' '..=b'~' => out.push(byte),
            _ => return Err(Error::InvalidRealm),
        }
    }
    out.extend_from_slice(b"\", ");
    Ok(())
}

/// A number as text, without an allocation.
struct Decimal {
    buffer: [u8; 20],
    start: usize,
}

impl Decimal {
    fn new(mut number: u64) -> Self {
        let mut decimal = Self { buffer: [b'0'; 20], start: 20 };
        loop {
            decimal.start -= 1;
            decimal.buffer[decimal.start] += (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return decimal;
            }
        }
    }

    fn digits(&self) -> &[u8] {
        &self.buffer[self.start..]
    }
}
