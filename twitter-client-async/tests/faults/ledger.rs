//! What was asked, what came of it, and whether that is the truth.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use twitter_sandbox::{Sandbox, Wire};
use twitter_types::{
    Error, PostId,
    auth::{AppToken, OAuth1User},
    endpoint::{
        BaseUrl,
        policy::{Limits, Policy, Retries},
    },
};

use crate::{
    plan::{self, Repeated},
    support::{app_token, oauth1_user, told},
};

/// Longer than a call may go on behind its deadline, on a machine that is busy.
const SLACK: Duration = Duration::from_secs(10);

/// Lookups in a window of a second.
const LIMIT: u32 = 350;

/// One call of the suite.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// Limited by the sandbox.
    Lookup,
    /// Refused by 429 at times.
    ByName,
    Me,
    Create(String),
    Delete(PostId),
}

/// A sandbox, the relay in front of it, and what has become of the calls so far.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    wire: Wire,
    limits: Limits,
    repeated: Repeated,
    calls: AtomicUsize,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    created: HashMap<PostId, String>,
    /// May be there: nobody knows.
    unknown: Vec<String>,
    /// Is not there, with what the call said.
    denied: HashMap<String, String>,
    /// Where a deletion was asked for.
    deleted: Vec<PostId>,
    /// Of what is there and has not been deleted.
    deletable: Vec<PostId>,
    tally: BTreeMap<String, usize>,
    longest: Duration,
}

impl Scene {
    pub(crate) fn new(seed: u64, clock_offset: i64) -> Self {
        let sandbox = Sandbox::builder()
            .clock_offset(clock_offset)
            .window(Duration::from_secs(1))
            .rate_limit("getUsersById", LIMIT)
            .rate_limit("createPosts", u32::MAX)
            .rate_limit("deletePosts", u32::MAX)
            .rate_limit("getUsersMe", u32::MAX)
            .start()
            .unwrap();
        let repeated = Repeated::default();
        let wire = plan::wire(&sandbox, seed, &repeated);
        let limits = Limits::new().waiting(Duration::from_secs(2));
        let (calls, book) = (AtomicUsize::new(0), Mutex::default());
        Self { sandbox, wire, limits, repeated, calls, book }
    }

    pub(crate) fn base_url(&self) -> BaseUrl {
        self.wire.base_url().parse().unwrap()
    }

    pub(crate) fn credentials(&self) -> (AppToken, OAuth1User) {
        (app_token(&self.sandbox), oauth1_user(&self.sandbox))
    }

    /// For those who wait for a window longer than for others.
    pub(crate) fn policy(&self, ask: &Ask) -> Policy {
        let pauses = (Duration::from_millis(2), Duration::from_millis(20));
        Policy::new()
            .with_retries(Retries::default().pausing(pauses.0, pauses.1))
            .with_limits(self.limits.clone())
            .with_deadline(deadline(ask))
    }

    /// The next call.
    pub(crate) fn ask(&self) -> Ask {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        match number % 20 {
            0..9 => Ask::Lookup,
            9 => Ask::ByName,
            10..12 => Ask::Me,
            12..14 => self.book.lock().unwrap().deletable.pop().map_or(Ask::Me, Ask::Delete),
            _ => Ask::Create(format!("post number {number}")),
        }
    }

    /// What came of a call.
    pub(crate) fn enter(&self, ask: Ask, outcome: Result<Option<PostId>, Error>, took: Duration) {
        let limit = deadline(&ask) + SLACK;
        assert!(took < limit, "{ask:?} took {took:?} and gave {outcome:?}");
        let mut book = self.book.lock().unwrap();
        book.longest = book.longest.max(took);
        *book.tally.entry(name(&outcome)).or_default() += 1;
        match (ask, outcome) {
            (Ask::Create(text), Ok(id)) => {
                let id = id.expect("a post that was created has an id");
                assert!(book.created.insert(id, text).is_none(), "{id} was created twice");
                book.deletable.push(id);
            }
            (Ask::Create(text), Err(Error::OutcomeUnknown { .. })) => book.unknown.push(text),
            (Ask::Create(text), Err(error)) => drop(book.denied.insert(text, told(&error))),
            (Ask::Delete(id), _) => book.deleted.push(id),
            _ => {}
        }
    }

    /// Compares with the posts that there are.
    pub(crate) fn check(&self, there: &HashMap<PostId, String>) {
        let book = self.book.lock().unwrap();
        for (id, text) in &book.created {
            let found = there.get(id);
            let may_be_gone = book.deleted.contains(id);
            assert!(found == Some(text) || found.is_none() && may_be_gone, "{id} is not there");
        }
        let mut texts: Vec<_> = there.values().collect();
        texts.sort_unstable();
        let whole = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), whole, "a post is there twice");
        for (id, text) in there {
            let denied = book.denied.get(text);
            assert_eq!(denied, None, "{text} is there");
            assert!(book.created.contains_key(id) || book.unknown.contains(text), "{text} is lost");
        }

        let requests = self.sandbox.requests();
        let of = |operation, status| {
            let matches = |request: &&twitter_sandbox::Received| {
                request.operation == Some(operation) && request.status == status
            };
            requests.iter().filter(matches).count()
        };
        let limited = requests.iter().filter(|request| request.status == 429).count();
        assert_eq!(limited, 0, "requests went beyond a limit");
        // The sandbox refuses a text that it has, and a nonce that it has seen.
        assert_eq!(of("createPosts", 403), 0, "a post was sent again");
        if of("createPosts", 201) > 0 {
            // Fewer, where the client had gone before the relay could repeat its request.
            let refused = of("createPosts", 401);
            assert!(refused <= self.repeated.count(), "a request was sent again");
        }
        assert!(of("getUsersById", 200) > 0);
    }

    /// How often each outcome came, how many requests that took, and how long the longest call.
    pub(crate) fn report(&self) -> String {
        let book = self.book.lock().unwrap();
        let calls: usize = book.tally.values().sum();
        format!(
            "{calls} calls, {} requests arrived, {} posts created, {} unknown, longest {:?}: {:?}",
            self.sandbox.requests().len(),
            book.created.len(),
            book.unknown.len(),
            book.longest,
            book.tally
        )
    }

    pub(crate) fn outcomes(&self) -> BTreeMap<String, usize> {
        self.book.lock().unwrap().tally.clone()
    }
}

fn deadline(ask: &Ask) -> Duration {
    Duration::from_millis(if matches!(ask, Ask::Lookup) { 2500 } else { 500 })
}

fn name(outcome: &Result<Option<PostId>, Error>) -> String {
    match outcome {
        Ok(_) => "ok".to_owned(),
        Err(error) => {
            let variant = format!("{error:?}");
            let variant = variant.split([' ', '(', '{']).next().unwrap_or_default();
            match error {
                Error::Transport(error) => format!("{variant} {:?}", error.kind()),
                Error::Api(error) => {
                    let skew = if error.clock_skew.is_some() { " clock" } else { "" };
                    format!("{variant} {}{skew}", error.status.as_u16())
                }
                _ => variant.to_owned(),
            }
        }
    }
}
