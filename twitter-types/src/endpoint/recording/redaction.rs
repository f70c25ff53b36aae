//! What must not stand in a file, and what stands there instead.

use std::borrow::Cow;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use memchr::memmem;
use oauth1_sign::percent_encode;
use serde_json::Value;
use zeroize::Zeroizing;

/// What stands in a secret's place, with a number behind it. A token may consist of it.
const PLACEHOLDER: &str = "redacted-";

/// A shorter text may stand anywhere by chance: it is hidden only where its name gives it away.
const LEAST: usize = 6;

/// What is harmless in a login; everything else is not.
const HARMLESS: [&str; 20] = [
    "code_challenge_method",
    "detail",
    "error",
    "error_description",
    "expires_in",
    "grant_type",
    "label",
    "message",
    "oauth_callback",
    "oauth_callback_confirmed",
    "oauth_signature_method",
    "oauth_version",
    "redirect_uri",
    "scope",
    "screen_name",
    "title",
    "token_type",
    "token_type_hint",
    "type",
    "user_id",
];

/// What a name has in it whose value is secret, outside of a login.
const TELLTALE: [&str; 10] = [
    "authorization",
    "cookie",
    "credential",
    "email",
    "oauth_",
    "passcode",
    "password",
    "secret",
    "stream_key",
    "token",
];

/// Names that only sound like that.
const HARMLESS_TOO: [&str; 6] = [
    "email_tweet",
    "next_token",
    "page_token",
    "pagination_token",
    "previous_token",
    "token_expires_at_ms",
];

/// Whether a path belongs to a login, or to the end of one.
pub(super) fn is_of_login(path: &str) -> bool {
    // `/oauth/…`, `/oauth2/…`, `/2/oauth2/…`, `/1.1/oauth/…`
    path.split('/').skip(1).take(2).any(|segment| segment.starts_with("oauth"))
}

