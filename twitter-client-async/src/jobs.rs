//! Compliance jobs: from ids to what must not be kept any longer.

use std::{
    fmt,
    io::{self, SeekFrom},
    time::Duration,
};

use futures_util::{Stream, future, stream};
use http::{Request, StatusCode};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncSeek, AsyncSeekExt as _},
    sync::mpsc::Sender,
};
use tracing::Instrument as _;
use twitter_types::{
    auth::{Accepts, AppOnly, Credential},
    endpoint::{Moment, TransportError, trace},
    id::ComplianceJobId,
    jobs::{Collection, IdsCheck, JobError, Results, Step, Submission},
    models::{ComplianceJobKind, ComplianceResult},
};

use crate::{
    Client, Transport,
    transport::{Source, pieces},
};

impl<C> Client<C>
where
    C: Credential,
    AppOnly: Accepts<C::Kind>,
{
    /// Makes a job that finds which posts or users must not be kept any longer, and hands it their ids: a
    /// file with one a line, of any length, that is checked before anything is sent. The job's id is what to
    /// keep: [`compliance_results`](Self::compliance_results) goes on with it.
    ///
    /// X's storage, which takes the ids and gives the results, never sees the credential.
    ///
    /// Drop the future, and there may be a job without ids, which X lists and forgets in time.
    ///
    /// ```
    /// use std::{io::Cursor, time::Duration};
    /// use twitter_client_async::Client;
    /// use twitter_types::{PostId, auth::AppToken, jobs::id_lines, models::ComplianceJobKind};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
    /// let ids = Cursor::new(id_lines([20, 21].map(PostId::new))); // or a `File`
    /// let job = client.submit_compliance_job(ComplianceJobKind::Tweets, ids).await?;
    ///
    /// // Later, perhaps in another process:
    /// let mut results = client.compliance_results(job, Duration::from_secs(3600)).await?;
    /// while let Some(result) = results.next().await {
    ///     let result = result?;
    ///     println!("{:?}: {:?}, {:?}", result.post_id(), result.action, result.reason);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the ids cannot be read or are none, X refuses the job, or its storage does not take them.
    pub async fn submit_compliance_job<R: AsyncRead + AsyncSeek + Unpin>(
        &self,
        kind: ComplianceJobKind,
        mut ids: R,
    ) -> Result<ComplianceJobId, JobError> {
        let length = check(&mut ids).await?;
        let mut submission = Submission::new(kind);
        loop {
            let step = submission.step(&Moment::now());
            match step {
                Step::Call(request) => submission.receive(self.exchange(&request).await),
                Step::Store(request) => {
                    let request = self.storage_request(&request, length)?;
                    let outcome = put(self.transport(), request, length, &mut ids).await?;
                    submission.stored(&Moment::now(), outcome);
                }
                Step::Wait(pause) => tokio::time::sleep(pause).await,
                Step::Done(outcome) => return outcome?.id.ok_or(JobError::NoJob),
            }
        }
    }

    /// Waits until a job is complete, and gives what it has found, line by line as it comes: nothing for
    /// what may be kept. `deadline` is how long to wait; the job goes on after it.
    ///
    /// The future can be dropped at any point: the job goes on.
    ///
    /// # Errors
    ///
    /// If the job has failed, is not complete in time, or its storage gives no results any more.
    pub async fn compliance_results(
        &self,
        job: impl Into<ComplianceJobId>,
        deadline: Duration,
    ) -> Result<ComplianceResults, JobError> {
        let mut collection = Collection::new(job.into(), deadline);
        let mut source = None;
        loop {
            let step = collection.step(&Moment::now());
            match step {
                Step::Call(request) => {
                    let reply = self.exchange(&request).await;
                    collection.receive(&Moment::now(), reply);
                }
                Step::Store(request) => {
                    let request = self.storage_request(&request, 0)?;
                    let request = request.map(|()| reqwest::Body::default());
                    let opened = open(self.transport(), request, Duration::ZERO).await;
                    let status = opened.map(|opened| {
                        let status = opened.head.status;
                        source = Some(opened);
                        status
                    });
                    collection.stored(&Moment::now(), status);
                }
                Step::Wait(pause) => tokio::time::sleep(pause).await,
                Step::Done(outcome) => {
                    outcome?;
                    return ComplianceResults::new(source.ok_or(JobError::Ended)?);
                }
            }
        }
    }
}

