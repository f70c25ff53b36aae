//! Rules of the filtered stream: listing, adding and deleting them.

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::exchange::Answer;
use crate::problem::{PREFIX, Problem};
use crate::streams::{RULES, Rule};
use crate::time::Time;
use crate::world::World;

/// `GET /2/tweets/search/stream/rules`
pub(crate) fn list(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let size = call.integer("max_results", 1..=1000, 1000)? as usize;
    let ids = call.list("ids")?;
    let after = match call.text("pagination_token") {
        None => 0,
        Some(token) => token_id(token).ok_or_else(|| {
            let message =
                format!("The `pagination_token` query parameter value [{token}] is not valid");
            Problem::invalid("pagination_token", token, message)
        })?,
    };
    let wanted = |rule: &&Rule| {
        rule.id > after && ids.as_ref().is_none_or(|ids| ids.contains(&rule.id.to_string()))
    };
    let found: Vec<&Rule> = world.streams.rules.list.iter().filter(wanted).collect();
    let page = &found[..size.min(found.len())];
    let mut meta = json!({ "sent": call.now.iso(), "result_count": page.len() });
    if let Some(last) = page.last().filter(|_| found.len() > page.len()) {
        meta["next_token"] = json!(token(last.id));
    }
    let mut body = Map::new();
    if !page.is_empty() {
        body.insert("data".to_owned(), page.iter().map(|rule| rule.json()).collect());
    }
    body.insert("meta".to_owned(), meta);
    Ok(Answer::json(200, &Value::Object(body)))
}

/// `GET /2/tweets/search/stream/rules/counts`
pub(crate) fn count(_: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let count = world.streams.rules.list.len();
    let of_app = json!({ "client_app_id": crate::keys::APP_ID, "rule_count": count });
    Ok(Answer::json(
        200,
        &json!({ "data": {
            "all_project_client_apps": [of_app],
            "cap_per_client_app": RULES.to_string(),
            "cap_per_project": RULES.to_string(),
            "client_app_rules_count": of_app,
            "project_rules_count": count.to_string(),
        } }),
    ))
}

/// `POST /2/tweets/search/stream/rules`
pub(crate) fn update(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let all = flag(call, "delete_all")?;
    let dry_run = flag(call, "dry_run")?;
    let body =
        if call.body.is_empty() && all { Map::new() } else { call.json(&["add", "delete"])? };
    match (body.get("add"), body.get("delete"), all) {
        (Some(Value::Array(add)), None, false) if !add.is_empty() => {
            adding(call.now, world, add, dry_run)
        }
        (None, Some(Value::Object(delete)), false) => deleting(call.now, world, delete, dry_run),
        (None, None, true) => {
            let rules = &mut world.streams.rules.list;
            let deleted = rules.len();
            if !dry_run {
                rules.clear();
            }
            Ok(deleted_reply(call.now, deleted, Vec::new()))
        }
        _ => Err(Problem::invalid_body(
            "One of `add` with rules, `delete` with ids or values, and `delete_all` is expected.",
        )),
    }
}

fn adding(now: Time, world: &mut World, add: &[Value], dry_run: bool) -> Result<Answer, Problem> {
    let mut added: Vec<Rule> = Vec::new();
    let mut errors = Vec::new();
    for (index, rule) in add.iter().enumerate() {
        let (value, tag) = rule_of(rule, index)?;
        let known = added.iter().find(|rule| rule.value == value);
        if let Some(known) = known.or_else(|| world.streams.rules.with_value(value)) {
            errors.push(json!({
                "value": value,
                "id": known.id.to_string(),
                "title": "DuplicateRule",
                "type": format!("{PREFIX}duplicate-rules"),
            }));
            continue;
        }
        match Rule::new(world.new_id(now), value, tag) {
            Ok(rule) => added.push(rule),
            Err(detail) => errors.push(json!({
                "value": value,
                "details": [detail],
                "title": "UnprocessableEntity",
                "type": format!("{PREFIX}invalid-rules"),
            })),
        }
    }
    let rules = &mut world.streams.rules.list;
    if rules.len() + added.len() > RULES {
        return Err(Problem::rule_cap(RULES));
    }
    let (valid, invalid) = (added.len(), errors.len());
    let summary =
        json!({ "created": valid, "not_created": invalid, "valid": valid, "invalid": invalid });
    let mut body = json!({ "meta": { "sent": now.iso(), "summary": summary } });
    if valid > 0 {
        body["data"] = added.iter().map(Rule::json).collect();
    }
    if invalid > 0 {
        body["errors"] = Value::Array(errors);
    }
    if !dry_run {
        rules.extend(added);
    }
    Ok(Answer::json(200, &body))
}

