//! One stream, by either client.

use tokio::runtime::{Builder, Runtime};
use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_types::{
    Error,
    auth::AppToken,
    envelope::Matched,
    models::Post,
    stream::{Cursor, Event, Options},
    streams::Filtered,
};

/// Which client it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Blocking,
    Async,
}

/// The filtered stream.
pub(crate) enum Reader {
    Blocking(Box<blocking::Stream<AppToken, Filtered>>),
    Async(Runtime, Box<asynchronous::Stream<AppToken, Filtered>>),
}

impl Reader {
    pub(crate) fn new(
        kind: Kind,
        base_url: &str,
        token: &str,
        options: Options,
        cursor: Option<&Cursor>,
    ) -> Self {
        let (token, base) = (AppToken::new(token).unwrap(), base_url.parse().unwrap());
        match kind {
            Kind::Blocking => {
                let client = blocking::Client::new(token).with_base_url(base);
                let stream = client.stream(Filtered::new()).with_options(options);
                let stream = match cursor {
                    Some(cursor) => stream.since(cursor).unwrap(),
                    None => stream,
                };
                Self::Blocking(Box::new(stream))
            }
            Kind::Async => {
                let client = asynchronous::Client::new(token).with_base_url(base);
                let stream = client.stream(Filtered::new()).with_options(options);
                let stream = match cursor {
                    Some(cursor) => stream.since(cursor).unwrap(),
                    None => stream,
                };
                let runtime = Builder::new_current_thread().enable_all().build().unwrap();
                Self::Async(runtime, Box::new(stream))
            }
        }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Event<Matched<Post>>, Error>> {
        match self {
            Self::Blocking(stream) => stream.next(),
            Self::Async(runtime, stream) => runtime.block_on(stream.next()),
        }
    }

    pub(crate) fn cursor(&self) -> Option<Cursor> {
        match self {
            Self::Blocking(stream) => stream.cursor(),
            Self::Async(_, stream) => stream.cursor(),
        }
    }

    pub(crate) fn stop(&mut self) {
        match self {
            Self::Blocking(stream) => stream.stop(),
            Self::Async(_, stream) => stream.stop(),
        }
    }
}
