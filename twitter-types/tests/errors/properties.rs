//! Whatever comes, reading it ends in a reply or in an error that people can read.

use http::{HeaderName, HeaderValue, StatusCode};
use proptest::{collection::vec, prelude::*};
use twitter_types::{
    endpoint::{Endpoint, Response, reply},
    posts, usage, users,
};

use super::assert_readable;

const HEADERS: [&str; 5] = [
    "content-type",
    "x-rate-limit-limit",
    "x-rate-limit-remaining",
    "x-rate-limit-reset",
    "x-transaction-id",
];

/// Bytes, or JSON that looks like a reply with something wrong in it.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| serde_json::to_string(&number).unwrap()),
        any::<bool>().prop_map(|value| value.to_string()),
        ".{0,20}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        "[0-9]{1,21}".prop_map(|id| format!("\"{id}\"")),
    ];
    let name = prop::sample::select(vec![
        "data",
        "errors",
        "meta",
        "includes",
        "users",
        "id",
        "text",
        "title",
        "detail",
        "type",
        "status",
        "code",
        "message",
        "error",
        "parameters",
        "value",
        "next_token",
        "entities",
        "public_metrics",
        "created_at",
        "author_id",
        "daily_project_usage",
        "usage",
    ]);
    let json = leaf.prop_recursive(6, 64, 6, move |inner| {
        let member =
            (name.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            vec(inner, 0..4).prop_map(|values| format!("[{}]", values.join(","))),
            vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    });
    let truncated = (json.clone(), any::<prop::sample::Index>()).prop_map(|(json, at)| {
        let mut bytes = json.into_bytes();
        bytes.truncate(at.index(bytes.len() + 1));
        bytes
    });
    prop_oneof![vec(any::<u8>(), 0..200), json.prop_map(String::into_bytes), truncated]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    let value = prop_oneof!["[0-9]{0,21}".prop_map(String::into_bytes), vec(any::<u8>(), 0..40)];
    vec((prop::sample::select(&HEADERS[..]), value), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn nothing_makes_it_panic(
        status in 100..1000_u16,
        is_success in any::<bool>(),
        headers in headers(),
        body in bodies(),
    ) {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(if is_success { 200 } else { status }).unwrap();
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
        }
        survives::<users::Me>(&response);
        survives::<posts::SearchRecent>(&response);
        survives::<posts::Create>(&response);
        survives::<usage::Posts>(&response);
    }
}

fn survives<E: Endpoint>(response: &Response) {
    if let Err(error) = reply::<E>(response.clone()) {
        assert_readable(&error.to_string());
        let _ = format!("{error:?}");
    }
}
