//! What a recording keeps, what it hides, and what it answers.

use std::{
    error::Error as _,
    io,
    sync::{Arc, Mutex},
};

use http::{Request, header::AUTHORIZATION};
use proptest::prelude::*;
use twitter_types::endpoint::{
    Begun, NotRecorded, Recorder, Recording, RecordingError, Response, Tape, TransportError,
    TransportErrorKind,
};

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn lines(&self) -> Vec<String> {
        self.text().lines().skip(1).map(str::to_owned).collect()
    }
}

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Outcome = Result<Response, TransportError>;

fn get(path: &str) -> Request<Vec<u8>> {
    Request::get(format!("https://api.x.com{path}")).body(Vec::new()).unwrap()
}

fn post(path: &str, body: &[u8]) -> Request<Vec<u8>> {
    Request::post(format!("https://api.x.com{path}")).body(body.to_vec()).unwrap()
}

fn ok(body: &[u8]) -> Outcome {
    Ok(http::Response::new(body.to_vec()))
}

fn record(tape: &Tape, request: &Request<Vec<u8>>, outcome: Outcome) {
    let Begun::Send(pending) = tape.begin(request) else { panic!() };
    pending.end(&outcome);
}

fn ask(tape: &Tape, request: &Request<Vec<u8>>) -> Outcome {
    let Begun::Answered(outcome) = tape.begin(request) else { panic!() };
    outcome
}

/// What is written of one exchange.
fn line_of(request: &Request<Vec<u8>>, outcome: Outcome) -> String {
    let paper = Paper::default();
    record(&Recorder::new(paper.clone()).into(), request, outcome);
    paper.lines().remove(0)
}

