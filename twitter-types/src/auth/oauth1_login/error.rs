//! Why a login does not go on, and what to do next.

use std::{error, fmt};

use bearer::InvalidKey;
use http::{Response, StatusCode, header::DATE};
use oauth1_sign::handshake::HandshakeError;
use serde::Deserialize;

use super::OAuth1Callback;
use crate::problem::Problem;

/// The most characters of X's text that an error keeps.
const MAX_MESSAGE: usize = 200;
/// The longest word of X's text that an error keeps. X's tokens and secrets are longer.
const MAX_WORD: usize = 24;
/// As much of a refusal's body as is read, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// Why an OAuth 1.0a login does not go on. It holds no token, secret or verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuth1LoginError {
    /// The user pressed "Cancel" on X's page.
    Denied,
    /// The callback belongs to another login, or to nobody's.
    OtherLogin,
    /// The callback lacks what it should bring: it is cut off, or some other address.
    BadCallback(HandshakeError),
    /// X refused a request.
    Refused(Box<OAuth1Refusal>),
    /// X did not confirm the callback, so that anybody could end this login.
    CallbackNotConfirmed,
    /// A reply with a status of success lacks what it should bring: something else than X answered.
    BadReply(HandshakeError),
    /// The tokens of the reply cannot be sent.
    Unusable(InvalidKey),
    /// The request cannot be signed; nothing was sent.
    Signing(oauth1_sign::Error),
}

impl OAuth1LoginError {
    pub(super) fn of_callback(error: HandshakeError) -> Self {
        match error {
            HandshakeError::Denied => Self::Denied,
            HandshakeError::OtherToken => Self::OtherLogin,
            error => Self::BadCallback(error),
        }
    }

    pub(super) fn of_reply(error: HandshakeError) -> Self {
        match error {
            HandshakeError::CallbackNotConfirmed => Self::CallbackNotConfirmed,
            error => Self::BadReply(error),
        }
    }
}

impl From<oauth1_sign::Error> for OAuth1LoginError {
    fn from(error: oauth1_sign::Error) -> Self {
        Self::Signing(error)
    }
}

impl fmt::Display for OAuth1LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied => f.write_str(
                "the user denied access: tell the user what the App needs it for, and begin the \
                 login again",
            ),
            Self::OtherLogin => f.write_str(
                "the callback belongs to another login: use the page that was opened last and take \
                 the whole address that it leads to, or begin the login again",
            ),
            Self::BadCallback(error) => write!(
                f,
                "the callback {}: take the whole address that the browser ends up at, exactly as \
                 it is, or begin the login again",
                lacks(error)
            ),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::CallbackNotConfirmed => f.write_str(
                "X did not confirm the callback: send no user there, since the login could be \
                 taken over, and check that the base URL leads to the X API",
            ),
            Self::BadReply(error) => write!(
                f,
                "the reply {}: check that the base URL leads to the X API and that no proxy answers \
                 in its place, then begin the login again",
                lacks(error)
            ),
            Self::Unusable(error) => write!(
                f,
                "the {} of the reply {}, so it cannot be sent: check that the base URL leads to \
                 the X API",
                error.part, error.flaw
            ),
            Self::Signing(_) => f.write_str(
                "the request cannot be signed: its source says why, and nothing was sent",
            ),
        }
    }
}

impl error::Error for OAuth1LoginError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        if let Self::Signing(error) = self { Some(error) } else { None }
    }
}

/// `HandshakeError` speaks of statuses, which are checked here before it is made.
fn lacks(error: &HandshakeError) -> String {
    match error {
        HandshakeError::Missing(name) => format!("has no {name}"),
        _ => "is not form-encoded UTF-8".to_owned(),
    }
}

/// X's refusal of one of the requests of a login.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OAuth1Refusal {
    /// What to decide by.
    pub cause: OAuth1RefusalCause,
    /// The status of the reply.
    pub status: StatusCode,
    /// X's code, such as 415.
    pub code: Option<u64>,
    /// X's words, cut to 200 characters. Words of more than 24 are left out: they could be a secret
    /// that is echoed.
    pub message: Option<String>,
    /// The time by X's clock, as its `Date` header writes it.
    pub date: Option<String>,
    /// The callback that was asked for, in the login's first step.
    pub callback: Option<OAuth1Callback>,
}

/// Why X refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuth1RefusalCause {
    /// The callback is not in the App's settings.
    CallbackNotApproved,
    /// API key or API secret are wrong, or were regenerated.
    BadKeys,
    /// The clock of this machine is wrong.
    ClockOff,
    /// The PIN is mistyped or used, or the login is: both work once, and not for long.
    BadVerifier,
    /// The token to be ended has ended already.
    TokenEnded,
    /// Too many requests in a short time.
    RateLimited,
    /// X is in trouble.
    ServerTrouble,
    /// Something else, which X's words may tell.
    Other,
}

