//! A response whose body is read piece by piece.

use std::time::Duration;

use http::{Request, response::Parts};
use tokio::time::{Instant, timeout};
use twitter_types::endpoint::{
    Incoming, Response, TransportError, TransportErrorKind, policy::TimeLeft,
};

use super::{Opened, Transport};
use crate::failure;

/// The head of a response, and what brings its body.
pub(crate) struct Source {
    pub(crate) head: Parts,
    response: reqwest::Response,
    patience: Patience,
}

impl Source {
    /// The next piece of the body; `None` at its end.
    pub(crate) async fn read(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        let piece = self.patience.with(self.response.chunk()).await?;
        Ok(piece.map_err(failure::of)?.map(Vec::from))
    }

    /// The whole response, if it is a refusal.
    pub(crate) async fn into_refusal(mut self) -> Result<Response, TransportError> {
        let mut incoming = Incoming::new(self.head.clone(), Incoming::LIMIT)?;
        let outcome = loop {
            match self.read().await {
                Ok(None) => break Ok(()),
                Ok(Some(piece)) if incoming.push(&piece)? => {}
                Ok(Some(_)) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        incoming.finish(outcome)
    }
}

impl Transport {
    /// Sends a request, and waits for the head of the response. Its body may take as long as it
    /// likes, if no piece of it takes longer than an answer may, and it ends before the call's deadline.
    /// A request whose own body is long has that much more time.
    pub(crate) async fn open(
        &self,
        request: Request<reqwest::Body>,
        more: Duration,
    ) -> Result<Source, TransportError> {
        self.tape.pass(&request)?;
        let end = TimeLeft::of(&request).and_then(|left| Instant::now().checked_add(left));
        let step = self.timeout.map(|step| step.saturating_add(more));
        let mut patience = Patience { step, end };
        let Opened { head, body } = patience.with(self.answer(request, None)).await??;
        patience.step = self.timeout;
        Ok(Source { head, response: body, patience })
    }
}

/// How long to wait for each step, and until when for all.
struct Patience {
    step: Option<Duration>,
    end: Option<Instant>,
}

impl Patience {
    async fn with<F: Future>(&self, future: F) -> Result<F::Output, TransportError> {
        let left = self.end.map(|end| end.saturating_duration_since(Instant::now()));
        match self.step.into_iter().chain(left).min() {
            Some(time) => {
                timeout(time, future).await.map_err(|_| TransportErrorKind::Timeout.into())
            }
            None => Ok(future.await),
        }
    }
}
