//! What is printed: data on standard output, words for people on standard error.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;
use twitter_types::auth::Kind;
use twitter_types::endpoint::DynamicBody;

/// Prints what an operation answered: JSON, on one line unless a person reads it, or bytes as they are.
pub(crate) fn body(body: &DynamicBody) -> io::Result<()> {
    match body {
        DynamicBody::Json(json) => line(json),
        DynamicBody::Bytes(bytes) => print(bytes),
        _ => Ok(()),
    }
}

/// Prints a value as JSON.
pub(crate) fn line(value: &impl serde::Serialize) -> io::Result<()> {
    let mut json = if io::stdout().is_terminal() {
        serde_json::to_vec_pretty(value)?
    } else {
        serde_json::to_vec(value)?
    };
    json.push(b'\n');
    print(&json)
}

/// Prints bytes at once, so that a line is whole or not there when the command is interrupted.
pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Prints a report where a program reads it; a person has read the words already.
pub(crate) fn report(value: &Value) -> io::Result<()> {
    if io::stdout().is_terminal() { Ok(()) } else { line(value) }
}

/// Prints a sentence for people.
macro_rules! note {
    ($($words:tt)*) => {
        $crate::output::say(format_args!($($words)*))
    };
}

pub(crate) use note;

/// Prints a sentence for people. Nobody may be there to read it: that is no failure.
pub(crate) fn say(words: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// A kind of credential in X's words.
pub(crate) fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::AppToken => "app-only token",
        Kind::OAuth1User => "OAuth 1.0a user",
        Kind::OAuth2User => "OAuth 2.0 user",
        _ => "another",
    }
}

/// Several kinds, as a list.
pub(crate) fn kinds<'a>(kinds: impl IntoIterator<Item = &'a Kind>) -> String {
    let names: Vec<_> = kinds.into_iter().map(kind).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}
