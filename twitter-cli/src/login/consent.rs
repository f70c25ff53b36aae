//! The consent page of the sandbox, where no browser shows it.

use crate::context::Context;
use crate::failure::Failure;

/// Presses the button of the sandbox's consent page, and returns where that leads.
pub(super) fn press(context: &Context, page: &str) -> Result<String, Failure> {
    let get = |url: &str| http::Request::get(url).body(Vec::new());
    let strange = || Failure::here("the sandbox's consent page is not as expected");
    let request = get(page).map_err(|_| strange())?;
    let response = context.transport.send(request)?;
    let html = String::from_utf8_lossy(response.body()).into_owned();
    let ticket = html
        .split("name=\"authenticity_token\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let ticket = ticket.ok_or_else(|| Failure::refused(words(&html)))?;
    let path = page.split('?').next().unwrap_or(page);
    let request = http::Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("authenticity_token={ticket}&decision=allow"))
        .map_err(|_| strange())?;
    let response = context.transport.send(request)?;
    let location = response.headers().get("location").and_then(|to| to.to_str().ok());
    match location {
        Some(location) => Ok(location.to_owned()),
        None => pin(&String::from_utf8_lossy(response.body())).ok_or_else(strange),
    }
}

/// The PIN on a page that shows one.
fn pin(html: &str) -> Option<String> {
    let rest = html.split("id=\"oauth_pin\"").nth(1)?;
    let digits: String = rest.split_once('>')?.1.chars().take_while(|c| *c != '<').collect();
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// What an HTML page says, without its tags.
fn words(html: &str) -> String {
    let body = html.split("<body").nth(1).unwrap_or(html);
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
