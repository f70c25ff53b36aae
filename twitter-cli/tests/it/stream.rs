//! `twitter stream`: followed, ended, killed and gone on with.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{ChildStdout, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use twitter_sandbox::{Disconnect, Sandbox, Stream};
use twitter_types::Timestamp;

use crate::support::{Running, Said, Twitter};

const SOON: Duration = Duration::from_secs(20);

fn sandbox() -> Sandbox {
    Sandbox::builder().keep_alive(Duration::from_millis(50)).start().unwrap()
}

/// A stream that is followed.
struct Followed {
    running: Running,
    lines: BufReader<ChildStdout>,
}

impl Followed {
    fn of(twitter: &Twitter, arguments: &[&str]) -> Self {
        let mut running = twitter.start(&[&["stream"], arguments].concat());
        let lines = BufReader::new(running.child.stdout.take().unwrap());
        running.wait_for("Connected.");
        Self { running, lines }
    }

    fn text(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }

    fn line(&mut self) -> Value {
        let text = self.text();
        serde_json::from_str(&text).expect(&text)
    }

    /// The ids of the next items.
    fn ids(&mut self, count: usize) -> Vec<u64> {
        let ids = (0..count).map(|_| self.line()["data"]["id"].as_str().unwrap().parse().unwrap());
        ids.collect()
    }

    fn end(self) -> Said {
        self.running.terminate();
        self.running.end()
    }

    fn kill(mut self, sandbox: &Sandbox, stream: Stream) {
        self.running.child.kill().unwrap();
        self.running.child.wait().unwrap();
        wait_until(|| sandbox.stream(stream).connected() == 0);
    }
}

fn wait_until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < SOON);
        sleep(Duration::from_millis(10));
    }
}

/// What is kept of streams.
fn kept(twitter: &Twitter) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(twitter.file("default", "streams")) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect()
}

#[test]
fn items_come_as_x_sends_them() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let follow = ["filtered", "--rule", "numbered", "--tag", "all", "--tweet.fields", "lang"];
    let mut followed = Followed::of(&twitter, &follow);
    let ids = sandbox.publish_numbered(3);
    for (at, id) in ids.iter().enumerate() {
        let item = followed.line();
        assert_eq!(item["data"]["id"], id.to_string());
        assert_eq!(item["data"]["text"], format!("numbered post {}", at + 1));
        assert_eq!(item["matching_rules"][0]["tag"], "all");
        assert!(item["data"]["lang"].is_string(), "{item}");
    }
    let odd = r#"{ "data":{"text":"caf\u00e9", "id":"77","later":[1.50]} }"#;
    sandbox.stream(Stream::Filtered).emit(odd);
    assert_eq!(followed.text(), format!("{odd}\n"));
    let said = followed.end();
    said.expect(0, &["Added the rule \"numbered\", which stays: `twitter rules delete "]);
    // No status line where nobody watches, and nothing else was said but that.
    assert_eq!(said.err.lines().count(), 2, "{}", said.err);
    let rules = twitter.run(&["rules", "list"]).expect(0, &[]).json();
    assert_eq!((&rules["value"], &rules["tag"]), (&"numbered".into(), &"all".into()));
    // The rule is there by now, and so is where the stream was.
    let said = Followed::of(&twitter, &follow).end();
    said.expect(0, &["Going on from ", "A gap: what was created from "]);
    assert!(!said.err.contains("Added"), "{}", said.err);
    assert_eq!(kept(&twitter).len(), 1);
    #[cfg(unix)]
    assert_eq!(crate::support::mode(&kept(&twitter)[0]), "600");
}

/// Killed at any moment, nothing is lost; what comes again is what was printed in the last second.
#[test]
fn a_killed_stream_goes_on_without_a_loss() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let follow = ["filtered", "--rule", "numbered", "--recover", "backfill"];
    let mut followed = Followed::of(&twitter, &follow);
    let mut published = sandbox.publish_numbered(30);
    let mut printed = followed.ids(30);
    wait_until(|| {
        // A post is known by its id.
        let last = published.last().unwrap().to_string();
        kept(&twitter).iter().any(|file| fs::read_to_string(file).unwrap().contains(&last))
    });
    followed.kill(&sandbox, Stream::Filtered);
    published.extend(sandbox.publish_numbered(20));
    let mut followed = Followed::of(&twitter, &follow);
    published.extend(sandbox.publish_numbered(10));
    printed.extend(followed.ids(30));
    assert_eq!(printed.len(), 60);
    assert_eq!(as_set(&printed), as_set(&published), "each once");
    // At once after an item, some may come again, and none is missing.
    published.extend(sandbox.publish_numbered(5));
    printed.extend(followed.ids(5));
    followed.kill(&sandbox, Stream::Filtered);
    published.extend(sandbox.publish_numbered(5));
    let mut followed = Followed::of(&twitter, &follow);
    while as_set(&printed) != as_set(&published) {
        printed.extend(followed.ids(1));
    }
    // Every item of the backfill is before the first sign of life behind it.
    followed.running.wait_for("A gap: what was missed from ");
    followed.end().expect(0, &["came by backfill."]);
    // The run before was a short one: no more than its 35 can come again.
    assert!(printed.len() <= published.len() + 35, "{}", printed.len());
    let anew = Followed::of(&twitter, &[&follow[..], &["--no-resume"]].concat()).end();
    assert!(!anew.expect(0, &[]).err.contains("Going on"), "{}", anew.err);
}

