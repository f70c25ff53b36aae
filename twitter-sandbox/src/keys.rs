//! The credentials that a sandbox accepts.

use std::fmt;
use std::io;

use crate::random;

/// The account that owns the App of every sandbox.
pub(crate) const OWNER_ID: u64 = 1_480_263_945_017_876_480;

/// The App of every sandbox.
pub(crate) const APP_ID: &str = "30417352";

/// The keys of the sandbox's one App and of the account that owns it, in the shape of X's own.
///
/// They are drawn anew for each sandbox and are worth nothing elsewhere. `Debug` does not print
/// them all the same, so that code which treats them like real keys stays honest.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keys {
    /// The API key, also called consumer key.
    pub api_key: String,
    /// The API secret, also called consumer secret.
    pub api_secret: String,
    /// The owner's OAuth 1.0a access token.
    pub access_token: String,
    /// The secret of [`access_token`](Self::access_token).
    pub access_token_secret: String,
    /// The App's app-only token: what `POST /oauth2/token` issues until it is invalidated.
    pub bearer_token: String,
    /// The App's OAuth 2.0 client id, as a confidential client.
    pub client_id: String,
    /// The secret of [`client_id`](Self::client_id).
    pub client_secret: String,
    /// The client id that the App has as a public client, which has no secret. X gives an App one
    /// or the other; the sandbox gives both, to try both.
    pub public_client_id: String,
    /// An OAuth 2.0 user access token for the owner's account, which does not expire.
    pub oauth2_user_token: String,
}

impl Keys {
    /// Draws new keys.
    ///
    /// # Errors
    ///
    /// Fails if the operating system gives no random bytes.
    pub fn random() -> io::Result<Self> {
        Ok(Self {
            api_key: random::alphanumeric(25)?,
            api_secret: random::alphanumeric(50)?,
            access_token: format!("{OWNER_ID}-{}", random::alphanumeric(40)?),
            access_token_secret: random::alphanumeric(45)?,
            bearer_token: bearer_token()?,
            client_id: random::alphanumeric(34)?,
            client_secret: random::alphanumeric(50)?,
            public_client_id: random::alphanumeric(34)?,
            oauth2_user_token: random::alphanumeric(91)?,
        })
    }

    /// These keys with one kind drawn anew.
    pub(crate) fn regenerated(&self, kind: KeyKind) -> io::Result<Self> {
        let (old, new) = (self.clone(), Self::random()?);
        Ok(match kind {
            KeyKind::ApiKey => Self { api_key: new.api_key, api_secret: new.api_secret, ..old },
            KeyKind::AccessToken => Self {
                access_token: new.access_token,
                access_token_secret: new.access_token_secret,
                ..old
            },
            KeyKind::BearerToken => Self { bearer_token: new.bearer_token, ..old },
            KeyKind::ClientSecret => Self { client_secret: new.client_secret, ..old },
        })
    }
}

/// What the console regenerates in one go; see [`Sandbox::regenerate`](crate::Sandbox::regenerate).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// API key and secret. Tokens live on.
    ApiKey,
    /// The owner's OAuth 1.0a access token and its secret.
    AccessToken,
    /// The app-only token.
    BearerToken,
    /// The OAuth 2.0 client secret. The client id stays, and tokens live on.
    ClientSecret,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REDACTED: &str = "[redacted]";
        formatter
            .debug_struct("Keys")
            .field("api_key", &REDACTED)
            .field("api_secret", &REDACTED)
            .field("access_token", &REDACTED)
            .field("access_token_secret", &REDACTED)
            .field("bearer_token", &REDACTED)
            .field("client_id", &REDACTED)
            .field("client_secret", &REDACTED)
            .field("public_client_id", &REDACTED)
            .field("oauth2_user_token", &REDACTED)
            .finish()
    }
}

/// An app-only token holds percent-escapes, and is compared with them.
pub(crate) fn bearer_token() -> io::Result<String> {
    Ok(format!(
        "AAAAAAAAAAAAAAAAAAAAA{}%2F{}%3D{}",
        random::alphanumeric(11)?,
        random::alphanumeric(14)?,
        random::alphanumeric(50)?
    ))
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn keys_have_the_shape_of_real_ones() {
        let keys = Keys::random().unwrap();
        assert_eq!(keys.api_key.len(), 25);
        assert_eq!(keys.api_secret.len(), 50);
        let (user, rest) = keys.access_token.split_once('-').unwrap();
        assert!(user.parse::<u64>().is_ok());
        assert_eq!(rest.len(), 40);
        assert!(keys.bearer_token.contains("%2F") && keys.bearer_token.contains("%3D"));
        assert_ne!(keys, Keys::random().unwrap());
    }

    #[test]
    fn debug_prints_no_key() {
        let keys = Keys::random().unwrap();
        let printed = format!("{keys:?}");
        assert_eq!(printed.matches("[redacted]").count(), 9);
        for secret in [&keys.api_key, &keys.api_secret, &keys.bearer_token, &keys.client_id] {
            assert!(!printed.contains(secret.as_str()));
        }
    }
}
