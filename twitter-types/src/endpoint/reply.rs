//! Reading a response: rate limit, then problem or body.

use http::{HeaderMap, StatusCode};

use crate::endpoint::{ApiError, DecodeError, Endpoint, Error, Payload, RateLimits, Response};

/// A successful reply.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reply<T> {
    /// What the operation answers.
    pub body: T,
    /// The limits that the call counted against.
    pub rate_limits: RateLimits,
    /// The status, 200 or 201.
    pub status: StatusCode,
    /// X's name for this exchange, to quote when you ask X about it.
    pub transaction_id: Option<String>,
}

impl<T> Reply<T> {
    /// The same reply with another body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        Reply {
            body: change(self.body),
            rate_limits: self.rate_limits,
            status: self.status,
            transaction_id: self.transaction_id,
        }
    }
}

/// Reads a response. Nothing else in the workspace does.
///
/// # Errors
///
/// [`Error::Api`] for any status but a 2xx, and [`Error::Decode`] for a body that is not what the
/// operation answers.
pub fn reply<E: Endpoint>(response: Response) -> Result<Reply<E::Response>, Error> {
    read(E::OPERATION, response)
}

/// Reads a response to the operation of that name.
pub(crate) fn read<T: Payload>(
    operation: &'static str,
    response: Response,
) -> Result<Reply<T>, Error> {
    let (head, body) = response.into_parts();
    let rate_limits = RateLimits::from_headers(&head.headers);
    let transaction_id = transaction_id(&head.headers);
    if !head.status.is_success() {
        let error = ApiError::new(operation, head.status, rate_limits, transaction_id, &body);
        return Err(Error::Api(Box::new(error)));
    }
    // X promises no 204, but one says what an object without fields says: it was done.
    let content = if head.status == StatusCode::NO_CONTENT { b"{}" } else { &*body };
    let decoded = T::decode(content).map_err(|source| {
        let error = DecodeError::new(operation, head.status, &head.headers, body, source);
        Error::Decode(Box::new(error))
    })?;
    Ok(Reply { body: decoded, rate_limits, status: head.status, transaction_id })
}

fn transaction_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-transaction-id")?.to_str().ok()?;
    Some(id.chars().take(100).collect())
}
