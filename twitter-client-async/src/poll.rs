//! Asking again and again for what is new.

use std::time::Duration;

use futures_util::{Stream, stream};
use twitter_types::{
    Error, Page, Reply,
    auth::{Accepts, Credential},
    endpoint::{self, CursorError, Moment, PollCursor, PollStep, Polled, Stop},
    models::Post,
};

use crate::Client;

impl<C: Credential> Client<C> {
    /// Asks for new posts again and again, with this pause between two rounds: every post that X lists
    /// comes once. [`endpoint::Poll`] says how.
    ///
    /// A round is one request for each page, and one if nothing is new. Nothing is sent before the
    /// first page is asked for.
    ///
    /// ```
    /// use std::time::Duration;
    /// use twitter_client_async::Client;
    /// use twitter_types::{auth::AppToken, posts::SearchRecent};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
    /// let search = SearchRecent::new("from:XDevelopers").max_results(100);
    /// let mut posts = client.poll(search, Duration::from_secs(60)).items();
    /// while let Some(post) = posts.next().await {
    ///     println!("{}", post?.id);
    ///     let _saved = posts.cursor().to_string(); // in a file, say
    /// #   break;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn poll<E>(&self, endpoint: E, every: Duration) -> Poll<C, E>
    where
        E: Polled<Auth: Accepts<C::Kind>>,
    {
        Poll { client: self.clone(), state: endpoint::Poll::new(endpoint, every) }
    }

    /// Goes on where another poll stood, with the same operation and parameters.
    ///
    /// # Errors
    ///
    /// If the cursor is one of another operation, or of other parameters.
    pub fn resume_poll<E>(
        &self,
        endpoint: E,
        every: Duration,
        cursor: &PollCursor,
    ) -> Result<Poll<C, E>, CursorError>
    where
        E: Polled<Auth: Accepts<C::Kind>>,
    {
        let state = endpoint::Poll::resume(endpoint, every, cursor)?;
        Ok(Poll { client: self.clone(), state })
    }
}

/// The pages with what is new, as they come; made by [`Client::poll`].
///
/// An error is no end: the next call asks for the same page again, after the pause.
/// [`stop`](Self::stop) says whether and why the poll has ended.
///
/// ```
/// use std::time::Duration;
/// use twitter_client_async::Client;
/// use twitter_types::{auth::AppToken, posts::{PostFields, SearchRecent}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let search = SearchRecent::new("from:XDevelopers").fields(PostFields::all());
/// let mut poll = client.poll(search.clone(), Duration::from_secs(60)).with_round_limit(1);
/// while let Some(page) = poll.next().await {
///     println!("{:?}", page?.body.includes);
/// }
/// let saved = poll.cursor().to_string();
///
/// // When the program is started again:
/// let poll = client.resume_poll(search, Duration::from_secs(60), &saved.parse()?)?;
/// # let mut poll = poll.with_round_limit(1);
/// # assert!(poll.next().await.is_none());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Poll<C, E> {
    client: Client<C>,
    state: endpoint::Poll<E>,
}

impl<C, E: Polled> Poll<C, E> {
    /// Asks for no post that is younger than this, for those that X lists late:
    /// [`endpoint::Poll::with_lag`].
    #[must_use]
    pub fn with_lag(self, lag: Duration) -> Self {
        Self { state: self.state.with_lag(lag), ..self }
    }

    /// Ends after this many rounds, for a program that is started again and again.
    #[must_use]
    pub fn with_round_limit(self, rounds: u64) -> Self {
        Self { state: self.state.with_round_limit(rounds), ..self }
    }

    /// The posts themselves, one after the other, without what else is on their page.
    pub fn items(self) -> PollItems<C, E> {
        PollItems { client: self.client, state: self.state.items() }
    }

    /// Where another poll goes on: behind the last page.
    pub fn cursor(&self) -> PollCursor {
        self.state.cursor()
    }

    /// Why the poll has ended; `None` while it goes on.
    pub const fn stop(&self) -> Option<Stop> {
        self.state.stop()
    }
}

impl<C, E> Poll<C, E>
where
    C: Credential,
    E: Polled<Auth: Accepts<C::Kind>>,
{
    /// The next page, or `None` when the poll has ended. It waits until there is one.
    ///
    /// The future can be dropped at any point: nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Reply<Page<Post>>, Error>> {
        loop {
            let reply = match self.state.step(Moment::now().time)? {
                Ok(PollStep::Ask(endpoint)) => self.client.send(endpoint).await,
                Ok(PollStep::Wait(pause)) => {
                    tokio::time::sleep(pause).await;
                    continue;
                }
                Err(error) => return Some(Err(error)),
            };
            match self.state.advance(reply, Moment::now().time) {
                Ok(reply) if reply.body.data.is_empty() && reply.body.errors.is_empty() => {}
                outcome => return Some(outcome),
            }
        }
    }

    /// The pages as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<Reply<Page<Post>>, Error>> + Send + Unpin + use<C, E>
    where
        C: Send + Sync,
        E: Send + Sync,
    {
        let next = async |mut poll: Self| Some((poll.next().await?, poll));
        Box::pin(stream::unfold(self, next))
    }
}

/// New posts, as they come; made by [`Poll::items`].
///
/// An error is no end, as with [`Poll`]. A [`cursor`](Self::cursor) that was kept between two posts brings
/// no post again, and misses none.
#[derive(Debug)]
pub struct PollItems<C, E: Polled> {
    client: Client<C>,
    state: endpoint::PollItems<E>,
}

impl<C, E: Polled> PollItems<C, E> {
    /// Where another poll goes on after the last post that came.
    pub fn cursor(&self) -> PollCursor {
        self.state.cursor()
    }

    /// Why the poll has ended; `None` while it goes on.
    pub fn stop(&self) -> Option<Stop> {
        self.state.stop()
    }
}

impl<C, E> PollItems<C, E>
where
    C: Credential,
    E: Polled<Auth: Accepts<C::Kind>>,
{
    /// The next post, or `None` when the poll has ended. It waits until there is one.
    ///
    /// The future can be dropped at any point: nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Post, Error>> {
        loop {
            if let Some(post) = self.state.next_item() {
                return Some(Ok(post));
            }
            let reply = match self.state.step(Moment::now().time)? {
                Ok(PollStep::Ask(endpoint)) => self.client.send(endpoint).await,
                Ok(PollStep::Wait(pause)) => {
                    tokio::time::sleep(pause).await;
                    continue;
                }
                Err(error) => return Some(Err(error)),
            };
            if let Err(error) = self.state.advance(reply, Moment::now().time) {
                return Some(Err(error));
            }
        }
    }

    /// The posts as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Post, Error>> + Send + Unpin + use<C, E>
    where
        C: Send + Sync,
        E: Send + Sync,
    {
        let next = async |mut poll: Self| Some((poll.next().await?, poll));
        Box::pin(stream::unfold(self, next))
    }
}
