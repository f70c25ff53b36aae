//! `twitter webhook listen`: what X sends, and what others do.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::ChildStdout;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::support::{Running, Twitter};

const EVENT: &str = r#"{"data":{"event_uuid":"7", "event_type":"post.create","filter":{"user_id":"1"},
  "payload":{"id":"20","text":"caf\u00e9"}}}"#;

/// A webhook that listens at this address.
struct Listening {
    running: Running,
    lines: BufReader<ChildStdout>,
    url: String,
}

impl Listening {
    fn of(twitter: &Twitter, arguments: &[&str]) -> Self {
        let mut running = twitter.start(&[&["webhook", "listen"], arguments].concat());
        let lines = BufReader::new(running.child.stdout.take().unwrap());
        let said = running.wait_for("Listening at http://");
        let url = said.split_whitespace().nth(2).unwrap().trim_end_matches('.').to_owned();
        Self { running, lines, url }
    }

    fn text(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> String {
        let host = self.url.strip_prefix("http://").unwrap().split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\
             content-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    }
}

fn wait_delivered(sandbox: &Sandbox, count: usize) {
    let began = Instant::now();
    while sandbox.deliveries().len() < count {
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", sandbox.deliveries());
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn events_that_x_signed_are_lines() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let mut listening = Listening::of(&twitter, &["--port", "0", "--path", "/x"]);
    assert!(listening.url.ends_with("/x"), "{}", listening.url);
    let body = json!({ "url": listening.url }).to_string();
    let webhook = twitter.run(&["call", "webhooks.create", "--body", &body]);
    assert_eq!(webhook.expect(0, &[]).json()["data"]["valid"], true);

    assert_eq!(sandbox.send_webhook(EVENT), 1);
    // As it came, but on one line.
    let printed = listening.text();
    assert_eq!(printed, EVENT.replace('\n', " ") + "\n");
    wait_delivered(&sandbox, 1);
    // X repeats itself, and others say what they like.
    sandbox.send_webhook(EVENT);
    wait_delivered(&sandbox, 2);
    assert_eq!(listening.post("/x", "", EVENT), "401");
    let forged =
        "x-twitter-webhooks-signature: sha256=v1WdiCVwy17uGTMWveHGlqQXN/qW1bQraNXXByRO2YA=";
    assert_eq!(listening.post("/x", &format!("{forged}\r\n"), EVENT), "401");
    assert_eq!(listening.post("/y", "", EVENT), "404");
    sandbox.send_webhook(r#"{"new":"thing"}"#);
    assert_eq!(listening.text(), "{\"new\":\"thing\"}\n");
    wait_delivered(&sandbox, 3);
    sandbox.send_webhook("no JSON");
    wait_delivered(&sandbox, 4);
    let statuses: Vec<_> = sandbox.deliveries().iter().map(|d| d.status).collect();
    assert_eq!(statuses[..4], [Some(200), Some(200), Some(200), Some(400)]);
    listening.running.terminate();
    let mut rest = String::new();
    listening.lines.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    let said = listening.running.end();
    said.expect(0, &["Answered a challenge.", "Refused a request with 401: the request has no"]);
    said.expect(0, &["Refused a request with 401: the signature does not fit", "with 400: "]);
}

#[test]
fn an_address_is_registered_and_checked_again() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let (url, port) = (format!("http://127.0.0.1:{port}/webhook"), port.to_string());
    let listen = ["--port", &port, "--register", &url];
    let mut listening = Listening::of(&twitter, &listen);
    let said = listening.running.wait_for("Registered ");
    assert!(said.contains("`twitter call webhooks.delete --webhook_id "), "{said}");
    listening.running.terminate();
    listening.running.end().expect(0, &["Answered a challenge."]);
    let listed = twitter.run(&["call", "webhooks.all"]).expect(0, &[]).json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 1, "{listed}");

    let mut listening = Listening::of(&twitter, &listen);
    listening.running.wait_for(&format!("X knows {url} as webhook "));
    sandbox.send_webhook(EVENT);
    let event: Value = serde_json::from_str(&listening.text()).unwrap();
    assert_eq!(event["data"]["payload"]["text"], "café");
    // The reader has seen enough: the next event cannot be printed, which X is told.
    let Listening { mut running, lines, .. } = listening;
    wait_delivered(&sandbox, 1);
    drop(lines);
    sandbox.send_webhook(r#"{"new":"thing"}"#);
    running.child.wait().unwrap();
    assert!(!running.end().expect(0, &[]).err.contains("twitter: "));
    wait_delivered(&sandbox, 2);
    assert_eq!(sandbox.deliveries()[1].status, Some(503));
}

#[test]
fn what_cannot_be_listened_for_is_told() {
    let sandbox = Sandbox::start().unwrap();
    let app = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    app.run(&["webhook", "listen", "--port", "0"]).expect(3, &["API Key Secret"]);
    let twitter = Twitter::of(&sandbox, &[]);
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let listen = ["webhook", "listen", "--port"];
    twitter.run(&[&listen[..], &[&port]].concat()).expect(1, &["cannot listen on 127.0.0.1:"]);
    twitter.run(&[&listen[..], &["0", "--path", "x"]].concat()).expect(2, &["begins with a slash"]);
    twitter.run(&[&listen[..], &["0", "--address", "home"]].concat()).expect(2, &["--address"]);
    // Nobody listens there, which X finds out.
    let register = ["0", "--register", "http://127.0.0.1:9/webhook"];
    twitter.run(&[&listen[..], &register].concat()).expect(4, &["twitter: "]);
}
