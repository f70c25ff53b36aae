//! A plain HTTP client for the tests.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};
use serde_json::Value;
use twitter_sandbox::Sandbox;
use ureq::http;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded;charset=UTF-8";

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    Nobody,
    App,
    OAuth1,
    OAuth2,
}

/// A reply with its body as text and, if it is JSON, as a value.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The strings at this key of each object in `data`.
    pub(crate) fn column(&self, key: &str) -> Vec<String> {
        strings(&self.json["data"], key)
    }
}

/// The strings at this key of each object in a list.
pub(crate) fn strings(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item[key].as_str().unwrap_or("(none)").to_owned()).collect()
}

pub(crate) fn get(sandbox: &Sandbox, who: As, path: &str) -> Reply {
    send(sandbox, who, "GET", path, None)
}

pub(crate) fn post(sandbox: &Sandbox, who: As, path: &str, body: &Value) -> Reply {
    send(sandbox, who, "POST", path, Some(body.to_string()))
}

pub(crate) fn delete(sandbox: &Sandbox, who: As, path: &str) -> Reply {
    send(sandbox, who, "DELETE", path, None)
}

pub(crate) fn send(
    sandbox: &Sandbox,
    who: As,
    method: &str,
    path: &str,
    body: Option<String>,
) -> Reply {
    let authorization = authorization(sandbox, who, method, path, "", &Stamp::now());
    let content_type = body.as_ref().map(|_| "application/json");
    exchange(sandbox, method, path, authorization.as_deref(), content_type, body)
}

/// The header of a request; `form` is its body, if that is a form.
pub(crate) fn authorization(
    sandbox: &Sandbox,
    who: As,
    method: &str,
    path: &str,
    form: &str,
    stamp: &Stamp<'_>,
) -> Option<String> {
    let keys = sandbox.keys();
    match who {
        As::Nobody => None,
        As::App => Some(format!("Bearer {}", keys.bearer_token)),
        As::OAuth2 => Some(format!("Bearer {}", keys.oauth2_user_token)),
        As::OAuth1 => {
            let client = ClientCredentials::new(&keys.api_key, &keys.api_secret);
            let token = TokenCredentials::new(&keys.access_token, &keys.access_token_secret);
            let url = format!("{}{path}", sandbox.base_url());
            let request = Request::new(method, &url).form(form);
            Some(Signer::new(&client, Some(&token)).sign(&request, stamp).unwrap())
        }
    }
}

/// Sends a form.
pub(crate) fn submit(
    sandbox: &Sandbox,
    path: &str,
    authorization: Option<&str>,
    form: &str,
) -> Reply {
    exchange(sandbox, "POST", path, authorization, Some(FORM), Some(form.to_owned()))
}

/// HTTP Basic.
pub(crate) fn basic(key: &str, secret: &str) -> String {
    use base64::Engine as _;
    let pair = format!("{key}:{secret}");
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

pub(crate) fn exchange(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    authorization: Option<&str>,
    content_type: Option<&str>,
    body: Option<String>,
) -> Reply {
    let mut request =
        http::Request::builder().method(method).uri(format!("{}{path}", sandbox.base_url()));
    for (name, value) in [("authorization", authorization), ("content-type", content_type)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let agent = agent();
    let response = match body {
        Some(body) => agent.run(request.body(body).unwrap()),
        None => agent.run(request.body(()).unwrap()),
    };
    let (parts, mut body) = response.unwrap().into_parts();
    // A stream does not say how long it is: it has no end.
    let endless = !parts.headers.contains_key("content-length");
    let text = if endless { String::new() } else { body.read_to_string().unwrap() };
    let json = serde_json::from_str(&text).unwrap_or_default();
    Reply { status: parts.status.as_u16(), headers: parts.headers, text, json }
}

pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .build()
        .into()
}
