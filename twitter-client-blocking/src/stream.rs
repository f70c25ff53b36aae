//! Streams: what happens, as it happens.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel},
    },
    thread,
    time::Duration,
};

use twitter_types::{
    Error,
    auth::{Accepts, Credential},
    endpoint::{self, Ask as _, Moment, Stamp, TransportErrorKind, policy::Policy},
    stream::{Cursor, Event, Machine, Options, OtherStream, Overflow, Step, Streamed},
};

use crate::{Client, Queued, Transport, transport::Source};

/// A stream that goes on by itself: it connects again, recovers what was missed as its
/// [`Options`] say, and tells what remains missing; made by [`Client::stream`].
///
/// It ends when it is stopped, or a replay is complete. An error is the last element: X refuses for
/// good.
///
/// ```
/// use twitter_client_blocking::Client;
/// use twitter_types::{auth::AppToken, stream::Event, streams};
///
/// # let sandbox = twitter_sandbox::Sandbox::builder().whole_samples().start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let mut stream = client.stream(streams::PostsSample::new());
/// while let Some(event) = stream.next() {
///     match event? {
///         Event::Item(item) => {
///             println!("{:?}", item.data);
/// #           stream.stop();
///         }
/// #       Event::Connected => drop(sandbox.publish("Hello, stream")),
///         Event::Gap(gap) => eprintln!("{gap}"),
///         _ => {}
///     }
///     let _ = stream.cursor(); // save it, and a later run goes on from here: `Stream::since`
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<C, E: Streamed> {
    client: Client<C>,
    machine: Machine<E>,
    connection: Option<Source>,
    buffer: Vec<u8>,
    /// What a thread replays that was missed.
    replay: Option<Receiver<Result<E::Item, Error>>>,
    stop: Stop,
}

/// Ends a stream from another thread; made by [`Stream::stopper`].
#[derive(Clone)]
pub struct Stop {
    is_stopped: Arc<AtomicBool>,
    transport: Transport,
}

/// How much is read at once, in bytes, at most.
const PIECE: usize = 64 * 1024;

/// How often a wait looks whether the stream was stopped.
const LOOK: Duration = Duration::from_millis(100);

impl<C, E: Streamed> Stream<C, E> {
    pub(crate) fn new(client: Client<C>, machine: Machine<E>) -> Self
    where
        C: Credential,
    {
        // Connections of its own can be closed without a loss to others.
        let transport = client.transport().apart();
        let stop = Stop { is_stopped: Arc::default(), transport: transport.clone() };
        let client = client.with_transport(transport);
        Self { client, machine, connection: None, buffer: vec![0; PIECE], replay: None, stop }
    }

    /// Behaves otherwise than X's documentation asks, or recovers what was missed. Before the first
    /// event is asked for.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Self { machine: self.machine.with_options(options), ..self }
    }

    /// Goes on from where an earlier stream was. Before the first event is asked for.
    ///
    /// # Errors
    ///
    /// If the cursor is of another operation.
    pub fn since(self, cursor: &Cursor) -> Result<Self, OtherStream> {
        Ok(Self { machine: self.machine.since(cursor)?, ..self })
    }

    /// Where the stream stands behind the last event; `None` if it has not begun.
    pub fn cursor(&self) -> Option<Cursor> {
        self.machine.cursor()
    }

    /// Ends the stream: what has come is still handed out, and then `None`.
    pub fn stop(&mut self) {
        self.machine.stop();
    }

    /// What ends the stream from another thread.
    pub fn stopper(&self) -> Stop {
        self.stop.clone()
    }
}

impl<C, E> Iterator for Stream<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    type Item = Result<Event<E::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.take_replayed();
            if self.stop.is_stopped.load(Ordering::Relaxed) {
                self.machine.stop();
            }
            match self.machine.step(&Moment::now()) {
                Step::Event(event) => return Some(Ok(event)),
                Step::Connect(operation) => self.connect(&operation),
                Step::Read(_) => self.read(),
                Step::Wait(pause) => self.wait(pause),
                Step::Search(search) => {
                    let client = self.client.clone().with_policy(Policy::new());
                    let outcome = client.exchange(&search);
                    self.machine.searched(&Moment::now(), outcome);
                }
                Step::Replay(operation) => self.replay(operation),
                Step::Done(outcome) => return outcome.err().map(Err),
            }
        }
    }
}

