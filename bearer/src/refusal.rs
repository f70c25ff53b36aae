//! A server's refusal: the several shapes of X read into one, with what to do about it.

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use crate::OAuth2Error;

/// The most characters of a server's text that an error keeps.
const MAX_EXCERPT: usize = 200;

/// The longest word of a server's text that an error keeps, in characters. X's secrets and tokens
/// are longer.
const MAX_WORD: usize = 40;

/// What a server said when it refused, in whichever shape. What it left out is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The status of the reply.
    pub status: StatusCode,
    /// The number of a legacy error, such as 99.
    pub code: Option<i64>,
    /// The machine-readable name: the `label` of a legacy error, the `error` of RFC 6749 section
    /// 5.2, or the last segment of a problem's `type`, else its `title`.
    pub label: Option<String>,
    /// The sentence for people, cut to 200 characters. Words of more than 40 are left out: they
    /// could be a secret that a server echoes.
    pub message: Option<String>,
}

impl Refusal {
    /// The error code of RFC 6749 section 5.2, which OAuth 2.0 endpoints have in `error`: the label,
    /// read as one. `None` if there is no label.
    pub fn oauth2_error(&self) -> Option<OAuth2Error> {
        self.label.as_deref().map(OAuth2Error::new)
    }

    /// Whether the code or the refresh token no longer works: expired, revoked or already used.
    ///
    /// That is `invalid_grant` by RFC 6749 section 5.2. X's practice is `invalid_request` with
    /// "Value passed for the token was invalid." or "Value passed for the authorization code was
    /// invalid."
    pub fn is_spent_grant(&self) -> bool {
        match self.oauth2_error() {
            Some(OAuth2Error::InvalidGrant) => self.status.is_client_error(),
            Some(OAuth2Error::InvalidRequest) => {
                self.status.is_client_error() && self.names_grant()
            }
            _ => false,
        }
    }

    fn names_grant(&self) -> bool {
        let message = self.message.as_deref().unwrap_or_default().to_ascii_lowercase();
        ["token", "authorization code"]
            .iter()
            .any(|grant| message.contains(&format!("value passed for the {grant} was invalid")))
    }

    /// Reads `{"errors":[{…}]}`, `{"error","error_description"}`, a problem, and mixtures of them.
    pub(crate) fn new(status: StatusCode, body: &Value) -> Self {
        let first = body.pointer("/errors/0").unwrap_or(&Value::Null);
        let text = |name: &str| {
            let mut texts = [first, body].into_iter().filter_map(|value| value.get(name)?.as_str());
            texts.find(|text| !text.trim().is_empty())
        };
        let code = [first, body].iter().find_map(|value| value.get("code")?.as_i64());
        let label = text("label")
            .or_else(|| text("error"))
            .or_else(|| text("type")?.rsplit_once("/problems/").map(|(_, name)| name))
            .or_else(|| text("title"));
        let message =
            text("error_description").or_else(|| text("message")).or_else(|| text("detail"));
        Self { status, code, label: label.map(excerpt), message: message.map(excerpt) }
    }

    /// Whether the server said nothing beyond the status.
    pub(crate) fn is_bare(&self) -> bool {
        self.code.is_none() && self.label.is_none() && self.message.is_none()
    }

    /// What to do next: by code, then by name, then by status.
    fn advice(&self) -> &'static str {
        match (self.code, self.label.as_deref(), self.status.as_u16()) {
            // X sends 99 for all of these (page "Application-only authentication").
            (Some(99), ..) => {
                "compare the API key and secret with the developer console, where regenerating \
                 them ends the old ones; X also answers so when the token is already invalidated, \
                 and to an App that asks too often"
            }
            (Some(89), ..) => {
                "the token has expired or was revoked or regenerated, so obtain a new one or copy \
                 it again from the developer console"
            }
            (Some(220), ..) => "this kind of credential is not accepted here, so use one of a user",
            (Some(415), ..) => {
                "add exactly this callback URL to the App's settings in the developer console"
            }
            (Some(88), ..) | (.., 429) => {
                "wait until the time in the x-rate-limit-reset header, then try again and keep \
                 the token instead of asking for it each time"
            }
            (_, Some("client-forbidden" | "client-not-enrolled"), _) => {
                "attach the App to a Project with API access in the developer console"
            }
            _ if self.is_spent_grant() => {
                "it is expired, revoked or already used (a code lasts 30 seconds, and a code or a \
                 refresh token works once), so log in again"
            }
            // X's practice for a secret that is wrong or missing is the latter.
            (_, Some("invalid_client"), _) | (_, Some("unauthorized_client"), 401) => {
                OAuth2Error::InvalidClient.advice()
            }
            (_, Some("invalid_scope"), _) => OAuth2Error::InvalidScope.advice(),
            (_, Some("unauthorized_client"), _) => OAuth2Error::UnauthorizedClient.advice(),
            (_, Some("unsupported_grant_type"), _) => OAuth2Error::UnsupportedGrantType.advice(),
            (.., 401 | 403) => {
                "check the credentials against the developer console, where regenerating them \
                 ends the old ones, and the clock if the request was signed"
            }
            (.., 300..=399 | 404 | 405) => {
                "check the base URL, which should lead to the X API itself"
            }
            (.., 500..) => "the server is in trouble, so try again in a while",
            _ => "check the request against what the server says here",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server refused the request with status {}", self.status.as_u16())?;
        let said = [
            self.code.map(|code| format!("code {code}")),
            self.label.clone(),
            self.message.as_ref().map(|message| format!("\"{message}\"")),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            write!(f, " ({})", said.join(", "))?;
        }
        write!(f, ": {}", self.advice())
    }
}

/// A short, single-line, printable form of a server's text.
pub(crate) fn excerpt(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let mut excerpt = String::new();
    // Words and not the whole text: a text of megabytes is read no further than what is kept.
    for word in words.take(MAX_EXCERPT) {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(if word.chars().nth(MAX_WORD).is_some() { "[…]" } else { word });
    }
    excerpt.chars().take(MAX_EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_printable_and_without_long_words() {
        assert_eq!(excerpt(" a\r\n\tb\u{1b}[31m "), "a b [31m");
        assert_eq!(excerpt(&format!("not {} here", "x".repeat(41))), "not […] here");
        assert_eq!(excerpt(&"é ".repeat(1_000_000)).chars().count(), MAX_EXCERPT);
        assert_eq!(excerpt(&"x".repeat(4_000_000)), "[…]");
    }
}
