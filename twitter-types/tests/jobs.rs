//! Compliance jobs: what is asked next, of whom, and what ends a job.

use std::time::Duration;

use http::{Method, StatusCode, header::AUTHORIZATION};
use serde_json::{Value, json};
use twitter_types::{
    Timestamp,
    auth::AppToken,
    compliance::JobById,
    endpoint::{self, BaseUrl, Error, Moment, Response, Stamp, TransportError, TransportErrorKind},
    jobs::{Collection, IdsCheck, JobError, Request, Results, Step, StorageRequest, Submission},
    models::ComplianceJobKind,
};

const UPLOAD: &str = "https://storage.example/twttr/submission/1?X-Goog-Signature=secret";
const DOWNLOAD: &str = "https://storage.example/twttr/results/1?X-Goog-Signature=secret";

fn at(seconds: i64) -> Moment<'static> {
    Moment::new(Timestamp::from_seconds(1_800_000_000 + seconds).unwrap(), Stamp::none())
}

fn job(status: &str) -> Value {
    json!({"data": {
        "id": "1372966999991541762",
        "type": "tweets",
        "status": status,
        "upload_url": UPLOAD,
        "upload_expires_at": at(900).time.to_string(),
        "download_url": DOWNLOAD,
        "download_expires_at": at(604_800).time.to_string(),
    }})
}

fn reply(
    body: &Value,
) -> Result<endpoint::Reply<twitter_types::One<twitter_types::models::ComplianceJob>>, Error> {
    endpoint::reply::<JobById>(Response::new(body.to_string().into_bytes()))
}

fn store(step: Step) -> StorageRequest {
    match step {
        Step::Store(request) => request,
        other => panic!("{other:?}"),
    }
}

fn wait(step: Step) -> Duration {
    match step {
        Step::Wait(pause) => pause,
        other => panic!("{other:?}"),
    }
}

