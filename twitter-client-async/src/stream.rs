//! Streams: what happens, as it happens.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};

use futures_util::stream;
use tokio::time::{Instant, sleep, timeout};
use twitter_types::{
    Error, Page, Reply,
    auth::{Accepts, Credential},
    endpoint::{self, Ask as _, Moment, Stamp, TransportErrorKind, policy::Policy},
    models::Post,
    posts::SearchRecent,
    stream::{Cursor, Event, Machine, Options, OtherStream, Overflow, Step, Streamed},
};

use crate::{Client, Queued, failure, transport};

/// A stream that goes on by itself: it connects again, recovers what was missed as its
/// [`Options`] say, and tells what remains missing; made by [`Client::stream`].
///
/// ```
/// use twitter_client_async::Client;
/// use twitter_types::{auth::AppToken, stream::Event, streams};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::builder().whole_samples().start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let mut stream = client.stream(streams::PostsSample::new());
/// while let Some(event) = stream.next().await {
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
/// # Ok(())
/// # }
/// ```
pub struct Stream<C, E: Streamed> {
    client: Client<C>,
    machine: Machine<E>,
    connection: Option<reqwest::Response>,
    /// How long something was waited for since the connection last brought something.
    waited: Duration,
    /// What is under way: it goes on when a call of `next` was dropped.
    busy: Option<Busy>,
    /// A replay of what was missed.
    replay: Option<Box<Self>>,
    is_replays_turn: bool,
}

type Busy = Pin<Box<dyn Future<Output = Arrived> + Send>>;

type NextEvent<T> = Option<Result<Event<T>, Error>>;

/// What came of something under way.
enum Arrived {
    Opened(Box<Result<transport::Opened, Error>>),
    Searched(Box<Result<Reply<Page<Post>>, Error>>),
}

impl<C, E: Streamed> Stream<C, E> {
    pub(crate) fn new(client: Client<C>, machine: Machine<E>) -> Self {
        Self {
            client,
            machine,
            connection: None,
            waited: Duration::ZERO,
            busy: None,
            replay: None,
            is_replays_turn: false,
        }
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
}

impl<C, E> Stream<C, E>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    /// The next event; `None` when the stream was stopped or a replay is complete. An error is the
    /// last element: X refuses for good.
    ///
    /// The future can be dropped at any point, and nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Event<E::Item>, Error>> {
        loop {
            match self.machine.step(&Moment::now()) {
                Step::Event(event) => return Some(Ok(event)),
                Step::Connect(operation) => {
                    self.connection = None;
                    let (client, silence) = (self.client.clone(), self.machine.silence());
                    self.busy(async move {
                        Arrived::Opened(Box::new(open(client, operation, silence).await))
                    })
                    .await;
                }
                Step::Search(search) => {
                    let client = self.client.clone().with_policy(Policy::new());
                    self.busy(
                        async move { Arrived::Searched(Box::new(find(client, search).await)) },
                    )
                    .await;
                }
                Step::Read(silence) => self.read(silence).await,
                Step::Wait(pause) => {
                    if let Err(event) = first(sleep(pause), &mut self.replay, true).await {
                        self.take_replayed(event);
                    }
                }
                Step::Replay(operation) => {
                    let machine = self.machine.replay(operation);
                    self.replay = Some(Box::new(Self::new(self.client.clone(), machine)));
                }
                Step::Done(outcome) => return outcome.err().map(Err),
            }
        }
    }

    /// The events as a stream of the crate `futures`.
    pub fn into_stream(
        self,
    ) -> impl stream::Stream<Item = Result<Event<E::Item>, Error>> + Send + Unpin + use<C, E> {
        let next = async |mut stream: Self| Some((stream.next().await?, stream));
        Box::pin(stream::unfold(self, next))
    }

    /// Reads in a task of its own, and keeps events that are not yet taken in a queue of this
    /// capacity: for work that takes its time. Call it within a tokio runtime.
    pub fn queued(self, capacity: usize, overflow: Overflow) -> Queued<E> {
        Queued::new(self, capacity, overflow)
    }

    fn next_boxed(&mut self) -> Pin<Box<dyn Future<Output = NextEvent<E::Item>> + Send + '_>> {
        Box::pin(self.next())
    }

    /// Waits for what is under way, or for this.
    async fn busy(&mut self, future: impl Future<Output = Arrived> + Send + 'static) {
        let busy = self.busy.get_or_insert_with(|| Box::pin(future));
        let arrived = busy.await;
        self.busy = None;
        let moment = Moment::now();
        match arrived {
            Arrived::Opened(outcome) => match *outcome {
                Ok(opened) => {
                    self.machine.opened(&moment, &opened.head.headers);
                    (self.connection, self.waited) = (Some(opened.body), Duration::ZERO);
                }
                Err(error) => self.machine.refused(&moment, error),
            },
            Arrived::Searched(outcome) => self.machine.searched(&moment, *outcome),
        }
    }

    async fn read(&mut self, silence: Duration) {
        let Some(connection) = &mut self.connection else {
            let closed = Error::Transport(TransportErrorKind::Closed.into());
            return self.machine.closed(&Moment::now(), Err(closed));
        };
        let waiting = Waiting { since: Instant::now(), waited: &mut self.waited };
        let piece = timeout(silence.saturating_sub(*waiting.waited), connection.chunk());
        let first = first(piece, &mut self.replay, self.is_replays_turn).await;
        drop(waiting);
        self.is_replays_turn = first.is_ok();
        let piece = match first {
            Ok(piece) => piece,
            Err(event) => return self.take_replayed(event),
        };
        let moment = Moment::now();
        if let Ok(Ok(Some(bytes))) = piece {
            self.waited = Duration::ZERO;
            return self.machine.received(&moment, &bytes);
        }
        self.connection = None;
        match piece {
            Ok(Ok(_)) => self.machine.closed(&moment, Ok(())),
            Ok(Err(error)) => self.machine.closed(&moment, Err(failure::of(error).into())),
            Err(_) => self.machine.silent(&moment),
        }
    }

    fn take_replayed(&mut self, event: NextEvent<E::Item>) {
        match event {
            Some(Ok(Event::Item(item))) => self.machine.replayed(item),
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                self.replay = None;
                self.machine.replay_ended(Err(error));
            }
            None => {
                self.replay = None;
                self.machine.replay_ended(Ok(()));
            }
        }
    }
}

