//! 8 processes of 8 threads make calls with one user's tokens, which end all the time.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use bearer::{
    FileStore, OAuth2Client, RedisStore, Session, StoreError, StoreLock, Stored, Swap, TokenStore,
};
use twitter_client_blocking::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{endpoint::BaseUrl, users};

use crate::{
    client, log_in,
    redis_server::Redis,
    support::login::{count, refresh_token, stored},
};

const PROCESSES: usize = 8;
const THREADS: usize = 8;
const CALLS: usize = 12;

/// Tell a child process where the sandbox and the store are.
const BASE_URL: &str = "RENEWAL_TEST_BASE_URL";
const CLIENT_ID: &str = "RENEWAL_TEST_CLIENT_ID";
const FILE: &str = "RENEWAL_TEST_FILE";
const REDIS: &str = "RENEWAL_TEST_REDIS";

/// What a child process says at its end, before a number.
const WRITTEN: &str = "pairs written: ";

#[test]
fn processes_share_a_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renewal-processes");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("tokens.json");
    run(FileStore::new(&path), FILE, path.as_os_str());
}

#[test]
fn processes_share_a_redis_server() {
    let Some(redis) = Redis::start("renewal-processes", &[]) else { return };
    run(redis.store(), REDIS, redis.url().as_ref());
}

fn run(store: impl TokenStore + 'static, variable: &str, place: &OsStr) {
    let begun = Instant::now();
    let sandbox = Sandbox::builder().rate_limit("getUsersMe", u32::MAX).start().unwrap();
    // Within the margin from the beginning, so that whoever comes later renews it again.
    sandbox.set_access_token_lifetime(Duration::from_secs(1));
    let session = log_in(&sandbox, store);

    let children = Vec::from_iter((0..PROCESSES).map(|_| spawn(&sandbox, variable, place)));
    let written: u64 = children.into_iter().map(written).sum();

    let refreshes = sandbox.refreshes();
    assert_eq!(refreshes.reused, 0, "a refresh token was spent twice");
    assert_eq!(refreshes.rotated, written, "a pair was lost");
    assert_eq!(count(&sandbox, ("token", 200)) as u64, refreshes.rotated);
    assert_eq!(count(&sandbox, ("getUsersMe", 200)), PROCESSES * THREADS * CALLS);
    assert!(refreshes.rotated >= PROCESSES as u64, "{refreshes:?}");

    // What the last of them left in the store is good.
    let last = stored(&session);
    client(&sandbox, &session).send(&users::Me::new()).unwrap();
    assert_ne!(refresh_token(&last), refresh_token(&stored(&session)));
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (written + 1, 0));
    println!(
        "{} calls, {written} refreshes, {} answers of 401, in {:.1?}",
        PROCESSES * THREADS * CALLS,
        count(&sandbox, ("getUsersMe", 401)),
        begun.elapsed()
    );
}

fn spawn(sandbox: &Sandbox, variable: &str, place: &OsStr) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["processes::child", "--exact", "--ignored", "--nocapture"])
        .env(BASE_URL, sandbox.base_url())
        .env(CLIENT_ID, &sandbox.keys().public_client_id)
        .env(variable, place)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How many pairs a child process has written, all of whose calls had a reply.
fn written(child: Child) -> u64 {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{output:?}");
    let (_, rest) = text.split_once(WRITTEN).unwrap();
    rest.lines().next().unwrap().parse().unwrap()
}

#[test]
#[ignore = "a process of the tests above"]
fn child() {
    let oauth2 = OAuth2Client::public(env::var(CLIENT_ID).unwrap()).unwrap();
    let base_url: BaseUrl = env::var(BASE_URL).unwrap().parse().unwrap();
    let oauth2 = oauth2.with_base_url(base_url.clone());
    let session = match env::var_os(FILE) {
        Some(path) => Session::new(oauth2, Counting(FileStore::new(path))),
        None => {
            let store = RedisStore::open(&env::var(REDIS).unwrap(), "tokens:1").unwrap();
            Session::new(oauth2, Counting(store))
        }
    };
    let client = Client::new(session).with_base_url(base_url);
    let me = users::Me::new();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| (0..CALLS).for_each(|_| drop(client.send(&me).unwrap())));
        }
    });
    println!("{WRITTEN}{}", PAIRS.load(Ordering::Relaxed));
}

/// How many pairs this process has put into its store.
static PAIRS: AtomicU64 = AtomicU64::new(0);

#[derive(Debug)]
struct Counting<S>(S);

impl<S: TokenStore> TokenStore for Counting<S> {
    fn place(&self) -> String {
        self.0.place()
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        self.0.load()
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let outcome = self.0.swap(read, new);
        if matches!(outcome, Ok(Swap::Done)) {
            PAIRS.fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        self.0.try_lock()
    }
}