fn as_set(ids: &[u64]) -> BTreeSet<u64> {
    ids.iter().copied().collect()
}

#[test]
fn what_was_missed_comes_by_search() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let follow = ["filtered", "--rule", "numbered", "--recover", "search"];
    let follow = [&follow[..], &["--tweet.fields", "created_at"]].concat();
    Followed::of(&twitter, &follow).end().expect(0, &[]);
    let missed = sandbox.publish_numbered(3);
    // A search comes as late as X may deliver, by the clock of this machine.
    let mut followed = Followed::of(&twitter, &follow);
    let mut found = Vec::new();
    while found.len() < 3 {
        let item = followed.line();
        assert!(item["data"]["created_at"].is_string(), "{item}");
        found.push(item["data"]["id"].as_str().unwrap().parse().unwrap());
    }
    assert_eq!(as_set(&found), as_set(&missed));
    followed.running.wait_for("A gap: what was missed from ");
    followed.end().expect(0, &["came by search."]);
}

#[test]
fn what_happens_is_said_and_printed() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let mut followed = Followed::of(&twitter, &["labels", "--events"]);
    let stream = sandbox.stream(Stream::Labels);
    stream.emit("no JSON");
    stream.emit("nor this");
    stream.disconnect(Disconnect::Operational);
    let mut told = Vec::new();
    while told.last().is_none_or(|event: &Value| event["event"] != "gap") {
        told.push(followed.line());
    }
    told.retain(|event| event["event"] != "alive");
    let names: Vec<_> = told.iter().map(|event| event["event"].as_str().unwrap()).collect();
    let expected =
        ["connected", "unreadable", "unreadable", "notice", "disconnected", "connected", "gap"];
    assert_eq!(names, expected);
    assert_eq!(told[1]["line"], "no JSON");
    assert_eq!(told[3]["problems"][0]["disconnect_type"], "OperationalDisconnect");
    assert!(told[4]["pause_seconds"].is_number(), "{told:?}");
    assert!(told[6]["recovered"].is_null() && told[6]["from"].is_string(), "{told:?}");
    let said = followed.end();
    said.expect(0, &["a line of 7 bytes is no item: ", "X says: OperationalDisconnect: "]);
    said.expect(0, &["Disconnected: X closed the connection.", "A gap: "]);
    // The second such line is one too many to be told of.
    assert!(!said.err.contains("a line of 8 bytes"), "{}", said.err);
}

#[test]
fn every_stream_can_be_followed() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    twitter.run(&["rules", "add", "numbered"]).expect(0, &[]);
    for (name, stream, parts) in [
        ("filtered", Stream::Filtered, false),
        ("sample", Stream::Sample, false),
        ("sample10", Stream::Sample10, true),
        ("firehose", Stream::Firehose, true),
        ("firehose-en", Stream::FirehoseEn, true),
        ("firehose-ja", Stream::FirehoseJa, true),
        ("firehose-ko", Stream::FirehoseKo, true),
        ("firehose-pt", Stream::FirehosePt, true),
        ("likes-firehose", Stream::LikesFirehose, true),
        ("likes-sample10", Stream::LikesSample10, true),
        ("posts-compliance", Stream::PostsCompliance, true),
        ("users-compliance", Stream::UsersCompliance, true),
        ("likes-compliance", Stream::LikesCompliance, false),
        ("labels", Stream::Labels, false),
        ("activity", Stream::Activity, false),
    ] {
        let part: &[&str] = if parts { &["--partition", "2"] } else { &[] };
        let followed = Followed::of(&twitter, &[&[name], part].concat());
        assert_eq!(sandbox.stream(stream).connected(), 1, "{name}");
        followed.end().expect(0, &[]);
        let file = if parts { format!("{name}-2-") } else { format!("{name}-") };
        let names: Vec<_> =
            kept(&twitter).iter().map(|f| f.file_name().unwrap().to_owned()).collect();
        assert!(names.iter().any(|name| name.to_str().unwrap().starts_with(&file)), "{names:?}");
    }
    assert_eq!(kept(&twitter).len(), 15);
}

/// What the README says to try without an account.
#[test]
fn a_sandbox_publishes_steadily() {
    let mut sandbox = Twitter::new().start(&["sandbox", "--publish-per-second", "50"]);
    let lines = BufReader::new(sandbox.child.stdout.take().unwrap()).lines();
    let mut twitter = Twitter::new();
    for line in lines.map(Result::unwrap) {
        let (name, value) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
        twitter.set(name, value.trim_matches('\''));
        if twitter.has("X_BASE_URL") && twitter.has("X_BEARER_TOKEN") {
            break;
        }
    }
    let mut followed = Followed::of(&twitter, &["filtered", "--rule", "numbered"]);
    assert_eq!(as_set(&followed.ids(3)).len(), 3);
    followed.end().expect(0, &[]);
    sandbox.child.kill().unwrap();
    sandbox.child.wait().unwrap();
}

