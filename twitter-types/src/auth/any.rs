//! A credential that is chosen at run time.

use std::fmt;

use crate::{
    auth::{AppToken, Credential, Kind, OAuth1User, OAuth2User},
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
    oauth2: Option<OAuth2User>,
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
        Self { oauth2: Some(user), ..self }
    }

    /// Adds a user by OAuth 1.0a.
    #[must_use]
    pub fn with_oauth1(self, user: OAuth1User) -> Self {
        Self { oauth1: Some(user), ..self }
    }

    /// The kinds at hand.
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
        let accepts = |kind| accepted.contains(&kind);
        if let Some(app) = self.app.as_ref().filter(|_| accepts(Kind::AppToken)) {
            app.authorize(request, accepted, stamp)
        } else if let Some(user) = self.oauth2.as_ref().filter(|_| accepts(Kind::OAuth2User)) {
            user.authorize(request, accepted, stamp)
        } else if let Some(user) = self.oauth1.as_ref().filter(|_| accepts(Kind::OAuth1User)) {
            user.authorize(request, accepted, stamp)
        } else if accepted.is_empty() {
            Ok(())
        } else {
            Err(Error::NoCredential { accepted })
        }
    }
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
