//! What every store promises, and what a file promises beyond that.

use std::{sync::Arc, thread};

use bearer::{MemoryStore, RefreshToken, Stored, Swap, TokenStore};

use super::fakes::tokens;

/// What every store promises. It is empty before and after.
pub(crate) fn keeps_its_promises(store: &dyn TokenStore) {
    let [one, two] = [1, 2].map(|generation| Stored::new(&tokens(generation)));
    let holds = |stored: Option<&Stored>| store.load().unwrap().as_ref() == stored;
    let swap = |read, new| store.swap(read, new).unwrap();
    assert!(holds(None));
    assert_eq!(swap(None, None), Swap::Done);
    assert_eq!(swap(Some(&one), Some(&two)), Swap::Conflict);
    assert_eq!(swap(Some(&one), None), Swap::Conflict);
    assert!(holds(None));
    assert_eq!(swap(None, Some(&one)), Swap::Done);
    assert!(holds(Some(&one)));
    assert_eq!(swap(None, Some(&two)), Swap::Conflict);
    assert_eq!(swap(Some(&two), Some(&two)), Swap::Conflict);
    assert_eq!(swap(Some(&two), None), Swap::Conflict);
    assert!(holds(Some(&one)));

    let mut lock = store.try_lock().unwrap().unwrap();
    assert!(store.try_lock().unwrap().is_none());
    // Who has the lock can write, and so can who has not.
    assert_eq!(swap(Some(&one), Some(&two)), Swap::Done);
    assert!(holds(Some(&two)));
    assert!(lock.extend().unwrap());
    drop(lock);
    let lock = store.try_lock().unwrap();
    assert!(lock.is_some());
    drop(lock);

    assert_eq!(swap(Some(&two), None), Swap::Done);
    assert!(holds(None));
    counts(store);
}

/// Threads without the lock count up together: a swap that was done is never overwritten unseen.
fn counts(store: &dyn TokenStore) {
    const EACH: u64 = 20;
    assert_eq!(store.swap(None, Some(&Stored::new(&tokens(0)))).unwrap(), Swap::Done);
    let count = |stored: &Stored| stored.tokens().unwrap().access_token.expose()[1..].parse();
    // No two write the same text, as no two receive the same tokens.
    let increment = |thread: &RefreshToken| {
        let read = store.load().unwrap();
        let next: u64 = read.as_ref().map(count).unwrap().unwrap();
        let next = Stored::new(&tokens(next + 1).refresh_token(thread.clone()));
        store.swap(read.as_ref(), Some(&next)).unwrap() == Swap::Done
    };
    thread::scope(|scope| {
        for thread in ["t1", "t2", "t3", "t4"].map(|name| RefreshToken::new(name).unwrap()) {
            scope.spawn(move || (0..EACH).for_each(|_| while !increment(&thread) {}));
        }
    });
    let last = store.load().unwrap().unwrap();
    assert_eq!(count(&last), Ok(4 * EACH));
    assert_eq!(store.swap(Some(&last), None).unwrap(), Swap::Done);
}

#[test]
fn memory() {
    let store = MemoryStore::new();
    keeps_its_promises(&store);
    let chosen: Arc<dyn TokenStore> = Arc::new(store.clone());
    keeps_its_promises(&chosen);
    let clone = store.clone();
    let lock = store.try_lock().unwrap();
    assert!(clone.try_lock().unwrap().is_none());
    drop(lock);
}

#[test]
fn the_text_of_stored_tokens() {
    let stored = Stored::new(&tokens(1).expires_at(1_764_100_000).scopes("b a".parse().unwrap()));
    assert_eq!(
        stored.expose(),
        r#"{"format":1,"access_token":"a1","refresh_token":"r1","expires_at":1764100000,"scope":"a b"}"#
    );
    let read = stored.tokens().unwrap();
    assert!(Stored::new(&read) == stored);
    let text = r#"{ "scope": null, "new": 7, "format": 1, "access_token": "a" }"#;
    let read = Stored::from_text(text).tokens().unwrap();
    assert!(read.refresh_token.is_none() && read.expires_at.is_none() && read.scopes.is_none());
}

#[cfg(all(unix, feature = "file"))]
mod file {
    use std::{
        env, fs,
        os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
        path::{Path, PathBuf},
        process::{Command, Stdio},
        thread,
        time::{Duration, Instant},
    };

    use bearer::{FileStore, Session, StoreErrorKind, Stored, Swap, TokenStore as _};

    use super::{super::fakes, keeps_its_promises, tokens};

