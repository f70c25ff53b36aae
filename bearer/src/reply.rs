//! From an HTTP reply to JSON or to the error that tells why there is none.

use http::{Response, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    Error,
    refusal::{Refusal, excerpt},
};

/// Reads the JSON of a 2xx reply. JSON of another form than an object reads as `T::default()`, for
/// the caller to miss its fields.
pub(crate) fn read<T: DeserializeOwned + Default>(
    response: &Response<impl AsRef<[u8]>>,
) -> Result<T, Error> {
    let status = response.status();
    let body = response.body().as_ref();
    match (status.is_success(), body.trim_ascii().is_empty()) {
        (true, true) => Err(Error::Empty { status }),
        (true, false) => match serde_json::from_slice(body) {
            Ok(reply) => Ok(reply),
            Err(error) if error.is_data() => Ok(T::default()),
            Err(error) => Err(not_json(response, &error)),
        },
        (false, true) => Err(Error::Refused(Refusal::new(status, &Value::Null))),
        (false, false) => match serde_json::from_slice(body) {
            Ok(body) => Err(Error::Refused(Refusal::new(status, &body))),
            Err(error) => Err(not_json(response, &error)),
        },
    }
}

/// The error for a 2xx reply without a token: some servers put their refusal there.
pub(crate) fn without_token(response: &Response<impl AsRef<[u8]>>) -> Error {
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
