//! Replies that go wrong on purpose.

use std::time::Duration;

use crate::exchange::{Answer, Content};
use crate::problem::Problem;

/// A way for one reply to go wrong; see [`Sandbox::fail_next`](crate::Sandbox::fail_next).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A 503 whose body is a page of HTML, as a load balancer sends it.
    Html,
    /// A 200 whose body is a page of HTML, as a captive portal sends it.
    HtmlOk,
    /// A 200 without a body.
    Empty,
    /// A 500 with a 4 MB page.
    HugeError,
    /// A 200 that announces more bytes than come before the connection closes.
    CloseHalfWay,
    /// A 200 whose JSON is cut, though the body is as long as announced.
    TruncatedJson,
    /// A 200 whose body is not UTF-8.
    NotUtf8,
    /// A 200 with a header value that is not ASCII.
    OddHeader,
    /// A 402 with the body of an App whose credits are spent.
    CreditsDepleted,
    /// A status with a body of your own, sent as JSON.
    Status(u16, String),
    /// A 307 to the given URL.
    Redirect(String),
    /// The right reply, after a wait.
    Delay(Duration),
    /// The right reply, which is lost: what was asked is done, and the connection closes half way.
    LoseReply,
}

/// The bytes of the page that [`Fault::HugeError`] sends.
const HUGE: usize = 4 * 1024 * 1024;

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Over capacity</title></head>\
    <body><h1>The sandbox pretends to be over capacity.</h1></body></html>\n";

const JSON: &str = r#"{"data":{"id":"2244994945","name":"X Developers","username":"XDevelopers"}}"#;

impl Fault {
    /// The reply to send instead of the right one; `None` if the right one shall be sent.
    pub(crate) fn answer(&self) -> Option<Answer> {
        let answer = match self {
            Self::Html => Answer::new(503, Content::html(PAGE)),
            Self::HtmlOk => Answer::new(200, Content::html(PAGE)),
            Self::Empty => Answer::new(200, Content::json_text("")),
            Self::HugeError => {
                let mut page = PAGE.repeat(HUGE / PAGE.len() + 1);
                page.truncate(HUGE);
                Answer::new(500, Content::html(&page))
            }
            Self::CloseHalfWay => Answer::new(200, Content::json_text(JSON).cut()),
            Self::TruncatedJson => Answer::new(200, Content::json_text(&JSON[..JSON.len() / 2])),
            Self::NotUtf8 => {
                let bytes = JSON.replace("Developers", "D\u{fffd}v").into_bytes();
                // One byte of Latin-1 where UTF-8 wants three.
                let broken = bytes.iter().filter(|byte| !matches!(byte, 0xbf | 0xbd));
                Answer::new(200, Content::json_bytes(broken.copied().collect()))
            }
            Self::OddHeader => Answer::new(200, Content::json_text(JSON))
                .header("x-rate-limit-limit", "\u{e9}\u{e9}")
                .header("x-response-time", "caf\u{e9}"),
            Self::CreditsDepleted => Problem::credits_depleted().answer(),
            Self::Status(status, body) => Answer::new(*status, Content::json_text(body)),
            Self::Redirect(url) => Answer::new(307, Content::json_text("")).header("location", url),
            Self::Delay(_) | Self::LoseReply => return None,
        };
        Some(answer)
    }

    /// How long to hold the reply back.
    pub(crate) fn delay(&self) -> Duration {
        match self {
            Self::Delay(wait) => *wait,
            _ => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn the_body_is_not_utf8() {
        let answer = Fault::NotUtf8.answer().unwrap();
        assert!(std::str::from_utf8(&answer.content.bytes).is_err());
    }
}
