//! Publishing a post, and finding out whether it is there if the answer got lost.

use std::{fmt, slice, time::Duration};

use bearer::{Access, RefreshError};

use super::{Create, NewPost, OfUser, PostFields};
use crate::{
    auth::Credential,
    endpoint::{
        BaseUrl, Call, Error, Flow, Moment, Reply, Response, Step, TransportError,
        TransportErrorKind, policy::Policy,
    },
    envelope::One,
    fields::{PostExpansion, PostField},
    id::{PostId, UserId},
    models::{CreatedPost, Post},
    timestamp::Timestamp,
    users::Me,
};

/// A post to be published once. If nobody knows whether it was, the user's latest posts are read to
/// find out: 1, 4 and 10 seconds later. It is never sent a second time for that.
///
/// Both clients take it, by `post_once`. What is then still unknown is
/// [`Error::OutcomeUnknown`], and a post that is not there, as far as can be seen, is
/// [`Error::NotPosted`]; whether to send that again is up to you.
///
/// A post that is found was made within a minute before the call or since, has the same text after
/// what X does to texts, and the same answered, quoted and replaced posts and media. It can be
/// another one only if another program posts the same as the same user at the same time, of which X
/// refuses the second as a duplicate. A post that is not found can be there all the same: if it
/// appears later than the last look, or among more than 100 newer ones, if this machine's clock is
/// more than a minute fast, or if X changed its text in a way that is not known here.
///
/// ```
/// use std::time::Duration;
/// use twitter_types::posts::Once;
///
/// let once = Once::new("Hello, world!").looking([1, 2, 4, 8].map(Duration::from_secs));
/// # let _ = once;
/// ```
#[derive(Clone, Debug)]
pub struct Once {
    create: Create,
    author: Option<UserId>,
    pauses: Vec<Duration>,
}

/// What became of a post.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Posted {
    /// X said that it was created.
    Created(Box<Reply<One<CreatedPost>>>),
    /// No answer came, but it is among the user's latest posts.
    Found(Box<Post>),
}

impl Posted {
    /// The post's id, which only an answer of X without one lacks.
    pub fn id(&self) -> Option<PostId> {
        match self {
            Self::Created(reply) => Some(reply.body.data.as_ref()?.id),
            Self::Found(post) => Some(post.id),
        }
    }
}

impl Once {
    /// A post; a text alone will do.
    pub fn new(post: impl Into<NewPost>) -> Self {
        let pauses = [1, 3, 6].map(Duration::from_secs).into();
        Self { create: Create::new(post), author: None, pauses }
    }

    /// Looks after each of these pauses instead, until the post is found; by no pause, never.
    #[must_use]
    pub fn looking(self, pauses: impl IntoIterator<Item = Duration>) -> Self {
        Self { pauses: pauses.into_iter().collect(), ..self }
    }

    /// Says whose credential it is, which saves asking X.
    #[must_use]
    pub fn by(self, author: impl Into<UserId>) -> Self {
        Self { author: Some(author.into()), ..self }
    }

    /// The exchange, for a client. That a credential of a user is at hand is checked by who calls
    /// this.
    pub fn post<'a, C: Credential>(
        &'a self,
        base: &'a BaseUrl,
        credential: &'a C,
        policy: &'a Policy,
    ) -> PostOnce<'a, C> {
        let call = Call::new(base, &self.create, credential).with_policy(policy);
        PostOnce {
            once: self,
            base,
            credential,
            policy,
            started: None,
            author: self.author,
            unknown: None,
            looks: 0,
            pauses: self.pauses.iter(),
            stage: Stage::Creating(call),
        }
    }
}

/// Publishes a post once: made by [`Once::post`].
pub struct PostOnce<'a, C> {
    once: &'a Once,
    base: &'a BaseUrl,
    credential: &'a C,
    policy: &'a Policy,
    started: Option<Timestamp>,
    author: Option<UserId>,
    /// What came instead of an answer.
    unknown: Option<Error>,
    /// How often the latest posts were read.
    looks: u32,
    pauses: slice::Iter<'a, Duration>,
    stage: Stage<'a, C>,
}

