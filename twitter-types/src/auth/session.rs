//! A user's OAuth 2.0 tokens that are kept fresh.

use bearer::Session;
use http::header::AUTHORIZATION;
use oauth1_sign::Stamp;

use super::{Credential, Kind, OAuth2User};
use crate::endpoint::{Error, Request};

/// A session stands for its user like an [`OAuth2User`], with a token that is renewed in time: a
/// [`Call`](crate::endpoint::Call) says when.
impl Credential for Session {
    type Kind = OAuth2User;

    /// Authorizes with the token that is in memory, if it lives.
    fn authorize(
        &self,
        request: &mut Request,
        _: &'static [Kind],
        stamp: &Stamp<'_>,
    ) -> Result<(), Error> {
        let access = self.recall(stamp.timestamp().unwrap_or_default());
        let token = access.ok_or(Error::NotRenewed)?.token;
        request.headers_mut().insert(AUTHORIZATION, token.authorization());
        Ok(())
    }

    fn session(&self, _: &'static [Kind]) -> Option<&Session> {
        Some(self)
    }

    fn kind(&self, _: &'static [Kind]) -> Option<Kind> {
        Some(Kind::OAuth2User)
    }
}
