//! One call, from the credential to the reply, without sending anything.

use std::{fmt, ops::Deref, time::Duration};

use bearer::{Access, AccessToken, ClockSkew, RefreshError};
use http::{StatusCode, header::AUTHORIZATION};

use super::{
    BaseUrl, Dynamic, DynamicBody, Endpoint, Error, Flow, Moment, Query, Reply, Request, Response,
    Stamp, Step, TransportError,
    policy::{Attempts, Next, Policy},
    reply, trace, unauthorized,
};
use crate::{
    auth::{Accepted, Credential, Kind},
    spending::{Meter, Reservation},
    timestamp::Timestamp,
};

/// What can be asked: an [`Endpoint`], or a [`Dynamic`] operation.
pub trait Ask {
    /// What comes back.
    type Body: 'static;

    /// The `operationId` in X's OpenAPI document.
    fn operation(&self) -> &'static str;

    /// The credential kinds that the operation accepts.
    fn accepted(&self) -> &'static [Kind];

    /// A request that only lacks its credential.
    ///
    /// # Errors
    ///
    /// If a parameter is out of its range or missing, or the URL comes out too long.
    fn unauthorized(&self, base: &BaseUrl) -> Result<Request, Error>;

    /// Reads a response.
    ///
    /// # Errors
    ///
    /// X's refusal, or a body that is not what the operation answers.
    fn read(&self, response: Response) -> Result<Reply<Self::Body>, Error>;
}

impl<E: Endpoint> Ask for E {
    type Body = E::Response;

    fn operation(&self) -> &'static str {
        E::OPERATION
    }

    fn accepted(&self) -> &'static [Kind] {
        E::Auth::KINDS
    }

    fn unauthorized(&self, base: &BaseUrl) -> Result<Request, Error> {
        let mut query = Query::new(self.path());
        self.query(&mut query);
        unauthorized(base, E::METHOD, &query.finish()?, Endpoint::body(self))
    }

    fn read(&self, response: Response) -> Result<Reply<E::Response>, Error> {
        reply::<E>(response)
    }
}

impl Ask for Dynamic {
    type Body = DynamicBody;

    fn operation(&self) -> &'static str {
        self.operation().id
    }

    fn accepted(&self) -> &'static [Kind] {
        self.operation().credentials
    }

    fn unauthorized(&self, base: &BaseUrl) -> Result<Request, Error> {
        self.unauthorized(base)
    }

    fn read(&self, response: Response) -> Result<Reply<DynamicBody>, Error> {
        self.reply(response)
    }
}

/// Clocks that are closer than this do no harm.
const TOLERANCE: Duration = Duration::from_secs(60);

/// One call: renews a session's token before it is needed, sends the request, and if X refuses that
/// token with 401, once more with another. A [`Policy`] says what else to send again, and what to
/// wait for. Both clients drive it; so can others.
pub struct Call<'a, A: Ask, C> {
    base: &'a BaseUrl,
    ask: Held<'a, A>,
    credential: &'a C,
    token: Option<AccessToken>,
    was_refused: bool,
    attempts: Attempts<'a>,
    meter: Option<&'a Meter>,
    reserved: Option<Reservation>,
    outcome: Option<Result<Reply<A::Body>, Error>>,
}

/// What a call asks.
enum Held<'a, A> {
    Lent(&'a A),
    Owned(A),
}

impl<A> Deref for Held<'_, A> {
    type Target = A;

    fn deref(&self) -> &A {
        match self {
            Self::Lent(ask) => ask,
            Self::Owned(ask) => ask,
        }
    }
}

impl<'a, A: Ask, C: Credential> Call<'a, A, C> {
    /// Begins a call. That the operation accepts the credential is checked by who calls this: by a
    /// bound, or by the credential itself.
    pub fn new(base: &'a BaseUrl, ask: &'a A, credential: &'a C) -> Self {
        Self::holding(base, Held::Lent(ask), credential)
    }

    /// The same, for a flow that makes calls of its own.
    pub fn owning(base: &'a BaseUrl, ask: A, credential: &'a C) -> Self {
        Self::holding(base, Held::Owned(ask), credential)
    }

    fn holding(base: &'a BaseUrl, ask: Held<'a, A>, credential: &'a C) -> Self {
        static NO_POLICY: Policy = Policy::new();
        let attempts = Attempts::new(&NO_POLICY, ask.operation());
        Self {
            base,
            ask,
            credential,
            token: None,
            was_refused: false,
            attempts,
            meter: None,
            reserved: None,
            outcome: None,
        }
    }

    /// The same call by a policy.
    #[must_use]
    pub fn with_policy(self, policy: &'a Policy) -> Self {
        let attempts = Attempts::new(policy, self.ask.operation());
        Self { attempts, meter: policy.meter(), ..self }
    }

