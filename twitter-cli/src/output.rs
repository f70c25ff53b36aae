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

/// Whether somebody watches standard error on a terminal where a line can be drawn over itself.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|name| name != "dumb")
}

/// Draws a line over the one that was drawn before, for those who watch.
///
/// `ESC [ ? 7 l` cuts it where a narrow terminal ends, since a line that wraps is not drawn over; `ESC
/// [ K` clears what is left of a longer one.
pub(crate) fn draw(line: &str) {
    let _ = write!(io::stderr(), "\u{1b}[?7l\r{line}\u{1b}[K\u{1b}[?7h");
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
pub(crate) fn kinds(kinds: &[Kind]) -> String {
    let names: Vec<_> = kinds.iter().map(kind).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

/// Several kinds in a sentence: `an app-only token or an OAuth 1.0a user`.
pub(crate) fn kinds_in_words(kinds: &[Kind], join: &str) -> String {
    let names: Vec<_> = kinds.iter().map(|each| format!("an {}", kind(each))).collect();
    match &names[..] {
        [] => "none".into(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} {join} {last}", names.join(", ")),
    }
}
