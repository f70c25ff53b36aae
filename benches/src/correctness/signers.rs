//! The signers of crates.io, each given what its interface asks for.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::NonZeroU64;

use http::Method;
use oauth1_request::signature_method::SignatureMethod as PeersMethod;
use oauth1_request::{Builder, Credentials, HMAC_SHA1, PLAINTEXT, ParameterList};
use oauth1_sign::{
    Authorization, ClientCredentials, Request, SignatureMethod, Stamp, TokenCredentials,
    percent_encode,
};
use reqwest_oauth1::{Client, OAuthParameters, Secrets};
use xdk::auth::oauth1::build_oauth1_header_with_nonce_ts;
use xdk::store::OAuth1Token;

use super::Outcome;
use super::vectors::Vector;
use crate::report::version;

/// One way to sign.
pub(super) struct Signer {
    /// Of the crate.
    name: &'static str,
    pub(super) sign: fn(&Vector) -> Outcome,
}

impl Signer {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.name, version(self.name))
    }
}

pub(super) static SIGNERS: [Signer; 5] = [
    Signer { name: "oauth1-sign", sign: ours },
    Signer { name: "oauth1-request", sign: oauth1_request },
    Signer { name: "reqwest-oauth1", sign: reqwest_oauth1 },
    Signer { name: "oauth1", sign: oauth1 },
    Signer { name: "xdk-rs", sign: xdk_rs },
];

/// Of the two that send by reqwest.
const NO_DOTS: &str = "sends no URL with dot segments, and signs what it sends";

fn cannot(reason: &str) -> Outcome {
    Outcome::Cannot(reason.to_owned())
}

