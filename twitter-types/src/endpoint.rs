//! From an operation to a request, and from a response to a reply.
//!
//! An operation is a struct, such as [`posts::Create`](crate::posts::Create), and an [`Endpoint`]. Both
//! clients are made of this module, and how much of it a program takes is its choice:
//!
//! | For | take |
//! |---|---|
//! | one request and one response, over any HTTP library | [`request`] and [`reply()`] |
//! | the same with tokens that are renewed, retries, limits and deadlines | [`Call`] with a [`policy`] |
//! | the pages of a list, or what is new in it, again and again | [`Pages`], [`Poll`] |
//! | operations that are chosen at run time | [`Dynamic`], [`Operation`] |
//! | tests without keys and network | [`Recorder`], [`Recording`] |
//! | a transport of your own | [`Flow`], [`Route`], [`Incoming`], [`Download`], [`Tape`], [`trace`] |
//!
//! What fails is an [`Error`], and [`causes`] is the table of what to do next.

mod body;
mod call;
pub mod causes;
mod download;
mod dynamic;
mod error;
mod field_set;
mod flow;
mod macros;
#[cfg(feature = "metrics")]
pub mod metrics;
mod operation;
mod pages;
mod parameter;
mod parameter_info;
mod payload;
pub mod policy;
mod query;
mod rate_limit;
mod recording;
mod reply;
#[cfg(feature = "samples")]
mod sample;
pub mod trace;
mod transport;

pub use body::Body;
pub use call::{Ask, Call};
pub use causes::Cause;
pub use download::{Arrival, Download, DownloadError, Downloaded};
pub use dynamic::{Dynamic, DynamicBody, DynamicError};
pub use error::{ApiError, DecodeError, Error, TransportError, TransportErrorKind};
pub(crate) use field_set::field_set;
pub use flow::{Flow, Moment, Step, Work};
pub(crate) use macros::endpoint;
pub use operation::Operation;
pub use pages::{
    Cursor, CursorError, Items, Paged, Pages, Poll, PollCursor, PollItems, PollStep, Polled, Stop,
};
pub use parameter::{Measured, Parameter};
pub use parameter_info::{ParameterInfo, ParameterKind};
pub(crate) use payload::payload_by_serde;
pub use payload::{Bytes, Lines, Payload, Reread, Shape};
pub(crate) use query::segment;
pub use query::{OutOfRange, Query};
pub use rate_limit::{LimitKind, RateLimit, RateLimits};
pub use recording::{Begun, NotRecorded, Pending, Recorder, Recording, RecordingError, Tape};
pub use reply::{Reply, reply};
#[cfg(feature = "samples")]
pub use sample::SampleOperation;
pub use transport::{Incoming, InvalidUserAgent, Route, UserAgent};

pub use bearer::BaseUrl;
use http::{
    HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE},
};
pub use oauth1_sign::Stamp;

use crate::auth::{Accepted, Accepts, Credential};

/// A request, ready to be sent.
pub type Request = http::Request<Vec<u8>>;

/// A response, read to its end.
pub type Response = http::Response<Vec<u8>>;

/// One operation of the X API: how to ask, and what the answer looks like.
pub trait Endpoint {
    /// What a successful reply holds.
    type Response: Payload;
    /// What the request's body holds.
    type Body: Payload;
    /// The credential kinds that the operation accepts, such as [`AnyUser`](crate::auth::AnyUser).
    type Auth: Accepted;
    /// The HTTP method.
    const METHOD: Method;
    /// The path as X's reference writes it, with `{names}` in it.
    const PATH: &'static str;
    /// The `operationId` in X's OpenAPI document.
    const OPERATION: &'static str;
    /// The scopes that an OAuth 2.0 user token needs, all of them.
    const SCOPES: &'static [&'static str];
    /// What it does, in a sentence, and perhaps more behind an empty line.
    const ABOUT: &'static str = "";

    /// The path, with every value in its place.
    fn path(&self) -> String;

    /// The parameters of the path and of the query.
    fn parameters() -> Vec<ParameterInfo> {
        ParameterInfo::of_path(Self::PATH)
    }

    /// Adds the query's parameters.
    fn query(&self, _query: &mut Query) {}

    /// The body.
    fn body(&self) -> Body {
        Body::empty()
    }
}

/// Builds and authorizes a request. Nothing else in the workspace does.
///
/// ```
/// use twitter_types::{Username, auth::AppToken, endpoint::{self, BaseUrl, Stamp}, users};
///
/// let token = AppToken::new("AAAAAAAA%2Fexample")?;
/// let operation = users::ByUsername::new(Username::new("XDevelopers")?);
/// let request = endpoint::request(&BaseUrl::default(), &operation, &token, &Stamp::now())?;
/// assert_eq!(request.uri(), "https://api.x.com/2/users/by/username/XDevelopers");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If a parameter is out of its range, or the URL comes out too long.
pub fn request<E, C>(
    base: &BaseUrl,
    endpoint: &E,
    credential: &C,
    stamp: &Stamp<'_>,
) -> Result<Request, Error>
where
    E: Endpoint<Auth: Accepts<C::Kind>>,
    C: Credential,
{
    let mut request = endpoint.unauthorized(base)?;
    credential.authorize(&mut request, E::Auth::KINDS, stamp)?;
    Ok(request)
}

/// A request that only lacks its credential.
fn unauthorized(
    base: &BaseUrl,
    method: Method,
    path_and_query: &str,
    body: Body,
) -> Result<Request, Error> {
    let url = base.join(path_and_query).map_err(|_| Error::UrlTooLong)?;
    let mut request = Request::new(body.bytes);
    *request.method_mut() = method;
    *request.uri_mut() = url;
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(content_type) = body.content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    Ok(request)
}
