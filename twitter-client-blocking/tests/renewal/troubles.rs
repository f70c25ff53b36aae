//! Replies that are lost, stores that fail, and clocks that are wrong: each is told, and costs no token
//! that could be kept.

use std::{
    thread,
    time::{Duration, Instant},
};

use bearer::{ClockSkew, MemoryStore, RefreshError, Session, StoreErrorKind};
use http::Request;
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{Error, users};

use crate::{
    client, log_in,
    redis_server::Redis,
    support::{
        base_url,
        login::{self, asked, now, refresh_token, stored},
        told,
    },
};

/// A client whose next call renews first.
fn due(sandbox: &Sandbox) -> Client<Session> {
    let session = log_in(sandbox, MemoryStore::new());
    session.refused(&stored(&session).access_token);
    client(sandbox, &session)
}

fn renewal(error: Error) -> RefreshError {
    match error {
        Error::Renewal(error) => error,
        other => panic!("{other:?}"),
    }
}

/// X has ended the old refresh token and given a new one, which nobody has: no client can help that.
#[test]
fn a_lost_reply_means_another_login() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let (client, before) = (client(&sandbox, &session), stored(&session));
    session.refused(&before.access_token);

    sandbox.fail_next(Fault::LoseReply);
    let error = renewal(client.send(&users::Me::new()).unwrap_err());
    assert!(matches!(error, RefreshError::Spent(_)), "{error:?}");
    assert!(error.to_string().ends_with("so log in again"), "{error}");
    assert!(!told(&error).contains(refresh_token(&before)));
    // It was tried once more, for the reply could have been lost before X did anything.
    assert_eq!(asked(&sandbox), [("token", 200), ("token", 400)]);
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 1));
    assert_eq!(refresh_token(&stored(&session)), refresh_token(&before));

    // Nobody asks again with what is known to be spent, and a login is the cure.
    renewal(client.send(&users::Me::new()).unwrap_err());
    assert_eq!(asked(&sandbox).len(), 2);
    let again = log_in(&sandbox, MemoryStore::new());
    session.save(&stored(&again)).unwrap();
    client.send(&users::Me::new()).unwrap();
}

#[test]
fn a_reply_that_is_none_costs_a_second() {
    for fault in [Fault::Html, Fault::CloseHalfWay, Fault::Empty, Fault::TruncatedJson] {
        let sandbox = Sandbox::start().unwrap();
        let client = due(&sandbox);
        sandbox.fail_next(fault.clone());
        let begun = Instant::now();
        client.send(&users::Me::new()).unwrap();
        assert!(begun.elapsed() >= Duration::from_secs(1));
        assert_eq!(asked(&sandbox)[1..], [("token", 200), ("getUsersMe", 200)], "{fault:?}");
        assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
    }
}

/// A reply that comes too late is as lost as one that does not come.
#[test]
fn an_impatient_client_waits_for_a_renewal() {
    let timeout = Duration::from_millis(600);
    let agent = ureq::Agent::config_builder().timeout_global(Some(timeout)).build().new_agent();
    for transport in [Transport::default().with_timeout(timeout), Transport::from(agent)] {
        let sandbox = Sandbox::start().unwrap();
        // Enough for what is asked, and too short for tokens.
        let client = due(&sandbox).with_transport(transport.with_body_limit(200));
        sandbox.fail_next(Fault::Delay(2 * timeout));
        client.send(&users::Me::new()).unwrap();
        assert_eq!(asked(&sandbox), [("token", 200), ("getUsersMe", 200)]);
        sandbox.fail_next(Fault::Delay(2 * timeout));
        client.send(&users::Me::new()).unwrap_err();
    }
}

