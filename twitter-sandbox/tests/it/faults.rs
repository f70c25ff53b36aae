//! Replies that go wrong on purpose, and requests that are wrong by themselves.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;
use twitter_sandbox::{Fault, Sandbox};

use crate::client::{As, agent, exchange, get, post, send};

const PATH: &str = "/2/users/2244994945";

#[test]
fn each_fault_spoils_one_reply() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::Html);
    sandbox.fail_next(Fault::Empty);
    sandbox.fail_next(Fault::HugeError);
    sandbox.fail_next(Fault::Status(402, r#"{"title":"CreditsDepleted"}"#.to_owned()));
    sandbox.fail_next(Fault::Redirect("http://127.0.0.1:9/elsewhere".to_owned()));
    sandbox.fail_next(Fault::TruncatedJson);
    let html = get(&sandbox, As::App, PATH);
    assert_eq!((html.status, html.header("content-type")), (503, "text/html; charset=utf-8"));
    let empty = get(&sandbox, As::App, PATH);
    assert_eq!((empty.status, empty.text.as_str()), (200, ""));
    let huge = get(&sandbox, As::App, PATH);
    assert_eq!((huge.status, huge.text.len()), (500, 4 * 1024 * 1024));
    assert_eq!(get(&sandbox, As::App, PATH).json, json!({ "title": "CreditsDepleted" }));
    let redirect = get(&sandbox, As::App, PATH);
    assert_eq!(redirect.header("location"), "http://127.0.0.1:9/elsewhere");
    assert_eq!(redirect.status, 307);
    let cut = get(&sandbox, As::App, PATH);
    assert!(cut.text.starts_with("{\"data\"") && cut.json.is_null());
    assert_eq!(get(&sandbox, As::App, PATH).json["data"]["username"], "XDevelopers");
    let statuses: Vec<u16> = sandbox.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [503, 200, 500, 402, 307, 200, 200]);
}

#[test]
fn a_connection_closes_half_way() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::CloseHalfWay);
    let mut response = agent().get(format!("{}{PATH}", sandbox.base_url())).call().unwrap();
    let announced: usize = response.headers()["content-length"].to_str().unwrap().parse().unwrap();
    let mut bytes = Vec::new();
    let error = response.body_mut().as_reader().read_to_end(&mut bytes);
    assert!(error.is_err(), "{error:?}");
    assert_eq!(bytes.len(), announced / 2);
    assert_eq!(get(&sandbox, As::App, PATH).status, 200);
}

#[test]
fn bytes_that_are_not_text() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::NotUtf8);
    sandbox.fail_next(Fault::OddHeader);
    let url = format!("{}{PATH}", sandbox.base_url());
    let mut response = agent().get(&url).call().unwrap();
    let mut bytes = Vec::new();
    response.body_mut().as_reader().read_to_end(&mut bytes).unwrap();
    assert!(String::from_utf8(bytes).is_err());
    let response = agent().get(&url).call().unwrap();
    assert!(response.headers()["x-response-time"].to_str().is_err());
}

