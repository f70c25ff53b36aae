//! A request and its reply, apart from the server library.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use serde_json::Value;

use crate::streams::Feed;
use crate::webhooks::Challenge;
use crate::world::World;

/// A request with its whole body.
pub(crate) struct Inbound {
    pub(crate) method: Method,
    /// The authority that the client asked for: a signature covers it.
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Inbound {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The URL that the client asked for, as it was written.
    pub(crate) fn url(&self) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("http://{}{}{mark}{}", self.host, self.path, self.query)
    }

    /// The body, if it is a form.
    pub(crate) fn form(&self) -> Option<&str> {
        let media_type = self.header("content-type")?.split(';').next()?.trim();
        media_type
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            .then(|| std::str::from_utf8(&self.body).ok())
            .flatten()
    }
}

/// A reply.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) content: Content,
    /// What comes in the place of the content, for as long as it lasts.
    pub(crate) feed: Option<Feed>,
    /// What decides about the reply; until then, the rest says nothing.
    pub(crate) challenge: Option<Challenge>,
}

impl Answer {
    pub(crate) fn new(status: u16, content: Content) -> Self {
        Self { status, headers: Vec::new(), content, feed: None, challenge: None }
    }

    /// A stream of lines.
    pub(crate) fn stream(feed: Feed) -> Self {
        Self { feed: Some(feed), ..Self::new(200, Content::json_text("")) }
    }

    /// The reply that the outcome of a challenge to a webhook leads to.
    pub(crate) fn after_challenge(
        url: &str,
        settle: impl FnOnce(bool, &mut World) -> Self + Send + 'static,
    ) -> Self {
        let challenge = Challenge { url: url.to_owned(), settle: Box::new(settle) };
        Self { challenge: Some(challenge), ..Self::new(0, Content::json_text("")) }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, Content::json_text(&body.to_string()))
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The body of a reply.
pub(crate) struct Content {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Whether the connection closes in the middle of the body.
    pub(crate) cut: bool,
}

impl Content {
    pub(crate) fn html(text: &str) -> Self {
        Self { media_type: "text/html; charset=utf-8", bytes: text.into(), cut: false }
    }

    /// A problem of RFC 9457.
    pub(crate) fn problem(body: &Value) -> Self {
        let bytes = body.to_string().into_bytes();
        Self { media_type: "application/problem+json", bytes, cut: false }
    }

    pub(crate) fn json_text(text: &str) -> Self {
        Self::json_bytes(text.into())
    }

    pub(crate) fn json_bytes(bytes: Vec<u8>) -> Self {
        Self { media_type: "application/json; charset=utf-8", bytes, cut: false }
    }

    pub(crate) fn cut(self) -> Self {
        Self { cut: true, ..self }
    }
}
