//! Exchanges of one request or several, as state machines: neither a socket nor a clock.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bearer::{Access, RefreshError, Session};

use super::{Request, Response, Stamp, TransportError};
use crate::timestamp::Timestamp;

/// An exchange of one request or several: a call, an upload, a walk through pages.
///
/// Both clients drive any flow, by `Transport::run`, and so can others: ask for a [`step`](Self::step),
/// do what it says, hand back what came of it, and ask again.
///
/// ```
/// use std::thread;
/// use twitter_types::auth::AppToken;
/// use twitter_types::endpoint::policy::{Policy, Retries};
/// use twitter_types::endpoint::{BaseUrl, Call, Flow, Moment, Step};
/// use twitter_types::users;
/// # use twitter_types::endpoint::{Request, Response, TransportError};
/// # fn send(_: Request) -> Result<Response, TransportError> {
/// #     Ok(Response::new(br#"{"data":{"id":"7","name":"a","username":"a"}}"#.to_vec()))
/// # }
///
/// let (base, ask, token) = (BaseUrl::default(), users::ById::new(7), AppToken::new("AAAA%2Fexample")?);
/// let policy = Policy::new().with_retries(Retries::default());
/// let mut call = Call::new(&base, &ask, &token).with_policy(&policy);
/// let reply = loop {
///     match call.step(&Moment::now()) {
///         Step::Send(request) => {
///             let outcome = send(request); // over any HTTP library
///             call.receive(&Moment::now(), outcome);
///         }
///         Step::Wait(pause) => thread::sleep(pause),
///         Step::Work(work) => work.run(),
///         Step::Renew(_) => unreachable!("only a session's token is renewed"),
///         Step::Done(outcome) => break outcome?,
///     }
/// };
/// assert_eq!(reply.body.data.unwrap().id, 7.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Flow {
    /// What the exchange comes to.
    type Output;

    /// What to do next. After [`Step::Done`] there is no further step.
    fn step(&mut self, moment: &Moment<'_>) -> Step<Self::Output>;

    /// Takes what became of the request of [`Step::Send`].
    fn receive(&mut self, moment: &Moment<'_>, outcome: Result<Response, TransportError>);

    /// Takes what the session of [`Step::Renew`] gave.
    fn renewed(&mut self, outcome: Result<Access, RefreshError>);

    /// The `operationId` of the request of [`Step::Send`], for logs.
    fn operation(&self) -> Option<&'static str> {
        None
    }
}

/// What a flow needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a flow must know every step")]
#[expect(clippy::large_enum_variant, reason = "a step is made once per request, and taken apart")]
pub enum Step<T> {
    /// Obtain an access token from the session, and hand it to [`Flow::renewed`].
    Renew(Session),
    /// Send the request, and hand what comes of it to [`Flow::receive`].
    Send(Request),
    /// Do this work, where it may block, and then ask for a step again.
    Work(Work),
    /// Wait this long, and then ask for a step again.
    Wait(Duration),
    /// This is the outcome.
    Done(T),
}

impl<T> Step<T> {
    /// The outcome, or the step on the way to it, for a flow that is part of another.
    ///
    /// # Errors
    ///
    /// Any step but [`Step::Done`].
    #[expect(clippy::result_large_err, reason = "a step is made once per request, and taken apart")]
    pub fn done<U>(self) -> Result<T, Step<U>> {
        match self {
            Self::Renew(session) => Err(Step::Renew(session)),
            Self::Send(request) => Err(Step::Send(request)),
            Self::Work(work) => Err(Step::Work(work)),
            Self::Wait(pause) => Err(Step::Wait(pause)),
            Self::Done(output) => Ok(output),
        }
    }
}

/// Work that blocks for a while, such as asking a server for a share of a limit. What comes of it, the
/// flow that asked for it knows; one that is never done does no harm.
pub struct Work(Box<dyn FnOnce() + Send>);

impl Work {
    /// What to do, by a flow of yours.
    pub fn new(work: impl FnOnce() + Send + 'static) -> Self {
        Self(Box::new(work))
    }

    /// Does it. An async program calls this where blocking is allowed.
    pub fn run(self) {
        (self.0)();
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

/// The time, and a stamp to sign one request with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Moment<'a> {
    /// The time, in milliseconds.
    pub time: Timestamp,
    /// The seconds and the nonce of one signature. Its random bits also spread what waits.
    pub stamp: Stamp<'a>,
}

impl<'a> Moment<'a> {
    /// A moment of a clock of yours.
    pub const fn new(time: Timestamp, stamp: Stamp<'a>) -> Self {
        Self { time, stamp }
    }

    /// The system's clock, and random bits from the operating system.
    ///
    /// # Panics
    ///
    /// If the operating system has no random numbers to give.
    pub fn now() -> Moment<'static> {
        Moment { time: clock(), stamp: Stamp::now() }
    }

    /// The time in whole seconds since 1970.
    pub fn seconds(&self) -> u64 {
        u64::try_from(self.time.as_millis() / 1000).unwrap_or_default()
    }
}

/// The system's clock.
#[expect(clippy::disallowed_methods, reason = "the edge: `Moment::new` takes any time")]
pub(crate) fn clock() -> Timestamp {
    let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let millis = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(millis).unwrap_or(Timestamp::MAX)
}
