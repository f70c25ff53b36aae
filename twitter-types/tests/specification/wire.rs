//! What a request carries, under the names of the specification.

use std::collections::{BTreeMap, BTreeSet};

use oauth1_sign::percent_encode;
use serde_json::Value;
use twitter_types::endpoint::Request;

use crate::openapi::{Place, Specified};

/// Every parameter and property of a request, with its values.
pub(crate) type Sent = BTreeMap<(Place, String), BTreeSet<String>>;

/// Takes a request apart, and expects its path to be the specification's.
pub(crate) fn sent(specified: &Specified<'_>, request: &Request) -> Sent {
    let mut sent = Sent::new();
    path(specified.path, request.uri().path(), &mut sent);
    for pair in request.uri().query().into_iter().flat_map(|query| query.split('&')) {
        let (name, value) = pair.split_once('=').unwrap();
        let key = (Place::Query, name.to_owned());
        let is_list = specified.parameters.get(&key).is_some_and(|parameter| parameter.is_list);
        let values: Vec<_> =
            if is_list { value.split(&percent_encode(",")).collect() } else { vec![value] };
        let all = values.iter().map(|value| (*value).to_owned()).collect();
        assert!(sent.insert(key, all).is_none(), "{name} comes twice");
    }
    match request.headers().get("content-type").map(|value| value.to_str().unwrap()) {
        None => assert!(request.body().is_empty(), "a body without a content type"),
        Some("application/json") => {
            body("", &serde_json::from_slice(request.body()).unwrap(), &mut sent);
        }
        Some("application/octet-stream") => {}
        Some(multipart) => {
            let boundary = multipart.strip_prefix("multipart/form-data; boundary=").unwrap();
            parts(&String::from_utf8_lossy(request.body()), boundary, &mut sent);
        }
    }
    sent
}

/// Path parameters go by the names in the specification's path.
fn path(template: &str, path: &str, sent: &mut Sent) {
    let (expected, found) = (template.split('/'), path.split('/'));
    assert_eq!(expected.clone().count(), found.clone().count(), "{template}: {path}");
    for (expected, found) in expected.zip(found) {
        let name = expected.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match name {
            Some(name) => {
                sent.insert((Place::Path, name.into()), BTreeSet::from([found.into()]));
            }
            None => assert_eq!(expected, found, "{template}: {path}"),
        }
    }
}

/// The parts of a form (RFC 7578).
fn parts(form: &str, boundary: &str, sent: &mut Sent) {
    for part in form.split(&format!("--{boundary}")) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else { continue };
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let value = value.strip_suffix("\r\n").unwrap();
        sent.entry((Place::Body, name.into())).or_default().insert(value.into());
    }
}

fn body(name: &str, value: &Value, sent: &mut Sent) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                let dot = if name.is_empty() { "" } else { "." };
                body(&format!("{name}{dot}{member}"), value, sent);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| body(name, value, sent)),
        value => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            sent.entry((Place::Body, name.into())).or_default().insert(text);
        }
    }
}
