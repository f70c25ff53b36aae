//! Webhooks: challenges, signatures, deliveries and replays.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, Reply, delete, get, post, send};

/// A webhook that answers challenges with an API secret, and everything else with a status.
struct Hook {
    url: String,
    /// Signature and body of each event.
    events: Receiver<(String, String)>,
}

impl Hook {
    /// Answers the events with these statuses, the last one again and again.
    fn start(secret: &str, statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook?from=sandbox", listener.local_addr().unwrap());
        let (sender, events) = mpsc::channel();
        let secret = secret.to_owned();
        thread::spawn(move || {
            let mut seen = 0;
            for stream in listener.incoming() {
                let (head, body) = request(stream.as_ref().unwrap());
                let (status, answer) = if head.starts_with("GET ") {
                    let token = head.split("crc_token=").nth(1).unwrap();
                    let token = token.split([' ', '&']).next().unwrap();
                    (200, json!({ "response_token": signature(&secret, token) }).to_string())
                } else {
                    let signature = header(&head, "x-twitter-webhooks-signature");
                    if sender.send((signature, body)).is_err() {
                        return;
                    }
                    seen += 1;
                    (statuses[(seen - 1).min(statuses.len() - 1)], String::new())
                };
                let length = answer.len();
                let _ = write!(
                    stream.unwrap(),
                    "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}"
                );
            }
        });
        Self { url, events }
    }

    fn event(&self) -> (String, Value) {
        let (signature, body) = self.events.recv_timeout(Duration::from_secs(10)).unwrap();
        (signature, serde_json::from_str(&body).unwrap())
    }
}

