//! A browser for the tests: it opens a page, reads the form in it and presses a button.

use twitter_sandbox::Sandbox;

use crate::client::{FORM, Reply, exchange};

/// Opens a page by its path and query.
pub(crate) fn open(sandbox: &Sandbox, path: &str) -> Reply {
    exchange(sandbox, "GET", path, None, None, None)
}

/// Sends the form of a consent page with the button of this id.
pub(crate) fn press(sandbox: &Sandbox, page: &Reply, button: &str) -> Reply {
    assert_eq!(page.status, 200, "{}", page.text);
    let form = tag(page, "<form ", "oauth_form");
    let hidden = tag(page, "<input ", "");
    let button = tag(page, "<button ", button);
    let body = format!(
        "{}={}&{}={}",
        attribute(hidden, "name"),
        attribute(hidden, "value"),
        attribute(button, "name"),
        attribute(button, "value"),
    );
    assert_eq!(attribute(form, "method"), "post");
    exchange(sandbox, "POST", attribute(form, "action"), None, Some(FORM), Some(body))
}

/// Opens a page and presses a button on it: where the browser is sent.
pub(crate) fn click(sandbox: &Sandbox, path: &str, button: &str) -> String {
    let reply = press(sandbox, &open(sandbox, path), button);
    assert_eq!(reply.status, 302, "{}", reply.text);
    reply.header("location").to_owned()
}

/// The text of the element with this id, which holds no other element.
pub(crate) fn text_of(page: &Reply, id: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("id=\"{id}\"")).expect("the id is there");
    let (_, rest) = rest.split_once('>').unwrap();
    let (text, _) = rest.split_once('<').unwrap();
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// The parameter of a URL or a form, decoded.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?').map_or(url, |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    Some(decoded(value))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap()
}

/// The tag that starts so and has this id; any id if that is empty.
fn tag<'a>(page: &'a Reply, start: &str, id: &str) -> &'a str {
    let id = if id.is_empty() { String::new() } else { format!("id=\"{id}\"") };
    let mut tags = page.text.split(start).skip(1).filter_map(|rest| rest.split('>').next());
    tags.find(|tag| tag.contains(&id)).expect("the tag is there")
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!("{name}=\"")).expect("the attribute is there");
    rest.split('"').next().unwrap()
}
