//! From an HTTP reply to JSON or to the error that tells why there is none.

use http::{Response, header::CONTENT_TYPE};
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroize;

use crate::{
    AccessToken, Error, RefreshToken, Scopes,
    refusal::{Refusal, excerpt},
};

/// A reply of any endpoint of tokens. Fields of an unexpected type are kept as they are, so that the
/// error can say which one it was.
#[derive(Deserialize, Default)]
pub(crate) struct TokenReply {
    token_type: Option<Value>,
    access_token: Option<Value>,
    refresh_token: Option<Value>,
    expires_in: Option<Value>,
    scope: Option<Value>,
}

impl TokenReply {
    /// Reads the JSON of a 2xx reply. JSON of another form than an object reads as no field at all.
    pub(crate) fn read(response: &Response<impl AsRef<[u8]>>) -> Result<Self, Error> {
        let status = response.status();
        let body = response.body().as_ref();
        if !status.is_success() {
            return Err(refused(response));
        }
        if body.trim_ascii().is_empty() {
            return Err(Error::Empty { status });
        }
        match serde_json::from_slice(body) {
            Ok(reply) => Ok(reply),
            Err(error) if error.is_data() => Ok(Self::default()),
            Err(error) => Err(not_json(response, &error)),
        }
    }

    pub(crate) fn access_token(
        &mut self,
        response: &Response<impl AsRef<[u8]>>,
    ) -> Result<AccessToken, Error> {
        match self.access_token.take() {
            Some(Value::String(text)) => Ok(AccessToken::new(text)?),
            _ => Err(without_token(response)),
        }
    }

    /// The type must be `bearer`, in any case (RFC 6749 section 5.1).
    pub(crate) fn check_type(&mut self) -> Result<(), Error> {
        match self.token_type.take() {
            Some(Value::String(kind)) if kind.eq_ignore_ascii_case("bearer") => Ok(()),
            kind => Err(Error::wrong_token_type(kind)),
        }
    }

    /// The refresh token; none if the field is missing or `null`.
    pub(crate) fn refresh_token(&mut self) -> Result<Option<RefreshToken>, Error> {
        match self.refresh_token.take() {
            Some(Value::String(text)) => {
                RefreshToken::new(text).map(Some).map_err(Error::InvalidRefreshToken)
            }
            _ => Ok(None),
        }
    }

    /// The lifetime in seconds, from a number or from a text of digits.
    pub(crate) fn expires_in(&self) -> Option<u64> {
        match self.expires_in.as_ref()? {
            Value::String(text) => text.trim().parse().ok(),
            value => value.as_u64(),
        }
    }

    /// The granted scopes, if the reply says so in a form that can be read.
    pub(crate) fn scopes(&self) -> Option<Scopes> {
        self.scope.as_ref()?.as_str()?.parse().ok().filter(|scopes: &Scopes| !scopes.is_empty())
    }
}

impl Drop for TokenReply {
    fn drop(&mut self) {
        for field in [&mut self.access_token, &mut self.refresh_token] {
            if let Some(Value::String(text)) = field {
                text.zeroize();
            }
        }
    }
}

/// The error that a reply other than 2xx is.
pub(crate) fn refused(response: &Response<impl AsRef<[u8]>>) -> Error {
    let (status, body) = (response.status(), response.body().as_ref());
    if body.trim_ascii().is_empty() {
        return Error::Refused(Refusal::new(status, &Value::Null));
    }
    match serde_json::from_slice(body) {
        Ok(body) => Error::Refused(Refusal::new(status, &body)),
        Err(error) => not_json(response, &error),
    }
}

/// The error for a 2xx reply without a token: some servers put their refusal there.
fn without_token(response: &Response<impl AsRef<[u8]>>) -> Error {
    let body = serde_json::from_slice(response.body().as_ref()).unwrap_or_default();
    let refusal = Refusal::new(response.status(), &body);
    if refusal.is_bare() { Error::MissingAccessToken } else { Error::Refused(refusal) }
}

/// `serde_json`'s own error can quote what it met, which may be a secret: only its kind is kept.
fn not_json(response: &Response<impl AsRef<[u8]>>, error: &serde_json::Error) -> Error {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    Error::NotJson {
        status: response.status(),
        content_type: content_type.map(excerpt),
        length: response.body().as_ref().len(),
        truncated: error.is_eof(),
    }
}
