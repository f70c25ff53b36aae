//! Connections to streams: which there are and were, and closing them.

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::Problem;
use crate::streams::{Connection, Disconnect, Stream};
use crate::time::Time;
use crate::world::World;

/// The parameters of the list, beside those of its pages.
pub(crate) const LIST: &[&str] = &["status", "endpoints", "connection.fields"];

/// `GET /2/connections`
pub(crate) fn list(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let size = call.integer("max_results", 1..=100, 10)?;
    let open = match call.text("status") {
        None | Some("active") => Some(true),
        Some("inactive") => Some(false),
        Some("all") => None,
        Some(other) => {
            let message = format!(
                "The `status` query parameter value [{other}] is not one of [active,inactive,all]"
            );
            return Err(Problem::invalid("status", other, message));
        }
    };
    let streams = call.list("endpoints")?;
    let streams = streams
        .map(|names| names.iter().map(|name| stream("endpoints", name)).collect())
        .transpose()?;
    let wanted = |connection: &&Connection| {
        let streams: Option<&Vec<Stream>> = streams.as_ref();
        open.is_none_or(|open| connection.is_open() == open)
            && streams.is_none_or(|streams| streams.contains(&connection.wanted.stream))
    };
    let fields = call.list("connection.fields")?;
    let keyed = world.streams.connections.iter().filter(wanted);
    let mut entries: Vec<_> =
        keyed.map(|connection| (u128::from(connection.number), connection)).collect();
    entries.reverse();
    let page = Page::of(call, entries, size)?;
    let data: Vec<Value> =
        page.items.iter().map(|connection| json(connection, fields.as_deref())).collect();
    let mut body = Map::new();
    if !data.is_empty() {
        body.insert("data".to_owned(), Value::Array(data));
    }
    let mut meta = page.meta();
    // The specification has no way back.
    meta.remove("previous_token");
    body.insert("meta".to_owned(), Value::Object(meta));
    Ok(Answer::json(200, &Value::Object(body)))
}

/// `DELETE /2/connections`
pub(crate) fn delete(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["uuids"])?;
    let uuids = body.get("uuids").and_then(Value::as_array);
    let uuids: Option<Vec<&str>> = uuids.and_then(|list| list.iter().map(Value::as_str).collect());
    let Some(uuids) = uuids.filter(|list| (1..=100).contains(&list.len())) else {
        return Err(Problem::invalid_body("$.uuids: 1 to 100 strings are expected"));
    };
    let mut results = Vec::new();
    for uuid in uuids {
        let mut known = world.streams.connections.iter_mut();
        let found = known.find(|connection| connection.id == uuid && connection.is_open());
        results.push(match found {
            Some(connection) => kill(connection, call.now),
            None => json!({
                "uuid": uuid, "success": false, "error_message": "Connection not found",
            }),
        });
    }
    Ok(closed(results))
}

/// `DELETE /2/connections/all`
pub(crate) fn delete_all(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let open = world.streams.connections.iter_mut().filter(|connection| connection.is_open());
    Ok(closed(open.map(|connection| kill(connection, call.now)).collect()))
}

/// `DELETE /2/connections/{endpoint_id}`
pub(crate) fn delete_of(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let stream = stream("endpoint_id", call.path_text("endpoint_id"))?;
    let open = world.streams.open_connections(stream);
    Ok(closed(open.map(|connection| kill(connection, call.now)).collect()))
}

fn kill(connection: &mut Connection, now: Time) -> Value {
    connection.disconnect(Disconnect::Force, now);
    json!({ "uuid": connection.id, "success": true })
}

fn closed(results: Vec<Value>) -> Answer {
    let successful = results.iter().filter(|result| result["success"] == true).count();
    Answer::json(
        200,
        &json!({ "data": {
            "successful_kills": successful,
            "failed_kills": results.len() - successful,
            "results": results,
        } }),
    )
}

fn json(connection: &Connection, fields: Option<&[String]>) -> Value {
    let mut all = Map::new();
    all.insert("id".to_owned(), json!(connection.id));
    all.insert("endpoint_name".to_owned(), json!(connection.wanted.stream.name()));
    all.insert("connected_at".to_owned(), json!(connection.connected.iso()));
    // The sandbox listens on loopback alone.
    all.insert("client_ip".to_owned(), json!("127.0.0.1"));
    if let Some((at, reason)) = connection.end() {
        all.insert("disconnected_at".to_owned(), json!(at.iso()));
        all.insert("disconnect_reason".to_owned(), json!(reason));
    }
    if let Some(fields) = fields {
        all.retain(|name, _| name == "id" || fields.contains(name));
    }
    Value::Object(all)
}

fn stream(parameter: &str, name: &str) -> Result<Stream, Problem> {
    Stream::named(name).ok_or_else(|| {
        let message = format!("The `{parameter}` parameter value [{name}] is not a stream");
        Problem::invalid(parameter, name, message)
    })
}