/// Whether a text stands for any.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.match_indices(PLACEHOLDER).any(|(at, placeholder)| {
        text[at + placeholder.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

/// The secrets that were seen so far, in each of their spellings, and their numbers.
#[derive(Default)]
pub(super) struct Secrets {
    known: Vec<Known>,
    count: usize,
}

struct Known {
    text: Zeroizing<String>,
    number: usize,
    /// Whether it is hidden wherever it stands.
    anywhere: bool,
}

impl Secrets {
    /// Takes note of a secret that is hidden wherever it stands, short as it may be.
    pub(super) fn hide_always(&mut self, secret: &str) {
        if !secret.is_empty() {
            self.number(secret, true);
        }
    }

    fn learn(&mut self, secret: &str) {
        self.placeholder(secret);
    }

    /// Takes note of what authorizes a request.
    pub(super) fn learn_credential(&mut self, headers: &HeaderMap) {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some((scheme, value)) = header.and_then(|header| header.split_once(' ')) else {
            return;
        };
        if scheme.eq_ignore_ascii_case("OAuth") {
            for (name, value) in value.split(',').filter_map(|pair| pair.trim().split_once('=')) {
                // Nonce and signature are good for one request, which is over.
                if matches!(name, "oauth_consumer_key" | "oauth_token" | "oauth_verifier") {
                    self.learn(&decoded(value.trim_matches('"')));
                }
            }
            return;
        }
        self.learn(value);
        if let Ok(bytes) = BASE64_STANDARD.decode(value)
            && let Ok(text) = String::from_utf8(bytes)
            && let Some((name, password)) = Zeroizing::new(text).split_once(':')
        {
            self.learn(&decoded(name));
            self.learn(&decoded(password));
        }
    }

    /// A query or a form, with placeholders for the values of what is secret by its name.
    pub(super) fn form(&mut self, form: &str, of_login: bool) -> String {
        let pairs = form.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) if is_secret(&decoded(name), of_login) => {
                format!("{name}={}", self.placeholder(&decoded(value)))
            }
            _ => pair.to_owned(),
        });
        let pairs = Vec::from_iter(pairs).join("&");
        self.hide(&pairs)
    }

    /// A text that is no JSON.
    pub(super) fn text(&mut self, text: &str, of_login: bool) -> String {
        if !of_login {
            return Vec::from_iter(text.split('\n').map(|line| self.line(line))).join("\n");
        }
        let of_form = |byte| matches!(byte, b'!'..=b'~') && !b"<>\"'{}".contains(&byte);
        if text.contains('=') && text.bytes().all(of_form) {
            self.form(text, of_login)
        } else {
            self.placeholder(text)
        }
    }

    /// A line, which may be JSON, as in a stream, or what is left of it.
    fn line(&mut self, line: &str) -> String {
        if !line.starts_with(['{', '[']) {
            return self.hide(line);
        }
        match serde_json::from_str(line) {
            Ok(mut json) => {
                self.json(&mut json, false);
                json.to_string()
            }
            Err(_) => self.placeholder(line),
        }
    }

    /// Puts placeholders into JSON: first for what is secret by its name, then for what is known.
    pub(super) fn json(&mut self, json: &mut Value, of_login: bool) {
        self.by_name(json, of_login, of_login);
        self.by_value(json);
    }

    fn by_name(&mut self, json: &mut Value, secret: bool, of_login: bool) {
        match json {
            Value::String(text) if secret => *text = self.placeholder(text),
            Value::Array(items) => {
                for item in items {
                    self.by_name(item, secret, of_login);
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    // Below a name that gives its value away, nothing is harmless.
                    let secret = is_secret(name, of_login) || secret && !of_login;
                    self.by_name(value, secret, of_login);
                }
            }
            _ => {}
        }
    }

    fn by_value(&self, json: &mut Value) {
        match json {
            Value::String(text) => *text = self.hide(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.by_value(item)),
            Value::Object(fields) => {
                let old = std::mem::take(fields);
                for (name, mut value) in old {
                    self.by_value(&mut value);
                    fields.insert(self.hide(&name), value);
                }
            }
            _ => {}
        }
    }

    /// A text without the secrets that are known.
    pub(super) fn hide(&self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        for Known { text: secret, number, .. } in self.hidden() {
            if text.contains(&**secret) {
                text = Cow::Owned(text.replace(&**secret, &format!("{PLACEHOLDER}{number}")));
            }
        }
        text.into_owned()
    }

    /// The same for bytes that are no text: their length stays, as their format may need it.
    pub(super) fn hide_in_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for Known { text: secret, .. } in self.hidden() {
            let places: Vec<_> = memmem::find_iter(&bytes, &**secret).collect();
            for at in places {
                bytes[at..at + secret.len()].fill(b'x');
            }
        }
        bytes
    }

    fn hidden(&self) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(|known| known.anywhere)
    }

    fn placeholder(&mut self, secret: &str) -> String {
        let number = secret.strip_prefix(PLACEHOLDER).unwrap_or_default();
        let is_placeholder = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        if secret.is_empty() || is_placeholder {
            return secret.to_owned();
        }
        format!("{PLACEHOLDER}{}", self.number(secret, false))
    }

    fn number(&mut self, secret: &str, always: bool) -> usize {
        if let Some(known) = self.known.iter_mut().find(|known| *known.text == secret) {
            known.anywhere |= always;
            return known.number;
        }
        self.count += 1;
        let number = self.count;
        // As it is, and as a URL would have it, twice over: X's tokens have escapes in them.
        let encoded = percent_encode(secret);
        let spellings = [secret.to_owned(), decoded(secret), percent_encode(&encoded), encoded];
        for text in spellings.map(Zeroizing::new) {
            if !text.is_empty() && !self.known.iter().any(|known| known.text == text) {
                let anywhere = always || text.len() >= LEAST;
                self.known.push(Known { text, number, anywhere });
            }
        }
        // One secret may be a part of another.
        self.known.sort_by_key(|known| std::cmp::Reverse(known.text.len()));
        number
    }
}

fn is_secret(name: &str, of_login: bool) -> bool {
    let name = name.to_ascii_lowercase();
    if of_login {
        return !HARMLESS.contains(&&*name);
    }
    TELLTALE.iter().any(|part| name.contains(part)) && !HARMLESS_TOO.contains(&&*name)
}

/// Percent-decoding, by which a `+` is a space: in a query and a form it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { &rest[3..] } else { others };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}
