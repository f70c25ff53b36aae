//! Requests of every kind, made up, with all that it takes to sign, send and verify them.

use std::fmt::Write;

use oauth1_sign::{
    Authorization, ClientCredentials, Error, Request, SignatureMethod, Signer, Stamp,
    TokenCredentials,
    verify::{VerifyError, Window},
};
use proptest::{
    collection::vec, option, prelude::Strategy, prop_oneof, sample::select, string::string_regex,
};

/// A request before it is signed, in parts.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) verb: &'static str,
    /// As in `HTTPS://user@`.
    pub(crate) scheme: &'static str,
    pub(crate) host: String,
    /// With its colon.
    pub(crate) port: String,
    pub(crate) path: String,
    pub(crate) query: Vec<Pair>,
    pub(crate) fragment: &'static str,
    pub(crate) form: Option<Vec<Pair>>,
    pub(crate) client: (String, String),
    pub(crate) token: Option<(String, String)>,
    pub(crate) method: SignatureMethod,
    pub(crate) version: bool,
    pub(crate) nonce: String,
    pub(crate) timestamp: u64,
    pub(crate) realm: Option<String>,
    pub(crate) callback: Option<String>,
    pub(crate) verifier: Option<String>,
    pub(crate) body_hash: Option<String>,
    pub(crate) transport: Transport,
}

/// Where the OAuth parameters travel (RFC 5849, section 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Header,
    Query,
    Form,
}

/// A parameter of a query or a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) value: String,
    /// Chooses among encodings that mean the same; 0 is the one that OAuth uses.
    pub(crate) style: u64,
}

/// A signed request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) url: String,
    pub(crate) form: Option<String>,
    pub(crate) header: Option<String>,
}

pub(crate) fn cases() -> impl Strategy<Value = Case> {
    let place = (
        select(&["https://", "http://", "HTTPS://", "https://user:p%40ss@"][..]),
        select(HOSTS),
        prop_oneof![
            4 => select(&["", "", ":", ":80", ":443", ":8443"][..]).prop_map(String::from),
            1 => (1..=u16::MAX).prop_map(|port| format!(":{port}")),
        ],
        path(),
        select(&["", "", "", "#fragment?a=1"][..]),
    );
    let content = (select(VERBS), pairs(8), option::of(pairs(4)));
    let credentials = ((required(), text()), option::of((required(), text())));
    let protocol = (
        select(METHODS),
        proptest::bool::weighted(0.9),
        required(),
        0..4_000_000_000_u64,
        option::of("[ !#-\\[\\]-~]{1,8}"),
        option::of(required()),
        option::of(required()),
        option::of(required()),
        select(&[Transport::Header, Transport::Query, Transport::Form][..]),
    );
    (place, content, credentials, protocol).prop_map(|(place, content, credentials, protocol)| {
        let (scheme, host, port, path, fragment) = place;
        let (verb, query, form) = content;
        let (client, token) = credentials;
        let (method, version, nonce, timestamp, realm, callback, verifier, body_hash, transport) =
            protocol;
        let host = host.into();
        Case {
            verb,
            scheme,
            host,
            port,
            path,
            query,
            fragment,
            form,
            client,
            token,
            method,
            version,
            nonce,
            timestamp,
            realm,
            callback,
            verifier,
            body_hash,
            transport,
        }
    })
}

const METHODS: &[SignatureMethod] = &[
    SignatureMethod::HmacSha1,
    SignatureMethod::HmacSha256,
    SignatureMethod::HmacSha512,
    SignatureMethod::Plaintext,
];

const VERBS: &[&str] =
    &["GET", "get", "POST", "PUT", "Patch", "DELETE", "HEAD", "OPTIONS", "M-SEARCH", "x!&"];

const HOSTS: &[&str] = &[
    "api.x.com",
    "API.X.com",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "[2001:DB8::1]",
    "a-b.example",
    "xn--bcher-kva.example",
];

const SEGMENTS: &[&str] = &[
    "",
    "2",
    "users",
    "a%2Fb",
    "caf%C3%A9",
    "caf%c3%a9",
    "%7Euser",
    "~user",
    "(y)",
    "a+b",
    "a;b=1",
    "..",
    ".",
    "a:b@c",
    "it's,$5!*",
    "1.1",
    "a%20b",
    "a&b=c",
];

fn path() -> impl Strategy<Value = String> {
    vec(select(SEGMENTS), 0..5)
        .prop_map(|segments| segments.iter().fold(String::new(), |path, part| path + "/" + part))
}

/// Up to `limit` parameters, some repeated, empty, or strangely encoded.
pub(crate) fn pairs(limit: usize) -> impl Strategy<Value = Vec<Pair>> {
    let name = prop_oneof![
        select(&["a", "a1", "a b", "b", "x.y", "é", "oauth", "oauth~"][..]).prop_map(String::from),
        required()
    ];
    let pair = (name, text(), prop_oneof![proptest::num::u64::ANY, proptest::strategy::Just(0)]);
    vec(pair.prop_map(|(name, value, style)| Pair { name, value, style }), 0..=limit)
}