impl fmt::Display for OAuth1Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "X refused with status {}", self.status.as_u16())?;
        let code = self.code.map(|code| format!("code {code}"));
        let message = self.message.as_ref().map(|message| format!("\"{message}\""));
        let said: Vec<_> = code.into_iter().chain(message).collect();
        if !said.is_empty() {
            write!(f, " ({})", said.join(", "))?;
        }
        f.write_str(": ")?;
        match self.cause {
            OAuth1RefusalCause::CallbackNotApproved => match &self.callback {
                Some(callback) if *callback != OAuth1Callback::pin() => write!(
                    f,
                    "add exactly this callback URL to the App's settings in the developer console: {}",
                    callback.as_str()
                ),
                _ => f.write_str(
                    "set a callback URL in the App's settings in the developer console: X wants \
                     one for a PIN too",
                ),
            },
            OAuth1RefusalCause::BadKeys => f.write_str(
                "compare API key and API secret with the developer console, where regenerating \
                 them ends the old ones",
            ),
            OAuth1RefusalCause::ClockOff => {
                f.write_str("set this machine's clock")?;
                self.date.iter().try_for_each(|date| write!(f, ", since X's says {date}"))
            }
            OAuth1RefusalCause::BadVerifier => f.write_str(
                "begin the login again and type the new PIN as the page shows it; a PIN works once, \
                 and so does a callback",
            ),
            OAuth1RefusalCause::TokenEnded => {
                f.write_str("the token has ended already: forget it")
            }
            OAuth1RefusalCause::RateLimited => f.write_str("wait 15 minutes, then try again"),
            OAuth1RefusalCause::ServerTrouble => {
                f.write_str("X is in trouble, so try again in a while")
            }
            OAuth1RefusalCause::Other => f.write_str(
                "check the request against what X says here, and that the base URL leads to the \
                 X API",
            ),
        }
    }
}

/// What a reply answers.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Begin(&'a OAuth1Callback),
    Finish,
    Invalidate,
}

/// The body of a reply of success, which should be a form.
pub(super) fn form_reply<'r>(
    step: Step<'_>,
    response: &'r Response<impl AsRef<[u8]>>,
) -> Result<&'r str, OAuth1LoginError> {
    let body = success(step, response)?;
    str::from_utf8(body).map_err(|_| OAuth1LoginError::BadReply(HandshakeError::NotUtf8))
}

/// Checks a reply of success, which should be JSON with an `access_token`.
pub(super) fn json_reply(
    step: Step<'_>,
    response: &Response<impl AsRef<[u8]>>,
) -> Result<(), OAuth1LoginError> {
    #[derive(Deserialize)]
    struct Ended {
        #[serde(rename = "access_token")]
        _access_token: String,
    }
    let body = success(step, response)?;
    let missing = OAuth1LoginError::BadReply(HandshakeError::Missing("access_token"));
    serde_json::from_slice::<Ended>(body).map(|_| ()).map_err(|_| missing)
}

fn success<'r>(
    step: Step<'_>,
    response: &'r Response<impl AsRef<[u8]>>,
) -> Result<&'r [u8], OAuth1LoginError> {
    let body = response.body().as_ref();
    if response.status().is_success() {
        return Ok(body);
    }
    let said = Said::read(&body[..body.len().min(MAX_BODY)]);
    let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
    Err(OAuth1LoginError::Refused(Box::new(OAuth1Refusal {
        cause: cause(step, response.status(), &said),
        status: response.status(),
        code: said.code,
        message: Some(excerpt(&said.text)).filter(|text| !text.is_empty()),
        date: date.map(excerpt),
        callback: if let Step::Begin(callback) = step { Some(callback.clone()) } else { None },
    })))
}

fn cause(step: Step<'_>, status: StatusCode, said: &Said) -> OAuth1RefusalCause {
    let text = said.text.to_ascii_lowercase();
    match (said.code, status.as_u16(), step) {
        (Some(415), ..) => OAuth1RefusalCause::CallbackNotApproved,
        _ if text.contains("callback url not approved") => OAuth1RefusalCause::CallbackNotApproved,
        (Some(135), ..) => OAuth1RefusalCause::ClockOff,
        _ if text.contains("timestamp out of bounds") => OAuth1RefusalCause::ClockOff,
        (Some(88), ..) | (_, 429, _) => OAuth1RefusalCause::RateLimited,
        (_, 500.., _) => OAuth1RefusalCause::ServerTrouble,
        (Some(89), _, Step::Invalidate) => OAuth1RefusalCause::TokenEnded,
        (Some(32 | 89), _, Step::Finish) | (None, 401, Step::Finish) => {
            OAuth1RefusalCause::BadVerifier
        }
        (Some(32 | 89 | 99 | 215), ..) | (None, 401, _) => OAuth1RefusalCause::BadKeys,
        _ => OAuth1RefusalCause::Other,
    }
}

/// What X says of a refusal: JSON, XML or a bare sentence, since these addresses are old.
struct Said {
    code: Option<u64>,
    text: String,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        if let Ok(problem) = serde_json::from_slice::<Problem>(body) {
            let problems = problem.flatten();
            let code = problems.iter().find_map(|problem| problem.code);
            let text = problems.iter().find_map(Problem::text).unwrap_or_default().to_owned();
            return Self { code, text };
        }
        let body = String::from_utf8_lossy(body);
        let code = body.split_once("code=\"").and_then(|(_, rest)| rest.split('"').next());
        let code = code.and_then(|code| code.parse().ok());
        Self { code, text: without_tags(&body) }
    }
}

/// The text of an XML reply; nothing of an HTML page, which is a proxy's.
fn without_tags(body: &str) -> String {
    if body.contains("<html") || body.contains("<HTML") {
        return String::new();
    }
    body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// A short, single-line, printable form of X's text.
fn excerpt(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let mut excerpt = String::new();
    for word in words.filter(|word| !word.is_empty()).take(MAX_MESSAGE) {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(if word.chars().nth(MAX_WORD).is_some() { "[…]" } else { word });
    }
    excerpt.chars().take(MAX_MESSAGE).collect()
}