fn request(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        reader.read_line(&mut head).unwrap();
    }
    let length = header(&head, "content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn header(head: &str, name: &str) -> String {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

/// Signs with OpenSSL, which has nothing to do with the code under test.
fn signature(secret: &str, message: &str) -> String {
    let mut process = Command::new("openssl")
        .args(["dgst", "-sha256", "-hmac", secret, "-binary"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(message.as_bytes()).unwrap();
    use base64::Engine as _;
    let digest = process.wait_with_output().unwrap().stdout;
    format!("sha256={}", base64::engine::general_purpose::STANDARD.encode(digest))
}

fn register(sandbox: &Sandbox, url: &str) -> Reply {
    post(sandbox, As::App, "/2/webhooks", &json!({ "url": url }))
}

fn reason(reply: &Reply) -> &str {
    assert_eq!(reply.status, 400, "{}", reply.text);
    reply.json["errors"][0]["message"].as_str().unwrap().split(':').next().unwrap()
}

#[test]
fn a_webhook_proves_itself_and_receives_signed_events() {
    let sandbox = Sandbox::start().unwrap();
    let secret = sandbox.keys().api_secret.clone();
    let hook = Hook::start(&secret, &[200]);
    let made = register(&sandbox, &hook.url);
    assert_eq!((made.status, &made.json["data"]["valid"]), (200, &json!(true)), "{}", made.text);
    assert_eq!(made.json["data"]["url"], hook.url.as_str());
    let listed = get(&sandbox, As::OAuth2, "/2/webhooks");
    assert_eq!(listed.json["data"], json!([made.json["data"]]));
    let id = made.json["data"]["id"].as_str().unwrap();

    let body = r#"{"for_user_id":"1","name":"é"}"#;
    assert_eq!(sandbox.send_webhook(body), 1);
    assert_eq!(hook.event(), (signature(&secret, body), serde_json::from_str(body).unwrap()));

    let path = format!("/2/webhooks/{id}");
    let checked = send(&sandbox, As::App, "PUT", &path, None);
    assert_eq!((checked.status, checked.json), (200, json!({ "data": { "valid": true } })));
    let link = format!("/2/tweets/search/webhooks/{id}");
    let linked = post(&sandbox, As::App, &link, &json!({}));
    assert_eq!(linked.json, json!({ "data": { "provisioned": true } }));
    let links = get(&sandbox, As::App, "/2/tweets/search/webhooks");
    assert_eq!(links.column("webhook_id"), [id]);
    let rules = json!({ "add": [{ "value": "numbered", "tag": "n" }] });
    assert_eq!(post(&sandbox, As::App, "/2/tweets/search/stream/rules", &rules).status, 200);
    sandbox.publish("something else");
    sandbox.publish_numbered(1);
    let (_, event) = hook.event();
    assert_eq!(event["data"]["text"], "numbered post 1");
    assert_eq!(event["matching_rules"][0]["tag"], "n");

    assert_eq!(delete(&sandbox, As::App, &link).json["data"]["deleted"], true);
    assert_eq!(delete(&sandbox, As::App, &path).json["data"]["deleted"], true);
    assert_eq!(reason(&delete(&sandbox, As::App, &path)), "WebhookIdInvalid");
    assert_eq!(sandbox.send_webhook("{}"), 0);
}

#[test]
fn a_webhook_that_fails_is_told_why() {
    let sandbox = Sandbox::builder().webhook_timeout(Duration::from_millis(300)).start().unwrap();
    let hook = Hook::start(&sandbox.keys().api_secret, &[200]);
    let stranger = Hook::start("another secret", &[200]);
    assert_eq!(reason(&register(&sandbox, &stranger.url)), "CrcValidationFailed");
    let received = sandbox.requests().pop().unwrap();
    assert_eq!((received.status, received.operation), (400, Some("createWebhooks")));
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    assert_eq!(reason(&register(&sandbox, &url)), "CrcValidationFailed");
    for url in ["https://example.com/hook", "http://example.com/", "not a url"] {
        assert_eq!(reason(&register(&sandbox, url)), "UrlValidationFailed");
    }
    assert_eq!(register(&sandbox, &hook.url).status, 200);
    assert_eq!(reason(&register(&sandbox, &hook.url)), "DuplicateUrlFailed");
    assert_eq!(reason(&register(&sandbox, &stranger.url)), "WebhookLimitExceeded");
    assert_eq!(reason(&send(&sandbox, As::App, "PUT", "/2/webhooks/1", None)), "WebhookIdInvalid");
}

#[test]
fn an_event_is_sent_again_until_it_is_taken() {
    let sandbox = Sandbox::builder().webhook_timeout(Duration::from_millis(300)).start().unwrap();
    let hook = Hook::start(&sandbox.keys().api_secret, &[500, 302, 200]);
    assert_eq!(register(&sandbox, &hook.url).status, 200);
    sandbox.send_webhook(r#"{"a":1}"#);
    for _ in 0..3 {
        assert_eq!(hook.event().1, json!({ "a": 1 }));
    }
    let taken = || sandbox.deliveries().iter().map(|d| (d.attempt, d.status)).collect::<Vec<_>>();
    while taken().len() < 3 {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(taken(), [(1, Some(500)), (2, Some(302)), (3, Some(200))]);
}

#[test]
fn a_replay_delivers_once_more_and_says_when_it_is_done() {
    let sandbox = Sandbox::start().unwrap();
    let hook = Hook::start(&sandbox.keys().api_secret, &[200]);
    let made = register(&sandbox, &hook.url);
    let id = made.json["data"]["id"].as_str().unwrap();
    let minute = |sandbox: &Sandbox| {
        let probe = sandbox.publish("the time is what matters");
        let reply = get(sandbox, As::App, &format!("/2/tweets/{probe}?post.fields=created_at"));
        let time = reply.json["data"]["created_at"].as_str().unwrap();
        time.bytes().filter(u8::is_ascii_digit).take(12).map(char::from).collect::<String>()
    };
    let from = minute(&sandbox);
    sandbox.send_webhook(r#"{"a":1}"#);
    assert_eq!(hook.event().1, json!({ "a": 1 }));
    sandbox.advance(Duration::from_secs(600));
    let to = minute(&sandbox);
    let body = json!({ "webhook_id": id, "from_date": from, "to_date": to });
    let job = post(&sandbox, As::App, "/2/webhooks/replay", &body);
    assert_eq!(job.status, 200, "{}", job.text);
    assert_eq!(hook.event().1, json!({ "a": 1 }));
    let done = hook.event().1;
    assert_eq!(done["replay_job_status"]["job_state"], "Complete");
    assert_eq!(done["replay_job_status"]["job_id"], job.json["data"]["job_id"]);
    let wrong = json!({ "webhook_id": id, "from_date": to, "to_date": from });
    assert_eq!(post(&sandbox, As::App, "/2/webhooks/replay", &wrong).status, 400);
}
