//! Bodies that go to a writer instead of into memory.

use std::{io::Write, thread};

use http::{Request, response::Parts};
use tracing::Span;
use twitter_types::endpoint::{
    Download, DownloadError, Downloaded, Flow, Moment, Response, Step, TransportError, trace,
};

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
        let arrival = self.fetch(request.map(|()| Vec::new()), &mut writer, &span);
        match arrival {
            Arrival::Whole(head, written) => Ok(Downloaded::new(head, written)),
            Arrival::Refused(response) => Ok(Downloaded::refused(response)),
            Arrival::Broken(_, error) => Err(error),
            Arrival::Nothing(error) => Err(DownloadError::Call(error.into())),
        }
    }

    /// Goes through a flow to its end, as [`run`](Self::run) does, and writes the body of its success.
    pub(crate) fn run_download<F: Flow>(
        &self,
        mut flow: F,
        mut writer: impl Write,
    ) -> Result<(F::Output, u64), DownloadError> {
        let mut outcome = Ok(0);
        loop {
            match flow.step(&Moment::now()) {
                Step::Renew(session) => flow.renewed(self.renew(&session)),
                Step::Work(work) => work.run(),
                Step::Wait(pause) => thread::sleep(pause),
                Step::Send(request) => {
                    let span = trace::span(flow.operation(), &request);
                    let answer = match self.fetch(request, &mut writer, &span) {
                        Arrival::Whole(head, written) => {
                            outcome = Ok(written);
                            Ok(Response::from_parts(head, Vec::new()))
                        }
                        // What was begun to be written is not asked for again.
                        Arrival::Broken(head, error) => {
                            outcome = Err(error);
                            Ok(Response::from_parts(head, Vec::new()))
                        }
                        Arrival::Refused(response) => Ok(response),
                        Arrival::Nothing(error) => Err(error),
                    };
                    span.in_scope(|| flow.receive(&Moment::now(), answer));
                }
                Step::Done(output) => return outcome.map(|written| (output, written)),
            }
        }
    }

    fn fetch(&self, request: Request<Vec<u8>>, writer: impl Write, span: &Span) -> Arrival {
        let arrival = span.in_scope(|| self.arrival(request, writer));
        match &arrival {
            Arrival::Whole(head, _) | Arrival::Broken(head, _) => {
                trace::answered(span, head.status);
            }
            Arrival::Refused(response) => trace::answered(span, response.status()),
            Arrival::Nothing(error) => trace::unanswered(span, error),
        }
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

/// What came of a request for a download.
enum Arrival {
    Whole(Parts, u64),
    Refused(Response),
    Broken(Parts, DownloadError),
    /// Nothing was written.
    Nothing(TransportError),
}

fn write(mut source: Source, mut download: Download, mut writer: impl Write) -> Arrival {
    let mut piece = [0; 64 * 1024];
    let broken = loop {
        let length = match source.read(&mut piece) {
            Ok(0) => break download.finish().err(),
            Ok(length) => length,
            Err(error) => break Some(error),
        };
        if let Err(error) = download.push(&piece[..length]) {
            break Some(error);
        }
        if let Err(error) = writer.write_all(&piece[..length]) {
            return Arrival::Broken(source.head, DownloadError::Write(error));
        }
    };
    match (broken, download.came()) {
        (Some(error), 0) => Arrival::Nothing(error),
        (Some(source_error), written) => {
            let error = DownloadError::Broken { written, source: source_error };
            Arrival::Broken(source.head, error)
        }
        (None, written) => match writer.flush() {
            Ok(()) => Arrival::Whole(source.head, written),
            Err(error) => Arrival::Broken(source.head, DownloadError::Write(error)),
        },
    }
}