/// Short text, with what needs an escape more often than not.
pub(crate) fn text() -> impl Strategy<Value = String> {
    string_regex("[a-zA-Z0-9 %+&=~*'()!/?:#;,@$._\"\\\\\\[\\]{}|^`\n\u{80}é、🦀-]{0,8}").unwrap()
}

pub(crate) fn required() -> impl Strategy<Value = String> {
    text().prop_filter("empty", |text| !text.is_empty())
}

impl Case {
    pub(crate) fn url(&self) -> String {
        let Self { scheme, host, port, path, fragment, .. } = self;
        let question = if self.query.is_empty() { "" } else { "?" };
        let query = wire(&self.query);
        format!("{scheme}{host}{port}{path}{question}{query}{fragment}")
    }

    pub(crate) fn form(&self) -> Option<String> {
        self.form.as_deref().map(wire)
    }

    pub(crate) fn credentials(&self) -> (ClientCredentials, Option<TokenCredentials>) {
        let (key, secret) = &self.client;
        let token = self.token.as_ref();
        (
            ClientCredentials::new(key, secret),
            token.map(|(token, secret)| TokenCredentials::new(token, secret)),
        )
    }

    pub(crate) fn signer(&self) -> Signer {
        let (client, token) = self.credentials();
        let signer = Signer::with_method(self.method, &client, token.as_ref());
        if self.version { signer } else { signer.without_version() }
    }

    pub(crate) fn stamp(&self) -> Stamp<'_> {
        Stamp::new(&self.nonce, self.timestamp)
    }

    /// Hands the request to `act`, since it borrows its URL and form.
    pub(crate) fn with_request<T>(&self, act: impl FnOnce(&Request<'_>) -> T) -> T {
        let (url, form) = (self.url(), self.form().unwrap_or_default());
        let mut request = Request::new(self.verb, &url).form(&form);
        request = self.realm.as_deref().map_or(request, |realm| request.realm(realm));
        request = self.callback.as_deref().map_or(request, |callback| request.callback(callback));
        request = self.verifier.as_deref().map_or(request, |verifier| request.verifier(verifier));
        request = self.body_hash.as_deref().map_or(request, |hash| request.body_hash(hash));
        act(&request)
    }

    pub(crate) fn base_string(&self) -> String {
        self.with_request(|request| self.signer().base_string(request, &self.stamp())).unwrap()
    }

    pub(crate) fn sign(&self) -> Result<Sent, Error> {
        let (url, form, signer, stamp) = (self.url(), self.form(), self.signer(), self.stamp());
        self.with_request(|request| {
            Ok(match self.transport {
                Transport::Header => {
                    Sent { url, form, header: Some(signer.sign(request, &stamp)?) }
                }
                Transport::Query => {
                    Sent { url: signer.sign_url(request, &stamp)?, form, header: None }
                }
                Transport::Form => {
                    Sent { url, form: Some(signer.sign_form(request, &stamp)?), header: None }
                }
            })
        })
    }

    /// Verifies what arrived with this case's credentials, taking any timestamp.
    pub(crate) fn verify(&self, sent: &Sent) -> Result<(), VerifyError> {
        let (client, token) = self.credentials();
        let window = Window { now: self.timestamp, tolerance: u64::MAX };
        let request = Request::new(self.verb, &sent.url).form(sent.form.as_deref().unwrap_or(""));
        sent.authorization()?.verify(&request, &client, token.as_ref(), window).map(drop)
    }
}

impl Sent {
    /// The query as it was sent, without its question mark.
    pub(crate) fn query(&self) -> &str {
        let url = self.url.split('#').next().unwrap();
        url.split_once('?').map_or("", |(_, query)| query)
    }

    pub(crate) fn authorization(&self) -> Result<Authorization, VerifyError> {
        if let Some(header) = &self.header {
            return Authorization::parse(header);
        }
        let form = self.form.as_deref().unwrap_or("");
        let signed = [self.query(), form].into_iter().map(Authorization::from_form);
        signed.filter_map(Result::transpose).next().expect("signed in the query or the form")
    }
}

/// Writes pairs as a query or a form.
pub(crate) fn wire(pairs: &[Pair]) -> String {
    let pairs: Vec<_> = pairs.iter().map(Pair::wire).collect();
    pairs.join("&")
}

impl Pair {
    fn wire(&self) -> String {
        let mut style = Style(self.style);
        let name = style.encode(&self.name);
        if self.value.is_empty() && style.chooses() {
            return name;
        }
        name + "=" + &style.encode(&self.value)
    }
}

/// A sequence of choices, all of them false for 0.
struct Style(u64);

impl Style {
    fn chooses(&mut self) -> bool {
        // A linear shift register: good enough to mix encodings, and its zero state stays zero.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 & 1 == 1
    }

    fn encode(&mut self, text: &str) -> String {
        let mut out = String::new();
        for byte in text.bytes() {
            let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            match byte {
                b' ' if self.chooses() => out.push('+'),
                // Raw where RFC 3986 takes it raw, and escaped where it need not be.
                _ if unreserved != (self.chooses() && may_be_raw(byte)) => out.push(byte.into()),
                _ if self.chooses() => write!(out, "%{byte:02x}").unwrap(),
                _ => write!(out, "%{byte:02X}").unwrap(),
            }
        }
        out
    }
}

fn may_be_raw(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!*'(),:;@/?$".contains(&byte)
}
