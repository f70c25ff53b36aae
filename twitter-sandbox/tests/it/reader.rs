//! Reads a stream line by line.

use std::io::{self, BufRead as _, BufReader};
use std::time::Duration;

use serde_json::Value;
use twitter_sandbox::Sandbox;
use ureq::BodyReader;

use crate::client::agent;

/// A stream that is open, or the reply of one that is not.
pub(crate) struct Lines {
    pub(crate) status: u16,
    reader: BufReader<BodyReader<'static>>,
}

/// Connects to a stream with the App's token.
pub(crate) fn connect(sandbox: &Sandbox, path: &str) -> Lines {
    let response = agent()
        .get(format!("{}{path}", sandbox.base_url()))
        .header("authorization", format!("Bearer {}", sandbox.keys().bearer_token))
        .config()
        .timeout_recv_body(Some(Duration::from_secs(10)))
        .build()
        .call()
        .unwrap();
    let status = response.status().as_u16();
    Lines { status, reader: BufReader::new(response.into_body().into_reader()) }
}

/// Connects to a stream that must open.
pub(crate) fn open(sandbox: &Sandbox, path: &str) -> Lines {
    let mut lines = connect(sandbox, path);
    if lines.status != 200 {
        let (status, text) = (lines.status, lines.raw());
        panic!("{path}: {status} {text:?}");
    }
    lines
}

impl Lines {
    /// The next line without its end, keep-alives included; `None` at the end of the stream.
    pub(crate) fn raw(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        match self.reader.read_line(&mut line)? {
            0 => Ok(None),
            _ => Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned())),
        }
    }

    /// The next line that is not a keep-alive.
    pub(crate) fn next(&mut self) -> io::Result<Option<String>> {
        loop {
            match self.raw()? {
                Some(line) if line.is_empty() => {}
                other => return Ok(other),
            }
        }
    }

    /// The next item; null at the end of the stream.
    pub(crate) fn item(&mut self) -> Value {
        let line = self.next().unwrap();
        line.map_or(Value::Null, |line| serde_json::from_str(&line).unwrap())
    }

    /// The texts of the next posts.
    pub(crate) fn texts(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.item()["data"]["text"].as_str().unwrap().to_owned()).collect()
    }
}
