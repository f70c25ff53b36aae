//! Receiving webhooks: the answer to X's challenge and the events that X delivers, for any web
//! framework.
//!
//! X calls one address of yours, registered by [`webhooks::Create`](crate::webhooks::Create), in
//! two ways, and a [`Receiver`] has a function for each:
//!
//! | X sends | You call | You answer |
//! |---|---|---|
//! | `GET …?crc_token=…`: is the address yours? | [`Receiver::answer_crc`] | 200, its JSON |
//! | `POST …`, signed: an event | [`Receiver::read`] | 200, empty |
//! | anything that these refuse | | the error's `status()` |
//!
//! - X waits ten seconds for an answer. Put the event into a queue and answer; work on it
//!   afterwards.
//! - X may deliver an event twice: [`Event::id`] and a [`Recent`](crate::recent::Recent) tell.
//! - What was missed comes again by [`webhooks::Replay`](crate::webhooks::Replay), once at a time;
//!   [`Event::ReplayStatus`] says how it ended.
//! - X asks for the CRC when a webhook is registered or validated, and from time to time. A wrong
//!   answer ends the deliveries at once; 4xx, 5xx and silence do after 28 hours.
//! - The filtered stream comes as hundreds of deliveries at once. A receiver is cheap to clone, and
//!   can be shared.
//!
//! ```
//! use twitter_types::auth::Secret;
//! use twitter_types::webhook::{Event, Receiver};
//!
//! let receiver = Receiver::new(&Secret::new("L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg"))?;
//!
//! let answer = receiver.answer_crc("crc_token=challenge_string&nonce=1")?;
//! assert!(answer.starts_with(r#"{"response_token":"sha256="#));
//!
//! let body = br#"{"data":{"event_uuid":"7","event_type":"post.create","payload":{"id":"20"}}}"#;
//! # let mut headers = http::HeaderMap::new();
//! # headers.insert("x-twitter-webhooks-signature", receiver.sign(body).parse()?);
//! match receiver.read(&headers, body)? {
//!     Event::Activity(activity) => println!("{:?}", activity.data.unwrap().content()),
//!     event => println!("{event:?}"),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod event;

pub use error::{CrcError, ReceiveError};
pub use event::Event;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bearer::{InvalidKey, KeyPart, Secret};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName};
use sha2::Sha256;

use crate::json::Json;

/// The header that is signed with the App's API secret.
pub const SIGNATURE: HeaderName = HeaderName::from_static("x-twitter-webhooks-signature");

/// The header that is signed with the App's OAuth 2.0 Client Secret.
pub const OAUTH2_SIGNATURE: HeaderName =
    HeaderName::from_static("x-twitter-webhooks-signature-oauth2");

/// How a signature and the answer to a challenge begin.
const PREFIX: &str = "sha256=";

/// The longest token of a challenge that is answered. X's are shorter than 100 characters.
const LONGEST_TOKEN: usize = 256;

/// What receives webhooks: it knows the App's secret, and with it answers challenges and checks
/// signatures. See the [module](self).
#[derive(Clone)]
pub struct Receiver {
    api_secret: Option<Key>,
    client_secret: Option<Key>,
}

type Key = Hmac<Sha256>;

impl Receiver {
    /// A receiver for the webhooks of an App, by its API secret.
    ///
    /// # Errors
    ///
    /// If the secret is empty, or holds a character that no key has.
    pub fn new(api_secret: &Secret) -> Result<Self, InvalidKey> {
        Ok(Self { api_secret: Some(key(api_secret, KeyPart::ApiSecret)?), client_secret: None })
    }

