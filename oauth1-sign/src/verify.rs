//! The server's side: reading what a client signed, and checking it (RFC 5849, section 3.2).

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::{
    ClientCredentials, Error, Request, SignatureMethod, Stamp, TokenCredentials, base_string,
    encoding::{decode_form_text, decode_header_text, form_pairs, into_string},
    parameters::Parameters,
    url::Url,
};

/// The OAuth parameters of a request, as they arrived.
///
/// ```
/// use oauth1_sign::{Authorization, ClientCredentials, Request, Signer, Stamp, verify::Window};
///
/// let client = ClientCredentials::new("key", "secret");
/// let request = Request::new("GET", "https://api.example.com/me");
/// let header = Signer::new(&client, None).sign(&request, &Stamp::new("nonce", 1_700_000_000))?;
///
/// let authorization = Authorization::parse(&header)?;
/// assert_eq!(authorization.consumer_key(), Some("key")); // look up its secret, then:
/// let window = Window { now: 1_700_000_100, tolerance: 300 };
/// let stamp = authorization.verify(&request, &client, None, window)?;
/// assert_eq!(stamp.nonce(), Some("nonce")); // refuse it if this client sent it before
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Authorization {
    source: Source,
    realm: Option<String>,
    parameters: Vec<(String, String)>,
}

/// Where the parameters came from, and so whether the request holds them too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Header,
    Request,
}

/// The timestamps that a server takes.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the clock and how far it may be off, for good")]
pub struct Window {
    /// The server's clock: seconds since 1970-01-01 00:00 UTC.
    pub now: u64,
    /// Seconds that the client's clock may be off, either way. 300 is usual.
    pub tolerance: u64,
}

impl Authorization {
    /// As many parameters as are read: OAuth defines ten, and a hostile request could hold thousands.
    const MOST: usize = 100;

