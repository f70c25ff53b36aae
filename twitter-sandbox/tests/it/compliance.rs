//! Compliance jobs, and the storage behind their signed URLs.

use std::time::Duration;

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, exchange, get, post};

fn create(sandbox: &Sandbox) -> Value {
    let reply = post(sandbox, As::App, "/2/compliance/jobs", &json!({ "type": "users" }));
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["data"].clone()
}

fn status(sandbox: &Sandbox, job: &Value) -> Value {
    let path = format!("/2/compliance/jobs/{}", job["id"].as_str().unwrap());
    get(sandbox, As::App, &path).json["data"]["status"].clone()
}

/// What the storage answers.
fn storage(
    sandbox: &Sandbox,
    method: &str,
    url: &Value,
    authorization: Option<&str>,
    body: Option<&str>,
) -> (u16, String) {
    let path = url.as_str().unwrap().strip_prefix(sandbox.base_url()).unwrap();
    let content_type = body.map(|_| "text/plain");
    let body = body.map(str::to_owned);
    let reply = exchange(sandbox, method, path, authorization, content_type, body);
    (reply.status, reply.text)
}

#[test]
fn a_job_goes_from_its_ids_to_its_results_by_the_clock() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_compliance_processing(Duration::from_secs(60));
    let job = create(&sandbox);
    assert_eq!(job["status"], "created");
    let (upload, download) = (&job["upload_url"], &job["download_url"]);
    assert_eq!(storage(&sandbox, "GET", download, None, None).0, 404);
    let ids = format!("{}\n404\n", sandbox.owner_id());
    assert_eq!(storage(&sandbox, "PUT", upload, None, Some(&ids)).0, 200);
    assert_eq!(status(&sandbox, &job), "in_progress");
    assert_eq!(storage(&sandbox, "GET", download, None, None).0, 404);
    sandbox.advance(Duration::from_secs(61));
    assert_eq!(status(&sandbox, &job), "complete");
    let (status, text) = storage(&sandbox, "GET", download, None, None);
    let line: Value = serde_json::from_str(text.trim()).unwrap();
    assert_eq!((status, &line["id"], &line["reason"]), (200, &json!("404"), &json!("deleted")));

    let list = get(&sandbox, As::App, "/2/compliance/jobs?type=users&status=complete");
    assert_eq!(list.column("id"), [job["id"].as_str().unwrap()]);
    let list = get(&sandbox, As::App, "/2/compliance/jobs?type=tweets");
    assert_eq!(list.json, json!({ "meta": { "result_count": 0 } }));
}

#[test]
fn the_storage_takes_no_credential_and_no_other_url() {
    let sandbox = Sandbox::start().unwrap();
    let job = create(&sandbox);
    let (upload, download) = (&job["upload_url"], &job["download_url"]);
    let put = |url: &Value, header| storage(&sandbox, "PUT", url, header, Some("404\n")).0;
    assert_eq!(put(upload, Some("Bearer anything")), 400);
    let reason = sandbox.requests().last().unwrap().reason.clone().unwrap();
    assert_eq!(reason, "a signed URL was asked for with the header authorization");
    assert_eq!(put(download, None), 405);
    let forged = upload.as_str().unwrap().replace("signature=", "signature=0");
    assert_eq!(put(&json!(forged), None), 403);
    assert!(sandbox.requests().last().unwrap().query.ends_with("signature=[redacted]"));
    assert_eq!(storage(&sandbox, "PUT", upload, None, Some("no id\n")).0, 400);
    sandbox.advance(Duration::from_secs(15 * 60));
    assert_eq!(put(upload, None), 400);
    assert_eq!(status(&sandbox, &job), "expired");
}

#[test]
fn a_job_can_be_made_to_fail() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_compliance_processing(Duration::ZERO);
    sandbox.fail_next_compliance_job();
    for expected in ["failed", "complete"] {
        let job = create(&sandbox);
        storage(&sandbox, "PUT", &job["upload_url"], None, Some("404\n"));
        assert_eq!(status(&sandbox, &job), expected);
    }
    let unknown = get(&sandbox, As::App, "/2/compliance/jobs/404");
    assert_eq!(unknown.json["errors"][0]["resource_type"], "compliance_job");
    let wrong = post(&sandbox, As::App, "/2/compliance/jobs", &json!({ "type": "likes" }));
    assert_eq!(wrong.status, 400);
}
