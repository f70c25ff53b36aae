//! `twitter upload`, and what becomes of it when it is interrupted.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use twitter_sandbox::{Fault, Sandbox};

use crate::support::Twitter;

const MIB: usize = 1 << 20;

fn film(size: usize) -> Vec<u8> {
    let mut film: Vec<u8> = (0..size).map(|at| (at * 7 + at / 65_537) as u8).collect();
    film[..12].copy_from_slice(b"\0\0\0\x18ftypisom");
    film
}

fn picture() -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.resize(100_000, 7);
    picture
}

/// A file in the home, by its path.
fn file(twitter: &Twitter, name: &str, content: &[u8]) -> String {
    let path = twitter.home.path(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What is kept of uploads that are not done; not what was being written when a command was killed.
fn kept(twitter: &Twitter) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(twitter.file("default", "uploads")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

fn count(sandbox: &Sandbox, end: &str) -> usize {
    sandbox.requests().iter().filter(|request| request.path.ends_with(end)).count()
}

#[test]
fn a_picture_is_uploaded_and_posted() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let path = file(&twitter, "castle.png", &picture());
    let said = twitter.run(&["upload", &path, "--alt-text", "A sandcastle"]);
    // No bar where nobody watches.
    assert_eq!(said.expect(0, &[]).err, "");
    let media = said.json();
    let id = media["id"].as_str().unwrap();
    assert!(sandbox.holds_media(id.parse().unwrap(), &picture()));
    assert!(media["media_key"].is_string(), "{media}");
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);
    let post = twitter.run(&["post", "Look!", "--media", id]);
    let post = post.expect(0, &[]).json();
    let fields = ["--expansions", "attachments.media_keys", "--media.fields", "alt_text"];
    let lookup = [&["call", "posts.by_id", "--id", post["id"].as_str().unwrap()], &fields[..]];
    let shown = twitter.run(&lookup.concat()).expect(0, &[]).json();
    assert_eq!(shown["includes"]["media"][0]["alt_text"], "A sandcastle", "{shown}");
    // Without a word, too.
    twitter.run(&["post", "", "--media", id]).expect(0, &[]);
    let five = ["post", "Look!", "--media", "1,2,3,4,5"];
    twitter.run(&five).expect(2, &[]);
}

/// What a login obtains suffices for the command's own words.
#[test]
fn a_plain_login_may_upload() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_CLIENT_ID", "X_CLIENT_SECRET"]);
    let path = file(&twitter, "castle.png", &picture());
    twitter.log_in(&sandbox, &["--for", "posts.create"]).expect(0, &[]);
    // The login that is named keeps the rights that there were.
    let all = "the login lacks media.write: \
               `twitter login --scopes media.write,tweet.read,tweet.write,users.read`";
    twitter.run(&["upload", &path]).expect(4, &[all]);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    let media = twitter.run(&["upload", &path, "--alt-text", "A sandcastle"]);
    let media = media.expect(0, &[]).json();
    twitter.run(&["post", "Look!", "--media", media["id"].as_str().unwrap()]).expect(0, &[]);
    twitter.run(&["whoami"]).expect(0, &[]);
}

#[test]
fn a_video_has_subtitles() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let path = file(&twitter, "film.mp4", &film(2 * MIB));
    let subtitles = file(&twitter, "film.vtt", b"WEBVTT");
    let (one, two) = (format!("EN:English={subtitles}"), format!("DE={subtitles}"));
    let said = twitter.run(&["upload", &path, "--subtitles", &one, "--subtitles", &two]);
    said.expect(0, &[]).json();
    assert_eq!(count(&sandbox, "/2/media/subtitles"), 2);
}

/// Killed amid the segments, it goes on from there, with the same id.
#[test]
fn an_upload_goes_on_after_a_crash() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let film = film(12 * MIB);
    let path = file(&twitter, "film.mp4", &film);
    // Slow enough to be met amid the segments: the replies are right, and come late.
    for _ in 0..40 {
        sandbox.fail_next(Fault::Delay(Duration::from_millis(200)));
    }
    let mut child = twitter.command(&["upload", &path]).spawn().unwrap();
    let began = Instant::now();
    let is_amid = || {
        let saved = kept(&twitter).first().and_then(|file| fs::read_to_string(file).ok());
        saved.is_some_and(|saved| saved.contains("\"append\"") && !saved.contains("\"done\":[]"))
    };
    while !is_amid() {
        assert!(began.elapsed() < Duration::from_secs(60), "{:?}", kept(&twitter));
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    #[cfg(unix)]
    assert_eq!(crate::support::mode(&kept(&twitter)[0]), "600");
    let said = twitter.run(&["upload", &path]);
    let media = said.expect(0, &["interrupted: going on with it"]).json();
    assert!(sandbox.holds_media(media["id"].as_str().unwrap().parse().unwrap(), &film));
    assert_eq!(count(&sandbox, "/initialize"), 1);
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);
}