fn failure(step: Step) -> JobError {
    match step {
        Step::Done(Err(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn created(body: &Value) -> Submission {
    let mut submission = Submission::new(ComplianceJobKind::Tweets);
    match submission.step(&at(0)) {
        Step::Call(Request::Create(create)) => assert_eq!(create.kind, ComplianceJobKind::Tweets),
        other => panic!("{other:?}"),
    }
    submission.receive(reply(body));
    submission
}

fn collection() -> Collection {
    Collection::new(1372966999991541762.into(), Duration::from_secs(100))
}

#[test]
fn ids_go_to_the_storage_without_a_credential() {
    let mut submission = created(&job("created"));
    let step = submission.step(&at(1));
    assert!(!format!("{step:?}").contains("secret"));
    let request = store(step);
    assert_eq!((request.host(), request.method()), ("storage.example".into(), &Method::PUT));
    assert!(!request.is_operation(&BaseUrl::default()));
    let request = request.request(42);
    assert_eq!(request.uri(), UPLOAD);
    assert_eq!(request.headers()["content-type"], "text/plain");
    assert_eq!(request.headers()["content-length"], "42");
    assert!(!request.headers().contains_key(AUTHORIZATION));

    // What passes is tried again.
    submission.stored(&at(2), Ok(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(wait(submission.step(&at(2))), Duration::from_millis(200));
    store(submission.step(&at(3)));
    submission.stored(&at(3), Err(TransportErrorKind::Closed.into()));
    wait(submission.step(&at(3)));
    store(submission.step(&at(4)));
    submission.stored(&at(4), Ok(StatusCode::OK));
    match submission.step(&at(4)) {
        Step::Done(Ok(job)) => assert_eq!(job.id.unwrap().as_u64(), 1372966999991541762),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_storage_refuses_for_good_ends_the_job() {
    let mut submission = created(&job("created"));
    store(submission.step(&at(1)));
    submission.stored(&at(1), Ok(StatusCode::FORBIDDEN));
    let error = failure(submission.step(&at(1)));
    assert_eq!(
        error.to_string(),
        "the storage storage.example refused with 403 Forbidden: make a new job"
    );

    let mut submission = created(&job("created"));
    let mut attempts = 0;
    let error = loop {
        match submission.step(&at(1)) {
            Step::Store(_) => {
                attempts += 1;
                submission.stored(&at(1), Ok(StatusCode::BAD_GATEWAY));
            }
            Step::Wait(_) => {}
            step => break failure(step),
        }
    };
    assert!(matches!(error, JobError::Storage { .. }) && attempts == 4, "{error} {attempts}");
}

#[test]
fn a_url_that_has_expired_is_said_to_have() {
    let mut submission = created(&job("created"));
    let error = failure(submission.step(&at(900)));
    assert!(matches!(error, JobError::UrlExpired { .. }), "{error}");

    // On its way.
    let mut submission = created(&job("created"));
    store(submission.step(&at(899)));
    submission.stored(&at(901), Ok(StatusCode::BAD_REQUEST));
    let error = failure(submission.step(&at(901)));
    assert!(error.to_string().starts_with("the signed URL of this job was good until"), "{error}");

    let mut collection = collection();
    collection.step(&at(604_800));
    collection.receive(&at(604_800), reply(&job("complete")));
    let error = failure(collection.step(&at(604_800)));
    assert!(matches!(error, JobError::UrlExpired { .. }), "{error}");
}

#[test]
fn only_safe_urls_are_used() {
    for (url, is_safe) in [
        ("https://storage.example/a", true),
        ("http://127.0.0.1:8080/a", true),
        ("http://storage.example/a", false),
        ("ftp://storage.example/a", false),
        ("/a", false),
        ("", false),
    ] {
        let mut body = job("created");
        body["data"]["upload_url"] = url.into();
        let mut submission = created(&body);
        match submission.step(&at(1)) {
            Step::Store(_) => assert!(is_safe, "{url}"),
            Step::Done(Err(JobError::StrangeUrl { .. } | JobError::NoUrl)) => {
                assert!(!is_safe, "{url}");
            }
            other => panic!("{url} {other:?}"),
        }
    }
}

#[test]
fn only_x_own_operations_take_the_token() {
    let is_operation = |url: &str| {
        let mut body = job("created");
        body["data"]["upload_url"] = url.into();
        store(created(&body).step(&at(1))).is_operation(&BaseUrl::default())
    };
    assert!(is_operation("https://api.x.com/2/compliance/jobs/1/upload?token=a"));
    for url in [
        "https://api.x.com.storage.example/2/compliance/jobs/1/upload",
        "https://api.x.com:8443/2/compliance/jobs/1/upload",
        "https://api.x.com/storage/2/compliance/jobs/1/upload",
        "http://127.0.0.1/2/compliance/jobs/1/upload",
        UPLOAD,
    ] {
        assert!(!is_operation(url), "{url}");
    }
}

#[test]
fn the_token_goes_to_x_and_to_nobody_else() {
    let token = AppToken::new("secret").unwrap();
    let request_to = |url: &str| {
        let mut body = job("created");
        body["data"]["upload_url"] = url.into();
        let request = store(created(&body).step(&at(1)));
        request.request_by(3, &BaseUrl::default(), &token, &Stamp::none()).unwrap()
    };
    let operation = request_to("https://api.x.com/2/compliance/jobs/1/upload?token=a");
    assert_eq!(operation.headers()[AUTHORIZATION], "Bearer secret");
    assert_eq!(operation.headers()["content-type"], "application/octet-stream");
    let storage = request_to(UPLOAD);
    assert!(!format!("{storage:?}").contains("Bearer"));
    assert_eq!(storage.headers()["content-type"], "text/plain");
}

#[test]
fn a_job_is_waited_for_and_fetched() {
    let mut collection = collection();
    let (mut now, mut pauses) = (0, Vec::new());
    for status in ["created", "in_progress", "what_comes_tomorrow", "in_progress"] {
        assert!(matches!(collection.step(&at(now)), Step::Call(Request::Status(_))));
        collection.receive(&at(now), reply(&job(status)));
        let pause = wait(collection.step(&at(now))).as_secs();
        pauses.push(pause);
        now += i64::try_from(pause).unwrap();
    }
    assert_eq!(pauses, [1, 2, 4, 8]);
    collection.step(&at(now));
    collection.receive(&at(now), reply(&job("complete")));
    let request = store(collection.step(&at(now)));
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.request(0).uri(), DOWNLOAD);
    collection.stored(&at(now), Ok(StatusCode::OK));
    assert!(matches!(collection.step(&at(now)), Step::Done(Ok(_))));
    assert!(matches!(collection.step(&at(now)), Step::Done(Err(JobError::Ended))));
}

#[test]
fn a_job_that_ends_badly_or_too_late_is_an_error() {
    let outcome = |body: &Value| {
        let mut collection = collection();
        collection.step(&at(0));
        collection.receive(&at(0), reply(body));
        failure(collection.step(&at(0)))
    };
    assert!(matches!(outcome(&job("failed")), JobError::Failed { .. }));
    assert!(matches!(outcome(&job("expired")), JobError::Expired { .. }));
    let unknown = json!({"errors": [{"title": "Not Found Error"}]});
    assert!(matches!(outcome(&unknown), JobError::NoJob));

    let mut collection = collection();
    let mut now = 0;
    let error = loop {
        match collection.step(&at(now)) {
            Step::Call(_) => collection.receive(&at(now), reply(&job("in_progress"))),
            Step::Wait(pause) => now += i64::try_from(pause.as_secs()).unwrap(),
            step => break failure(step),
        }
    };
    assert_eq!(now, 100);
    assert_eq!(
        error.to_string(),
        "the job 1372966999991541762 is not complete in 100 seconds: come back later with its id"
    );
}

#[test]
fn results_come_line_by_line_from_any_pieces() {
    let body = "{\"id\":\"20\",\"action\":\"delete\",\"reason\":\"deleted\"}\r\n\n{\"id\":\
                \nsome caf\u{e9}\n{\"id\":\"22\",\"redacted_at\":\"2020-07-29T17:02:47.000Z\"}";
    let expected = ["20", "bad {\"id\":", "bad some caf\u{e9}", "22"];
    for size in 1..=body.len() {
        let length = body.len().to_string();
        let response = http::Response::builder().header("content-length", length).body(());
        let mut results = Results::new(&response.unwrap().into_parts().0).unwrap();
        let mut got = Vec::new();
        let mut take = |results: &mut Results| {
            for result in results {
                got.push(match result {
                    Ok(result) => result.id.unwrap(),
                    Err(JobError::Line { text, .. }) => format!("bad {text}"),
                    Err(other) => panic!("{other}"),
                });
            }
        };
        for piece in body.as_bytes().chunks(size) {
            results.receive(Ok(Some(piece)));
            take(&mut results);
        }
        results.receive(Ok(None));
        take(&mut results);
        assert_eq!(got, expected, "{size}");
    }
}

#[test]
fn results_that_break_off_or_do_not_end_are_an_error() {
    let response = http::Response::builder().header("content-length", "9").body(()).unwrap();
    let head = response.into_parts().0;
    for end in [Ok(None), Err(TransportError::from(TransportErrorKind::Closed))] {
        let mut results = Results::new(&head).unwrap();
        results.receive(Ok(Some(b"{}\n{}")));
        assert!(results.next().unwrap().is_ok());
        assert!(results.next().is_none() && !results.has_ended());
        results.receive(end);
        match results.next().unwrap().unwrap_err() {
            JobError::Transport(error) => assert_eq!(error.kind(), TransportErrorKind::Closed),
            other => panic!("{other}"),
        }
        assert!(results.next().is_none() && results.has_ended());
    }

    let (head, ()) = http::Response::new(()).into_parts();
    let mut results = Results::new(&head).unwrap();
    let mut pushed = 0;
    let error = loop {
        results.receive(Ok(Some(&[b'x'; 64 * 1024])));
        match results.next() {
            None => pushed += 64 * 1024,
            Some(result) => break result.unwrap_err(),
        }
    };
    assert!(matches!(error, JobError::LongLine) && pushed < 2 << 20, "{error} {pushed}");
}

#[test]
fn a_file_of_ids_is_checked_before_it_is_sent() {
    let check = |text: &str, size| {
        let mut check = IdsCheck::new();
        for piece in text.as_bytes().chunks(size) {
            check.push(piece)?;
        }
        check.finish()
    };
    for size in [1, 2, 99] {
        assert_eq!(check("20\n18446744073709551615\n", size).unwrap(), 24);
        assert_eq!(check("20", size).unwrap(), 2);
        assert!(matches!(check("", size), Err(JobError::NoIds)));
        for (text, wrong) in [
            ("20\n\n21", 2),
            ("20\r\n", 1),
            ("id\n20", 1),
            ("1\n2\n3 \n", 3),
            ("1\n184467440737095516150\n", 2),
            ("\n", 1),
        ] {
            match check(text, size) {
                Err(JobError::NoId { line }) => assert_eq!(line, wrong, "{text:?}"),
                other => panic!("{text:?} {other:?}"),
            }
        }
    }
}
