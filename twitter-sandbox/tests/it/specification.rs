//! Replies fit the schemas of X's specification, which is found beside the checkout or by `X_SHARED`.

use std::path::PathBuf;

use serde_json::Value;
use twitter_sandbox::Sandbox;

use crate::client::{As, get};

pub(crate) fn specification() -> Option<Value> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("X_SHARED").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(shared.join("x-api/openapi.json")).ok()?;
    serde_json::from_str(&text).ok()
}

/// What of the value does not fit the schema.
fn misfits(
    specification: &Value,
    schema: &Value,
    value: &Value,
    path: &str,
    out: &mut Vec<String>,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = specification.pointer(&reference[1..]).unwrap();
        return misfits(specification, target, value, path, out);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = choices.iter().any(|choice| {
            let mut inner = Vec::new();
            misfits(specification, choice, value, path, &mut inner);
            inner.is_empty()
        });
        if !fits {
            out.push(format!("{path}: none of {} choices", choices.len()));
        }
        return;
    }
    if schema["enum"].as_array().is_some_and(|list| !list.contains(value)) {
        out.push(format!("{path}: {value} is not in the enumeration"));
    }
    match (schema["type"].as_str(), value) {
        (Some("object") | None, Value::Object(object)) => {
            let Some(known) = schema["properties"].as_object() else { return };
            for (key, value) in object {
                match known.get(key) {
                    Some(schema) => {
                        misfits(specification, schema, value, &format!("{path}.{key}"), out);
                    }
                    None => out.push(format!("{path}.{key} is unknown")),
                }
            }
            for key in schema["required"].as_array().into_iter().flatten() {
                if !object.contains_key(key.as_str().unwrap()) {
                    out.push(format!("{path}.{key} is missing"));
                }
            }
        }
        (Some("array"), Value::Array(list)) => {
            for item in list {
                misfits(specification, &schema["items"], item, &format!("{path}[]"), out);
            }
        }
        (Some("string"), Value::String(_))
        | (Some("number"), Value::Number(_))
        | (Some("boolean"), Value::Bool(_)) => {}
        (Some("integer"), Value::Number(number)) if number.is_i64() => {}
        (_, Value::Null) if schema["nullable"] == true => {}
        (expected, found) => out.push(format!("{path}: {found} is not {expected:?}")),
    }
}

/// Every value that the specification has for the field and expansion parameters of an operation.
fn everything(operation: &Value, specification: &Value) -> String {
    let mut query = String::new();
    for parameter in operation["parameters"].as_array().unwrap() {
        let parameter = match parameter["$ref"].as_str() {
            Some(reference) => specification.pointer(&reference[1..]).unwrap(),
            None => parameter,
        };
        let name = parameter["name"].as_str().unwrap();
        let values = parameter["schema"]["items"]["enum"].as_array();
        if let Some(values) = values.filter(|_| name != "exclude") {
            let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            query.push_str(&format!("&{name}={}", values.join(",")));
        }
    }
    query
}

#[test]
fn replies_with_every_field_fit_their_schemas() {
    let Some(specification) = specification() else {
        eprintln!("skipped: shared/x-api/openapi.json is not there");
        return;
    };
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id().to_string();
    let posts = get(&sandbox, As::App, "/2/users/2244994945/tweets?max_results=100").column("id");
    let ids = posts.join(",");
    let mut seen = std::collections::BTreeSet::new();
    for (template, path, who) in [
        ("/2/tweets", format!("/2/tweets?ids={ids}"), As::App),
        ("/2/tweets/{id}", format!("/2/tweets/{}?", posts[0]), As::OAuth1),
        (
            "/2/tweets/search/recent",
            "/2/tweets/search/recent?max_results=100&query=a OR the OR %23XAPI".replace(' ', "%20"),
            As::OAuth1,
        ),
        ("/2/users/{id}/tweets", format!("/2/users/{owner}/tweets?max_results=100"), As::OAuth1),
        (
            "/2/users/{id}/liked_tweets",
            format!("/2/users/{owner}/liked_tweets?max_results=100"),
            As::OAuth2,
        ),
        ("/2/users", format!("/2/users?ids={owner},2244994945,12"), As::OAuth1),
        ("/2/users/by", "/2/users/by?usernames=exmp_news,sandbox_owner,nobody".to_owned(), As::App),
        (
            "/2/users/by/username/{username}",
            "/2/users/by/username/cafe_du_sable?".to_owned(),
            As::App,
        ),
        ("/2/users/me", "/2/users/me?".to_owned(), As::OAuth2),
        ("/2/users/{id}", "/2/users/2244994945?".to_owned(), As::OAuth1),
        (
            "/2/users/{id}/followers",
            "/2/users/2244994945/followers?max_results=1000".to_owned(),
            As::OAuth1,
        ),
        ("/2/users/{id}/following", format!("/2/users/{owner}/following?"), As::App),
        ("/2/usage/tweets", "/2/usage/tweets?days=3".to_owned(), As::App),
    ] {
        let operation = &specification["paths"][template]["get"];
        let path = format!("{path}{}", everything(operation, &specification));
        let reply = get(&sandbox, who, &path);
        assert_eq!(reply.status, 200, "{path} {}", reply.text);
        assert!(!reply.json["data"].is_null(), "{path} {}", reply.text);
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let mut found = Vec::new();
        misfits(&specification, schema, &reply.json, template, &mut found);
        found.sort();
        found.dedup();
        assert!(found.is_empty(), "{template}: {found:#?}");
        collect(&reply.json, "", &mut seen);
    }
    // Fields that clients must be able to see in a sandbox.
    for field in [
        ".data[].note_post.text",
        ".data[].geo.place_id",
        ".data[].referenced_posts[].type",
        ".data[].context_annotations[].domain.id",
        ".data[].edit_controls.editable_until",
        ".data[].attachments.poll_ids[]",
        ".data[].community_id",
        ".data[].organic_metrics",
        ".data[].media_metadata[].media_key",
        ".data[].entities.cashtags[].tag",
        ".data[].connection_status[]",
        ".data[].affiliation.user_id[]",
        ".data[].pinned_post_id",
        ".data[].entities.description.hashtags[].tag",
        ".data[].entities.url.urls[].expanded_url",
        ".includes.media[].variants[].bit_rate",
        ".includes.media[].alt_text",
        ".includes.media[].duration_ms",
        ".includes.polls[].options[].votes",
        ".includes.places[].geo.bbox[]",
        ".includes.posts[].id",
        ".includes.users[].id",
        ".data[].username",
        ".data[].most_recent_post_id",
        ".data[].location",
    ] {
        let prefix = seen.range(field.to_owned()..).next();
        assert!(prefix.is_some_and(|found| found.starts_with(field)), "{field} is never sent");
    }
}

/// The paths of everything in a value.
fn collect(value: &Value, path: &str, out: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect(value, &format!("{path}.{key}"), out);
            }
        }
        Value::Array(list) => {
            for item in list {
                collect(item, &format!("{path}[]"), out);
            }
        }
        _ => {
            out.insert(path.to_owned());
        }
    }
}
