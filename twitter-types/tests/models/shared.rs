//! Models against the specification and the documentation's examples, where they lie beside the
//! checkout.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, from_slice, from_value, json, to_value};
use twitter_types::fields::{
    Fields, MediaField, PlaceField, PollField, PostExpansion, PostField, UsageField, UserExpansion,
    UserField,
};
use twitter_types::models::{
    Call, CreatedPost, Includes, Media, Meta, Place, Poll, Post, Topic, Usage, User,
};

use crate::beside::shared;
use crate::judge::{assert_nothing_left, differences};

fn read(file: &Path) -> Value {
    from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn every_property_of_the_specification_is_known() {
    let Some(file) = shared("x-api/openapi.json") else { return };
    let schemas = &read(&file)["components"]["schemas"];
    check::<User>(schemas, "User");
    check::<Post>(schemas, "Post");
    check::<Includes>(schemas, "Expansions");
    check::<Media>(schemas, "Media");
    check::<Poll>(schemas, "Poll");
    check::<Place>(schemas, "Place");
    check::<Topic>(schemas, "Topic");
    check::<Call>(schemas, "Call");
}

#[test]
fn every_reply_body_of_the_specification_is_known() {
    let Some(file) = shared("x-api/openapi.json") else { return };
    let api = read(&file);
    let schemas = &api["components"]["schemas"];
    let operations = || {
        let paths = api["paths"].as_object().unwrap().values();
        paths.flat_map(|methods| methods.as_object().unwrap().values())
    };
    for operation in operations() {
        let reply = ["200", "201"].map(|status| {
            resolve(
                schemas,
                &operation["responses"][status]["content"]["application/json"]["schema"],
            )
        });
        for reply in reply.iter().filter(|reply| reply["properties"]["meta"].is_object()) {
            complete::<Meta>(schemas, "meta", &reply["properties"]["meta"]);
        }
        if operation["operationId"] == "getUsage" {
            complete::<Usage>(schemas, "usage", &reply[0]["properties"]["data"]);
        }
        if operation["operationId"] == "createPosts" {
            complete::<CreatedPost>(schemas, "post", &reply[1]["properties"]["data"]);
        }
    }
}

fn check<T: DeserializeOwned + Serialize + std::fmt::Debug>(schemas: &Value, name: &str) {
    complete::<T>(schemas, name, &schemas[name]);
}

/// Fills every property of a schema, reads it, and expects nothing left over and nothing changed.
fn complete<T: DeserializeOwned + Serialize + std::fmt::Debug>(
    schemas: &Value,
    name: &str,
    schema: &Value,
) {
    for turn in 0..6 {
        let body = fill(schemas, name, schema, turn);
        let decoded: T = from_value(body.clone()).unwrap_or_else(|e| panic!("{name}: {e}\n{body}"));
        assert_nothing_left(&decoded);
        assert_eq!(to_value(&decoded).unwrap(), body, "{name}");
    }
}

fn resolve<'a>(schemas: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    target.map_or(schema, |name| resolve(schemas, &schemas[name]))
}

/// A value of a schema with every property; `name` is the property's. Each turn picks other values
/// of the enums.
fn fill(schemas: &Value, name: &str, schema: &Value, turn: usize) -> Value {
    let schema = resolve(schemas, schema);
    if let Some(choice) = schema["oneOf"].get(0) {
        return fill(schemas, name, choice, turn);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[turn % values.len()].clone();
    }
    match schema["type"].as_str().unwrap() {
        "object" => match schema["properties"].as_object() {
            Some(members) => members
                .iter()
                .map(|(name, schema)| (name.clone(), fill(schemas, name, schema, turn)))
                .collect::<Map<_, _>>()
                .into(),
            None if name == "summary" => json!({"created": 1}),
            None if name.ends_with("_metrics") => json!({"like_count": 1}),
            None => json!({"anything": [1, -2, 0.5, {"at": "all"}]}),
        },
        "array" => {
            let length = schema["minItems"].as_u64().unwrap_or(2);
            (0..length).map(|_| fill(schemas, name, &schema["items"], turn)).collect()
        }
        "boolean" => true.into(),
        "integer" => 7.into(),
        "number" => 7.5.into(),
        _ => text(name, schema).into(),
    }
}

