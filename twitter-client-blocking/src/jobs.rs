//! Compliance jobs: from ids to what must not be kept any longer.

use std::{
    fmt,
    io::{self, Read, Seek},
    iter::FusedIterator,
    thread,
    time::Duration,
};

use http::{Request, StatusCode};
use twitter_types::{
    auth::{Accepts, AppOnly, Credential},
    endpoint::{Moment, TransportError},
    id::ComplianceJobId,
    jobs::{Collection, IdsCheck, JobError, Results, Step, Submission},
    models::{ComplianceJobKind, ComplianceResult},
};
use ureq::SendBody;

use crate::{Client, Transport, transport::Source};

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
    /// ```
    /// use std::{io::Cursor, time::Duration};
    /// use twitter_client_blocking::Client;
    /// use twitter_types::{PostId, auth::AppToken, jobs::id_lines, models::ComplianceJobKind};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
    /// let ids = Cursor::new(id_lines([20, 21].map(PostId::new))); // or a `File`
    /// let job = client.submit_compliance_job(ComplianceJobKind::Tweets, ids)?;
    ///
    /// // Later, perhaps in another process:
    /// for result in client.compliance_results(job, Duration::from_secs(3600))? {
    ///     let result = result?;
    ///     println!("{:?}: {:?}, {:?}", result.post_id(), result.action, result.reason);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the ids cannot be read or are none, X refuses the job, or its storage does not take them.
    pub fn submit_compliance_job<R: Read + Seek>(
        &self,
        kind: ComplianceJobKind,
        mut ids: R,
    ) -> Result<ComplianceJobId, JobError> {
        let length = check(&mut ids)?;
        let mut submission = Submission::new(kind);
        loop {
            let step = submission.step(&Moment::now());
            match step {
                Step::Call(request) => submission.receive(self.exchange(&request)),
                Step::Store(request) => {
                    let request = self.storage_request(&request, length)?;
                    let outcome = put(self.transport(), request, length, &mut ids)?;
                    submission.stored(&Moment::now(), outcome);
                }
                Step::Wait(pause) => thread::sleep(pause),
                Step::Done(outcome) => return outcome?.id.ok_or(JobError::NoJob),
            }
        }
    }

    /// Waits until a job is complete, and gives what it has found, line by line as it comes: nothing for
    /// what may be kept. `deadline` is how long to wait; the job goes on after it.
    ///
    /// # Errors
    ///
    /// If the job has failed, is not complete in time, or its storage gives no results any more.
    pub fn compliance_results(
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
                    let reply = self.exchange(&request);
                    collection.receive(&Moment::now(), reply);
                }
                Step::Store(request) => {
                    let request = self.storage_request(&request, 0)?;
                    let opened = self.transport().begin(None, request, None);
                    let status = opened.map(|opened| {
                        let status = opened.head.status;
                        source = Some(opened);
                        status
                    });
                    collection.stored(&Moment::now(), status);
                }
                Step::Wait(pause) => thread::sleep(pause),
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
    piece: Box<[u8]>,
}

impl ComplianceResults {
    fn new(source: Source) -> Result<Self, JobError> {
        let state = Results::new(&source.head)?;
        let piece = vec![0; 64 * 1024].into_boxed_slice();
        Ok(Self { source, state, piece })
    }
}

impl Iterator for ComplianceResults {
    type Item = Result<ComplianceResult, JobError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(result) = self.state.next() {
                return Some(result);
            }
            if self.state.has_ended() {
                return None;
            }
            let length = self.source.read(&mut self.piece);
            let piece = length.map(|length| Some(&self.piece[..length]).filter(|_| length > 0));
            self.state.receive(piece);
        }
    }
}

impl FusedIterator for ComplianceResults {}

impl fmt::Debug for ComplianceResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComplianceResults")
            .field("has_ended", &self.state.has_ended())
            .finish_non_exhaustive()
    }
}

/// The length of a file of ids.
fn check(ids: &mut (impl Read + Seek)) -> Result<u64, JobError> {
    ids.rewind()?;
    let mut check = IdsCheck::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match ids.read(&mut piece)? {
            0 => return check.finish(),
            length => check.push(&piece[..length])?,
        }
    }
}

/// Sends the ids; that they cannot be read is an error of its own.
fn put(
    transport: &Transport,
    request: Request<()>,
    length: u64,
    ids: &mut (impl Read + Seek),
) -> Result<Result<StatusCode, TransportError>, JobError> {
    ids.rewind()?;
    let mut exact = Exact { ids, left: length, error: None };
    let body = SendBody::from_reader(&mut exact);
    let source = transport.begin(None, request.map(|()| body), None);
    if let Some(error) = exact.error {
        return Err(error.into());
    }
    Ok(source.map(|source| source.head.status))
}

/// So many bytes of a file, and why there are no more.
struct Exact<'a, R> {
    ids: &'a mut R,
    left: u64,
    error: Option<io::Error>,
}

impl<R: Read> Read for Exact<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(piece.len());
        if room == 0 {
            return Ok(0);
        }
        let error = match self.ids.read(&mut piece[..room]) {
            Ok(0) => io::ErrorKind::UnexpectedEof.into(),
            Ok(length) => {
                self.left -= length as u64;
                return Ok(length);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => error,
        };
        let kind = error.kind();
        self.error = Some(error);
        Err(kind.into())
    }
}