/// A future's output, or as an error the next event of a replay: whichever comes first.
async fn first<C, E, T>(
    future: impl Future<Output = T>,
    replay: &mut Option<Box<Stream<C, E>>>,
    is_replays_turn: bool,
) -> Result<T, NextEvent<E::Item>>
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    let mut future = pin!(future);
    let Some(replay) = replay else { return Ok(future.await) };
    let mut replay = replay.next_boxed();
    poll_fn(|context| {
        if is_replays_turn && let Poll::Ready(event) = replay.as_mut().poll(context) {
            return Poll::Ready(Err(event));
        }
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if is_replays_turn { Poll::Pending } else { replay.as_mut().poll(context).map(Err) }
    })
    .await
}

/// Opens a connection; a refusal is read to its end.
async fn open<C, E>(
    client: Client<C>,
    operation: E,
    silence: Duration,
) -> Result<transport::Opened, Error>
where
    C: Credential,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    let (base, credential) = (client.base_url(), client.credential());
    let request = endpoint::request(base, &operation, credential, &Stamp::now())?;
    let opened = client.transport().open_stream(E::OPERATION, request, silence).await?;
    if opened.head.status.is_success() {
        return Ok(opened);
    }
    let response = client.transport().read(opened).await?;
    match operation.read(response) {
        Err(error) => Err(error),
        Ok(_) => Err(Error::Transport(TransportErrorKind::Other.into())),
    }
}

async fn find<C: Credential>(
    client: Client<C>,
    search: SearchRecent,
) -> Result<Reply<Page<Post>>, Error> {
    client.exchange(&search).await
}

/// Counts the time that something is waited for, also if the waiting is given up.
struct Waiting<'a> {
    since: Instant,
    waited: &'a mut Duration,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        *self.waited += self.since.elapsed();
    }
}

impl<C, E: Streamed + fmt::Debug> fmt::Debug for Stream<C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("client", &self.client)
            .field("cursor", &self.cursor())
            .field("is_connected", &self.connection.is_some())
            .finish_non_exhaustive()
    }
}
