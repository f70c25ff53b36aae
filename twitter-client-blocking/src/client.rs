//! From an operation to its reply.

use std::{fmt, sync::Arc};

use twitter_types::{
    Error, Reply,
    auth::{Accepts, AnyKind, AnyUser, Credential},
    endpoint::{
        self, Ask, BaseUrl, Call, Cursor, CursorError, Dynamic, DynamicBody, Endpoint, Moment,
        Paged, policy::Policy,
    },
    jobs::StorageRequest,
    posts::{Once, Posted},
    stream::{
        Machine, Streamed,
        share::{Leases, Log, Share},
    },
};

use crate::{Pages, Shared, Stream, Transport};

/// Sends operations to X in the name of one credential.
///
/// A clone is cheap, and shares credential and connections; threads can share one client too.
pub struct Client<C> {
    credential: Arc<C>,
    base_url: BaseUrl,
    transport: Transport,
    policy: Policy,
}

impl<C: Credential> Client<C> {
    /// A client of `https://api.x.com`.
    pub fn new(credential: C) -> Self {
        Self {
            credential: Arc::new(credential),
            base_url: BaseUrl::default(),
            transport: Transport::default(),
            policy: Policy::new(),
        }
    }

    /// Sends to another server, such as a sandbox.
    #[must_use]
    pub fn with_base_url(self, base_url: BaseUrl) -> Self {
        Self { base_url, ..self }
    }

    /// Sends by another transport: one with settings of yours, or one that others use too.
    #[must_use]
    pub fn with_transport(self, transport: impl Into<Transport>) -> Self {
        Self { transport: transport.into(), ..self }
    }

    /// Sends again, waits and gives up by a policy; by default every call is one request.
    ///
    /// ```
    /// use std::time::Duration;
    /// use twitter_client_blocking::Client;
    /// use twitter_types::{auth::AppToken, endpoint::policy::{Limits, Policy, Retries}, users};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
    /// let limits = Limits::new().waiting(Duration::from_secs(15 * 60));
    /// let policy = Policy::new().with_retries(Retries::default()).with_limits(limits);
    /// let client = client.with_policy(policy.clone());
    /// client.send(&users::ById::new(2244994945))?;
    ///
    /// // One call that must be quick.
    /// let hurried = client.clone().with_policy(policy.with_deadline(Duration::from_secs(5)));
    /// hurried.send(&users::ById::new(2244994945))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// Asks, and waits for the reply.
    ///
    /// A credential that the operation does not accept does not compile:
    ///
    /// ```compile_fail,E0277
    /// use twitter_client_blocking::Client;
    /// use twitter_types::{auth::AppToken, users};
    ///
    /// let client = Client::new(AppToken::new("AAAA%2Fexample")?);
    /// client.send(&users::Me::new())?; // an App is nobody
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Whatever keeps the reply from being had: X's refusal ([`Error::Api`]), an answer that is none
    /// ([`Error::Decode`]), no answer ([`Error::Transport`]), or a request that cannot be built.
    /// A write that may have been carried out all the same is [`Error::OutcomeUnknown`]; a policy adds
    /// [`Error::RateLimited`] and [`Error::DeadlinePassed`].
    pub fn send<E>(&self, endpoint: &E) -> Result<Reply<E::Response>, Error>
    where
        E: Endpoint<Auth: Accepts<C::Kind>>,
    {
        self.exchange(endpoint)
    }

    /// Asks for an operation that is chosen at run time, and waits for the reply.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); the credential says at run time whether the operation accepts it.
    pub fn call(&self, operation: &Dynamic) -> Result<Reply<DynamicBody>, Error>
    where
        C: Credential<Kind = AnyKind>,
    {
        self.exchange(operation)
    }

    pub(crate) fn exchange<A: Ask>(&self, ask: &A) -> Result<Reply<A::Body>, Error> {
        self.transport.run(self.flow(ask))
    }

    /// The exchange of one call, by this client's policy.
    pub(crate) fn flow<'a, A: Ask>(&'a self, ask: &'a A) -> Call<'a, A, C> {
        Call::new(&self.base_url, ask, &*self.credential).with_policy(&self.policy)
    }

    /// A request to the storage of compliance jobs, which gets no credential.
    pub(crate) fn storage_request(
        &self,
        request: &StorageRequest,
        length: u64,
    ) -> Result<http::Request<()>, Error> {
        request.request_by(length, &self.base_url, &*self.credential, &Moment::now().stamp)
    }