    /// Tells a child process which file to work on.
    const FILE: &str = "BEARER_TEST_FILE";

    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bearer-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// One of the tests below in another process, which the shell prepares first.
    fn child(prepare: &str, test: &str, file: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{prepare} exec \"$0\" \"$@\"")]);
        command.arg(env::current_exe().unwrap());
        command.args(["--exact", &format!("stores::file::{test}"), "--nocapture"]);
        command.env(FILE, file).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn succeeds(mut child: Command) {
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{output:?}");
    }

    #[test]
    fn keeps_promises() {
        let folder = folder("promises");
        let path = folder.join("tokens.json");
        let store = FileStore::new(&path);
        keeps_its_promises(&store);
        let lock = FileStore::new(&path).try_lock().unwrap();
        assert!(store.try_lock().unwrap().is_none(), "two stores, one file");
        drop(lock);
        assert_eq!(store.swap(None, Some(&Stored::new(&tokens(1)))).unwrap(), Swap::Done);
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&folder.join("tokens.json.lock")), 0o600);
        assert!(!folder.join("tokens.json.new").exists());
        assert!(format!("{store:?}").contains("tokens.json"));
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let path = folder("exposed").join("tokens.json");
        let store = FileStore::new(&path);
        let one = Stored::new(&tokens(1));
        let _ = store.swap(None, Some(&one)).unwrap();
        for exposed in [0o644, 0o640, 0o604, 0o620, 0o602, 0o601] {
            chmod(&path, exposed);
            let error = store.load().unwrap_err();
            assert_eq!(format!("{:?}", error.kind), format!("Exposed {{ mode: {exposed} }}"));
            let text = error.to_string();
            assert!(text.contains("tokens.json: other users"), "{text}");
            assert!(text.contains(&format!("(mode {exposed:o}): run chmod 600 on it")), "{text}");
        }
        // A pair that is to be written is not lost for it, and the file is closed again.
        let two = Stored::new(&tokens(2));
        assert_eq!(store.swap(Some(&one), Some(&two)).unwrap(), Swap::Done);
        assert_eq!(mode(&path), 0o600);
        assert!(store.load().unwrap() == Some(two));
    }

    #[test]
    fn what_is_no_text_can_be_replaced() {
        let path = folder("corrupted").join("tokens.json");
        for content in [&b"\xff\xfe"[..], b"", b"{\"format\":1"] {
            fs::write(&path, content).unwrap();
            chmod(&path, 0o600);
            let session = Session::new(fakes::client(), FileStore::new(&path));
            let error = session.load().unwrap_err();
            assert_eq!(error.kind, StoreErrorKind::Corrupted);
            assert!(error.to_string().contains("tokens.json"), "{error}");
            session.save(&tokens(1)).unwrap();
            assert!(session.load().unwrap().is_some());
        }
        fs::write(&path, vec![b' '; (1 << 20) + 1]).unwrap();
        chmod(&path, 0o600);
        assert_eq!(FileStore::new(&path).load().unwrap_err().kind, StoreErrorKind::Corrupted);
    }

    #[test]
    fn a_folder_that_is_missing() {
        let store = FileStore::new(folder("missing").join("no/tokens.json"));
        assert!(store.load().unwrap().is_none());
        for error in [
            store.swap(None, Some(&Stored::new(&tokens(1)))).unwrap_err(),
            store.try_lock().unwrap_err(),
        ] {
            assert_eq!(error.kind, StoreErrorKind::NoFolder);
            assert!(error.to_string().contains("create it"), "{error}");
        }
    }

    #[test]
    fn a_left_over_of_a_crash_is_no_obstacle() {
        let folder = folder("left-over");
        fs::write(folder.join("tokens.json.new"), "half").unwrap();
        let store = FileStore::new(folder.join("tokens.json"));
        assert_eq!(store.swap(None, Some(&Stored::new(&tokens(1)))).unwrap(), Swap::Done);
        assert_eq!(mode(store.path()), 0o600);
    }

    /// The limit on the size of files stands for a full disk: writing fails half-way.
    #[test]
    fn a_full_disk_loses_nothing() {
        if let Some(path) = env::var_os(FILE) {
            return cannot_be_written(Path::new(&path), StoreErrorKind::Full, "make room");
        }
        let path = folder("full").join("tokens.json");
        let _ = FileStore::new(&path).swap(None, Some(&Stored::new(&tokens(0)))).unwrap();
        succeeds(child("trap '' XFSZ; ulimit -f 0;", "a_full_disk_loses_nothing", &path));
        assert!(!path.with_extension("json.new").exists());
        assert_eq!(fakes::stored(&FileStore::new(&path)).unwrap(), "a0");
    }

    #[test]
    fn a_read_only_folder_loses_nothing() {
        if let Some(path) = env::var_os(FILE) {
            return cannot_be_written(Path::new(&path), StoreErrorKind::Forbidden, "give access");
        }
        let folder = folder("read-only");
        let path = folder.join("tokens.json");
        let store = FileStore::new(&path);
        let _ = store.swap(None, Some(&Stored::new(&tokens(0)))).unwrap();
        drop(store.try_lock().unwrap());
        let mut child = child("", "a_read_only_folder_loses_nothing", &path);
        // To root nothing is read-only: then another user tries, if that one can run the test at all.
        if is_root() {
            const NOBODY: u32 = 65_534;
            for name in fs::read_dir(&folder).unwrap() {
                std::os::unix::fs::chown(name.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
            }
            child.uid(NOBODY).gid(NOBODY);
            let mut run = Command::new(env::current_exe().unwrap());
            if run.arg("--list").stdout(Stdio::null()).uid(NOBODY).status().is_err() {
                eprintln!("skipped: another user than root cannot run this test");
                return;
            }
        }
        chmod(&folder, 0o555);
        succeeds(child);
        chmod(&folder, 0o755);
        assert_eq!(fs::read_to_string(&path).unwrap(), Stored::new(&tokens(0)).expose());
    }

    fn is_root() -> bool {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
    }

    /// A refresh where the new pair cannot be written: it is used, and the old one is still there.
    fn cannot_be_written(path: &Path, kind: StoreErrorKind, advice: &str) {
        let mut server = fakes::Server::new();
        let store = FileStore::new(path);
        let session = Session::new(fakes::client(), FileStore::new(path));
        fakes::drive(&mut session.access_token(), fakes::NOW, fakes::no_request).unwrap();
        session.refused(&tokens(0).access_token);
        let mut refresh = session.access_token();
        let access =
            fakes::drive(&mut refresh, fakes::NOW, |request| Ok(server.answer(request))).unwrap();
        assert_eq!(access.token.expose(), "a1");
        let warning = access.warning.unwrap();
        let bearer::RefreshError::Store(error) = warning else { panic!("{warning}") };
        assert_eq!(error.kind, kind);
        assert!(error.to_string().contains("tokens.json"), "{error}");
        assert!(error.to_string().contains(advice), "{error}");
        assert_eq!(fakes::stored(&store).unwrap(), "a0");
    }

    /// A process that writes all the time is killed 200 times, each at another point.
    #[test]
    fn kill_9_leaves_a_whole_pair() {
        if let Some(path) = env::var_os(FILE) {
            return writes_for_ever(Path::new(&path));
        }
        let path = folder("kill").join("tokens.json");
        let store = FileStore::new(&path);
        let _ = store.swap(None, Some(&Stored::new(&tokens(0)))).unwrap();
        let mut generation = 0;
        for _ in 0..200 {
            let mut child = child("", "kill_9_leaves_a_whole_pair", &path).spawn().unwrap();
            let begun = Instant::now();
            while self::generation(&store) == generation {
                assert!(begun.elapsed() < Duration::from_secs(60), "it does not write");
                thread::yield_now();
            }
            let mut random = [0; 2];
            getrandom::fill(&mut random).unwrap();
            thread::sleep(Duration::from_micros(u64::from(u16::from_ne_bytes(random)) / 4));
            child.kill().unwrap();
            child.wait().unwrap();
            assert!(store.try_lock().unwrap().is_some(), "the lock died with the process");
            let found = self::generation(&store);
            assert!(found > generation, "{found} after {generation}");
            generation = found;
        }
        println!("killed 200 times, in the course of {generation} writes");
    }

    /// The number of the pair that is there, both halves of which must have it.
    fn generation(store: &FileStore) -> u64 {
        let tokens = store.load().unwrap().expect("never empty").tokens().expect("never torn");
        let number = |token: &str| token[1..].parse::<u64>().unwrap();
        let generation = number(tokens.access_token.expose());
        assert_eq!(number(tokens.refresh_token.unwrap().expose()), generation);
        generation
    }

    fn writes_for_ever(path: &Path) {
        let store = FileStore::new(path);
        let _lock = store.try_lock().unwrap().unwrap();
        loop {
            let read = store.load().unwrap();
            let next = Stored::new(&tokens(generation(&store) + 1));
            assert_eq!(store.swap(read.as_ref(), Some(&next)).unwrap(), Swap::Done);
        }
    }
}
