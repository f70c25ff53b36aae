//! A stream whose partitions are shared with other machines.

mod worker;

use std::{collections::BTreeMap, fmt, sync::Arc, time::Instant};

use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    task::spawn_blocking,
    time::timeout,
};
use twitter_types::{
    auth::{Accepts, Credential},
    stream::{
        Options, Streamed,
        share::{Ask, Batching, Lease, Leases, Log, Roster, Share, ShareError, SharedError, Step},
    },
};

use self::worker::{Job, Worker};
use crate::Client;

/// A stream whose partitions are shared with consumers on other machines, and written to a log; made by
/// [`Client::share`].
///
/// Each partition that is held has a task of its own; leases and log are asked in threads for blocking
/// work. A log that is slow or away is waited for, and X's stream with it: who reads too slowly is
/// disconnected, and what is missed then is recovered as the options say, or is a gap.
pub struct Shared<C, E> {
    share: Share,
    leases: Arc<dyn Leases>,
    job: Job<C, E>,
    sender: UnboundedSender<News>,
    news: UnboundedReceiver<News>,
}

/// Ends a consumer from another task; made by [`Shared::stopper`].
#[derive(Clone, Debug)]
pub struct StopShared(UnboundedSender<News>);

/// What the tasks tell the one that decides.
#[derive(Debug)]
enum News {
    Answer(Result<Roster, ShareError>),
    Ended(Lease, Result<(), SharedError>),
    Stop,
}

impl<C, E> Shared<C, E> {
    pub(crate) fn new(
        client: Client<C>,
        share: Share,
        leases: Arc<dyn Leases>,
        log: Arc<dyn Log>,
        operation: Arc<dyn Fn(u8) -> E + Send + Sync>,
    ) -> Self {
        let (sender, news) = mpsc::unbounded_channel();
        let (options, batching) = (Options::new(), Batching::new());
        let job = Job { client, log, operation, options, batching, buffer: 4096 };
        Self { share, leases, job, sender, news }
    }

    /// How each partition's stream behaves; what is missed at a hand-over is recovered by its
    /// [`Recovery`](twitter_types::stream::Recovery).
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.job.options = options;
        self
    }

    /// How much is appended to the log at once.
    #[must_use]
    pub const fn with_batching(mut self, batching: Batching) -> Self {
        self.job.batching = batching;
        self
    }

    /// How many entries of each partition wait for the log at most, before its stream is not read any
    /// further: 4096 unless this is called.
    #[must_use]
    pub const fn with_buffer(mut self, entries: usize) -> Self {
        self.job.buffer = entries;
        self
    }

    /// What ends the consumer from another task.
    pub fn stopper(&self) -> StopShared {
        StopShared(self.sender.clone())
    }
}

impl<C, E> Shared<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    /// Reads its share of the partitions until it is stopped. What has come by then is in the log, and the
    /// partitions are free for the others. Call it within a tokio runtime. If the future is dropped, all
    /// of it ends at once, as if the machine had died: the others wait for the leases to run out.
    ///
    /// # Errors
    ///
    /// If the leases cannot be had at all at the beginning, X refuses a stream for good, or the log
    /// is of another stream; the other partitions are given back first. What fails later, at the leases
    /// or the log, is tried again, and told by `tracing`.
    pub async fn run(mut self) -> Result<(), SharedError> {
        let mut workers = BTreeMap::new();
        loop {
            match self.share.step(Instant::now()) {
                Step::Ask(ask) => self.ask(ask),
                Step::Begin(lease) => {
                    workers.insert(lease, self.job.begin(lease, self.sender.clone()));
                }
                Step::Finish(lease) => {
                    workers.get(&lease).into_iter().for_each(Worker::finish);
                }
                Step::Abandon(lease) => {
                    workers.get(&lease).into_iter().for_each(Worker::abandon);
                }
                Step::Wait(pause) => match timeout(pause, self.news.recv()).await {
                    Ok(Some(News::Stop)) => self.share.stop(),
                    Ok(Some(News::Answer(answer))) => {
                        self.share.answered(Instant::now(), answer);
                    }
                    Ok(Some(News::Ended(lease, outcome))) => {
                        workers.remove(&lease);
                        self.share.ended(Instant::now(), lease, outcome);
                    }
                    Ok(None) | Err(_) => {}
                },
                Step::Done => return self.share.outcome(),
            }
        }
    }

    /// Asks in a thread of its own: who waits for an answer could not stop in time.
    fn ask(&self, ask: Ask) {
        let (leases, news) = (Arc::clone(&self.leases), self.sender.clone());
        // A consumer that is gone has no use for an answer.
        spawn_blocking(move || drop(news.send(News::Answer(leases.ask(&ask)))));
    }
}

impl StopShared {
    /// Ends the consumer: what has come goes to the log, and the partitions to the others at once.
    pub fn stop(&self) {
        // One that has ended already hears nothing.
        let _ = self.0.send(News::Stop);
    }
}

impl<C, E> fmt::Debug for Shared<C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("share", &self.share)
            .field("leases", &self.leases)
            .field("log", &self.job.log)
            .finish_non_exhaustive()
    }
}
