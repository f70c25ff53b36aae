//! Compliance jobs, and the storage that must see no credential.

use std::{io::Cursor, time::Duration};

use serde_json::json;
use twitter_client_blocking::Client;
use twitter_sandbox::{CredentialKind, Sandbox};
use twitter_types::{
    PostId,
    auth::AppToken,
    compliance::CreateJob,
    endpoint::TransportErrorKind,
    jobs::{JobError, id_lines},
    models::ComplianceJobKind,
    posts::SearchRecent,
};

use crate::support::{Server, app_token, base_url, response};

const HOUR: Duration = Duration::from_secs(3600);

fn client(sandbox: &Sandbox) -> Client<AppToken> {
    Client::new(app_token(sandbox)).with_base_url(base_url(sandbox))
}

/// A client of an X that has a job, whose storage is there.
fn client_of(status: &str, url: &str) -> (Client<AppToken>, Server) {
    let api = Server::json(
        &json!({"data": {
            "id": "7", "type": "tweets", "status": status, "upload_url": url, "download_url": url,
        }})
        .to_string(),
    );
    let token = AppToken::new("AAAAsecret").unwrap();
    (Client::new(token).with_base_url(api.base_url()), api)
}

#[test]
fn a_job_finds_what_must_not_be_kept() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_compliance_processing(Duration::ZERO);
    let client = client(&sandbox);
    let search = SearchRecent::new("from:XDevelopers").max_results(10);
    let kept: Vec<PostId> =
        client.send(&search).unwrap().body.data.iter().map(|post| post.id).collect();
    let gone = [20, 21].map(PostId::new);
    let ids = Cursor::new(id_lines(kept.iter().chain(&gone)));
    let job = client.submit_compliance_job(ComplianceJobKind::Tweets, ids).unwrap();
    let results = client.compliance_results(job, HOUR).unwrap();
    let found: Vec<_> = results.map(Result::unwrap).collect();
    let found: Vec<_> = found
        .iter()
        .map(|result| (result.post_id().unwrap(), result.reason.as_deref().unwrap()))
        .collect();
    assert_eq!(found, gone.map(|id| (id, "deleted")));

    // The storage refuses whoever brings one, and says so of nobody.
    let requests = sandbox.requests();
    let stored: Vec<_> =
        requests.iter().filter(|request| request.path.starts_with("/storage/")).collect();
    assert_eq!(stored.iter().map(|request| &*request.method).collect::<Vec<_>>(), ["PUT", "GET"]);
    for request in stored {
        assert_eq!((request.credential, request.status), (CredentialKind::None, 200));
    }
}

#[test]
fn a_file_of_many_ids_goes_through() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_compliance_processing(Duration::from_millis(200));
    let client = client(&sandbox);
    let ids = id_lines(1_000_000_000_000..1_000_000_200_000_u64);
    assert!(ids.len() > 2_000_000);
    let ids = Cursor::new(ids);
    let job = client.submit_compliance_job(ComplianceJobKind::Users, ids).unwrap();
    let results = client.compliance_results(job, HOUR).unwrap();
    let found: Vec<_> = results.map(Result::unwrap).collect();
    assert_eq!(found.len(), 200_000);
    assert_eq!(found[199_999].user_id().unwrap().as_u64(), 1_000_000_199_999);
}

#[test]
fn a_job_that_does_not_come_to_its_end_is_an_error() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let ids = || Cursor::new("20\n");
    sandbox.set_compliance_processing(HOUR);
    let job = client.submit_compliance_job(ComplianceJobKind::Tweets, ids()).unwrap();
    let late = client.compliance_results(job, Duration::from_millis(10)).unwrap_err();
    assert!(matches!(late, JobError::Late { .. }), "{late}");
    sandbox.advance(HOUR);
    client.compliance_results(job, Duration::ZERO).unwrap();

    sandbox.fail_next_compliance_job();
    sandbox.set_compliance_processing(Duration::ZERO);
    let job = client.submit_compliance_job(ComplianceJobKind::Tweets, ids()).unwrap();
    let failed = client.compliance_results(job, HOUR).unwrap_err();
    assert!(matches!(failed, JobError::Failed { .. }), "{failed}");

    let job = client.send(&CreateJob::new(ComplianceJobKind::Tweets)).unwrap();
    sandbox.advance(HOUR);
    let expired = client.compliance_results(job.body.data.unwrap().id.unwrap(), HOUR);
    assert!(matches!(expired.unwrap_err(), JobError::Expired { .. }));

    let requests = sandbox.requests().len();
    let wrong = client.submit_compliance_job(ComplianceJobKind::Tweets, Cursor::new("20\nx"));
    assert!(matches!(wrong.unwrap_err(), JobError::NoId { line: 2 }));
    assert_eq!(sandbox.requests().len(), requests);
}

#[test]
fn ids_are_sent_again_while_the_storage_is_down() {
    let storage = Server::new(response("503 Service Unavailable", "x: y", b""));
    let (client, api) = client_of("created", &storage.url("http", "127.0.0.1"));
    let ids = Cursor::new("20\n21\n");
    let error = client.submit_compliance_job(ComplianceJobKind::Tweets, ids).unwrap_err();
    assert!(matches!(error, JobError::Storage { .. }), "{error}");
    assert!(api.received()[0].contains("authorization: bearer aaaasecret"));
    let received = storage.received();
    assert_eq!(received.len(), 4);
    for request in received {
        assert!(request.starts_with("put / "), "{request}");
        assert!(request.contains("content-length: 6\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\n20\n21\n"), "{request}");
        for secret in ["aaaasecret", "authorization", "cookie", "transfer-encoding"] {
            assert!(!request.contains(secret), "{request}");
        }
    }
}

#[test]
fn results_that_break_off_say_so_after_the_lines_that_came() {
    let mut answer =
        response("200 OK", "x: y", b"{\"id\":\"20\"}\nno JSON\n{\"id\":\"21\"}\n{\"id\":\"22\"}\n");
    answer.truncate(answer.len() - 5);
    let storage = Server::new(answer);
    let (client, _api) = client_of("complete", &storage.url("http", "127.0.0.1"));
    let mut results = client.compliance_results(7, HOUR).unwrap();
    assert_eq!(results.next().unwrap().unwrap().id.as_deref(), Some("20"));
    match results.next().unwrap().unwrap_err() {
        JobError::Line { text, .. } => assert_eq!(text, "no JSON"),
        other => panic!("{other}"),
    }
    assert_eq!(results.next().unwrap().unwrap().id.as_deref(), Some("21"));
    match results.next().unwrap().unwrap_err() {
        JobError::Transport(error) => assert_eq!(error.kind(), TransportErrorKind::Closed),
        other => panic!("{other}"),
    }
    assert!(results.next().is_none());
    assert!(!storage.received()[0].contains("authorization"));
}

#[test]
fn a_storage_that_looks_like_x_gets_no_token() {
    let storage = Server::json("{}");
    let url = format!("{}/2/compliance/jobs/7/upload?token=t", storage.url("http", "127.0.0.1"));
    let (client, _api) = client_of("created", &url);
    let ids = || Cursor::new("20\n");
    client.submit_compliance_job(ComplianceJobKind::Tweets, ids()).unwrap();
    assert!(!storage.received()[0].contains("authorization"), "another host has no operation");

    let client = client.with_base_url(storage.base_url());
    let error = client.submit_compliance_job(ComplianceJobKind::Tweets, ids()).unwrap_err();
    assert!(matches!(error, JobError::NoJob), "{error}");
}
