//! Credentials, and which of them an operation accepts.
//!
//! | X's name | credential | for |
//! |---|---|---|
//! | app-only Access Token | [`AppToken`] | public information |
//! | API Key and Secret, Access Token and Secret | [`OAuth1User`] | your own account, or a user who logged in |
//! | OAuth 2.0 user token | [`OAuth2User`] | a user who granted scopes |
//! | the same with a refresh token | [`Session`] | such a user for longer than two hours |
//!
//! [`Keys`] makes them of the developer console's keys, from variables or a file. [`OAuth1App`] logs
//! users in by OAuth 1.0a, the crate `bearer` by OAuth 2.0. [`AnyCredential`] is several of them, of which
//! each operation takes one.
//!
//! ```
//! use twitter_types::auth::{AppToken, OAuth1User};
//! use twitter_types::endpoint::{self, BaseUrl, Stamp};
//! use twitter_types::{posts, users};
//!
//! let app = AppToken::new("AAAAAAAA%2Fexample")?;
//! let lookup = users::ById::new(2244994945);
//! let request = endpoint::request(&BaseUrl::default(), &lookup, &app, &Stamp::now())?;
//! assert_eq!(request.headers()["authorization"], "Bearer AAAAAAAA%2Fexample");
//!
//! // With `app` this would not compile: an App has no account to post from.
//! let user = OAuth1User::new("api-key", "api-secret", "7-token", "token-secret")?;
//! let post = posts::Create::new("Hello, world!");
//! let request = endpoint::request(&BaseUrl::default(), &post, &user, &Stamp::now())?;
//! assert!(request.headers()["authorization"].to_str()?.starts_with("OAuth oauth_consumer_key="));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod any;
mod keys;
mod oauth1_login;
mod scopes;
mod session;

pub use any::{AnyCredential, AnyKind};
pub use bearer::{Scope, Scopes, Secret, Session};
pub use keys::{KeyName, KeyWarning, Keys, KeysError, Suspicion};
pub use oauth1_login::{
    InvalidCallback, InvalidOAuth1Login, InvalidPin, OAuth1Access, OAuth1App, OAuth1Callback,
    OAuth1Login, OAuth1LoginError, OAuth1Refusal, OAuth1RefusalCause, OAuth1Tokens, OAuth1Verifier,
};
pub use scopes::scopes_of;

use std::fmt;

use bearer::{AccessToken, InvalidKey, InvalidToken, KeyPart};
use http::header::AUTHORIZATION;
use oauth1_sign::{ClientCredentials, Signer, Stamp, TokenCredentials};

use crate::endpoint::{Error, Request};

/// What authorizes a request.
pub trait Credential {
    /// What operations accept or do not accept: a credential of its own kind is its own name.
    type Kind;

    /// Adds the `Authorization` header to a request that is otherwise complete. `accepted` are the
    /// kinds that the operation accepts: a credential of several chooses by it.
    ///
    /// # Errors
    ///
    /// If the request cannot be signed, or nothing at hand is accepted.
    fn authorize(
        &self,
        request: &mut Request,
        accepted: &'static [Kind],
        stamp: &Stamp<'_>,
    ) -> Result<(), Error>;

    /// The session whose token authorizes an operation that accepts these kinds, if it is one: it
    /// may have to be renewed first.
    fn session(&self, _accepted: &'static [Kind]) -> Option<&Session> {
        None
    }

    /// The kind that authorizes an operation which accepts these, for errors to say what it means that
    /// X refused it. `None` if that is not known.
    fn kind(&self, _accepted: &'static [Kind]) -> Option<Kind> {
        None
    }
}

impl<C: Credential + ?Sized> Credential for &C {
    type Kind = C::Kind;

    fn authorize(
        &self,
        request: &mut Request,
        accepted: &'static [Kind],
        stamp: &Stamp<'_>,
    ) -> Result<(), Error> {
        (**self).authorize(request, accepted, stamp)
    }

    fn session(&self, accepted: &'static [Kind]) -> Option<&Session> {
        (**self).session(accepted)
    }

    fn kind(&self, accepted: &'static [Kind]) -> Option<Kind> {
        (**self).kind(accepted)
    }
}

/// The App's own token: public information, no user.
#[derive(Clone, Debug)]
pub struct AppToken(AccessToken);

impl AppToken {
    /// The token from the developer console, exactly as it is shown there.
    ///
    /// # Errors
    ///
    /// If the text cannot be a token.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        AccessToken::new(token).map(Self)
    }
}

impl From<AccessToken> for AppToken {
    /// Takes the token that [`bearer::App`] obtained.
    fn from(token: AccessToken) -> Self {
        Self(token)
    }
}

impl Credential for AppToken {
    type Kind = Self;

    fn authorize(
        &self,
        request: &mut Request,
        _: &'static [Kind],
        _: &Stamp<'_>,
    ) -> Result<(), Error> {
        request.headers_mut().insert(AUTHORIZATION, self.0.authorization());
        Ok(())
    }

