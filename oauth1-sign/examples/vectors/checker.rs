//! Reads files of known answers, and compares what the crate makes of them.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use oauth1_sign::{
    Authorization, ClientCredentials, Request, SignatureMethod, Signer, Stamp, TokenCredentials,
    base_string_uri, normalized_parameters, percent_encode, verify::Window,
};
use serde::Deserialize;

pub(crate) type Outcome = Result<(), Box<dyn Error>>;
type Pairs = Vec<(String, String)>;

/// Goes through a file, and hands the outcome of each of its cases to `count`.
pub(crate) fn check(file: impl AsRef<Path>, mut count: impl FnMut(&str, Outcome)) {
    match read(file.as_ref()) {
        Ok(content) => check_file(&content, count),
        Err(error) => count("not a file of vectors", Err(error)),
    }
}

fn read(file: &Path) -> Result<File, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    vectors: Vec<Vector>,
    #[serde(default)]
    encoding: Table<(String, String)>,
    #[serde(default)]
    normalization: Table<(String, String)>,
    #[serde(default)]
    base_string_uri: Table<(String, String)>,
    #[serde(default)]
    raw_signatures: Table<(String, String, String, String, String)>,
}

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Table<T> {
    cases: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { cases: Vec::new() }
    }
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    method: String,
    url: String,
    body: Option<String>,
    content_type: Option<String>,
    consumer_key: String,
    consumer_secret: String,
    token: Option<String>,
    token_secret: Option<String>,
    nonce: Option<String>,
    timestamp: Option<String>,
    version: Option<String>,
    realm: Option<String>,
    callback: Option<String>,
    verifier: Option<String>,
    #[serde(default)]
    extra_oauth_params: Pairs,
    signature_method: String,
    #[serde(default = "header")]
    transport: String,
    expected_base_string_uri: Option<String>,
    expected_normalized_params: Option<String>,
    expected_base_string: Option<String>,
    expected_signature: String,
    expected_header: Option<String>,
}

fn header() -> String {
    "header".into()
}

fn check_file(file: &File, mut count: impl FnMut(&str, Outcome)) {
    for vector in &file.vectors {
        count(&vector.name, vector.check());
    }
    for (text, encoded) in &file.encoding.cases {
        count(&format!("encoding of {text:?}"), same("encoding", &percent_encode(text), encoded));
    }
    for (form, normalized) in &file.normalization.cases {
        let outcome = same("normalization", &normalized_parameters(form), normalized);
        count(&format!("normalization of {form:?}"), outcome);
    }
    for (url, expected) in &file.base_string_uri.cases {
        let outcome = base_string_uri(url)
            .map_err(Into::into)
            .and_then(|uri| same("base string URI", &uri, expected));
        count(&format!("base string URI of {url}"), outcome);
    }
    for (method, client_secret, token_secret, base_string, signature) in &file.raw_signatures.cases
    {
        let outcome = signature_method(method).and_then(|method| {
            let client = ClientCredentials::new("", &**client_secret);
            let token = TokenCredentials::new("", &**token_secret);
            let signer = Signer::with_method(method, &client, Some(&token));
            same("signature", &signer.sign_base_string(base_string), signature)
        });
        count(&format!("{method} of {base_string:?}"), outcome);
    }
}

impl Vector {
    fn check(&self) -> Outcome {
        let (client, token) = self.credentials();
        let method = signature_method(&self.signature_method)?;
        let signer = Signer::with_method(method, &client, token.as_ref());
        let signer = if self.version.is_some() { signer } else { signer.without_version() };
        let timestamp = self.timestamp.as_deref().map(str::parse).transpose()?;
        let stamp = match (&self.nonce, timestamp) {
            (Some(nonce), Some(timestamp)) => Stamp::new(nonce, timestamp),
            _ => Stamp::none(),
        };
        let extra: Vec<_> =
            self.extra_oauth_params.iter().map(|(name, value)| (&**name, &**value)).collect();
        let request = self.request(&extra);

        if let Some(expected) = &self.expected_base_string_uri {
            same("base string URI", &base_string_uri(&self.url)?, expected)?;
        }
        let base_string = signer.base_string(&request, &stamp)?;
        if let Some(expected) = &self.expected_base_string {
            same("base string", &base_string, expected)?;
        }
        if let Some(expected) = &self.expected_normalized_params {
            let signed = base_string.rsplit('&').next().unwrap_or_default();
            same("normalized parameters", signed, &percent_encode(expected))?;
        }
        let sent = match &*self.transport {
            "query" => signer.sign_url(&request, &stamp)?,
            "body" => signer.sign_form(&request, &stamp)?,
            _ => signer.sign(&request, &stamp)?,
        };
        let authorization = self.receive(&sent)?;
        let signature = authorization.parameter("oauth_signature").unwrap_or_default();
        same("signature", signature, &self.expected_signature)?;
        if let Some(expected) = &self.expected_header {
            same_header(&sent, expected)?;
        }
        self.verify(&authorization, &sent, timestamp.unwrap_or_default())
    }

