//! A credential that is chosen at run time.

use std::fmt;

use crate::{
    auth::{AppToken, Credential, Kind, OAuth1User, OAuth2User, Session},
    endpoint::{Error, Request, Stamp},
};

/// The credentials that a program has, of which each operation takes the least powerful that it
/// accepts: the App's token, then a user's by OAuth 2.0, then a user's by OAuth 1.0a.
///
/// What a single credential decides when the program is compiled, this decides before a request is
/// sent: [`Error::NoCredential`].
///
/// ```
/// use twitter_types::auth::{AnyCredential, AppToken};
///
/// let credential = AnyCredential::new().with_app(AppToken::new("AAAAAAAA%2Fexample")?);
/// # let _ = credential;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct AnyCredential {
    app: Option<AppToken>,
    oauth2: Option<OAuth2>,
    oauth1: Option<OAuth1User>,
}

impl AnyCredential {
    /// No credential yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the App's token.
    #[must_use]
    pub fn with_app(self, app: AppToken) -> Self {
        Self { app: Some(app), ..self }
    }

    /// Adds a user's OAuth 2.0 token.
    #[must_use]
    pub fn with_oauth2(self, user: OAuth2User) -> Self {
        Self { oauth2: Some(OAuth2::User(user)), ..self }
    }

    /// Adds a user whose OAuth 2.0 token is kept fresh, instead of one with a fixed token.
    #[must_use]
    pub fn with_session(self, session: Session) -> Self {
        Self { oauth2: Some(OAuth2::Session(session)), ..self }
    }

    /// Adds a user by OAuth 1.0a.
    #[must_use]
    pub fn with_oauth1(self, user: OAuth1User) -> Self {
        Self { oauth1: Some(user), ..self }
    }

    /// The kind that authorizes an operation which accepts these, if one does.
    fn pick(&self, accepted: &[Kind]) -> Option<Kind> {
        self.kinds().find(|kind| accepted.contains(kind))
    }

    /// The kinds at hand, the least powerful first.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let app = self.app.as_ref().map(|_| Kind::AppToken);
        let oauth2 = self.oauth2.as_ref().map(|_| Kind::OAuth2User);
        let oauth1 = self.oauth1.as_ref().map(|_| Kind::OAuth1User);
        [app, oauth2, oauth1].into_iter().flatten()
    }
}

impl Credential for AnyCredential {
    type Kind = AnyKind;

    fn authorize(
        &self,
        request: &mut Request,
        accepted: &'static [Kind],
        stamp: &Stamp<'_>,
    ) -> Result<(), Error> {
        match (self.pick(accepted), &self.app, &self.oauth2, &self.oauth1) {
            (Some(Kind::AppToken), Some(app), ..) => app.authorize(request, accepted, stamp),
            (Some(Kind::OAuth2User), _, Some(OAuth2::User(user)), _) => {
                user.authorize(request, accepted, stamp)
            }
            (Some(Kind::OAuth2User), _, Some(OAuth2::Session(session)), _) => {
                session.authorize(request, accepted, stamp)
            }
            (Some(Kind::OAuth1User), .., Some(user)) => user.authorize(request, accepted, stamp),
            _ if accepted.is_empty() => Ok(()),
            _ => Err(Error::NoCredential { accepted }),
        }
    }

    fn session(&self, accepted: &'static [Kind]) -> Option<&Session> {
        match (self.pick(accepted)?, &self.oauth2) {
            (Kind::OAuth2User, Some(OAuth2::Session(session))) => Some(session),
            _ => None,
        }
    }

    fn kind(&self, accepted: &'static [Kind]) -> Option<Kind> {
        self.pick(accepted)
    }
}

/// A user by OAuth 2.0.
#[derive(Clone)]
enum OAuth2 {
    User(OAuth2User),
    Session(Session),
}

impl fmt::Debug for AnyCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnyCredential(")?;
        f.debug_list().entries(self.kinds()).finish()?;
        f.write_str(")")
    }
}

/// The kind of [`AnyCredential`], which every operation takes.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyKind {}
