//! Servers that misbehave more than the sandbox does; for the tests of both clients.
#![allow(dead_code, reason = "not every test needs all of it")]

pub(crate) mod login;

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::{AppToken, OAuth1User, OAuth2User},
    endpoint::BaseUrl,
};

/// 20,000 spaces and `{"data":{"id":"1"}}`, by gzip.
pub(crate) const GZIP: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 13, 0, 32, 16, 4, 48, 43, 228, 28, 176, 190, 27,
    18, 22, 118, 54, 130, 119, 108, 48, 180, 109, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 128, 31, 156, 204, 177, 71, 234, 100, 205, 84, 122, 238, 125, 222, 0, 5, 52, 51, 78,
    0, 0,
];

/// A server that says the same to everybody, and closes.
pub(crate) struct Server {
    port: u16,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn new(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(Some(answer.into()))
    }

    /// Never answers.
    pub(crate) fn silent() -> Self {
        Self::start(None)
    }

    pub(crate) fn json(body: &str) -> Self {
        Self::new(response("200 OK", "content-type: application/json", body.as_bytes()))
    }

    pub(crate) fn base_url(&self) -> BaseUrl {
        self.url("http", "127.0.0.1").parse().unwrap()
    }

    pub(crate) fn url(&self, scheme: &str, host: &str) -> String {
        format!("{scheme}://{host}:{}", self.port)
    }

    /// The requests so far, with their headers and bodies, in lower case.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    fn start(answer: Option<Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read_request(&stream);
                log.lock().unwrap().push(request);
                match &answer {
                    Some(answer) => drop(stream.write_all(answer)),
                    None => held.push(stream),
                }
            }
        });
        Self { port, received }
    }
}

/// The bytes of a response that is as long as it says.
pub(crate) fn response(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{header}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        // TLS, where http is spoken, is not UTF-8.
        if !matches!(reader.read_line(&mut request), Ok(1..)) {
            return request;
        }
    }
    request.make_ascii_lowercase();
    let length = request.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8_lossy(&body).to_lowercase()
}

pub(crate) fn base_url(sandbox: &Sandbox) -> BaseUrl {
    sandbox.base_url().parse().unwrap()
}

pub(crate) fn app_token(sandbox: &Sandbox) -> AppToken {
    AppToken::new(&sandbox.keys().bearer_token).unwrap()
}

pub(crate) fn oauth1_user(sandbox: &Sandbox) -> OAuth1User {
    let keys = sandbox.keys();
    OAuth1User::new(&keys.api_key, &keys.api_secret, &keys.access_token, &keys.access_token_secret)
        .unwrap()
}

pub(crate) fn oauth2_user(sandbox: &Sandbox) -> OAuth2User {
    OAuth2User::new(&sandbox.keys().oauth2_user_token).unwrap()
}

/// A film of this many bytes, hardly two segments of which are alike.
pub(crate) fn film(size: usize) -> Vec<u8> {
    let mut film: Vec<u8> = (0..size).map(|at| (at * 7 + at / 65_537) as u8).collect();
    film[..12].copy_from_slice(b"\0\0\0\x18ftypisom");
    film
}

/// The most memory that this process had at once, in bytes.
pub(crate) fn resident_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes * 1024
}

/// All that an error says, with its sources.
pub(crate) fn told(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

/// Runs a test of this binary again, that is ignored otherwise, with variables set.
pub(crate) fn run_ignored(test: &str, variables: &[(&str, String)]) {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored"])
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}