enum Stage<'a, C> {
    Creating(Call<'a, Create, C>),
    Pausing,
    Asking(Call<'a, Me, C>),
    Looking(Call<'a, OfUser, C>),
}

/// So much a machine's clock may be fast.
const TOLERANCE: Duration = Duration::from_secs(60);

impl<'a, C: Credential> PostOnce<'a, C> {
    /// Goes on with the next look, or ends without one.
    fn pause(&mut self) -> Step<Result<Posted, Error>> {
        self.stage = Stage::Pausing;
        match (self.pauses.next(), self.unknown.take()) {
            (Some(pause), unknown) => {
                self.unknown = unknown;
                Step::Wait(*pause)
            }
            (None, Some(source)) if self.looks > 0 => {
                Step::Done(Err(Error::NotPosted { looks: self.looks, source: Box::new(source) }))
            }
            (None, source) => Step::Done(Err(unknown(source))),
        }
    }

    fn look(&mut self) {
        let (base, credential, policy) = (self.base, self.credential, self.policy);
        self.stage = match self.author {
            None => Stage::Asking(Call::owning(base, Me::new(), credential).with_policy(policy)),
            Some(author) => {
                let mut fields = PostFields::from([
                    PostField::Attachments,
                    PostField::Entities,
                    PostField::NotePost,
                ]);
                fields.expansions.insert(PostExpansion::ReferencedPosts);
                let mut posts = OfUser::new(author).max_results(100).fields(fields);
                // X bills what it returns: nothing older is asked for.
                posts.start_time = self.started.and_then(|started| {
                    Timestamp::from_seconds(started.checked_sub(TOLERANCE)?.as_seconds())
                });
                Stage::Looking(Call::owning(base, posts, credential).with_policy(policy))
            }
        };
    }
}

fn unknown(source: Option<Error>) -> Error {
    match source {
        Some(error @ Error::OutcomeUnknown { .. }) => error,
        Some(error) => Error::OutcomeUnknown { source: Box::new(error) },
        None => TransportError::from(TransportErrorKind::Other).into(),
    }
}

impl<C: Credential> Flow for PostOnce<'_, C> {
    type Output = Result<Posted, Error>;

    fn step(&mut self, moment: &Moment<'_>) -> Step<Self::Output> {
        self.started.get_or_insert(moment.time);
        loop {
            match &mut self.stage {
                Stage::Pausing => self.look(),
                Stage::Creating(call) => match call.step(moment).done() {
                    Err(step) => return step,
                    Ok(Ok(reply)) => return Step::Done(Ok(Posted::Created(Box::new(reply)))),
                    // An answer that cannot be read may be that of a post that was created.
                    Ok(Err(error @ (Error::OutcomeUnknown { .. } | Error::Decode(_)))) => {
                        self.unknown = Some(error);
                        return self.pause();
                    }
                    Ok(Err(error)) => return Step::Done(Err(error)),
                },
                Stage::Asking(call) => match call.step(moment).done() {
                    Err(step) => return step,
                    Ok(Ok(Reply { body: One { data: Some(user), .. }, .. })) => {
                        self.author = Some(user.id);
                        self.look();
                    }
                    Ok(_) => return self.pause(),
                },
                Stage::Looking(call) => match call.step(moment).done() {
                    Err(step) => return step,
                    Ok(Ok(reply)) => {
                        self.looks += 1;
                        let wanted = &self.once.create.post;
                        let found = reply.body.data.into_iter().find(|post| wanted.is_like(post));
                        match found {
                            Some(post) => return Step::Done(Ok(Posted::Found(Box::new(post)))),
                            None => return self.pause(),
                        }
                    }
                    Ok(Err(_)) => return self.pause(),
                },
            }
        }
    }

    fn receive(&mut self, moment: &Moment<'_>, outcome: Result<Response, TransportError>) {
        match &mut self.stage {
            Stage::Creating(call) => call.receive(moment, outcome),
            Stage::Asking(call) => call.receive(moment, outcome),
            Stage::Looking(call) => call.receive(moment, outcome),
            Stage::Pausing => {}
        }
    }

    fn renewed(&mut self, outcome: Result<Access, RefreshError>) {
        match &mut self.stage {
            Stage::Creating(call) => call.renewed(outcome),
            Stage::Asking(call) => call.renewed(outcome),
            Stage::Looking(call) => call.renewed(outcome),
            Stage::Pausing => {}
        }
    }

    fn operation(&self) -> Option<&'static str> {
        match &self.stage {
            Stage::Creating(call) => call.operation(),
            Stage::Asking(call) => call.operation(),
            Stage::Looking(call) => call.operation(),
            Stage::Pausing => None,
        }
    }
}

impl<C> fmt::Debug for PostOnce<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostOnce").field("once", &self.once).finish_non_exhaustive()
    }
}
