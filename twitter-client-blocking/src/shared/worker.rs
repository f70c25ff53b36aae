//! One partition: its stream in one thread, its way to the log in another.

use std::{
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
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
use crate::{Client, Stop, Stream};

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

/// The threads of a partition.
pub(super) struct Worker(Arc<Mutex<Orders>>);

/// What the threads of a partition are to do.
#[derive(Default)]
struct Orders {
    /// The stream is to end.
    is_finishing: bool,
    /// Nothing is to be written any more.
    is_abandoned: bool,
    stop: Option<Stop>,
}

/// An entry, if it was one, and where the stream stands behind it; or the end of the stream.
type Read = Result<(Option<Entry>, Option<Cursor>), Error>;

impl<C, E> Job<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    /// Reads and writes a partition until it is told to end, and then tells that it has.
    pub(super) fn begin(&self, lease: Lease, news: Sender<News>) -> Worker {
        let orders = Arc::new(Mutex::new(Orders::default()));
        let worker = Worker(Arc::clone(&orders));
        let (job, mut ended) = (self.clone(), Ended { lease, news, outcome: Ok(()) });
        thread::spawn(move || {
            // All of it moves here, to be dropped at this thread's end.
            let ended = &mut ended;
            ended.outcome = job.run(lease, &Worker(orders));
        });
        worker
    }

    fn run(&self, lease: Lease, worker: &Worker) -> Result<(), SharedError> {
        let opened = worker.insist(|| self.log.open(lease));
        let Some(cursor) = opened else { return Ok(()) };
        let operation = (self.operation)(lease.partition);
        let mut stream = self.client.stream(operation).with_options(self.options.clone());
        if let Some(cursor) = cursor {
            stream = stream.since(&cursor).map_err(SharedError::OtherStream)?;
        }
        worker.watch(stream.stopper());
        let (sender, receiver) = sync_channel(self.buffer);
        let reader = thread::spawn(move || read(stream, lease.partition, &sender));
        let outcome = self.write(lease, receiver, worker);
        worker.finish();
        // What a panic has lost begins again at the cursor.
        let _ = reader.join();
        outcome.map_err(|source| SharedError::Stream { partition: lease.partition, source })
    }

    /// Writes what is read until there is no more, or it was lost.
    fn write(&self, lease: Lease, read: Receiver<Read>, worker: &Worker) -> Result<(), Error> {
        let mut writer = Writer::new(lease, self.batching);
        while !worker.orders().is_abandoned {
            match writer.step(Instant::now()) {
                WriterStep::Append => {
                    let append = || writer.batch().map_or(Ok(()), |batch| self.log.append(batch));
                    if worker.insist(append).is_none() {
                        return Ok(());
                    }
                    writer.appended();
                }
                WriterStep::Take(time) => match read.recv_timeout(time) {
                    Ok(Ok((entry, cursor))) => writer.push(Instant::now(), entry, cursor),
                    Ok(Err(error)) => writer.end(Err(error)),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => writer.end(Ok(())),
                },
                WriterStep::Done(outcome) => return outcome,
            }
        }
        Ok(())
    }
}

fn read<C, E>(mut stream: Stream<C, E>, partition: u8, sender: &SyncSender<Read>)
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    while let Some(event) = stream.next() {
        if let Ok(event) = &event {
            trace::event(partition, event);
        }
        let read = event.map(|event| (Entry::of(event), stream.cursor()));
        if sender.send(read).is_err() {
            return;
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
        let mut orders = self.orders();
        orders.is_finishing = true;
        if let Some(stop) = orders.stop.take() {
            stop.stop();
        }
    }

    /// Ends the stream; nothing more is written.
    pub(super) fn abandon(&self) {
        self.orders().is_abandoned = true;
        self.finish();
    }

    /// What ends the stream, now that there is one.
    fn watch(&self, stop: Stop) {
        let mut orders = self.orders();
        if orders.is_finishing {
            stop.stop();
        } else {
            orders.stop = Some(stop);
        }
    }

    /// Does something at the log until it is done; `None` if the partition is lost before, or has to
    /// be opened again.
    fn insist<T>(&self, act: impl Fn() -> Result<T, ShareError>) -> Option<T> {
        let mut tries = Tries::new();
        loop {
            let error = match act() {
                Ok(done) => return Some(done),
                Err(error) => error,
            };
            let pause = tries.failed(&error)?;
            let tried = Instant::now();
            while tried.elapsed() < pause {
                if self.orders().is_abandoned {
                    return None;
                }
                thread::sleep(LOOK.min(pause));
            }
        }
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        // The orders are whole between any two steps of those who hold the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells that a partition's threads have ended, also by a panic.
struct Ended {
    lease: Lease,
    news: Sender<News>,
    outcome: Result<(), SharedError>,
}

impl Drop for Ended {
    fn drop(&mut self) {
        let outcome = mem::replace(&mut self.outcome, Ok(()));
        // A consumer that is gone has no use for it.
        let _ = self.news.send(News::Ended(self.lease, outcome));
    }
}