fn rule_of(rule: &Value, index: usize) -> Result<(&str, Option<&str>), Problem> {
    let wrong = |what: &str| Problem::invalid_body(format!("$.add[{index}]{what}"));
    let object = rule.as_object().ok_or_else(|| wrong(": an object is expected"))?;
    if let Some(key) = object.keys().find(|key| !["value", "tag"].contains(&key.as_str())) {
        return Err(wrong(&format!(".{key}: is not defined in the schema")));
    }
    let value = object.get("value").and_then(Value::as_str);
    let value = value.ok_or_else(|| wrong(".value: a string is expected"))?;
    match object.get("tag") {
        None | Some(Value::Null) => Ok((value, None)),
        Some(Value::String(tag)) => Ok((value, Some(tag))),
        Some(_) => Err(wrong(".tag: a string is expected")),
    }
}

fn deleting(
    now: Time,
    world: &mut World,
    delete: &Map<String, Value>,
    dry_run: bool,
) -> Result<Answer, Problem> {
    let texts = |key: &str| -> Result<Option<Vec<String>>, Problem> {
        let Some(list) = delete.get(key).filter(|list| **list != json!([])) else {
            return Ok(None);
        };
        let list: Option<Vec<String>> =
            list.as_array().and_then(|list| list.iter().map(text).collect());
        list.ok_or_else(|| Problem::invalid_body(format!("$.delete.{key}: a list is expected")))
            .map(Some)
    };
    let (parameter, named) = match (texts("ids")?, texts("values")?) {
        (Some(ids), None) => ("id", ids),
        (None, Some(values)) => ("value", values),
        _ => {
            return Err(Problem::invalid_body(
                "$.delete: one of `ids` and `values` with at least one item is expected",
            ));
        }
    };
    let is = |rule: &Rule, name: &String| {
        if parameter == "id" { rule.id.to_string() == *name } else { rule.value == *name }
    };
    let rules = &mut world.streams.rules.list;
    let unknown = named.iter().filter(|name| !rules.iter().any(|rule| is(rule, name)));
    let errors: Vec<Value> = unknown
        .map(|name| {
            json!({
                "errors": [{
                    "message": "Rule does not exist",
                    "parameters": { parameter: [name] },
                }],
                "title": "Invalid Request",
                "detail": "One or more parameters to your request was invalid.",
                "type": format!("{PREFIX}invalid-request"),
            })
        })
        .collect();
    let goes = |rule: &Rule| named.iter().any(|name| is(rule, name));
    let deleted = rules.iter().filter(|rule| goes(rule)).count();
    if !dry_run {
        rules.retain(|rule| !goes(rule));
    }
    Ok(deleted_reply(now, deleted, errors))
}

fn deleted_reply(now: Time, deleted: usize, errors: Vec<Value>) -> Answer {
    let summary = json!({ "deleted": deleted, "not_deleted": errors.len() });
    let mut body = json!({ "meta": { "sent": now.iso(), "summary": summary } });
    if !errors.is_empty() {
        body["errors"] = Value::Array(errors);
    }
    Answer::json(200, &body)
}

/// An id may be written as a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn flag(call: &Call<'_>, parameter: &str) -> Result<bool, Problem> {
    match call.text(parameter) {
        None => Ok(false),
        // tweepy writes `True`, as Python does.
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Some(other) => {
            let message =
                format!("The `{parameter}` query parameter value [{other}] is not true or false");
            Err(Problem::invalid(parameter, other, message))
        }
    }
}

/// The token of the page after this rule; the specification says that it has 16 characters.
fn token(id: u64) -> String {
    format!("{:016x}", id ^ MASK)
}

fn token_id(token: &str) -> Option<u64> {
    (token.len() == 16).then(|| u64::from_str_radix(token, 16).ok()).flatten().map(|id| id ^ MASK)
}

/// Makes tokens look like what they are: nothing to reckon with.
const MASK: u64 = 0x5eed_5eed_5eed_5eed;