    fn credentials(&self) -> (ClientCredentials, Option<TokenCredentials>) {
        let client = ClientCredentials::new(&*self.consumer_key, &*self.consumer_secret);
        // One published vector has a token's secret, and no token.
        let token = (self.token.is_some() || self.token_secret.is_some()).then(|| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            TokenCredentials::new(part(&self.token), part(&self.token_secret))
        });
        (client, token)
    }

    fn request<'a>(&'a self, extra: &'a [(&'a str, &'a str)]) -> Request<'a> {
        let mut request = Request::new(&self.method, &self.url).parameters(extra);
        request = self.form().map_or(request, |form| request.form(form));
        request = self.realm.as_deref().map_or(request, |realm| request.realm(realm));
        request = self.callback.as_deref().map_or(request, |callback| request.callback(callback));
        self.verifier.as_deref().map_or(request, |verifier| request.verifier(verifier))
    }

    /// The body, if it is a form.
    fn form(&self) -> Option<&str> {
        let content_type = self.content_type.as_deref()?;
        content_type.starts_with("application/x-www-form-urlencoded").then_some(())?;
        self.body.as_deref()
    }

    fn receive(&self, sent: &str) -> Result<Authorization, Box<dyn Error>> {
        let parameters = match &*self.transport {
            "query" => Authorization::from_form(sent.split_once('?').ok_or("no query")?.1)?,
            "body" => Authorization::from_form(sent)?,
            _ => Some(Authorization::parse(sent)?),
        };
        Ok(parameters.ok_or("nothing was signed")?)
    }

    /// Verifies what was sent, as the server that gets nothing but the request.
    fn verify(&self, authorization: &Authorization, sent: &str, now: u64) -> Outcome {
        let (client, token) = self.credentials();
        let (url, form) = match &*self.transport {
            "query" => (sent, self.form().unwrap_or_default()),
            "body" => (&*self.url, sent),
            _ => (&*self.url, self.form().unwrap_or_default()),
        };
        let request = Request::new(&self.method, url).form(form);
        authorization.verify(&request, &client, token.as_ref(), Window { now, tolerance: 0 })?;
        if self.form().is_none() && self.body.is_some() {
            authorization.verify_body(self.body.as_deref().unwrap_or_default().as_bytes())?;
        }
        Ok(())
    }
}

fn signature_method(name: &str) -> Result<SignatureMethod, Box<dyn Error>> {
    Ok(match name {
        "HMAC-SHA1" => SignatureMethod::HmacSha1,
        "HMAC-SHA256" => SignatureMethod::HmacSha256,
        "HMAC-SHA512" => SignatureMethod::HmacSha512,
        "PLAINTEXT" => SignatureMethod::Plaintext,
        _ => return Err(format!("unknown signature method {name}").into()),
    })
}

fn same(what: &str, got: &str, expected: &str) -> Outcome {
    if got == expected {
        return Ok(());
    }
    Err(format!("{what} differs\n     got {got}\nexpected {expected}").into())
}

/// The order of a header's parameters means nothing.
fn same_header(got: &str, expected: &str) -> Outcome {
    let set = |header: &str| -> BTreeSet<String> {
        header.trim_start_matches("OAuth ").split(',').map(|part| part.trim().into()).collect()
    };
    if set(got) == set(expected) { Ok(()) } else { same("header", got, expected) }
}