    /// The same by the App's OAuth 2.0 Client Secret, which X recommends where an App has one.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of_client(client_secret: &Secret) -> Result<Self, InvalidKey> {
        let client_secret = Some(key(client_secret, KeyPart::ClientSecret)?);
        Ok(Self { api_secret: None, client_secret })
    }

    /// Knows the App's OAuth 2.0 Client Secret too, and prefers it: of two signatures X's newer one
    /// is checked, and challenges are answered with it.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_client_secret(self, client_secret: &Secret) -> Result<Self, InvalidKey> {
        Ok(Self { api_secret: self.api_secret, ..Self::of_client(client_secret)? })
    }

    /// Answers X's challenge, by the query of the request: the JSON of a 200, to be sent as
    /// `application/json`.
    ///
    /// The key that answers challenges also signs events, so whoever could have any text answered
    /// could forge events. Only what looks like a token is: letters, digits and the signs of Base64
    /// and of URLs, at most 256 of them. No event looks so.
    ///
    /// # Errors
    ///
    /// If there is no token in the query, or it does not look like one.
    pub fn answer_crc(&self, query: &str) -> Result<String, CrcError> {
        let mut pairs = query.split('&');
        let token = pairs.find_map(|pair| pair.strip_prefix("crc_token="));
        let token = unescaped(token.ok_or(CrcError::Missing)?);
        let token = token.filter(|token| is_token(token)).ok_or(CrcError::Malformed)?;
        Ok(format!(r#"{{"response_token":"{}"}}"#, self.sign(token)))
    }

    /// Checks who sent a delivery, and reads it. The body is the one that was received, byte by
    /// byte.
    ///
    /// # Errors
    ///
    /// If it is not signed by this App's secret, or is no JSON object. An object that no type here
    /// fits is no error, but [`Event::Other`].
    pub fn read(&self, headers: &HeaderMap, body: &[u8]) -> Result<Event, ReceiveError> {
        self.verify(headers, body)?;
        let json = serde_json::from_slice(body).map_err(|_| ReceiveError::NotAnEvent)?;
        if !matches!(json, Json::Object(_)) {
            return Err(ReceiveError::NotAnEvent);
        }
        Ok(Event::from(json))
    }

    /// Checks who sent a delivery, in a time that does not depend on where a signature is wrong.
    ///
    /// # Errors
    ///
    /// If it is not signed by this App's secret.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), ReceiveError> {
        let keys = [(&self.client_secret, OAUTH2_SIGNATURE), (&self.api_secret, SIGNATURE)];
        let signature =
            keys.iter().find_map(|(key, name)| Some((key.as_ref()?, headers.get(name)?)));
        let (key, signature) = signature.ok_or(ReceiveError::MissingSignature)?;
        let signature = signature.as_bytes().strip_prefix(PREFIX.as_bytes());
        let signature = signature.and_then(|text| STANDARD.decode(text).ok());
        let signature = signature.ok_or(ReceiveError::WrongSignature)?;
        let mac = key.clone().chain_update(body);
        mac.verify_slice(&signature).map_err(|_| ReceiveError::WrongSignature)
    }

    /// What X signs a text or a body with: for tests, and for servers that stand in for X.
    ///
    /// Never hand out what this makes of a text from elsewhere; see
    /// [`answer_crc`](Self::answer_crc).
    pub fn sign(&self, message: impl AsRef<[u8]>) -> String {
        let key = self.client_secret.as_ref().or(self.api_secret.as_ref());
        let key = key.expect("every constructor sets one of the two").clone();
        let mac = key.chain_update(message.as_ref()).finalize();
        format!("{PREFIX}{}", STANDARD.encode(mac.into_bytes()))
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("api_secret", &self.api_secret.as_ref().map(|_| Redacted))
            .field("client_secret", &self.client_secret.as_ref().map(|_| Redacted))
            .finish()
    }
}

struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

fn key(secret: &Secret, part: KeyPart) -> Result<Key, InvalidKey> {
    part.check(secret.expose())?;
    Ok(Key::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes keys of any length"))
}

/// Whether these can be the token of a challenge, and cannot be an event.
fn is_token(token: &[u8]) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
    (1..=LONGEST_TOKEN).contains(&token.len()) && token.iter().all(is_sign)
}

/// A value of a query, decoded; `None` if a percent sign is not followed by two digits. A plus sign
/// stays one: a space would be no token.
fn unescaped(value: &str) -> Option<Vec<u8>> {
    let mut pieces = value.split('%');
    let mut decoded = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        decoded.push(u8::from_str_radix(digits, 16).ok()?);
        decoded.extend_from_slice(rest.as_bytes());
    }
    Some(decoded)
}

#[cfg(test)]
mod tests;
