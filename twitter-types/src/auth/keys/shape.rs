//! What the keys of X look like, and what a value that is none of them looks like.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bearer::{AccessToken, Flaw, KeyPart};

use super::KeyName;

/// Something about a key that is not as it should be. It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyWarning {
    /// Which key.
    pub key: KeyName,
    /// The variable that it was found in.
    pub variable: &'static str,
    /// Where, as [`Keys::source`](super::Keys::source) says it.
    pub source: String,
    /// What is suspicious.
    pub suspicion: Suspicion,
}

impl fmt::Display for KeyWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.variable)?;
        if self.source != self.variable {
            write!(f, " ({})", self.source)?;
        }
        write!(f, " {}", self.suspicion)
    }
}

/// What a value looks like, where it does not look like the key that it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suspicion {
    /// It cannot be a key: it holds what no key holds.
    Flawed(Flaw),
    /// It has quotation marks around it.
    Quoted,
    /// It is what a guide writes in the place of a key.
    Placeholder,
    /// It begins with `Bearer`, which is no part of the token.
    WithBearer,
    /// It looks like another key: the two were mixed up.
    LooksLike(KeyName),
    /// It looks like the OAuth 2.0 token of a user.
    OAuth2UserToken,
    /// An access token that does not begin with a user's id and a hyphen.
    NotAnAccessToken,
    /// A bearer token that was decoded on its way: it has a `=`, `/` or `+` where X writes `%3D`,
    /// `%2F` and `%2B`.
    Decoded,
    /// A bearer token that was encoded on its way: it has a `%25`.
    Encoded,
}

impl Suspicion {
    /// Whether the value cannot work, so that [`Keys`](super::Keys) makes no credential of it. The
    /// others go by what X's keys have looked like so far.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Flawed(_) | Self::Quoted | Self::Placeholder | Self::WithBearer)
    }

    /// The first thing that is suspicious about a value.
    pub(super) fn of(key: KeyName, value: &str) -> Option<Self> {
        if is_quoted(value) {
            return Some(Self::Quoted);
        } else if is_placeholder(value) {
            return Some(Self::Placeholder);
        } else if key == KeyName::BearerToken && has_bearer(value) {
            return Some(Self::WithBearer);
        } else if let Some(flaw) = flaw(key, value) {
            return Some(Self::Flawed(flaw));
        }
        match shape(value) {
            Some(Shape::OAuth2UserToken) => return Some(Self::OAuth2UserToken),
            Some(Shape::Key(other)) if other != key && !are_alike(key, other) => {
                return Some(Self::LooksLike(other));
            }
            _ => {}
        }
        match key {
            KeyName::AccessToken if !is_access_token(value) => Some(Self::NotAnAccessToken),
            KeyName::BearerToken if value.contains("%25") => Some(Self::Encoded),
            KeyName::BearerToken if value.contains(['=', '/', '+']) => Some(Self::Decoded),
            _ => None,
        }
    }
}

impl fmt::Display for Suspicion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flawed(flaw) => {
                write!(f, "{flaw}: copy it again from \"Keys and tokens\" in the developer console")
            }
            Self::Quoted => f.write_str("has quotation marks around its value: leave them out"),
            Self::Placeholder => f.write_str(
                "is a placeholder: put the value from \"Keys and tokens\" in the developer console \
                 there",
            ),
            Self::WithBearer => f.write_str("begins with \"Bearer\": leave that out"),
            Self::LooksLike(other) => {
                write!(f, "looks like the {other}, {}: were they mixed up?", other.variable())
            }
            Self::OAuth2UserToken => f.write_str(
                "looks like the OAuth 2.0 token of a user, which is another kind of credential",
            ),
            Self::NotAnAccessToken => f.write_str(
                "does not begin with the id of a user and a hyphen, as the access tokens of OAuth \
                 1.0a do: was it copied whole, and from \"Access Token and Secret\"?",
            ),
            Self::Decoded => f.write_str(
                "was decoded on its way: X shows it with %2F, %2B and %3D, and wants it so",
            ),
            Self::Encoded => f.write_str(
                "was encoded on its way: X shows it with %2F and %3D, not with %252F and %253D",
            ),
        }
    }
}

fn is_quoted(value: &str) -> bool {
    let quotes = ['"', '\'', '`', '“', '”', '‘', '’'];
    value.starts_with(quotes) || value.ends_with(quotes)
}

fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.contains("...")
        || value.contains('…')
        || (value.starts_with('<') && value.ends_with('>'))
        || ["your_", "your-", "your "].iter().any(|start| lower.starts_with(start))
}

fn has_bearer(value: &str) -> bool {
    let (start, rest) = value.split_at_checked("bearer".len()).unwrap_or_default();
    start.eq_ignore_ascii_case("bearer") && rest.starts_with(char::is_whitespace)
}

/// What no key of X holds.
fn flaw(key: KeyName, value: &str) -> Option<Flaw> {
    let part = match key {
        KeyName::BearerToken => return AccessToken::new(value).err().map(|error| error.flaw),
        KeyName::ApiSecret => KeyPart::ApiSecret,
        KeyName::AccessToken => KeyPart::AccessToken,
        KeyName::AccessTokenSecret => KeyPart::AccessTokenSecret,
        KeyName::ApiKey => KeyPart::ApiKey,
        KeyName::ClientId => KeyPart::ClientId,
        KeyName::ClientSecret => KeyPart::ClientSecret,
    };
    part.check(value).err().map(|error| error.flaw)
}

#[derive(Clone, Copy)]
enum Shape {
    Key(KeyName),
    OAuth2UserToken,
}

/// What a value looks like, by X's habits.
fn shape(value: &str) -> Option<Shape> {
    let alphanumeric = value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let decoded = decode(value);
    let decoded_is = |ends: &[&str]| {
        let text = decoded.as_deref().unwrap_or_default();
        ends.iter().any(|end| text.ends_with(end))
    };
    Some(if value.starts_with("AAAAAAAAAAAAAAAAAAAAA") {
        Shape::Key(KeyName::BearerToken)
    } else if is_access_token(value) {
        Shape::Key(KeyName::AccessToken)
    } else if decoded_is(&[":at:1", ":rt:1", ":ac:1"]) {
        Shape::OAuth2UserToken
    } else if decoded_is(&[":1:ci", ":1:na"]) {
        Shape::Key(KeyName::ClientId)
    } else if alphanumeric && value.len() == 25 {
        Shape::Key(KeyName::ApiKey)
    } else if alphanumeric && value.len() == 50 {
        Shape::Key(KeyName::ApiSecret)
    } else {
        return None;
    })
}

/// A Client Secret is as long as an API secret, and one in five has letters and digits only.
fn are_alike(key: KeyName, shape: KeyName) -> bool {
    (key, shape) == (KeyName::ClientSecret, KeyName::ApiSecret)
}

/// `7-abc`: the id of a user, a hyphen, letters and digits.
fn is_access_token(value: &str) -> bool {
    value.split_once('-').is_some_and(|(id, rest)| {
        matches!(id.len(), 1..=20)
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && rest.len() >= 20
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Client IDs and OAuth 2.0 tokens are texts with colons, in base64.
fn decode(value: &str) -> Option<String> {
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &alphabet::URL_SAFE,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let bytes = ENGINE.decode(value.as_bytes()).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.is_ascii())
}
