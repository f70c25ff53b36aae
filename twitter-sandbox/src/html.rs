//! The pages that a browser shows: consent, PIN, and what went wrong. They load nothing else.

use crate::exchange::{Answer, Content};

/// What a consent page asks the owner of the account.
pub(crate) struct Consent<'a> {
    /// The path that the form is sent to.
    pub(crate) action: &'a str,
    /// The hidden field that only this page knows, so that no other site can consent.
    pub(crate) ticket: &'a str,
    /// The App may do these, each in a few words, with its name if it has one.
    pub(crate) rights: Vec<(&'a str, &'a str)>,
    /// Where the browser goes next; `None` if it is shown a PIN.
    pub(crate) returns_to: Option<&'a str>,
}

/// The name of the one App of every sandbox.
const APP: &str = "Sandbox App";

/// The name of a consent form's hidden field, as X calls it.
pub(crate) const TICKET: &str = "authenticity_token";

/// Why a form is not taken: its hidden field is wrong, or was sent before.
pub(crate) const STALE: &str = "This form was sent already, or comes from elsewhere. Start again.";

/// A form with the buttons `#allow` and `#cancel`.
pub(crate) fn consent(consent: &Consent<'_>, username: &str) -> Answer {
    let rights: String = consent.rights.iter().map(right).collect();
    let returns = match consent.returns_to {
        Some(url) => format!("You return to <code>{}</code>.", escaped(url)),
        None => "You are shown a PIN to type into the App.".to_owned(),
    };
    let body = format!(
        "<h1>{APP} wants to access your X account.</h1>\n\
         <p>You are signed in as <strong id=\"user\">@{user}</strong>.</p>\n\
         <p>It will be able to:</p>\n<ul id=\"rights\">\n{rights}</ul>\n\
         <form id=\"oauth_form\" method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"{TICKET}\" value=\"{ticket}\">\n\
         <button id=\"allow\" type=\"submit\" name=\"decision\" value=\"allow\">Authorize app</button>\n\
         <button id=\"cancel\" type=\"submit\" name=\"decision\" value=\"cancel\">Cancel</button>\n\
         </form>\n<p>{returns}</p>",
        user = escaped(username),
        action = escaped(consent.action),
        ticket = escaped(consent.ticket),
    );
    page(200, "Authorize an App", &body)
}

/// The page that shows the PIN, in `#oauth_pin`.
pub(crate) fn pin(pin: &str) -> Answer {
    let body = format!(
        "<h1>You have granted access to {APP}.</h1>\n\
         <p>Return to it and enter this PIN:</p>\n<p><code id=\"oauth_pin\">{}</code></p>",
        escaped(pin)
    );
    page(200, "PIN", &body)
}

/// The page after Cancel where there is no address to return to.
pub(crate) fn denied() -> Answer {
    let body = format!("<h1>You have denied {APP} access to your account.</h1>");
    page(200, "Denied", &body)
}

/// A page that says in `#error` why there is no consent to give.
pub(crate) fn error(status: u16, reason: &str) -> Answer {
    let body = format!(
        "<h1>Something went wrong</h1>\n\
         <p>You weren\u{2019}t able to give access to the App.</p>\n<pre id=\"error\">{}</pre>",
        escaped(reason)
    );
    page(status, "Something went wrong", &body)
}

/// Sends the browser elsewhere.
pub(crate) fn redirect(url: &str) -> Answer {
    Answer::new(302, Content::html("")).header("location", url).header("cache-control", "no-store")
}

fn right((name, phrase): &(&str, &str)) -> String {
    let name = match *name {
        "" => String::new(),
        name => format!(" (<code>{}</code>)", escaped(name)),
    };
    format!("<li>{}{name}</li>\n", escaped(phrase))
}

fn page(status: u16, title: &str, body: &str) -> Answer {
    const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:34em;margin:3em auto;padding:0 1em}\
        button{font:inherit;padding:.5em 1.2em;margin-right:.5em}pre{white-space:pre-wrap}\
        #oauth_pin{font-size:2.5em}";
    let text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title} / sandbox</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n\
         </body>\n</html>\n"
    );
    Answer::new(status, Content::html(&text))
        .header("cache-control", "no-store")
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("referrer-policy", "no-referrer")
        .header("x-frame-options", "DENY")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::error;

    #[test]
    fn what_came_from_outside_is_text() {
        let answer = error(400, r#"<script>alert("1 & '2'")</script>"#);
        let page = String::from_utf8(answer.content.bytes).unwrap();
        let shown = "&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;";
        assert!(page.contains(shown) && !page.contains("<script"), "{page}");
    }
}