    fn kind(&self, _: &'static [Kind]) -> Option<Kind> {
        Some(Kind::AppToken)
    }
}

/// A user's OAuth 2.0 token, with the scopes that the user granted.
#[derive(Clone, Debug)]
pub struct OAuth2User(AccessToken);

impl OAuth2User {
    /// An access token of a user.
    ///
    /// # Errors
    ///
    /// If the text cannot be a token.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        AccessToken::new(token).map(Self)
    }
}

impl From<AccessToken> for OAuth2User {
    fn from(token: AccessToken) -> Self {
        Self(token)
    }
}

impl Credential for OAuth2User {
    type Kind = Self;

    fn authorize(
        &self,
        request: &mut Request,
        _: &'static [Kind],
        _: &Stamp<'_>,
    ) -> Result<(), Error> {
        request.headers_mut().insert(AUTHORIZATION, self.0.authorization());
        Ok(())
    }

    fn kind(&self, _: &'static [Kind]) -> Option<Kind> {
        Some(Kind::OAuth2User)
    }
}

/// A user by OAuth 1.0a: every request is signed with two secrets.
#[derive(Clone)]
pub struct OAuth1User(Signer);

impl OAuth1User {
    /// The four values that the developer console shows for the App's owner, or the App's two and
    /// the two of a user who logged in.
    ///
    /// # Errors
    ///
    /// If one is empty, or holds a character that no key has.
    pub fn new(
        api_key: &str,
        api_secret: &str,
        access_token: &str,
        access_token_secret: &str,
    ) -> Result<Self, InvalidKey> {
        KeyPart::ApiKey.check(api_key)?;
        KeyPart::ApiSecret.check(api_secret)?;
        KeyPart::AccessToken.check(access_token)?;
        KeyPart::AccessTokenSecret.check(access_token_secret)?;
        let client = ClientCredentials::new(api_key, api_secret);
        let token = TokenCredentials::new(access_token, access_token_secret);
        Ok(Self(Signer::new(&client, Some(&token))))
    }
}

impl From<Signer> for OAuth1User {
    fn from(signer: Signer) -> Self {
        Self(signer)
    }
}

impl Credential for OAuth1User {
    type Kind = Self;

    fn authorize(
        &self,
        request: &mut Request,
        _: &'static [Kind],
        stamp: &Stamp<'_>,
    ) -> Result<(), Error> {
        self.0.sign_http(request, stamp).map_err(Error::Signing)
    }

    fn kind(&self, _: &'static [Kind]) -> Option<Kind> {
        Some(Kind::OAuth1User)
    }
}

impl fmt::Debug for OAuth1User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OAuth1User([redacted])")
    }
}

/// A set of credential kinds that contains `Kind`.
#[diagnostic::on_unimplemented(
    message = "this operation does not accept the credential `{Kind}`",
    label = "accepts `{Self}`",
    note = "`twitter_types::auth` says which credentials `{Self}` is, and what each is for"
)]
pub trait Accepts<Kind> {}

/// A kind of credential, as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// [`AppToken`].
    AppToken,
    /// [`OAuth1User`].
    OAuth1User,
    /// [`OAuth2User`].
    OAuth2User,
}

/// The credential kinds that an operation accepts, as a type and as values.
pub trait Accepted: Accepts<AnyKind> {
    /// Every kind of the set.
    const KINDS: &'static [Kind];
}

macro_rules! accepted {
    ($($(#[$meta:meta])* $set:ident = $($kind:ident)|+;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct $set;

        impl Accepted for $set {
            const KINDS: &'static [Kind] = &[$(Kind::$kind),+];
        }

        $(impl Accepts<$kind> for $set {})+

        #[diagnostic::do_not_recommend]
        impl Accepts<AnyKind> for $set {}
    )*};
}

accepted! {
    /// Any credential.
    Anyone = AppToken | OAuth1User | OAuth2User;
    /// A user's credential, by OAuth 1.0a or 2.0.
    AnyUser = OAuth1User | OAuth2User;
    /// The App's own token.
    AppOnly = AppToken;
    /// The App's own token, or a user's by OAuth 2.0.
    AppOrOAuth2User = AppToken | OAuth2User;
    /// A user's OAuth 2.0 token.
    OAuth2UserOnly = OAuth2User;
}

/// No credential is needed: anyone may ask.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Public;

impl Accepted for Public {
    const KINDS: &'static [Kind] = &[];
}

impl<Kind> Accepts<Kind> for Public {}

/// No credential: for the one operation that is [`Public`].
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing in it")]
pub struct NoCredential;

impl Credential for NoCredential {
    type Kind = Self;

    fn authorize(&self, _: &mut Request, _: &'static [Kind], _: &Stamp<'_>) -> Result<(), Error> {
        Ok(())
    }
}
