//! Connections to streams, listed and closed.

use serde_json::json;
use twitter_sandbox::{Sandbox, Stream};

use crate::client::{As, delete, get, send};
use crate::reader::open;

#[test]
fn a_closed_connection_makes_room() {
    let sandbox = Sandbox::start().unwrap();
    let mut sample = open(&sandbox, "/2/tweets/sample/stream");
    let mut labels = open(&sandbox, "/2/tweets/label/stream");
    let listed = get(&sandbox, As::App, "/2/connections");
    assert_eq!(listed.column("endpoint_name"), ["tweet_label_stream", "sample_stream"]);
    let ids = listed.column("id");
    assert_eq!(ids[0].len(), 36);

    let body = json!({ "uuids": [ids[1], "00000000-0000-4000-8000-000000000000"] });
    let reply = send(&sandbox, As::App, "DELETE", "/2/connections", Some(body.to_string()));
    assert_eq!(reply.json["data"]["successful_kills"], 1);
    assert_eq!(reply.json["data"]["failed_kills"], 1);
    assert_eq!(reply.json["data"]["results"][0], json!({ "uuid": ids[1], "success": true }));
    assert_eq!(sample.item()["errors"][0]["disconnect_type"], "ForceDisconnect");
    assert!(sample.item().is_null());
    let _sample = open(&sandbox, "/2/tweets/sample/stream");

    let path = "/2/connections/tweet_label_stream";
    assert_eq!(delete(&sandbox, As::App, path).json["data"]["successful_kills"], 1);
    assert!(labels.item()["errors"].is_array());
    let past = get(&sandbox, As::App, "/2/connections?status=inactive&max_results=1");
    assert_eq!(past.column("endpoint_name"), ["tweet_label_stream"]);
    assert_eq!(past.column("disconnect_reason"), ["ForceDisconnect"]);
    let token = past.json["meta"]["next_token"].as_str().unwrap();
    let path = format!("/2/connections?status=inactive&max_results=1&pagination_token={token}");
    assert_eq!(get(&sandbox, As::App, &path).column("id"), [ids[1].as_str()]);
    let all = "/2/connections?status=all&endpoints=sample_stream&connection.fields=id";
    assert_eq!(get(&sandbox, As::App, all).json["data"].as_array().unwrap().len(), 2);

    assert_eq!(delete(&sandbox, As::App, "/2/connections/all").json["data"]["successful_kills"], 1);
    assert_eq!(sandbox.stream(Stream::Sample).connected(), 0);
    assert_eq!(get(&sandbox, As::App, "/2/connections").json["meta"]["result_count"], 0);
    assert_eq!(delete(&sandbox, As::App, "/2/connections/no_stream").status, 400);
}