#[test]
fn a_reply_can_be_late() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::Delay(Duration::from_millis(120)));
    let start = Instant::now();
    assert_eq!(get(&sandbox, As::App, PATH).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn it_stops_while_connections_are_open() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.base_url().strip_prefix("http://").unwrap().to_owned();
    let mut idle = TcpStream::connect(&address).unwrap();
    idle.write_all(b"GET /2/users/me HTTP/1.1\r\nHost: x\r\n").unwrap();
    sandbox.fail_next(Fault::Delay(Duration::from_secs(60)));
    let start = Instant::now();
    std::thread::scope(|scope| {
        scope
            .spawn(|| agent().get(format!("http://{address}{PATH}")).call().map(drop).unwrap_err());
        while sandbox.requests().is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(sandbox);
    });
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn unknown_paths_methods_and_parameters() {
    let sandbox = Sandbox::start().unwrap();
    assert_eq!(get(&sandbox, As::App, "/2/nothing").json["title"], "Not Found");
    assert_eq!(get(&sandbox, As::App, "/").status, 404);
    let put = send(&sandbox, As::App, "PUT", "/2/tweets", Some("{}".to_owned()));
    assert_eq!((put.status, put.header("allow")), (405, "GET, POST"));
    let reply = get(&sandbox, As::App, "/2/users/2244994945?user.field=url");
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json["type"], "https://api.x.com/2/problems/invalid-request");
    let error = &reply.json["errors"][0];
    assert_eq!(error["parameters"], json!({ "user.field": ["url"] }));
    assert!(
        error["message"].as_str().unwrap().contains("[user.field] is not one of [user.fields,")
    );
    for path in [
        "/2/users/12a",
        "/2/users/-1",
        "/2/users/99999999999999999999",
        "/2/users/%F0%9F%A6%80",
        "/2/users?ids=",
        "/2/users",
        "/2/users?ids=1,,2",
        "/2/users/by/username/sixteen_letters_",
        "/2/users/1?user.fields=",
        "/2/users/1?user.fields=id&user.fields=url",
        "/2/users/2244994945/followers?max_results=0",
        "/2/users/2244994945/followers?max_results=1001",
        "/2/users/2244994945/followers?pagination_token=0123456789abcdef",
        "/2/users/2244994945/tweets?start_time=yesterday",
        "/2/users/2244994945/tweets?exclude=quotes",
        "/2/users/2244994945/tweets?start_time=2026-01-02T00:00:00Z&end_time=2026-01-01T00:00:00Z",
    ] {
        assert_eq!(get(&sandbox, As::App, path).status, 400, "{path}");
    }
}

#[test]
fn bodies_are_checked() {
    let sandbox = Sandbox::start().unwrap();
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        r#"{"text":""}"#,
        r#"{"text":7}"#,
        r#"{"text":"a","unknown":1}"#,
        r#"{"text":"a","poll":{"options":["x"],"duration_minutes":5}}"#,
        r#"{"text":"a","poll":{"options":["x","y"],"duration_minutes":1}}"#,
        r#"{"text":"a","media":{"media_ids":["1"]}}"#,
        r#"{"text":"a","media":{"media_ids":[]}}"#,
        r#"{"text":"a","reply":"1"}"#,
        r#"{"text":"a","quote_tweet_id":1}"#,
        r#"{"text":"a","geo":{"place_id":"x"}}"#,
        r#"{"text":"a","reply_settings":"nobody"}"#,
    ] {
        let reply = send(&sandbox, As::OAuth1, "POST", "/2/tweets", Some(body.to_owned()));
        assert_eq!(reply.status, 400, "{body} {}", reply.text);
        assert_eq!(reply.json["title"], "Invalid Request");
    }
    let long = json!({ "text": "é".repeat(281) });
    assert_eq!(post(&sandbox, As::OAuth1, "/2/tweets", &long).status, 400);
    let deep = "[".repeat(100_000);
    assert_eq!(send(&sandbox, As::OAuth1, "POST", "/2/tweets", Some(deep)).status, 400);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.base_url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "POST /2/tweets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut reply = [0; 12];
    stream.read_exact(&mut reply).unwrap();
    assert_eq!(&reply, b"HTTP/1.1 413");
}

#[test]
fn odd_requests_do_no_harm() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.base_url().strip_prefix("http://").unwrap();
    for request in [
        "GET /2/users/me HTTP/1.0\r\n\r\n",
        "GET http://elsewhere/2/users/%ff%fe?%=%&=&&x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: \u{e9}\r\nConnection: close\r\n\r\n",
        "BREW /2/tweets HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth\r\nConnection: close\r\n\r\n",
        "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nAuthorization: Basic 4pyT\r\nContent-Length: 3\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n%ff",
        "nonsense\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8_lossy(&reply);
        assert!(reply.starts_with("HTTP/1.") && reply.contains(" 4"), "{request} {reply}");
    }
    let header = Some("OAuth oauth_consumer_key=\"%zz\"");
    assert_eq!(exchange(&sandbox, "GET", "/2/users/me", header, None, None).status, 401);
    assert_eq!(get(&sandbox, As::App, PATH).status, 200);
}
