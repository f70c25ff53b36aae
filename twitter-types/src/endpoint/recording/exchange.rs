//! One exchange as it stands in a file.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::redaction::{Secrets, is_of_login};
use crate::{
    checksum::checksum,
    endpoint::{Response, TransportError, TransportErrorKind},
};

/// The version of the format.
pub(super) const FIRST_LINE: &str = r#"{"recording":1}"#;

/// The headers of a response that are kept, by the beginnings of their names.
const HEADERS: [&str; 6] = [
    "content-type",
    "retry-after",
    "x-access-level",
    "x-rate-limit-",
    "x-app-limit-24hour-",
    "x-user-limit-24hour-",
];

/// The kinds of failure that a recording can give again.
const KINDS: [TransportErrorKind; 6] = [
    TransportErrorKind::Connect,
    TransportErrorKind::Timeout,
    TransportErrorKind::Closed,
    TransportErrorKind::TooLarge,
    TransportErrorKind::Refused,
    TransportErrorKind::Other,
];

/// A line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) request: Asked,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<Answered>,
    /// The kind of a failure, where there was no response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

/// A request, without its secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) method: String,
    /// With the query.
    pub(super) path: String,
    #[serde(flatten)]
    pub(super) body: Content,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Answered {
    status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(flatten)]
    body: Content,
}

/// A body, without its secrets. One of these at most is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) json: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    /// Of a request that is no text, its length and a checksum are enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    binary: Option<String>,
}

impl Asked {
    pub(super) fn of<B: AsRef<[u8]>>(request: &Request<B>, secrets: &mut Secrets) -> Self {
        secrets.learn_credential(request.headers());
        let (path, query) = (request.uri().path(), request.uri().query());
        let of_login = is_of_login(path);
        let query = query.map(|query| secrets.form(query, of_login));
        let body = request.body().as_ref();
        let body = if str::from_utf8(body).is_ok() {
            Content::of(body, of_login, secrets)
        } else {
            let binary = format!("{} bytes, {:016x}", body.len(), checksum(body.iter().copied()));
            Content { binary: Some(binary), ..Content::default() }
        };
        let path = match query {
            Some(query) => format!("{}?{query}", secrets.hide(path)),
            None => secrets.hide(path),
        };
        Self { method: request.method().to_string(), path, body }
    }

    fn is_of_login(&self) -> bool {
        is_of_login(self.path.split('?').next().unwrap_or_default())
    }
}

impl Content {
    fn of(body: &[u8], of_login: bool, secrets: &mut Secrets) -> Self {
        if body.is_empty() {
            return Self::default();
        }
        // `null` is no body to the format.
        if let Ok(mut json) = serde_json::from_slice(body)
            && json != Value::Null
        {
            secrets.json(&mut json, of_login);
            return Self { json: Some(json), ..Self::default() };
        }
        match str::from_utf8(body) {
            Ok(text) => Self { text: Some(secrets.text(text, of_login)), ..Self::default() },
            Err(_) if of_login => Self { text: Some(String::new()), ..Self::default() },
            Err(_) => {
                let bytes = BASE64_STANDARD.encode(secrets.hide_in_bytes(body));
                Self { base64: Some(bytes), ..Self::default() }
            }
        }
    }

    fn bytes(&self) -> Vec<u8> {
        if let Some(json) = &self.json {
            return json.to_string().into_bytes();
        }
        let decoded = self.base64.as_ref().map(|base64| BASE64_STANDARD.decode(base64));
        match (decoded, &self.text) {
            (Some(Ok(bytes)), _) => bytes,
            (_, Some(text)) => text.clone().into_bytes(),
            _ => Vec::new(),
        }
    }
}

impl Exchange {
    pub(super) fn of(
        request: Asked,
        outcome: &Result<Response, TransportError>,
        secrets: &mut Secrets,
    ) -> Self {
        let response = match outcome {
            Ok(response) => response,
            Err(error) => {
                let failure = Some(format!("{:?}", error.kind()));
                return Self { request, response: None, failure };
            }
        };
        let body = Content::of(response.body(), request.is_of_login(), secrets);
        let headers = response.headers().iter().filter(|(name, _)| is_kept(name));
        let headers = headers.filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), secrets.hide(value.to_str().ok()?)))
        });
        let status = response.status().as_u16();
        let response = Some(Answered { status, headers: headers.collect(), body });
        Self { request, response, failure: None }
    }

    pub(super) fn line(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }

    /// What came of it.
    pub(super) fn outcome(&self) -> Result<Response, TransportError> {
        let Some(answered) = &self.response else {
            let named = |kind: &&TransportErrorKind| Some(format!("{kind:?}")) == self.failure;
            let kind = KINDS.iter().find(named).unwrap_or(&TransportErrorKind::Other);
            return Err((*kind).into());
        };
        let mut response = Response::new(answered.body.bytes());
        *response.status_mut() = StatusCode::from_u16(answered.status)
            .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
        let headers = answered.headers.iter().filter_map(|(name, value)| {
            let name: HeaderName = name.parse().ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        });
        *response.headers_mut() = HeaderMap::from_iter(headers);
        Ok(response)
    }
}

fn is_kept(name: &HeaderName) -> bool {
    name == "x-transaction-id" || HEADERS.iter().any(|kept| name.as_str().starts_with(kept))
}
