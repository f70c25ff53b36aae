//! Bodies made from the specification: one with every field, and one with those alone that are
//! required. Each is read with nothing left over, and written back as it was.

use serde_json::{Map, Value, json};
use twitter_types::endpoint::{Operation, Shape};
use twitter_types::model::Vocabulary;

use crate::deviations::deviation_of;
use crate::openapi::{Api, Specified};

/// What stands where the specification says no more than that it is a text.
const ANY_TEXT: &str = "any text";

pub(crate) fn compare(
    api: &Api,
    operation: &Operation,
    specified: &Specified<'_>,
    found: &mut Vec<String>,
) {
    for (what, schema, shape) in [
        ("the reply", specified.reply, &operation.response),
        ("the body", specified.body, &operation.body),
    ] {
        let says_more = |schema: &&Value| {
            api.resolve(schema)["properties"].as_object().is_none_or(|p| !p.is_empty())
        };
        let Some(schema) = schema.filter(says_more) else { continue };
        let turns = specified.turns();
        let errors = of_schema(api, operation.id, what == "the body", turns, schema, shape);
        found.extend(errors.iter().map(|error| format!("{what} as {}: {error}", shape.name())));
    }
}

/// What goes wrong with bodies made from one schema.
pub(crate) fn of_schema(
    api: &Api,
    operation: &str,
    is_body: bool,
    turns: usize,
    schema: &Value,
    shape: &Shape,
) -> Vec<String> {
    let mut errors = Vec::new();
    for turn in 0..turns {
        for least in [false, true] {
            let body = Maker { api, operation, is_body, turn, least }.value("", "", schema);
            errors.extend(survives(shape, &body).err());
        }
    }
    errors.sort();
    errors.dedup();
    errors.truncate(4);
    errors
}

fn survives(shape: &Shape, body: &Value) -> Result<(), String> {
    let text = body.to_string();
    let reread = shape.reread(text.as_bytes(), Vocabulary::Current);
    let reread = reread.map_err(|error| format!("{error} in {}", excerpt(&text)))?;
    let known = ["extra: {\"", "Unknown(\""];
    for at in known.iter().flat_map(|sign| reread.debug.match_indices(sign)) {
        let rest = &reread.debug[at.0 + at.1.len()..];
        if !rest.starts_with(ANY_TEXT) {
            return Err(format!("not known: {}{}", at.1, excerpt(rest)));
        }
    }
    let again: Value = serde_json::from_slice(&reread.body).unwrap_or_default();
    let mut differences = Vec::new();
    differ("", body, &again, &mut differences);
    if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
}

/// Where two bodies differ. A new post has a text, if only an empty one.
fn differ(path: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let after = after.get(name).unwrap_or(&Value::Null);
                differ(&format!("{path}.{name}"), value, after, found);
            }
            for name in
                after.keys().filter(|name| !before.contains_key(*name) && after[*name] != "")
            {
                found.push(format!("{path}.{name} was added"));
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                differ(&format!("{path}[{at}]"), before, after, found);
            }
        }
        _ if before == after => {}
        _ => found.push(format!("{path}: {before} became {after}")),
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(160).collect()
}

struct Maker<'a> {
    api: &'a Api,
    operation: &'a str,
    is_body: bool,
    turn: usize,
    least: bool,
}

impl Maker<'_> {
    /// A value of a schema; `name` is the property's, and `path` where it stands.
    fn value(&self, path: &str, name: &str, schema: &Value) -> Value {
        let schema = self.api.resolve(schema);
        if let Some(choices) = schema["oneOf"].as_array() {
            return self.value(path, name, &choices[self.turn % choices.len()]);
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[self.turn % values.len()].clone();
        }
        match schema["type"].as_str() {
            Some("object") => self.object(path, name, schema),
            Some("array") => {
                let least = schema["minItems"].as_u64().unwrap_or(2).max(1);
                (0..least).map(|_| self.value(path, name, &schema["items"])).collect()
            }
            Some("boolean") => true.into(),
            Some("integer") => 7.into(),
            Some("number") => 7.5.into(),
            _ => text(name, schema).into(),
        }
    }

    fn object(&self, path: &str, name: &str, schema: &Value) -> Value {
        let Some(members) = schema["properties"].as_object() else {
            return open_object(name);
        };
        let required = |name: &str| {
            let names = schema["required"].as_array().into_iter().flatten();
            names.into_iter().any(|required| required == name)
        };
        let mut object = Map::new();
        for (name, schema) in members {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let is_left_out = self.is_body && deviation_of(self.operation, &path).is_some();
            if (!self.least || required(name)) && !is_left_out {
                object.insert(name.clone(), self.value(&path, name, schema));
            }
        }
        object.into()
    }
}

/// An object of which the specification does not say what is in it.
fn open_object(name: &str) -> Value {
    match name {
        "summary" => json!({"created": 1}),
        _ if name.ends_with("_metrics") => json!({"like_count": 1}),
        _ => json!({"anything": [1, -2, 0.5, {"at": "all"}]}),
    }
}

/// A text as X would send it under a name, since the specification seldom says.
fn text(name: &str, schema: &Value) -> &'static str {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    match name {
        "start" | "end" | "editable_until" | "end_datetime" | "sent" | "timestamp"
        | "scheduled_start" => "2021-01-06T18:40:40.344Z",
        _ if schema["format"] == "date-time" || ends(&["_at", "_time"]) => {
            "2021-01-06T18:40:40.344Z"
        }
        _ if ends(&["_ms", "_msec"]) => "1609958440344",
        "project_cap"
        | "project_usage"
        | "usage"
        | "num_parts"
        | "repeats"
        | "total_watched"
        | "total_watching"
        | "cap_per_client_app"
        | "cap_per_project"
        | "project_rules_count"
        | "provisioned_count"
        | "subscriptions_count_all"
        | "subscriptions_count_direct_messages" => "15420",
        "media_key" | "media_keys" => "3_1346889436626259968",
        "media_hash_key" | "media_hash_keys" => "a1b2c3",
        "id" | "ids" | "contained_within" | "additional_owners" | "group_admins"
        | "group_members" => "1346889436626259968",
        _ if ends(&["_id", "_ids"]) => "1346889436626259968",
        _ => ANY_TEXT,
    }
}