    /// Publishes a post, and finds out whether it is there if the answer gets lost: it reads the user's
    /// latest posts, and never sends the post again for that.
    ///
    /// ```
    /// use twitter_client_blocking::Client;
    /// use twitter_types::{auth::OAuth2User, posts::{Once, Posted}};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// # sandbox.fail_next(twitter_sandbox::Fault::LoseReply);
    /// match client.post_once(&Once::new("Only once"))? {
    ///     Posted::Created(reply) => println!("{:?}", reply.body.data),
    ///     Posted::Found(post) => println!("the answer got lost, but {} is there", post.id),
    ///     _ => {}
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); [`Error::NotPosted`] if the answer got lost and no such post can be
    /// seen, and [`Error::OutcomeUnknown`] if the latest posts cannot be read either.
    pub fn post_once(&self, once: &Once) -> Result<Posted, Error>
    where
        AnyUser: Accepts<C::Kind>,
    {
        let post = once.post(&self.base_url, &*self.credential, &self.policy);
        self.transport.run(post)
    }

    /// Goes through the pages of a list, one request each; [`Pages::items`] makes one list of them.
    ///
    /// Nothing is sent before the first page is asked for.
    pub fn pages<E>(&self, endpoint: E) -> Pages<C, E>
    where
        E: Paged<Auth: Accepts<C::Kind>>,
    {
        Pages::new(self.clone(), endpoint::Pages::new(endpoint))
    }

    /// Goes on where another walk stood, with the same operation and parameters.
    ///
    /// # Errors
    ///
    /// If the cursor is one of another operation, or of other parameters.
    pub fn resume_pages<E>(&self, endpoint: E, cursor: &Cursor) -> Result<Pages<C, E>, CursorError>
    where
        E: Paged<Auth: Accepts<C::Kind>>,
    {
        Ok(Pages::new(self.clone(), endpoint::Pages::resume(endpoint, cursor)?))
    }

    /// What happens, as it happens: a stream that goes on by itself.
    ///
    /// Nothing is sent before the first event is asked for.
    pub fn stream<E>(&self, endpoint: E) -> Stream<C, E>
    where
        E: Streamed<Auth: Accepts<C::Kind>>,
    {
        Stream::new(self.clone(), Machine::new(endpoint))
    }

    /// A stream of several partitions, shared with consumers on other machines, and written to a log. See
    /// the [guide](crate::guide::firehose).
    ///
    /// ```no_run
    /// use twitter_client_blocking::Client;
    /// use twitter_types::{
    ///     auth::AppToken,
    ///     endpoint::Stamp,
    ///     stream::{Options, Recovery, share::{RedisLeases, RedisLog, Share}},
    ///     streams,
    /// };
    ///
    /// # let token = "AAAA";
    /// let client = Client::new(AppToken::new(token)?);
    /// let leases = RedisLeases::open("redis://10.0.0.1", "firehose:leases")?;
    /// let log = RedisLog::open("redis://10.0.0.2", "firehose")?.with_length(1_000_000);
    /// let share = Share::new("worker-1", 1..=20, &Stamp::now());
    /// client
    ///     .share(share, leases, log, streams::PostsFirehose::new)
    ///     .with_options(Options::new().recovery(Recovery::Backfill))
    ///     .run()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn share<E>(
        &self,
        share: Share,
        leases: impl Leases + 'static,
        log: impl Log + 'static,
        partition: impl Fn(u8) -> E + Send + Sync + 'static,
    ) -> Shared<C, E>
    where
        E: Streamed<Auth: Accepts<C::Kind>>,
    {
        let (leases, log) = (Arc::new(leases), Arc::new(log));
        Shared::new(self.clone(), share, leases, log, Arc::new(partition))
    }
}

impl<C> Client<C> {
    pub(crate) const fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    pub(crate) fn credential(&self) -> &C {
        &self.credential
    }

    /// The transport, to send by it what is no operation.
    pub const fn transport(&self) -> &Transport {
        &self.transport
    }
}

impl<C> Clone for Client<C> {
    fn clone(&self) -> Self {
        Self {
            credential: Arc::clone(&self.credential),
            base_url: self.base_url.clone(),
            transport: self.transport.clone(),
            policy: self.policy.clone(),
        }
    }
}

impl<C> fmt::Debug for Client<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credential", &format_args!("[redacted]"))
            .field("base_url", &self.base_url)
            .field("transport", &self.transport)
            .field("policy", &self.policy)
            .finish()
    }
}
