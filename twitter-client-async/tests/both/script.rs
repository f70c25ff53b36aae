//! A server that answers from a script, and keeps what it was asked.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use twitter_types::endpoint::BaseUrl;

use crate::support::response;

/// One reply: status, a header or none, and a body.
pub(crate) type Line = (&'static str, String, &'static str);

/// Answers one request after another, and hangs up behind the last.
pub(crate) struct Script {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Script {
    pub(crate) fn start(lines: Vec<Line>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for (status, header, body) in lines {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read(&stream);
                log.lock().unwrap().push(request);
                let header = if header.is_empty() { "x-nothing: 1" } else { &header };
                stream.write_all(&response(status, header, body.as_bytes())).unwrap();
            }
        });
        Self { address, asked }
    }

    pub(crate) fn base_url(&self) -> BaseUrl {
        format!("http://{}", self.address).parse().unwrap()
    }

    /// What was asked, without what differs each time.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|text| self.comparable(text)).collect()
    }

    /// Headers in order; of a signature only the names, and nothing of the address.
    fn comparable(&self, request: &str) -> String {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let first = lines.next().unwrap();
        let mut headers: Vec<String> = lines
            .map(|line| line.replace(&self.address, "here"))
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                let value = match name.to_ascii_lowercase().as_str() {
                    "user-agent" => value.replace("-blocking", "").replace("-async", ""),
                    "authorization" if value.starts_with("OAuth ") => names(value),
                    _ => value.to_owned(),
                };
                format!("{}: {value}", name.to_ascii_lowercase())
            })
            .collect();
        headers.sort_unstable();
        format!("{first}\n{}\n\n{body}", headers.join("\n"))
    }
}

/// The parameters of a signature, and the values of those that are the same each time.
fn names(authorization: &str) -> String {
    let (scheme, parameters) = authorization.split_once(' ').unwrap();
    let changes = ["oauth_nonce", "oauth_timestamp", "oauth_signature"];
    let parameters = parameters.split(", ").map(|parameter| {
        let name = parameter.split('=').next().unwrap();
        if changes.contains(&name) { name } else { parameter }
    });
    format!("{scheme} {}", Vec::from_iter(parameters).join(", "))
}

fn read(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut request).unwrap() > 0, "{request}");
    }
    let length = request.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8_lossy(&body)
}