    /// Reads the value of an `Authorization` header (RFC 5849, section 3.5.1).
    ///
    /// # Errors
    ///
    /// If it is of another scheme, malformed, or names a parameter twice.
    pub fn parse(header: &str) -> Result<Self, VerifyError> {
        let (scheme, mut rest) = header.split_once(' ').unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("OAuth") {
            return Err(VerifyError::NotOAuth);
        }
        let mut authorization =
            Self { source: Source::Header, realm: None, parameters: Vec::new() };
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                return Ok(authorization);
            }
            let malformed = || VerifyError::Malformed { position: header.len() - rest.len() };
            let (name, value, after) = quoted_parameter(rest).ok_or_else(malformed)?;
            if name.eq_ignore_ascii_case("realm") {
                authorization.realm = Some(unescape(value));
            } else {
                let name = decode_header_text(name).ok_or_else(malformed)?;
                authorization.insert(name, decode_header_text(value).ok_or_else(malformed)?)?;
            }
            rest = after;
        }
    }

    /// Reads the parameters named `oauth_…` of a query or a form body (RFC 5849, sections 3.5.2 and
    /// 3.5.3). `None` where there are none.
    ///
    /// # Errors
    ///
    /// If a value is not UTF-8, or a parameter comes twice.
    pub fn from_form(form: &str) -> Result<Option<Self>, VerifyError> {
        let mut authorization =
            Self { source: Source::Request, realm: None, parameters: Vec::new() };
        for (name, value) in form_pairs(form) {
            let malformed =
                || VerifyError::Malformed { position: name.as_ptr().addr() - form.as_ptr().addr() };
            let name = decode_form_text(name).ok_or_else(malformed)?;
            if name.starts_with("oauth_") {
                authorization.insert(name, decode_form_text(value).ok_or_else(malformed)?)?;
            }
        }
        Ok(Some(authorization).filter(|authorization| !authorization.parameters.is_empty()))
    }

    fn insert(&mut self, name: String, value: String) -> Result<(), VerifyError> {
        if self.parameter(&name).is_some() {
            return Err(VerifyError::Duplicate(name));
        }
        if self.parameters.len() == Self::MOST {
            return Err(VerifyError::TooMany);
        }
        self.parameters.push((name, value));
        Ok(())
    }

    /// The client's identifier, by which to look up its secret.
    pub fn consumer_key(&self) -> Option<&str> {
        self.parameter("oauth_consumer_key")
    }

    /// The token, by which to look up its secret; `None` where the client has none yet.
    pub fn token(&self) -> Option<&str> {
        self.parameter("oauth_token").filter(|token| !token.is_empty())
    }

    /// The realm, which is not signed.
    pub fn realm(&self) -> Option<&str> {
        self.realm.as_deref()
    }

    /// Any parameter by its name, such as `oauth_callback` or `oauth_verifier`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Checks the signature, the version and the timestamp. What it returns is for the caller's
    /// replay check: the same nonce, timestamp, client and token may be taken only once.
    ///
    /// `request` is what arrived: its method, the URL that the client used, and the body if it is a
    /// form. A body hash is checked apart, by [`verify_body`](Self::verify_body).
    ///
    /// # Errors
    ///
    /// Says which part failed.
    pub fn verify(
        &self,
        request: &Request<'_>,
        client: &ClientCredentials,
        token: Option<&TokenCredentials>,
        window: Window,
    ) -> Result<Stamp<'_>, VerifyError> {
        if self.required("oauth_consumer_key")? != client.key() {
            return Err(VerifyError::OtherClient);
        }
        if self.token() != token.map(TokenCredentials::token).filter(|token| !token.is_empty()) {
            return Err(VerifyError::OtherToken);
        }
        if self.parameter("oauth_version").is_some_and(|version| version != "1.0") {
            return Err(VerifyError::UnsupportedVersion);
        }
        let method = self.required("oauth_signature_method")?;
        let method =
            SignatureMethod::from_name(method).ok_or(VerifyError::UnsupportedSignatureMethod)?;
        let stamp = self.stamp(method, window)?;
        let signature = self.required("oauth_signature")?;
        let base_string = self.base_string(request)?;
        let key = method.key(&client.secret, token.map_or("", |token| &token.secret));
        if !key.verify(base_string.as_bytes(), signature) {
            return Err(VerifyError::WrongSignature);
        }
        Ok(stamp)
    }

    /// Checks `oauth_body_hash` against the body, and is content where the client sent none.
    ///
    /// # Errors
    ///
    /// If the hash is that of another body, or of a method that is not supported.
    pub fn verify_body(&self, body: &[u8]) -> Result<(), VerifyError> {
        let Some(hash) = self.parameter("oauth_body_hash") else { return Ok(()) };
        let method = self.required("oauth_signature_method")?;
        let method =
            SignatureMethod::from_name(method).ok_or(VerifyError::UnsupportedSignatureMethod)?;
        if method.body_hash(body) == hash { Ok(()) } else { Err(VerifyError::WrongBodyHash) }
    }

    /// The base string as the server sees it, to compare it with the client's when they disagree.
    ///
    /// # Errors
    ///
    /// If the request's URL is not absolute.
    pub fn base_string(&self, request: &Request<'_>) -> Result<String, VerifyError> {
        let url = Url::parse(request.url).map_err(VerifyError::Request)?;
        let mut buffer = Vec::new();
        let mut parameters = Parameters::new();
        parameters.read_query(&mut buffer, url.query);
        parameters.read_form(&mut buffer, request.form);
        if self.source == Source::Header {
            if parameters.has_signature {
                return Err(VerifyError::Duplicate("oauth_signature".into()));
            }
            for (name, value) in &self.parameters {
                parameters.push(&mut buffer, name, value);
            }
        }
        let start = buffer.len();
        let list = base_string::push_start(&mut buffer, request.method, &url);
        parameters.sort(&buffer).iter().for_each(|parameter| parameter.append(&mut buffer, list));
        Ok(into_string(buffer.split_off(start)))
    }

    fn required(&self, name: &'static str) -> Result<&str, VerifyError> {
        self.parameter(name).ok_or(VerifyError::Missing(name))
    }

    fn stamp(&self, method: SignatureMethod, window: Window) -> Result<Stamp<'_>, VerifyError> {
        let is_sent = |name| self.parameter(name).is_some();
        let stamped = is_sent("oauth_nonce") || is_sent("oauth_timestamp");
        if method == SignatureMethod::Plaintext && !stamped {
            return Ok(Stamp::none());
        }
        let nonce = self.required("oauth_nonce")?;
        let timestamp = self.required("oauth_timestamp")?;
        let is_number = timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let timestamp = timestamp.parse().ok().filter(|_| is_number);
        let timestamp: u64 = timestamp.ok_or(VerifyError::InvalidTimestamp)?;
        if timestamp.abs_diff(window.now) > window.tolerance {
            return Err(VerifyError::OutsideWindow { timestamp, now: window.now });
        }
        Ok(Stamp::new(nonce, timestamp))
    }
}

