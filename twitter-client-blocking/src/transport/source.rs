//! A response whose body is read piece by piece.

use std::{io::Read, time::Duration};

use http::{Request, response::Parts};
use twitter_types::endpoint::{Incoming, Response, Route, TransportError, policy::TimeLeft, trace};
use ureq::{AsSendBody, BodyReader};

use super::Transport;
use crate::failure;

/// The head of a response, and what brings its body.
pub(crate) struct Source {
    pub(crate) head: Parts,
    body: BodyReader<'static>,
}

impl Source {
    /// Reads the next piece of the body; 0 bytes at its end.
    pub(crate) fn read(&mut self, piece: &mut [u8]) -> Result<usize, TransportError> {
        self.body.read(piece).map_err(|error| failure::of(error.into()))
    }

    /// The whole response, if it is a refusal.
    pub(crate) fn into_refusal(mut self) -> Result<Response, TransportError> {
        let mut incoming = Incoming::new(self.head.clone(), Incoming::LIMIT)?;
        let mut piece = [0; 16 * 1024];
        let outcome = loop {
            match self.read(&mut piece) {
                Ok(0) => break Ok(()),
                Ok(length) if incoming.push(&piece[..length])? => {}
                Ok(_) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        incoming.finish(outcome)
    }
}

impl Transport {
    /// Sends a request, and waits for the head of the response, in a span of its own.
    pub(crate) fn begin(
        &self,
        operation: Option<&'static str>,
        request: Request<impl AsSendBody>,
        silence: Option<Duration>,
    ) -> Result<Source, TransportError> {
        let span = trace::span(operation, &request);
        span.in_scope(|| self.open(request, silence))
            .inspect(|source| trace::answered(&span, source.head.status))
            .inspect_err(|error| trace::unanswered(&span, error))
    }

    /// Sends a request, and waits for the head of the response. Its body may take as long as it
    /// likes, if no piece of it takes longer than `silence`, or else than an answer may, and it ends
    /// before the call's deadline.
    pub(crate) fn open(
        &self,
        request: Request<impl AsSendBody>,
        silence: Option<Duration>,
    ) -> Result<Source, TransportError> {
        self.tape.pass(&request)?;
        let route = Route::of(request.uri())?;
        let deadline = TimeLeft::of(&request);
        let config = self.agent.config();
        let step = self.timeout.or_else(|| config.timeouts().global);
        let proxy = if route.loopback { None } else { config.proxy().cloned() };
        let connect: Option<Duration> = config.timeouts().connect.or(step);
        let mut request = self
            .agent
            .configure_request(request)
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(proxy)
            .timeout_global(deadline)
            .timeout_connect(connect)
            .timeout_recv_response(step)
            .timeout_per_read(silence.or(step))
            .timeout_per_write(step)
            .build();
        self.name_user_agent(request.headers_mut());
        let response = self.agent.run(request).map_err(failure::of)?;
        let (head, body) = response.into_parts();
        Ok(Source { head, body: body.into_reader() })
    }
}