fn ours(vector: &Vector) -> Outcome {
    let Some(method) = method(&vector.signature_method) else { return cannot("signature method") };
    let stamp = match (&vector.nonce, vector.timestamp()) {
        (Some(nonce), Some(timestamp)) => Stamp::new(nonce, timestamp),
        _ => Stamp::none(),
    };
    match sign(vector, method, &stamp) {
        Ok(sent) => vector.judge_sent(&sent),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

fn method(name: &str) -> Option<SignatureMethod> {
    Some(match name {
        "HMAC-SHA1" => SignatureMethod::HmacSha1,
        "HMAC-SHA256" => SignatureMethod::HmacSha256,
        "HMAC-SHA512" => SignatureMethod::HmacSha512,
        "PLAINTEXT" => SignatureMethod::Plaintext,
        _ => return None,
    })
}

/// Ours: the header, query or form.
fn sign(
    vector: &Vector,
    method: SignatureMethod,
    stamp: &Stamp<'_>,
) -> Result<String, oauth1_sign::Error> {
    let client = ClientCredentials::new(&*vector.consumer_key, &*vector.consumer_secret);
    // One vector has a token's secret, and no token.
    let token = (vector.token.is_some() || vector.token_secret.is_some()).then(|| {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        TokenCredentials::new(part(&vector.token), part(&vector.token_secret))
    });
    let signer = oauth1_sign::Signer::with_method(method, &client, token.as_ref());
    let signer = if vector.version.is_some() { signer } else { signer.without_version() };
    let extra = vector.extra_oauth_params.iter();
    let extra: Vec<_> = extra.map(|(name, value)| (&**name, &**value)).collect();
    let mut request = Request::new(&vector.method, &vector.url).parameters(&extra);
    request = vector.form().map_or(request, |form| request.form(form));
    request = vector.callback.as_deref().map_or(request, |callback| request.callback(callback));
    request = vector.verifier.as_deref().map_or(request, |verifier| request.verifier(verifier));
    match &*vector.transport {
        "query" => signer.sign_url(&request, stamp),
        "body" => signer.sign_form(&request, stamp),
        _ => signer.sign(&request, stamp),
    }
}

/// It asks for the URL without the query, and for all parameters in any order, the names encoded, the values not.
fn oauth1_request(vector: &Vector) -> Outcome {
    if !vector.extra_oauth_params.is_empty() {
        return cannot("takes no further oauth_ parameter");
    }
    if vector.token.is_none() && vector.token_secret.is_some() {
        return cannot("takes no token secret without a token");
    }
    match &*vector.signature_method {
        "HMAC-SHA1" => oauth1_request_by(vector, HMAC_SHA1),
        "PLAINTEXT" => oauth1_request_by(vector, PLAINTEXT),
        _ => cannot("has HMAC-SHA1 and PLAINTEXT alone"),
    }
}

fn oauth1_request_by<M: PeersMethod + Clone>(vector: &Vector, method: M) -> Outcome {
    let client = Credentials::new(&*vector.consumer_key, &*vector.consumer_secret);
    let mut builder: Builder<'_, M, &str> = Builder::new(client, method);
    if let Some(token) = &vector.token {
        builder
            .token(Credentials::new(&**token, vector.token_secret.as_deref().unwrap_or_default()));
    }
    builder
        .nonce(vector.nonce.as_deref())
        .timestamp(vector.timestamp().and_then(NonZeroU64::new))
        .version(vector.version.is_some())
        .callback(vector.callback.as_deref())
        .verifier(vector.verifier.as_deref());
    let encoded = |(name, value)| (percent_encode(name), value);
    let parameters = ParameterList::new(vector.parameters().map(encoded).collect::<Vec<_>>());
    let (method, address) = (&*vector.method, vector.address());
    vector.judge_sent(&match &*vector.transport {
        "query" => builder.to_query(method, address.to_owned(), &parameters),
        "body" => builder.to_form(method, address, &parameters),
        _ => builder.authorize(method, address, &parameters),
    })
}

/// It signs a request of reqwest's.
fn reqwest_oauth1(vector: &Vector) -> Outcome {
    if vector.address().contains("/../") {
        return cannot(NO_DOTS);
    }
    if vector.signature_method != "HMAC-SHA1" {
        return cannot("lets no other method than HMAC-SHA1 be named");
    }
    if vector.transport != "header" {
        return cannot("signs in the header alone");
    }
    if !vector.extra_oauth_params.is_empty() {
        return cannot("takes no further oauth_ parameter");
    }
    let mut secrets = Secrets::new(&*vector.consumer_key, &*vector.consumer_secret);
    if let Some(token) = &vector.token {
        secrets = secrets.token(&**token, vector.token_secret.as_deref().unwrap_or_default());
    }
    let mut parameters = OAuthParameters::new().version(vector.version.is_some());
    if let (Some(nonce), Some(timestamp)) = (&vector.nonce, vector.timestamp()) {
        parameters = parameters.nonce(&**nonce).timestamp(timestamp);
    }
    if let Some(callback) = &vector.callback {
        parameters = parameters.callback(&**callback);
    }
    if let Some(verifier) = &vector.verifier {
        parameters = parameters.verifier(&**verifier);
    }
    if let Some(realm) = &vector.realm {
        parameters = parameters.realm(&**realm);
    }
    let method = Method::from_bytes(vector.method.as_bytes()).expect("a vector has a method");
    let mut request = Client::new().request(method, &*vector.url);
    if vector.form().is_some() {
        request = request.form(&vector.body_params);
    } else if let Some(body) = &vector.body {
        request = request.body(body.clone());
    }
    let signed = request.sign_with_params(secrets, parameters).generate_signature();
    let built = signed.map_err(|error| error.to_string());
    match built.and_then(|request| request.build().map_err(|error| error.to_string())) {
        Ok(request) => {
            vector.judge_sent(request.headers()["authorization"].to_str().unwrap_or_default())
        }
        Err(error) => Outcome::Failed(error),
    }
}

/// It asks for the parameters in a map, and draws nonce and time itself: what it signed is signed again by ours.
fn oauth1(vector: &Vector) -> Outcome {
    if vector.signature_method != "HMAC-SHA1" {
        return cannot("has HMAC-SHA1 alone");
    }
    if vector.transport != "header" {
        return cannot("signs in the header alone");
    }
    if vector.version.is_none() {
        return cannot("always sends oauth_version");
    }
    let mut named = HashSet::new();
    if !vector.parameters().all(|(name, _)| named.insert(name)) {
        return cannot("takes a map, so no name twice");
    }
    let mut parameters: HashMap<&str, Cow<'_, str>> =
        vector.parameters().map(|(name, value)| (name, value.into())).collect();
    let own = [("oauth_callback", &vector.callback), ("oauth_verifier", &vector.verifier)];
    let own = own.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?.into())));
    parameters.extend(own);
    let extra = vector.extra_oauth_params.iter();
    parameters.extend(extra.map(|(name, value)| (&**name, (&**value).into())));
    let client = oauth1::Token::new(&*vector.consumer_key, &*vector.consumer_secret);
    let token = vector
        .token
        .as_deref()
        .map(|token| oauth1::Token::new(token, vector.token_secret.as_deref().unwrap_or_default()));
    let header = oauth1::authorize(
        &vector.method,
        vector.address(),
        &client,
        token.as_ref(),
        Some(parameters),
    );
    let Ok(sent) = Authorization::parse(&header) else {
        return Outcome::Failed("this is no header of OAuth".into());
    };
    let timestamp = sent.parameter("oauth_timestamp").and_then(|text| text.parse().ok());
    let nonce = sent.parameter("oauth_nonce").unwrap_or_default();
    let stamp = Stamp::new(nonce, timestamp.unwrap_or_default());
    let expected = sign(vector, SignatureMethod::HmacSha1, &stamp).ok();
    let expected = expected.and_then(|header: String| Authorization::parse(&header).ok());
    let expected = expected.as_ref().and_then(|header| header.parameter("oauth_signature"));
    let signature = sent.parameter("oauth_signature");
    if signature.is_some() && signature == expected {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("the signature is {signature:?}, not {expected:?}"))
    }
}

/// It asks for the URL with the query, and for the form in a map.
fn xdk_rs(vector: &Vector) -> Outcome {
    if vector.address().contains("/../") {
        return cannot(NO_DOTS);
    }
    if vector.signature_method != "HMAC-SHA1" {
        return cannot("has HMAC-SHA1 alone");
    }
    if vector.transport != "header" {
        return cannot("signs in the header alone");
    }
    let Some(token) = &vector.token else { return cannot("always sends oauth_token") };
    if vector.version.is_none() {
        return cannot("always sends oauth_version");
    }
    let own = vector.callback.is_some() || vector.verifier.is_some();
    if own || !vector.extra_oauth_params.is_empty() {
        return cannot("sends no further oauth_ parameter");
    }
    let form: BTreeMap<_, _> = vector.body_params.iter().cloned().collect();
    if form.len() < vector.body_params.len() {
        return cannot("takes a map, so no name twice");
    }
    let token = OAuth1Token {
        access_token: token.clone(),
        token_secret: vector.token_secret.clone().unwrap_or_default(),
        consumer_key: vector.consumer_key.clone(),
        consumer_secret: vector.consumer_secret.clone(),
        user_id: None,
        account_username: None,
        display_name: None,
    };
    let timestamp = vector.timestamp().map(|seconds| seconds.to_string());
    let header = build_oauth1_header_with_nonce_ts(
        &vector.method,
        &vector.url,
        &token,
        Some(&form),
        vector.nonce.as_deref(),
        timestamp.as_deref(),
    );
    match header {
        Ok(header) => vector.judge_sent(&header),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}
