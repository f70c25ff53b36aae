//! Bodies that go to a writer instead of into memory.

use std::{io::Write, ops::ControlFlow};

use http::Request;
use tracing::Span;
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
    /// A body may take longer than [`with_timeout`](Self::with_timeout) says; no piece of it may.
    ///
    /// # Errors
    ///
    /// If there is no response, it is longer than is taken, it breaks off, or it cannot be written.
    pub fn download(
        &self,
        request: Request<()>,
        mut writer: impl Write,
    ) -> Result<Downloaded, DownloadError> {
        let span = trace::span(None, &request);
        let request = request.map(|()| Vec::new());
        self.fetch(request, &mut writer, &span).into_downloaded()
    }

    /// Goes through a flow to its end, as [`run`](Self::run) does, and writes the body of its success.
    pub(crate) fn run_download<F: Flow>(
        &self,
        mut flow: F,
        mut writer: impl Write,
    ) -> Result<(F::Output, u64), DownloadError> {
        let (mut moment, mut outcome) = (Moment::now(), Ok(0));
        loop {
            let request = match self.advance(&mut flow, moment) {
                ControlFlow::Continue(request) => request,
                ControlFlow::Break(output) => return outcome.map(|written| (output, written)),
            };
            let span = trace::span(flow.operation(), &request);
            let answer;
            (answer, outcome) = self.fetch(request, &mut writer, &span).into_answer();
            moment = Moment::now();
            span.in_scope(|| flow.receive(&moment, answer));
        }
    }

    fn fetch(&self, request: Request<Vec<u8>>, writer: impl Write, span: &Span) -> Arrival {
        let arrival = span.in_scope(|| self.arrival(request, writer));
        arrival.trace(span);
        arrival
    }

    fn arrival(&self, mut request: Request<Vec<u8>>, writer: impl Write) -> Arrival {
        Download::ask(request.headers_mut());
        let source = match self.open(request.map(drop), None) {
            Ok(source) => source,
            Err(error) => return Arrival::Nothing(error),
        };
        if !source.head.status.is_success() {
            return source.into_refusal().map_or_else(Arrival::Nothing, Arrival::Refused);
        }
        match Download::new(&source.head, self.download_limit) {
            Ok(download) => write(source, download, writer),
            Err(error) => Arrival::Nothing(error),
        }
    }
}

fn write(mut source: Source, mut download: Download, mut writer: impl Write) -> Arrival {
    let mut piece = [0; 64 * 1024];
    let outcome = loop {
        let length = match source.read(&mut piece) {
            Ok(0) => break Ok(()),
            Ok(length) => length,
            Err(error) => break Err(error),
        };
        if let Err(error) = download.push(&piece[..length]) {
            break Err(error);
        }
        if let Err(error) = writer.write_all(&piece[..length]) {
            return Arrival::Broken(source.head, DownloadError::Write(error));
        }
    };
    match download.end(source.head, outcome) {
        Arrival::Whole(head, written) => match writer.flush() {
            Ok(()) => Arrival::Whole(head, written),
            Err(error) => Arrival::Broken(head, DownloadError::Write(error)),
        },
        arrival => arrival,
    }
}
