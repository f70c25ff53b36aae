//! Bodies that go to a writer instead of into memory.

use std::{ops::ControlFlow, time::Duration};

use http::Request;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tracing::{Instrument as _, Span};
use twitter_types::endpoint::{Arrival, Download, DownloadError, Downloaded, Flow, Moment, trace};

use super::{Source, Transport};

impl Transport {
    /// The longest body that a download writes, in bytes; 16 GiB unless this is called.
    #[must_use]
    pub fn with_download_limit(self, bytes: u64) -> Self {
        Self { download_limit: bytes, ..self }
    }

    /// Sends a request, and writes the body of the response as it comes, without keeping it. Of a refusal
    /// nothing is written.
    ///
    /// The future can be dropped at any point: what was written until then is a part.
    ///
    /// A body may take longer than [`with_timeout`](Self::with_timeout) says; no piece of it may.
    ///
    /// # Errors
    ///
    /// If there is no response, it is longer than is taken, it breaks off, or it cannot be written.
    pub async fn download(
        &self,
        request: Request<()>,
        mut writer: impl AsyncWrite + Unpin,
    ) -> Result<Downloaded, DownloadError> {
        let span = trace::span(None, &request);
        let request = request.map(|()| Vec::new());
        self.fetch(request, &mut writer, &span).await.into_downloaded()
    }

    /// Goes through a flow to its end, as [`run`](Self::run) does, and writes the body of its success.
    pub(crate) async fn run_download<F: Flow>(
        &self,
        mut flow: F,
        mut writer: impl AsyncWrite + Unpin,
    ) -> Result<(F::Output, u64), DownloadError> {
        let (mut moment, mut outcome) = (Moment::now(), Ok(0));
        loop {
            let request = match self.advance(&mut flow, moment).await {
                ControlFlow::Continue(request) => request,
                ControlFlow::Break(output) => return outcome.map(|written| (output, written)),
            };
            let span = trace::span(flow.operation(), &request);
            let answer;
            (answer, outcome) = self.fetch(request, &mut writer, &span).await.into_answer();
            moment = Moment::now();
            span.in_scope(|| flow.receive(&moment, answer));
        }
    }

    async fn fetch(
        &self,
        request: Request<Vec<u8>>,
        writer: impl AsyncWrite + Unpin,
        span: &Span,
    ) -> Arrival {
        let arrival = self.arrival(request, writer).instrument(span.clone()).await;
        arrival.trace(span);
        arrival
    }

    async fn arrival(
        &self,
        mut request: Request<Vec<u8>>,
        writer: impl AsyncWrite + Unpin,
    ) -> Arrival {
        Download::ask(request.headers_mut());
        let source = match self.open(request.map(reqwest::Body::from), Duration::ZERO).await {
            Ok(source) => source,
            Err(error) => return Arrival::Nothing(error),
        };
        if !source.head.status.is_success() {
            return source.into_refusal().await.map_or_else(Arrival::Nothing, Arrival::Refused);
        }
        match Download::new(&source.head, self.download_limit) {
            Ok(download) => write(source, download, writer).await,
            Err(error) => Arrival::Nothing(error),
        }
    }
}

async fn write(
    mut source: Source,
    mut download: Download,
    mut writer: impl AsyncWrite + Unpin,
) -> Arrival {
    let outcome = loop {
        let piece = match source.read().await {
            Ok(None) => break Ok(()),
            Ok(Some(piece)) => piece,
            Err(error) => break Err(error),
        };
        if let Err(error) = download.push(&piece) {
            break Err(error);
        }
        if let Err(error) = writer.write_all(&piece).await {
            return Arrival::Broken(source.head, DownloadError::Write(error));
        }
    };
    match download.end(source.head, outcome) {
        Arrival::Whole(head, written) => match writer.flush().await {
            Ok(()) => Arrival::Whole(head, written),
            Err(error) => Arrival::Broken(head, DownloadError::Write(error)),
        },
        arrival => arrival,
    }
}