impl<C, E> Stream<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    /// Reads in a thread of its own, and keeps events that are not yet taken in a queue of this
    /// capacity: for work that takes its time.
    pub fn queued(self, capacity: usize, overflow: Overflow) -> Queued<E> {
        Queued::new(self, capacity, overflow)
    }

    fn connect(&mut self, operation: &E) {
        self.connection = None;
        match open(&self.client, operation, self.machine.silence()) {
            Ok(source) => {
                self.machine.opened(&Moment::now(), &source.head.headers);
                self.connection = Some(source);
            }
            Err(error) => self.machine.refused(&Moment::now(), error),
        }
    }

    fn read(&mut self) {
        let Some(connection) = &mut self.connection else {
            let closed = Error::Transport(TransportErrorKind::Closed.into());
            return self.machine.closed(&Moment::now(), Err(closed));
        };
        let outcome = connection.read(&mut self.buffer);
        let moment = Moment::now();
        if self.stop.is_stopped.load(Ordering::Relaxed) && outcome.is_err() {
            // It was this program that closed the connection.
            return self.machine.stop();
        }
        if !matches!(outcome, Ok(1..)) {
            self.connection = None;
        }
        match outcome {
            Ok(0) => self.machine.closed(&moment, Ok(())),
            Ok(length) => self.machine.received(&moment, &self.buffer[..length]),
            Err(error) if error.kind() == TransportErrorKind::Timeout => {
                self.machine.silent(&moment);
            }
            Err(error) => self.machine.closed(&moment, Err(error.into())),
        }
    }

    /// Waits, but looks now and then whether something else is to be done.
    fn wait(&mut self, pause: Duration) {
        let pause = pause.min(LOOK);
        let Some(replay) = &self.replay else { return thread::sleep(pause) };
        match replay.recv_timeout(pause) {
            Ok(item) => self.take_item(item),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => self.end_replay(Ok(())),
        }
    }

    /// Runs a replay beside this stream.
    fn replay(&mut self, operation: E) {
        let stream = Self::new(self.client.clone(), self.machine.replay(operation));
        let (sender, receiver) = sync_channel(1024);
        thread::spawn(move || {
            for event in stream {
                let item = match event {
                    Ok(Event::Item(item)) => Ok(item),
                    Ok(_) => continue,
                    Err(error) => Err(error),
                };
                if sender.send(item).is_err() {
                    return;
                }
            }
        });
        self.replay = Some(receiver);
    }

    /// Takes what the replay has brought meanwhile.
    fn take_replayed(&mut self) {
        while let Some(replay) = &self.replay {
            match replay.try_recv() {
                Ok(item) => self.take_item(item),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => self.end_replay(Ok(())),
            }
        }
    }

    fn take_item(&mut self, item: Result<E::Item, Error>) {
        match item {
            Ok(item) => self.machine.replayed(item),
            Err(error) => self.end_replay(Err(error)),
        }
    }

    fn end_replay(&mut self, outcome: Result<(), Error>) {
        self.replay = None;
        self.machine.replay_ended(outcome);
    }
}

/// Opens a connection; a refusal is read to its end.
fn open<C, E>(client: &Client<C>, operation: &E, silence: Duration) -> Result<Source, Error>
where
    C: Credential,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    let (base, credential) = (client.base_url(), client.credential());
    let request = endpoint::request(base, operation, credential, &Stamp::now())?;
    let request = request.map(drop);
    let source = client.transport().begin(Some(E::OPERATION), request, Some(silence))?;
    if source.head.status.is_success() {
        return Ok(source);
    }
    match operation.read(source.into_refusal()?) {
        Err(error) => Err(error),
        Ok(_) => Err(Error::Transport(TransportErrorKind::Other.into())),
    }
}

impl Stop {
    /// Ends the stream: what has come is still handed out, and then `None`. A read that waits for
    /// more is interrupted, unless the transport is a ureq agent of yours, which others may use: then the
    /// next sign of life is waited for, 20 seconds at most.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.transport.shut_down();
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("is_stopped", &self.is_stopped).finish_non_exhaustive()
    }
}

impl<C, E: Streamed> fmt::Debug for Stream<C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("client", &self.client)
            .field("cursor", &self.cursor())
            .field("is_connected", &self.connection.is_some())
            .finish_non_exhaustive()
    }
}