/// `| head -n 1`.
#[test]
fn a_closed_pipe_ends_a_stream_quietly() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let mut followed = Followed::of(&twitter, &["filtered", "--rule", "numbered"]);
    sandbox.publish_numbered(1);
    followed.ids(1);
    let Followed { mut running, lines } = followed;
    drop(lines);
    sandbox.publish_numbered(1);
    // Ended by itself.
    running.child.wait().unwrap();
    assert!(!running.end().expect(0, &[]).err.contains("twitter: "));
}

#[test]
fn a_replay_ends_by_itself() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    twitter.run(&["rules", "add", "numbered"]).expect(0, &[]);
    let start = Timestamp::try_from(std::time::SystemTime::now()).unwrap();
    let published = sandbox.publish_numbered(4);
    sandbox.advance(Duration::from_secs(120));
    let end = start.saturating_add(Duration::from_secs(60)).to_string();
    let start = start.checked_sub(Duration::from_secs(1)).unwrap().to_string();
    let span = ["--start_time", start.as_str(), "--end_time", end.as_str()];
    let said = twitter.run(&[&["stream", "filtered"], &span[..]].concat());
    let ids = said.expect(0, &[]).lines();
    let ids = ids.iter().map(|item| item["data"]["id"].as_str().unwrap().parse().unwrap());
    assert_eq!(as_set(&ids.collect::<Vec<_>>()), as_set(&published));
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);
}

#[test]
fn what_cannot_be_followed_is_told_at_once() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_CLIENT_ID", "X_CLIENT_SECRET"]);
    for (arguments, words) in [
        (&["stream"][..], "firehose-en"),
        (&["stream", "everything"], "everything"),
        (&["stream", "firehose"], "--partition"),
        (&["stream", "firehose", "--partition", "21"], "from 1 to 20"),
        (&["stream", "sample", "--recover", "replay"], "possible values: none, backfill"),
        (&["stream", "sample", "--rule", "cats"], "--rule"),
        (&["stream", "filtered", "--tag", "cats"], "--rule"),
        (&["stream", "labels", "--start_time", "yesterday"], "like 2021-01-06T18:40:40Z"),
    ] {
        assert_eq!(twitter.run(arguments).expect(2, &[words]).out, "", "{arguments:?}");
    }
    twitter.run(&["stream", "sample"]).expect(3, &["`twitter login --app`"]);
    assert_eq!(sandbox.requests(), []);
    let wrong = Twitter::of(&sandbox, &["X_BASE_URL"]).with("X_BEARER_TOKEN", "A".repeat(110));
    wrong.run(&["stream", "sample"]).expect(4, &["twitter: "]);

    let app = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let without_rule = app.run(&["stream", "filtered"]);
    without_rule.expect(4, &["add a rule", "`twitter rules add 'cats has:images'`"]);
    let first = Followed::of(&app, &["labels"]);
    app.run(&["stream", "labels"]).expect(1, &["is followed by another command"]);
    first.end().expect(0, &[]);
    fs::write(&kept(&app)[0], "{").unwrap();
    app.run(&["stream", "labels"]).expect(1, &["--no-resume begins now"]);
    Followed::of(&app, &["labels", "--no-resume"]).end().expect(0, &[]);
}

/// Whoever watches a terminal sees how the stream does, and nothing of it is on standard output.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_a_status_line() {
    let sandbox = sandbox();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let (out, id) = (twitter.home.path("out"), twitter.home.path("id"));
    let program = env!("CARGO_BIN_EXE_twitter");
    let line = format!(
        "echo $$ > {}; exec {program} stream filtered --rule numbered > {}",
        id.display(),
        out.display()
    );
    let mut terminal = Command::new("python3");
    terminal.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/terminal.py"));
    terminal.args(["/bin/sh", "-c", &line]).env_clear().envs(twitter.variables.iter().cloned());
    terminal.env("PATH", std::env::var("PATH").unwrap()).stdin(std::process::Stdio::null());
    let watched = terminal.stdout(std::process::Stdio::piped()).spawn().unwrap();
    assert!(sandbox.stream(Stream::Filtered).wait_connected(1, SOON));
    sandbox.publish_numbered(2);
    wait_until(|| fs::read_to_string(&out).unwrap().lines().count() == 2);
    // The line is drawn once a second.
    sleep(Duration::from_millis(2500));
    let id = fs::read_to_string(id).unwrap();
    assert!(Command::new("kill").args(["-INT", id.trim()]).status().unwrap().success());
    let output = watched.wait_with_output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown:?}");
    assert!(shown.contains("\r2 items, "), "{shown:?}");
    assert!(shown.contains(" a second, connected for 0:00:0"), "{shown:?}");
    assert!(shown.ends_with("\r\n"), "{shown:?}");
}
