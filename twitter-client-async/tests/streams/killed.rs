//! A program that is killed, and goes on with its cursor.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use twitter_types::{
    PostId,
    posts::SearchRecent,
    stream::{Cursor, Event, Recovery},
};

use crate::{
    ledger::Ledger,
    reader::{Kind, Reader},
    scene::{Draw, Scene, options},
};

const BASE_URL: &str = "STREAMS_TEST_BASE_URL";
const TOKEN: &str = "STREAMS_TEST_TOKEN";
const FOLDER: &str = "STREAMS_TEST_FOLDER";
const KIND: &str = "STREAMS_TEST_KIND";

/// How often each program is killed.
const KILLS: usize = 15;

#[test]
fn the_blocking_client_goes_on() {
    kill(Kind::Blocking);
}

#[test]
fn the_async_client_goes_on() {
    kill(Kind::Async);
}

/// The program: writes down what it gets, and then where the stream stands.
#[test]
fn child() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let (base_url, token) = (env::var(BASE_URL).unwrap(), env::var(TOKEN).unwrap());
    let kind = if env::var(KIND).unwrap() == "Async" { Kind::Async } else { Kind::Blocking };
    let folder = PathBuf::from(folder);
    let cursor = cursor(&folder);
    let options = options(Recovery::Search(vec![SearchRecent::new("numbered")]));
    let mut reader = Reader::new(kind, &base_url, &token, options, cursor.as_ref());
    let mut written =
        fs::File::options().create(true).append(true).open(folder.join("written")).unwrap();
    // What a killed program was writing has no end.
    writeln!(written).unwrap();
    while let Some(event) = reader.next() {
        match event.unwrap() {
            Event::Item(item) => writeln!(written, "{}", item.data.unwrap().id).unwrap(),
            Event::Gap(gap) if gap.recovered.is_none() => panic!("{gap}"),
            _ => {}
        }
        let Some(cursor) = reader.cursor() else { continue };
        fs::write(folder.join("cursor.new"), serde_json::to_string(&cursor).unwrap()).unwrap();
        fs::rename(folder.join("cursor.new"), folder.join("cursor")).unwrap();
    }
}

fn kill(kind: Kind) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("streams-{kind:?}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let scene = Scene::new(31);
    let draw = Draw::new(37);
    thread::scope(|scope| {
        scope.spawn(|| scene.publish(41));
        scope.spawn(|| scene.trouble(43));
        for _ in 0..KILLS {
            let mut child = Program::start(&scene, kind, &folder);
            let known = cursor(&folder);
            // Long enough to have moved on.
            let begun = Instant::now();
            while cursor(&folder) == known && begun.elapsed() < Duration::from_secs(20) {
                thread::sleep(Duration::from_millis(5));
            }
            thread::sleep(Duration::from_millis(draw.below(150)));
            child.kill();
        }
        let last = scene.calm_down().created_at().unwrap();
        let _child = Program::start(&scene, kind, &folder);
        let begun = Instant::now();
        while cursor(&folder).is_none_or(|cursor| cursor.time <= last) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it takes too long");
            thread::sleep(Duration::from_millis(20));
        }
    });
    let written = fs::read_to_string(folder.join("written")).unwrap();
    let mut ledger = Ledger::default();
    for id in written.lines().filter_map(|line| line.parse::<PostId>().ok()) {
        ledger.delivered.insert(id, 1);
    }
    // The first program began somewhat after the first post.
    let published = scene.published();
    let first = published.iter().position(|id| ledger.delivered.contains_key(id)).unwrap();
    println!("{kind:?}: {} posts, {first} before the first program", published.len());
    assert!(first * 2 < published.len());
    ledger.check(&published[first..], false);
}

fn cursor(folder: &Path) -> Option<Cursor> {
    let text = fs::read_to_string(folder.join("cursor")).ok()?;
    serde_json::from_str(&text).ok()
}

/// A program that is killed at the latest when it is dropped.
struct Program(Child);

impl Program {
    fn start(scene: &Scene, kind: Kind, folder: &Path) -> Self {
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "killed::child", "--nocapture"])
            .env(BASE_URL, scene.base_url())
            .env(TOKEN, scene.token())
            .env(FOLDER, folder)
            .env(KIND, format!("{kind:?}"))
            .stdout(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }

    /// By SIGKILL.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