#[test]
fn a_refusal_of_the_app_keeps_the_refresh_token() {
    let sandbox = Sandbox::start().unwrap();
    let client = due(&sandbox);
    sandbox.fail_next(Fault::Status(401, r#"{"error":"invalid_client"}"#.to_owned()));
    let error = renewal(client.send(&users::Me::new()).unwrap_err());
    assert!(matches!(error, RefreshError::Reply(_)), "{error:?}");
    assert!(error.to_string().contains("invalid_client"), "{error}");
    client.send(&users::Me::new()).unwrap();
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
}

#[test]
fn a_redis_server_that_goes_away_during_a_renewal_loses_nothing() {
    let Some(mut redis) = Redis::start("renewal-gone", &[]) else { return };
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, redis.store());
    let (client, before) = (client(&sandbox, &session), stored(&session));
    session.refused(&before.access_token);

    // X has answered, and the answer is on its way, when the server ends.
    sandbox.fail_next(Fault::Delay(Duration::from_secs(2)));
    thread::scope(|scope| {
        let call = scope.spawn(|| client.send(&users::Me::new()));
        while sandbox.refreshes().rotated == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        redis.stop();
        call.join().unwrap().unwrap();
    });
    let warning = session.recall(now()).unwrap().warning.unwrap();
    let RefreshError::Store(error) = &warning else { panic!("{warning:?}") };
    assert_eq!(error.kind, StoreErrorKind::Unreachable);
    assert!(warning.to_string().ends_with("so let the program run on"), "{warning}");
    // The pair in memory goes on working; another process has none, and is told why.
    client.send(&users::Me::new()).unwrap();
    let other = Session::new(login::client(&sandbox), redis.store());
    let other = Client::new(other).with_base_url(base_url(&sandbox));
    let error = renewal(other.send(&users::Me::new()).unwrap_err());
    let RefreshError::Store(error) = &error else { panic!("{error:?}") };
    assert_eq!(error.kind, StoreErrorKind::Unreachable);

    redis.restart();
    assert_eq!(refresh_token(&stored(&session)), refresh_token(&before));
    thread::sleep(Duration::from_secs(6)); // until a write is tried again
    client.send(&users::Me::new()).unwrap();
    assert!(session.recall(now()).unwrap().warning.is_none());
    assert_ne!(refresh_token(&stored(&session)), refresh_token(&before));
    other.send(&users::Me::new()).unwrap();
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
}

/// Lifetimes are counted from the reply on, by this machine's clock alone.
#[test]
fn a_clock_that_is_ten_minutes_off_renews_neither_early_nor_late() {
    for offset in [600, -600] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        let session = log_in(&sandbox, MemoryStore::new());
        let client = client(&sandbox, &session);
        client.send(&users::Me::new()).unwrap();
        client.send(&users::Me::new()).unwrap();
        assert_eq!(asked(&sandbox), [("getUsersMe", 200), ("getUsersMe", 200)]);

        // The headers of any reply tell.
        let request = Request::get(sandbox.base_url()).body("").unwrap();
        let response = Transport::default().send(request).unwrap();
        let skew = ClockSkew::find(response.headers(), now(), Duration::from_secs(60)).unwrap();
        assert!((skew.seconds + offset).abs() <= 5, "{skew:?}");
        let direction = if offset > 0 { "behind" } else { "ahead of" };
        assert!(skew.to_string().contains(direction), "{skew}");
    }
}

#[cfg(unix)]
mod read_only {
    use std::{
        env, fs,
        os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
        path::{Path, PathBuf},
        process::Stdio,
    };

    use bearer::FileStore;

    use super::*;

    const FOLDER: &str = "RENEWAL_TEST_READ_ONLY";

    #[test]
    fn a_folder_that_became_read_only_loses_nothing() {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("renewal-read-only");
        if folder.exists() {
            chmod(&folder, 0o755);
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let mut child = std::process::Command::new(env::current_exe().unwrap());
        child.args(["troubles::read_only::owner", "--exact", "--ignored"]).env(FOLDER, &folder);
        child.stdout(Stdio::piped()).stderr(Stdio::piped());
        // To root nothing is read-only: then another user tries, if that one can run the test at all.
        if fs::metadata(&folder).unwrap().uid() == 0 {
            const NOBODY: u32 = 65_534;
            chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
            child.uid(NOBODY).gid(NOBODY);
        }
        let Ok(child) = child.spawn() else {
            println!("skipped: another user than root cannot run this test");
            return;
        };
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{output:?}");
    }

    #[test]
    #[ignore = "run by the test above, as the folder's owner"]
    fn owner() {
        let folder = PathBuf::from(env::var_os(FOLDER).unwrap());
        let sandbox = Sandbox::start().unwrap();
        let session = log_in(&sandbox, FileStore::new(folder.join("tokens.json")));
        let (client, before) = (client(&sandbox, &session), stored(&session));
        // Once while it can be written, so that the files of the locks are there.
        session.refused(&before.access_token);
        client.send(&users::Me::new()).unwrap();

        let before = stored(&session);
        session.refused(&before.access_token);
        chmod(&folder, 0o555);
        client.send(&users::Me::new()).unwrap();
        let warning = session.recall(now()).unwrap().warning.unwrap();
        let RefreshError::Store(error) = &warning else { panic!("{warning:?}") };
        assert_eq!(error.kind, StoreErrorKind::Forbidden);
        assert!(error.to_string().contains("give access to the file and to its folder"), "{error}");
        assert_eq!(refresh_token(&stored(&session)), refresh_token(&before));

        chmod(&folder, 0o755);
        thread::sleep(Duration::from_secs(6)); // until a write is tried again
        client.send(&users::Me::new()).unwrap();
        assert_ne!(refresh_token(&stored(&session)), refresh_token(&before));
        assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (2, 0));
    }

    fn chmod(folder: &Path, mode: u32) {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    }
}