    fn next(&mut self, moment: &Moment<'_>) -> Step<<Self as Flow>::Output> {
        if let Some(outcome) = self.outcome.take() {
            return Step::Done(outcome);
        }
        match self.attempts.begin(moment.time) {
            Next::Send => {}
            Next::Work(work) => return Step::Work(work),
            Next::Wait(pause) => return Step::Wait(pause),
            Next::End(error) => return Step::Done(Err(error)),
        }
        if let Some(session) = self.credential.session(self.ask.accepted())
            && self.token.is_none()
        {
            match session.recall(moment.seconds()) {
                Some(access) => self.take(Ok(access)),
                None => return self.unless_unsendable(Step::Renew(session.clone())),
            }
        }
        match self.attempts.reserve(moment) {
            Next::Send => {}
            Next::Work(work) => return self.unless_unsendable(Step::Work(work)),
            Next::Wait(pause) => return self.unless_unsendable(Step::Wait(pause)),
            Next::End(error) => return Step::Done(Err(error)),
        }
        match self.request(&moment.stamp, moment.time) {
            Ok(mut request) => {
                self.attempts.send(&mut request, moment.time);
                Step::Send(request)
            }
            Err(error) => {
                self.attempts.cancel();
                Step::Done(Err(error))
            }
        }
    }

    fn take(&mut self, outcome: Result<Access, RefreshError>) {
        match outcome {
            Ok(access) => {
                if let Some(warning) = &access.warning {
                    trace::renewed_with(warning);
                }
                self.token = Some(access.token);
            }
            Err(error) => self.outcome = Some(Err(Error::Renewal(error))),
        }
    }

    /// Counts what an ended call costs. X bills what succeeds; of a write without an answer, and of an
    /// answer that cannot be read, nobody knows.
    fn pay(&mut self, now: Timestamp) {
        let Some(outcome) = &self.outcome else { return };
        let Some(reserved) = self.reserved.take() else { return };
        match outcome {
            Ok(reply) => trace::spent(self.ask.operation(), reserved.record(reply, now)),
            Err(Error::OutcomeUnknown { .. } | Error::Decode(_)) => {
                trace::spent(self.ask.operation(), reserved.record_all(now));
            }
            Err(_) => {}
        }
    }

    /// This step, unless the call cannot be sent: then it is worth neither time nor a token.
    fn unless_unsendable(
        &self,
        step: Step<<Self as Flow>::Output>,
    ) -> Step<<Self as Flow>::Output> {
        match self.ask.unauthorized(self.base) {
            Ok(_) => step,
            Err(error) => Step::Done(Err(error)),
        }
    }

    /// The request, within the budget: what it may cost is held back until the call has ended.
    fn request(&mut self, stamp: &Stamp<'_>, now: Timestamp) -> Result<Request, Error> {
        let mut request = self.ask.unauthorized(self.base)?;
        if let Some(meter) = self.meter
            && self.reserved.is_none()
        {
            self.reserved = Some(meter.reserve_request(self.ask.operation(), &request, now)?);
        }
        match &self.token {
            Some(token) => {
                request.headers_mut().insert(AUTHORIZATION, token.authorization());
            }
            None => self.credential.authorize(&mut request, self.ask.accepted(), stamp)?,
        }
        Ok(request)
    }
}

impl<A: Ask, C: Credential> Flow for Call<'_, A, C> {
    type Output = Result<Reply<A::Body>, Error>;

    fn step(&mut self, moment: &Moment<'_>) -> Step<Self::Output> {
        let step = self.next(moment);
        if let Step::Done(outcome) = &step {
            trace::ended(self.ask.operation(), outcome);
        }
        step
    }

    fn renewed(&mut self, outcome: Result<Access, RefreshError>) {
        trace::renewed(&outcome);
        self.take(outcome);
    }

    fn receive(&mut self, moment: &Moment<'_>, outcome: Result<Response, TransportError>) {
        let refused = outcome.as_ref().ok().filter(|it| it.status() == StatusCode::UNAUTHORIZED);
        let skew = refused
            .and_then(|response| ClockSkew::find(response.headers(), moment.seconds(), TOLERANCE));
        trace::received(self.ask.operation(), &outcome);
        let heard = self.attempts.hear(&outcome, moment);
        let mut outcome = match outcome {
            Ok(response) if response.status() == StatusCode::UNAUTHORIZED && !self.was_refused => {
                let session = self.credential.session(self.ask.accepted());
                if let (Some(session), Some(token)) = (session, self.token.take()) {
                    // X did not carry it out, so asking again repeats nothing.
                    session.refused(&token);
                    self.was_refused = true;
                    self.attempts.settle(&heard, None, moment.time);
                    return;
                }
                self.ask.read(response)
            }
            Ok(response) => self.ask.read(response),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = &mut outcome {
            trace::unreadable(error);
            if let Error::Api(error) = error {
                error.credential = self.credential.kind(self.ask.accepted());
                error.clock_skew = skew;
            }
        }
        self.attempts.settle(&heard, outcome.as_ref().err(), moment.time);
        self.outcome = match outcome {
            Ok(reply) => Some(Ok(reply)),
            Err(error) => self.attempts.fail(error, &heard, moment).map(Err),
        };
        self.pay(moment.time);
    }

    fn operation(&self) -> Option<&'static str> {
        Some(self.ask.operation())
    }
}

impl<A: Ask, C> fmt::Debug for Call<'_, A, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.ask.operation())
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}