/// What a compliance job has found; made by [`Client::compliance_results`].
///
/// A line that cannot be read is an error with its text, and the lines behind it come all the same; any
/// other error is the last element.
pub struct ComplianceResults {
    source: Source,
    state: Results,
}

impl ComplianceResults {
    fn new(source: Source) -> Result<Self, JobError> {
        let state = Results::new(&source.head)?;
        Ok(Self { source, state })
    }

    /// The next result, or `None` after the last.
    ///
    /// The future can be dropped at any point: nothing is lost.
    pub async fn next(&mut self) -> Option<Result<ComplianceResult, JobError>> {
        loop {
            if let Some(result) = self.state.next() {
                return Some(result);
            }
            if self.state.has_ended() {
                return None;
            }
            match self.source.read().await {
                Ok(piece) => self.state.receive(Ok(piece.as_deref())),
                Err(error) => self.state.receive(Err(error)),
            }
        }
    }

    /// The results as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<ComplianceResult, JobError>> + Send + Unpin {
        let next = async |mut results: Self| Some((results.next().await?, results));
        Box::pin(stream::unfold(self, next))
    }
}

impl fmt::Debug for ComplianceResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComplianceResults")
            .field("has_ended", &self.state.has_ended())
            .finish_non_exhaustive()
    }
}

/// The length of a file of ids.
async fn check<R: AsyncRead + AsyncSeek + Unpin>(ids: &mut R) -> Result<u64, JobError> {
    ids.seek(SeekFrom::Start(0)).await?;
    let mut check = IdsCheck::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match ids.read(&mut piece).await? {
            0 => return check.finish(),
            length => check.push(&piece[..length])?,
        }
    }
}

/// Sends the ids; that they cannot be read is an error of its own.
async fn put<R: AsyncRead + AsyncSeek + Unpin>(
    transport: &Transport,
    request: Request<()>,
    length: u64,
    ids: &mut R,
) -> Result<Result<StatusCode, TransportError>, JobError> {
    /// Slower than this, an upload is given up.
    const BYTES_PER_SECOND: u64 = 32 * 1024;
    ids.seek(SeekFrom::Start(0)).await?;
    let (sender, body) = pieces(length);
    let more = Duration::from_secs(length / BYTES_PER_SECOND);
    let request = request.map(|()| body);
    let (opened, fed) =
        future::join(open(transport, request, more), feed(ids, length, sender)).await;
    fed?;
    Ok(opened.map(|source| source.head.status))
}

/// Puts so many bytes of a file into a body, until nobody takes them any more.
async fn feed<R: AsyncRead + Unpin>(
    ids: &mut R,
    length: u64,
    sender: Sender<Vec<u8>>,
) -> io::Result<()> {
    let mut ids = ids.take(length);
    let mut left = length;
    while left > 0 {
        let mut piece = Vec::with_capacity(64 * 1024);
        let read = ids.read_buf(&mut piece).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left -= read as u64;
        if sender.send(piece).await.is_err() {
            break;
        }
    }
    Ok(())
}

async fn open(
    transport: &Transport,
    request: Request<reqwest::Body>,
    more: Duration,
) -> Result<Source, TransportError> {
    let span = trace::span(None, &request);
    let opened = transport.open(request, more).instrument(span.clone()).await;
    opened
        .inspect(|source| trace::answered(&span, source.head.status))
        .inspect_err(|error| trace::unanswered(&span, error))
}