/// Splits `name="value"` off the front; what follows must be a comma or the end.
fn quoted_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let name = name.trim_end_matches([' ', '\t']);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"%-._~".contains(&byte);
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('"')?;
    let mut escaped = false;
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let after = rest[end + 1..].trim_start_matches([' ', '\t']);
    let well_formed = !name.is_empty() && name.bytes().all(is_name);
    let ended = after.is_empty() || after.starts_with(',');
    (well_formed && ended).then_some((name, &rest[..end], after))
}

/// Takes the backslashes out of a quoted string (RFC 9110, section 5.6.4).
fn unescape(quoted: &str) -> String {
    let mut out = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        out.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    out
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("consumer_key", &self.consumer_key())
            .field("signature_method", &self.parameter("oauth_signature_method"))
            .finish_non_exhaustive()
    }
}

/// Why a request is not taken for signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The header is of another scheme than `OAuth`.
    NotOAuth,
    /// The parameter at this byte is not `name="value"`, or not percent-encoded UTF-8.
    Malformed {
        /// Bytes from the start of the header, query or body.
        position: usize,
    },
    /// The parameter comes twice.
    Duplicate(String),
    /// There are more than a hundred parameters.
    TooMany,
    /// The parameter is missing.
    Missing(&'static str),
    /// `oauth_consumer_key` is not that of the given credentials.
    OtherClient,
    /// `oauth_token` is not that of the given credentials.
    OtherToken,
    /// `oauth_version` is not `1.0`.
    UnsupportedVersion,
    /// `oauth_signature_method` is none of [`SignatureMethod`].
    UnsupportedSignatureMethod,
    /// `oauth_timestamp` is not a number of seconds.
    InvalidTimestamp,
    /// `oauth_timestamp` is too far from the server's clock.
    OutsideWindow {
        /// What the client sent, in seconds since 1970-01-01 00:00 UTC.
        timestamp: u64,
        /// The server's clock, likewise.
        now: u64,
    },
    /// The signature is not that of this request, with these secrets.
    WrongSignature,
    /// `oauth_body_hash` is not that of the body.
    WrongBodyHash,
    /// The request that arrived cannot be signed at all.
    Request(Error),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOAuth => f.write_str("the Authorization header is not of the OAuth scheme"),
            Self::Malformed { position } => {
                write!(f, "the OAuth parameter at byte {position} is malformed")
            }
            Self::Duplicate(name) => write!(f, "the parameter {name} comes twice"),
            Self::TooMany => f.write_str("there are more than a hundred OAuth parameters"),
            Self::Missing(name) => write!(f, "the parameter {name} is missing"),
            Self::OtherClient => f.write_str("oauth_consumer_key is that of another client"),
            Self::OtherToken => f.write_str("oauth_token is not the one that was looked up"),
            Self::UnsupportedVersion => f.write_str("oauth_version is not 1.0"),
            Self::UnsupportedSignatureMethod => {
                f.write_str("the signature method is not supported")
            }
            Self::InvalidTimestamp => f.write_str("oauth_timestamp is not a number of seconds"),
            Self::OutsideWindow { timestamp, now } => write!(
                f,
                "oauth_timestamp {timestamp} is too far from {now}: the client's clock is off, or \
                 the request is old"
            ),
            Self::WrongSignature => f.write_str(
                "the signature is wrong: a secret differs, or the request changed on its way",
            ),
            Self::WrongBodyHash => f.write_str("oauth_body_hash is that of another body"),
            Self::Request(_) => f.write_str("the request that arrived cannot be signed"),
        }
    }
}

impl core::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Request(error) => Some(error),
            _ => None,
        }
    }
}
