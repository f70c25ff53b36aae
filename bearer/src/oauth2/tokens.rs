//! What a login yields.

use http::Response;

use crate::{AccessToken, Error, RefreshToken, Scopes, reply::TokenReply};

/// The tokens of one user. What X left out is `None`.
///
/// The developer console shows tokens without saying when they end or what they may do:
///
/// ```
/// use bearer::{AccessToken, RefreshToken, UserTokens};
///
/// let tokens = UserTokens::new(AccessToken::new("from-the-console")?)
///     .refresh_token(RefreshToken::new("from-the-console-too")?);
/// assert_eq!(tokens.expires_at, None);
/// # Ok::<(), bearer::InvalidToken>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct UserTokens {
    /// What requests are made with.
    pub access_token: AccessToken,
    /// What the next pair of tokens is obtained with. Only a login that asked for
    /// [`Scope::OFFLINE_ACCESS`](crate::Scope::OFFLINE_ACCESS) has one.
    pub refresh_token: Option<RefreshToken>,
    /// When the access token ends, in Unix seconds: two hours after it was made, at X.
    pub expires_at: Option<u64>,
    /// What the user granted.
    pub scopes: Option<Scopes>,
}

impl UserTokens {
    /// An access token of which nothing more is known.
    pub fn new(access_token: AccessToken) -> Self {
        Self { access_token, refresh_token: None, expires_at: None, scopes: None }
    }

    /// Sets [`UserTokens::refresh_token`].
    #[must_use]
    pub fn refresh_token(self, refresh_token: RefreshToken) -> Self {
        Self { refresh_token: Some(refresh_token), ..self }
    }

    /// Sets [`UserTokens::expires_at`], in Unix seconds.
    #[must_use]
    pub fn expires_at(self, expires_at: u64) -> Self {
        Self { expires_at: Some(expires_at), ..self }
    }

    /// Sets [`UserTokens::scopes`].
    #[must_use]
    pub fn scopes(self, scopes: Scopes) -> Self {
        Self { scopes: Some(scopes), ..self }
    }

    /// Whether the access token still lives at `time`, in Unix seconds, as far as is known.
    pub fn lives_at(&self, time: u64) -> bool {
        self.expires_at.is_none_or(|expires_at| time < expires_at)
    }

    /// Reads a reply of the token endpoint (RFC 6749 section 5.1).
    pub(crate) fn read(response: &Response<impl AsRef<[u8]>>, now: u64) -> Result<Self, Error> {
        let mut reply = TokenReply::read(response)?;
        let access_token = reply.access_token(response)?;
        reply.check_type()?;
        Ok(Self {
            access_token,
            refresh_token: reply.refresh_token()?,
            expires_at: reply.expires_in().map(|seconds| now.saturating_add(seconds)),
            scopes: reply.scopes(),
        })
    }
}