/// A string as X would send it under a name, since the specification seldom says.
fn text(name: &str, schema: &Value) -> &'static str {
    let instants = ["created_at", "editable_until", "end_datetime", "sent"];
    match name {
        _ if schema["format"] == "date-time" || instants.contains(&name) => {
            "2021-01-06T18:40:40.344Z"
        }
        "media_key" | "media_keys" => "3_1346889436626259968",
        "project_cap" | "project_usage" | "usage" => "15420",
        "id" | "contained_within" => "1346889436626259968",
        _ if name.ends_with("_id") || name.ends_with("_ids") => "1346889436626259968",
        // A value of each enum that the specification writes as a plain string.
        "type" => "photo",
        "join_policy" | "voting_status" => "open",
        "place_type" => "city",
        "reply_settings" => "mentionedUsers",
        "subscription_type" => "Premium",
        "verified_type" => "blue",
        _ => "any text",
    }
}

#[test]
fn every_field_and_expansion_can_be_asked_for() {
    let Some(file) = shared("x-api/openapi.json") else { return };
    let parameters = &read(&file)["components"]["parameters"];
    assert_eq!(values(parameters, "PostFieldsParameter"), Fields::<PostField>::all().to_string());
    assert_eq!(values(parameters, "UserFieldsParameter"), Fields::<UserField>::all().to_string());
    assert_eq!(values(parameters, "MediaFieldsParameter"), Fields::<MediaField>::all().to_string());
    assert_eq!(values(parameters, "PollFieldsParameter"), Fields::<PollField>::all().to_string());
    assert_eq!(values(parameters, "PlaceFieldsParameter"), Fields::<PlaceField>::all().to_string());
    assert_eq!(values(parameters, "UsageFieldsParameter"), Fields::<UsageField>::all().to_string());
    let expansions = Fields::<PostExpansion>::all().to_string();
    assert_eq!(values(parameters, "PostExpansionsParameter"), expansions);
    let expansions = Fields::<UserExpansion>::all().to_string();
    assert_eq!(values(parameters, "UserExpansionsParameter"), expansions);
}

/// The values of a parameter, as a query would ask for all of them.
fn values(parameters: &Value, name: &str) -> String {
    let values = parameters[name]["schema"]["items"]["enum"].as_array().unwrap();
    values.iter().map(|value| value.as_str().unwrap()).collect::<Vec<_>>().join(",")
}

#[test]
fn documented_examples_lose_nothing() {
    let Some(folder) = shared("x-api/examples/responses") else { return };
    let mut read_files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let examine = match name.split('.').next().unwrap() {
            "getPostsByIds"
            | "getPostsById"
            | "searchPostsRecent"
            | "searchPostsAll"
            | "getUsersMentions"
            | "getUsersPosts"
            | "getPostsQuotedPosts"
            | "getUsersBookmarks"
            | "getUsersRepostsOfMe"
            | "getUsersTimeline" => examine::<Post>,
            "getUsersByIds"
            | "getUsersByUsername"
            | "getUsersByUsernames"
            | "getUsersMe"
            | "getUsersMuting"
            | "getUsersBlocking"
            | "getPostsRepostedBy"
            | "searchUsers"
            | "getListsMembers" => examine::<User>,
            "createPosts" => examine::<CreatedPost>,
            "getUsage" => examine::<Usage>,
            _ => continue,
        };
        let Ok(reply) = from_slice::<Value>(&fs::read(&file).unwrap()) else { continue };
        examine(&name, &reply);
        read_files += 1;
    }
    assert!(read_files > 40, "{read_files} files");
}

#[test]
fn the_measured_page_loses_nothing() {
    let Some(file) = shared("bench/search.json") else { return };
    examine::<Post>("search.json", &read(&file));
}

fn examine<T: DeserializeOwned + Serialize + std::fmt::Debug>(name: &str, reply: &Value) {
    match &reply["data"] {
        Value::Array(items) => items.iter().for_each(|item| survives::<T>(name, item)),
        Value::Null => {}
        item => survives::<T>(name, item),
    }
    if let Some(includes) = reply.get("includes") {
        survives::<Includes>(name, includes);
    }
    if let Some(meta) = reply.get("meta") {
        survives::<Meta>(name, meta);
    }
}

fn survives<T: DeserializeOwned + Serialize + std::fmt::Debug>(name: &str, body: &Value) {
    let decoded: T = from_value(body.clone()).unwrap_or_else(|e| panic!("{name}: {e}\n{body}"));
    assert_nothing_left(&decoded);
    let mut found = Vec::new();
    differences("", body, &to_value(&decoded).unwrap(), &mut found);
    assert!(found.is_empty(), "{name}: {found:#?}");
}