#[test]
fn a_line_says_what_was_asked_and_what_came() {
    let mut response = http::Response::new(br#"{"data":{"id":"1"}}"#.to_vec());
    let headers = response.headers_mut();
    for name in ["content-type", "x-rate-limit-remaining", "set-cookie", "date", "server"] {
        headers.insert(name, "5".parse().unwrap());
    }
    let mut request = post("/2/tweets?user.fields=id", br#"{"text":"a"}"#);
    request.headers_mut().insert("x-private", "seen by nobody".parse().unwrap());
    assert_eq!(
        line_of(&request, Ok(response)),
        concat!(
            r#"{"request":{"method":"POST","path":"/2/tweets?user.fields=id","json":{"text":"a"}},"#,
            r#""response":{"status":200,"headers":{"content-type":"5","x-rate-limit-remaining":"5"},"#,
            r#""json":{"data":{"id":"1"}}}}"#
        )
    );
}

#[test]
fn what_is_secret_by_its_name_is_hidden() {
    let body = br#"{"data":{"confirmed_email":"me@example.com","username":"me","media_key":"3_1",
        "rtmp_url":"rtmp://x/live-abc-def","stream_key":"live-abc-def","tokens":["one-secret",5],
        "credentials":{"kind":"turn","user":"turn-user"},"email_count":7},
        "meta":{"next_token":"b26v89c19zqg8o3f","result_count":1}}"#;
    let path =
        "/2/users/me?access_token=AAAA%2FBBBB&oauth_signature=abcdef&pagination_token=b26v89";
    let line = line_of(&get(path), ok(body));
    for secret in ["me@example", "live-abc", "one-secret", "turn-user", "AAAA", "abcdef"] {
        assert!(!line.contains(secret), "{secret}: {line}");
    }
    for kept in [
        r#""next_token":"b26v89c19zqg8o3f""#,
        "pagination_token=b26v89",
        r#""media_key":"3_1""#,
        r#""email_count":7"#,
        r#""rtmp_url":"rtmp://x/redacted-"#,
    ] {
        assert!(line.contains(kept), "{kept}: {line}");
    }
    // Line by line in a stream, and in what is broken off.
    for body in ["{\"token\":\"abcdefgh\"}\r\n\r\n{\"a\":\"abcdefgh\"}", "{\"token\":\"abcdefgh"] {
        let line = line_of(&get("/2/tweets/search/stream"), ok(body.as_bytes()));
        assert!(line.contains("redacted-1") && !line.contains("abcdefgh"), "{line}");
    }
    // A name in a path does not make it a login.
    let line = line_of(&get("/2/users/by/username/oauth_fan"), ok(br#"{"data":{"name":"Fan"}}"#));
    assert!(line.contains("Fan"), "{line}");
}

#[test]
fn what_the_user_hides_may_be_short() {
    let paper = Paper::default();
    let tape = Tape::from(Recorder::new(paper.clone()).hiding("Tom"));
    record(&tape, &get("/2/x?a=Tom"), ok(br#"{"text":"Tom sleeps"}"#));
    assert!(!paper.text().contains("Tom"), "{}", paper.text());
}

#[test]
fn of_a_login_only_what_is_harmless_is_kept() {
    let form = b"grant_type=refresh_token&refresh_token=first%2Ftoken&client_id=abc&new=thing";
    let reply = br#"{"token_type":"bearer","access_token":"second","odd":["x1y2z3",{"type":"t"}]}"#;
    let line = line_of(&post("/2/oauth2/token", form), ok(reply));
    assert_eq!(
        line,
        concat!(
            r#"{"request":{"method":"POST","path":"/2/oauth2/token","text":"grant_type=refresh_token"#,
            r#"&refresh_token=redacted-1&client_id=redacted-2&new=redacted-3"},"response":{"#,
            r#""status":200,"json":{"access_token":"redacted-4","odd":["redacted-5",{"type":"t"}],"#,
            r#""token_type":"bearer"}}}"#
        )
    );
    for reply in ["<p>token: abcdefgh</p>", "abcdefgh", "a=abcdefgh&b", "\"abcdefgh\""] {
        let line = line_of(&post("/oauth/request_token", b""), ok(reply.as_bytes()));
        assert!(!line.contains("abcdefgh"), "{line}");
    }
    let line = line_of(&post("/oauth2/token", b""), ok(b"abcdefgh\xff"));
    assert!(!line.contains("YWJj"), "{line}");
}

#[test]
fn credentials_are_hidden_wherever_they_come_again() {
    let paper = Paper::default();
    let recorder = Recorder::new(paper.clone()).hiding("my cat's name");
    let tape = Tape::from(recorder);
    for (credential, secrets) in [
        ("Bearer AAAA%2Ftoken%3D", vec!["AAAA%2Ftoken%3D", "AAAA/token=", "AAAA%252Ftoken%253D"]),
        // `key%2F1:secret 2` by name and password.
        ("Basic a2V5JTJGMTpzZWNyZXQlMjAy", vec!["a2V5JTJGMTpzZWNyZXQlMjAy", "key%2F1", "secret 2"]),
        (
            r#"OAuth oauth_consumer_key="consumer", oauth_nonce="n", oauth_token="7-a%2Bb%2Bc""#,
            vec!["consumer", "7-a+b+c", "7-a%2Bb%2Bc"],
        ),
        ("Bearer other", vec!["my cat's name", "my%20cat%27s%20name"]),
    ] {
        for secret in secrets {
            let body = format!("{{\"text\":\"see {secret}!\",\"{secret}\":1}}");
            let mut request = post("/2/tweets", body.as_bytes());
            request.headers_mut().insert(AUTHORIZATION, credential.parse().unwrap());
            record(&tape, &request, ok(format!("is it {secret}?").as_bytes()));
            record(&tape, &request, ok(&[b"\xff", secret.as_bytes(), b"\xfe"].concat()));
            let lines = paper.lines();
            let [.., text, binary] = &lines[..] else { panic!() };
            assert!(!text.contains(secret), "{secret}: {text}");
            assert!(text.contains("is it redacted-") && text.contains("see redacted-"), "{text}");
            let xs = "x".repeat(secret.len());
            let hidden = [b"\xff", xs.as_bytes(), b"\xfe"].concat();
            let replay: Recording = format!("{{\"recording\":1}}\n{binary}").parse().unwrap();
            assert_eq!(ask(&replay.into(), &request).unwrap().body(), &hidden);
        }
    }
}

proptest! {
    #[test]
    fn a_token_that_was_used_is_never_written(
        token in "[A-Za-z0-9_%+/=~.-]{8,40}",
        before in "[a-z \"\\\\/]{0,9}",
        after in "[a-z \"\\\\/]{0,9}",
    ) {
        prop_assume!(!token.contains("redacted-"));
        let paper = Paper::default();
        let tape = Tape::from(Recorder::new(paper.clone()));
        let json = serde_json::json!({ "a": [format!("{before}{token}{after}")] }).to_string();
        let encoded = oauth_encoded(&token);
        let mut request = post(&format!("/2/x?query={encoded}&b={encoded}x"), json.as_bytes());
        let credential = format!("Bearer {token}").parse().unwrap();
        request.headers_mut().insert(AUTHORIZATION, credential);
        record(&tape, &request, ok(json.as_bytes()));
        record(&tape, &request, ok(format!("<{before}{token}{after}>").as_bytes()));
        let text = paper.text();
        prop_assert!(!text.contains(&token), "{}", text);
        prop_assert!(!text.contains(&encoded), "{}", text);
        // And what was recorded is found again, whatever the token is then.
        let tape = Tape::from(text.parse::<Recording>().unwrap());
        let other = json.replace(&token, "another");
        let mut request = post("/2/x?query=another&b=anotherx", other.as_bytes());
        request.headers_mut().insert(AUTHORIZATION, "Bearer another".parse().unwrap());
        prop_assert!(ask(&tape, &request).is_ok());
        prop_assert!(ask(&tape, &request).is_ok());
    }
}

fn oauth_encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).into() } else { format!("%{byte:02X}") })
        .collect()
}

