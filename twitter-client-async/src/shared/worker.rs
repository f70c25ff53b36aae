//! One partition: its stream, and its way to the log.

use std::{
    mem,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::{Either, join, select};
use tokio::{
    spawn,
    sync::{
        mpsc::{Receiver, Sender, UnboundedSender, channel},
        watch,
    },
    task::{AbortHandle, spawn_blocking},
    time::{sleep, timeout},
};
use twitter_types::{
    Error,
    auth::{Accepts, Credential},
    stream::{
        Cursor, Options, Streamed,
        share::{
            Batching, Entry, Lease, Log, ShareError, SharedError, Tries, Writer, WriterStep, trace,
        },
    },
};

use super::News;
use crate::{Client, Stream};

/// How often a pause looks whether the partition was lost.
const LOOK: Duration = Duration::from_millis(100);

/// What is done for each partition.
pub(super) struct Job<C, E> {
    pub(super) client: Client<C>,
    pub(super) log: Arc<dyn Log>,
    pub(super) operation: Arc<dyn Fn(u8) -> E + Send + Sync>,
    pub(super) options: Options,
    pub(super) batching: Batching,
    pub(super) buffer: usize,
}

/// The task of a partition, which ends with this.
pub(super) struct Worker {
    orders: watch::Sender<Order>,
    task: AbortHandle,
}

/// What the task of a partition is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Read,
    /// The stream is to end.
    Finish,
    /// Nothing is to be written any more.
    Abandon,
}

/// An entry, if it was one, and where the stream stands behind it; or the end of the stream.
type Read = Result<(Option<Entry>, Option<Cursor>), Error>;

impl<C, E> Job<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    /// Reads and writes a partition until it is told to end, and then tells that it has.
    pub(super) fn begin(&self, lease: Lease, news: UnboundedSender<News>) -> Worker {
        let (sender, orders) = watch::channel(Order::Read);
        let (job, mut ended) = (self.clone(), Ended { lease, news, outcome: Ok(()) });
        let task = spawn(async move {
            // All of it moves here, to be dropped at this task's end.
            let ended = &mut ended;
            ended.outcome = job.run(lease, orders).await;
        });
        Worker { orders: sender, task: task.abort_handle() }
    }

    async fn run(&self, lease: Lease, orders: watch::Receiver<Order>) -> Result<(), SharedError> {
        let log = Arc::clone(&self.log);
        let opened = insist(&orders, log, move |log| log.open(lease)).await;
        let Some((_, cursor)) = opened else { return Ok(()) };
        let operation = (self.operation)(lease.partition);
        let mut stream = self.client.stream(operation).with_options(self.options.clone());
        if let Some(cursor) = cursor {
            stream = stream.since(&cursor).map_err(SharedError::OtherStream)?;
        }
        let (sender, receiver) = channel(self.buffer.max(1));
        let reading = read(stream, lease.partition, orders.clone(), sender);
        let (outcome, ()) = join(self.write(lease, receiver, &orders), reading).await;
        outcome.map_err(|source| SharedError::Stream { partition: lease.partition, source })
    }

    /// Writes what is read until there is no more, or it was lost.
    async fn write(
        &self,
        lease: Lease,
        mut read: Receiver<Read>,
        orders: &watch::Receiver<Order>,
    ) -> Result<(), Error> {
        let mut writer = Writer::new(lease, self.batching);
        while *orders.borrow() != Order::Abandon {
            match writer.step(Instant::now()) {
                WriterStep::Append => {
                    let both = (Arc::clone(&self.log), writer);
                    let append = |(log, writer): &(Arc<dyn Log>, Writer)| {
                        writer.batch().map_or(Ok(()), |batch| log.append(batch))
                    };
                    let Some(((_, appended), ())) = insist(orders, both, append).await else {
                        return Ok(());
                    };
                    writer = appended;
                    writer.appended();
                }
                WriterStep::Take(time) => match timeout(time, read.recv()).await {
                    Ok(Some(Ok((entry, cursor)))) => writer.push(Instant::now(), entry, cursor),
                    Ok(Some(Err(error))) => writer.end(Err(error)),
                    Ok(None) => writer.end(Ok(())),
                    Err(_) => {}
                },
                WriterStep::Done(outcome) => return outcome,
            }
        }
        Ok(())
    }
}

async fn read<C, E>(
    mut stream: Stream<C, E>,
    partition: u8,
    mut orders: watch::Receiver<Order>,
    sender: Sender<Read>,
) where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    let mut is_stopping = false;
    loop {
        let next = if is_stopping {
            Some(stream.next().await)
        } else {
            let told = pin!(orders.wait_for(|order| *order != Order::Read));
            match select(pin!(stream.next()), told).await {
                Either::Left((event, _)) => Some(event),
                Either::Right(_) => None,
            }
        };
        let Some(event) = next else {
            is_stopping = true;
            stream.stop();
            continue;
        };
        let Some(event) = event else { return };
        if let Ok(event) = &event {
            trace::event(partition, event);
        }
        let read = event.map(|event| (Entry::of(event), stream.cursor()));
        // Nobody writes any more.
        if sender.send(read).await.is_err() {
            return;
        }
    }
}

/// Does something at the log, with something of the caller's, until it is done; `None` if the partition is
/// lost before, or has to be opened again.
async fn insist<S, T>(
    orders: &watch::Receiver<Order>,
    mut with: S,
    act: impl Fn(&S) -> Result<T, ShareError> + Clone + Send + 'static,
) -> Option<(S, T)>
where
    S: Send + 'static,
    T: Send + 'static,
{
    let mut tries = Tries::new();
    loop {
        let act = act.clone();
        let attempt = spawn_blocking(move || (act(&with), with));
        // What a panic has lost begins again at the cursor.
        let (outcome, back) = attempt.await.ok()?;
        with = back;
        let error = match outcome {
            Ok(done) => return Some((with, done)),
            Err(error) => error,
        };
        let pause = tries.failed(&error)?;
        let tried = Instant::now();
        while tried.elapsed() < pause {
            if *orders.borrow() == Order::Abandon {
                return None;
            }
            sleep(LOOK.min(pause)).await;
        }
    }
}

impl<C, E> Clone for Job<C, E> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            log: Arc::clone(&self.log),
            operation: Arc::clone(&self.operation),
            options: self.options.clone(),
            batching: self.batching,
            buffer: self.buffer,
        }
    }
}

impl Worker {
    /// Ends the stream; what has come is written.
    pub(super) fn finish(&self) {
        self.orders.send_replace(Order::Finish);
    }

    /// Ends the stream; nothing more is written.
    pub(super) fn abandon(&self) {
        self.orders.send_replace(Order::Abandon);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Tells that a partition's task has ended, also by a panic.
struct Ended {
    lease: Lease,
    news: UnboundedSender<News>,
    outcome: Result<(), SharedError>,
}

impl Drop for Ended {
    fn drop(&mut self) {
        let outcome = mem::replace(&mut self.outcome, Ok(()));
        // A consumer that is gone has no use for it.
        let _ = self.news.send(News::Ended(self.lease, outcome));
    }
}