#[test]
fn what_fails_is_said_and_what_may_succeed_later_is_kept() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let path = file(&twitter, "film.mp4", &film(MIB));
    sandbox.fail_next(Fault::Delay(Duration::ZERO));
    sandbox.fail_next(Fault::CreditsDepleted);
    let said = twitter.run(&["upload", &path]);
    assert_eq!(said.expect(5, &["buy credits", "the same command goes on from here"]).out, "");
    assert_eq!(kept(&twitter).len(), 1);
    // The file is another one by now.
    fs::write(&path, film(MIB + 1)).unwrap();
    let anew = ["going on with it", "It cannot be gone on with, so it begins anew."];
    twitter.run(&["upload", &path]).expect(0, &anew);
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);

    // Before X has named an id, there is nothing to go on with.
    sandbox.fail_next(Fault::CreditsDepleted);
    let said = twitter.run(&["upload", &path]);
    assert!(!said.expect(5, &["buy credits"]).err.contains("goes on"), "{said:#?}");
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);

    sandbox.fail_next_media();
    twitter.run(&["upload", &path]).expect(4, &["X cannot use the file", "check its format"]);
    assert_eq!(kept(&twitter), [] as [PathBuf; 0]);

    // Another X does not know what it shall go on with.
    sandbox.fail_next(Fault::Delay(Duration::ZERO));
    sandbox.fail_next(Fault::CreditsDepleted);
    twitter.run(&["upload", &path]).expect(5, &[]);
    let saved = fs::read_to_string(&kept(&twitter)[0]).unwrap();
    let id = saved.split("\"media_id\":\"").nth(1).unwrap().split('"').next().unwrap();
    fs::write(&kept(&twitter)[0], saved.replace(id, "1")).unwrap();
    twitter.run(&["upload", &path]).expect(0, &anew);
}

#[test]
fn what_cannot_be_uploaded_is_not_sent() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let text = file(&twitter, "notes.txt", b"just words");
    let path = file(&twitter, "castle.png", &picture());
    for (arguments, code, words) in [
        (&["upload", "/nowhere"][..], 1, "/nowhere: "),
        (&["upload", &text], 2, "of no type that X takes"),
        (&["upload", &path, "--for", "amplify"], 2, "does not show image/png"),
        (&["upload", &path, "--for", "wall"], 2, "possible values: post, dm, subtitles, amplify"),
        (&["upload", &path, "--category", "poster"], 2, "tweet_image"),
        (&["upload", &path, "--subtitles", "film.srt"], 2, "is not LANGUAGE=FILE"),
        (&["upload", &path, "--subtitles", "EN=/nowhere.srt"], 1, "/nowhere.srt: "),
    ] {
        assert_eq!(twitter.run(arguments).expect(code, &[words]).out, "", "{arguments:?}");
    }
    assert_eq!(sandbox.requests(), []);
    let app = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    app.run(&["upload", &path]).expect(3, &["there is only an app-only token", "`twitter login`"]);
    let dm = twitter.run(&["upload", &path, "--for", "dm", "--type", "image/png"]);
    dm.expect(0, &[]).json();
}

/// Whoever watches a terminal sees a bar, and nothing of it is on standard output.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_a_bar() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let path = file(&twitter, "film.mp4", &film(5 * MIB));
    let out = twitter.home.path("out");
    let line =
        format!("{} upload {path} > {}", env!("CARGO_BIN_EXE_twitter"), out.to_str().unwrap());
    let mut terminal = Command::new("python3");
    terminal.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/terminal.py"));
    terminal.args(["/bin/sh", "-c", &line]).env_clear().envs(twitter.variables.iter().cloned());
    terminal.env("PATH", std::env::var("PATH").unwrap()).stdin(Stdio::null());
    let output = terminal.output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("\rSending [####                ]  20 %, 1.0 of 5.0 MiB"), "{shown:?}");
    assert!(shown.contains("\rProcessed by X ["), "{shown:?}");
    assert!(shown.ends_with("\r\n"), "{shown:?}");
    let media = fs::read_to_string(out).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&media).unwrap()["id"].is_string());
}