#[test]
fn answers_come_in_order_and_once() {
    let paper = Paper::default();
    let tape = Tape::from(Recorder::new(paper.clone()));
    let film = b"\xff\xd8 a part of a film";
    let exchanges: [(_, &[u8]); 6] = [
        (get("/2/users/1"), br#"{"data":{"id":"1"}}"#),
        (get("/2/users/1"), br#"{"data":{"id":"2"}}"#),
        (get("/2/users/1?a=b"), b"text"),
        (post("/2/users/1", b""), b""),
        (post("/2/media/upload/1/append", film), b"\xff\0binary"),
        (post("/2/tweets", br#"{"text":"a","n":[1,2.5]}"#), b"null"),
    ];
    for (request, body) in &exchanges {
        record(&tape, request, ok(body));
    }
    record(&tape, &get("/2/late"), Err(TransportErrorKind::Timeout.into()));
    assert!(!paper.text().contains("film"), "of a request that is no text there is a checksum");

    let recording: Recording = paper.text().parse().unwrap();
    let replay = Tape::from(recording.clone());
    for request in [
        get("/2/users/2"),
        get("/2/users/1?a=c"),
        get("/2/users/1?a=b&c=d"),
        post("/2/users/1", b"{}"),
        post("/2/media/upload/1/append", b"\xff\xd8 another part of it"),
        post("/2/tweets", br#"{"text":"b","n":[1,2.5]}"#),
        post("/2/tweets", br#"{"text":"a","n":[1,2.5],"more":1}"#),
    ] {
        let error = ask(&replay, &request).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotRecorded);
        let source: &NotRecorded = error.source().unwrap().downcast_ref().unwrap();
        assert_eq!(source.left.len(), 7);
    }
    assert_eq!(recording.left()[5], r#"POST /2/tweets {"n":[1,2.5],"text":"a"}"#);
    assert_eq!(ask(&replay, &get("/2/late")).unwrap_err().kind(), TransportErrorKind::Timeout);
    // Out of order where they differ, in order where they do not.
    for index in [5, 2, 0, 1, 4, 3] {
        let (request, body) = &exchanges[index];
        assert_eq!(ask(&replay, request).unwrap().body(), body, "{index}");
    }
    assert!(recording.left().is_empty());
}

#[test]
fn what_is_no_recording_is_refused() {
    let read = |text: &str| text.parse::<Recording>().unwrap_err();
    for text in ["", "{}", "{\"recording\":2}\n"] {
        assert!(matches!(read(text), RecordingError::Format), "{text}");
    }
    for line in ["{}", "nonsense", r#"{"request":{"method":"GET"}}"#] {
        let error = read(&format!("{{\"recording\":1}}\n\n{line}\n"));
        assert!(matches!(error, RecordingError::Line { number: 3, .. }), "{error}");
    }
    let missing = Recording::open("/nowhere/at/all.jsonl").unwrap_err();
    assert!(matches!(missing, RecordingError::Io(_)));
}

#[test]
fn a_recorder_that_cannot_write_says_so_in_the_end() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let recorder = Recorder::new(Full);
    record(&recorder.clone().into(), &get("/2/users/1"), ok(b"{}"));
    assert_eq!(recorder.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
}

#[test]
fn behind_a_line_that_broke_off_nothing_is_written() {
    /// Breaks off once, within the second line.
    struct Breaking(Paper, u32);
    impl io::Write for Breaking {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 += 1;
            match self.1 {
                2 => self.0.write(&bytes[..5]),
                3 => Err(io::ErrorKind::StorageFull.into()),
                _ => self.0.write(bytes),
            }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let paper = Paper::default();
    let recorder = Recorder::new(Breaking(paper.clone(), 0));
    for _ in 0..2 {
        record(&recorder.clone().into(), &get("/2/users/1"), ok(b"{}"));
        assert_eq!(recorder.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(paper.text(), "{\"recording\":1}\n{\"req");
    }
}

#[test]
fn nothing_prints_what_is_recorded() {
    let recorder = Recorder::new(Paper::default()).hiding("secret-text");
    let tape = Tape::from(recorder.clone());
    let mut request = get("/2/users/1");
    request.headers_mut().insert(AUTHORIZATION, "Bearer secret-token".parse().unwrap());
    let begun = tape.begin(&request);
    for text in [format!("{recorder:?}"), format!("{tape:?}"), format!("{begun:?}")] {
        assert!(!text.contains("secret"), "{text}");
    }
}
