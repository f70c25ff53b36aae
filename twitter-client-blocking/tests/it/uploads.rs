//! Files of every size, on their way to a post.

use std::{
    fs::File,
    io::{Cursor, Seek, SeekFrom, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use twitter_client_blocking::Client;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error,
    auth::OAuth2User,
    posts::{ById, Create, NewMedia, NewPost, PostFields},
    upload::{Options, Progress, Stage, Subtitles, Target, UploadError},
};

use crate::support::{base_url, film, oauth2_user, resident_peak, run_ignored};

fn client(sandbox: &Sandbox) -> Client<OAuth2User> {
    Client::new(oauth2_user(sandbox)).with_base_url(base_url(sandbox))
}

fn count(sandbox: &Sandbox, operation: &str) -> usize {
    let requests = sandbox.requests();
    requests.iter().filter(|request| request.operation == Some(operation)).count()
}

#[test]
fn a_picture_is_described_and_posted() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.resize(1_500_000, 7);
    let path = std::env::temp_dir().join(format!("uploads-blocking-{}.png", std::process::id()));
    std::fs::write(&path, &picture).unwrap();
    let options = Options::new(Target::Post).alt_text("A sandcastle");
    let media = client.upload_file(&path, options);
    std::fs::remove_file(&path).unwrap();
    let media = media.unwrap();
    assert!(sandbox.holds_media(media.id.as_u64(), &picture));
    assert_eq!(media.size, Some(1_500_000));
    let post = NewPost::text("Look!").with_media(NewMedia::new([media.id]).unwrap());
    let post = client.send(&Create::new(post)).unwrap().body.data.unwrap().id;
    let reply = client.send(&ById::new(post).fields(PostFields::all())).unwrap();
    let shown = &reply.body.includes.as_ref().unwrap().media[0];
    assert_eq!(shown.alt_text.as_deref(), Some("A sandcastle"));
    assert_eq!(Some(&shown.media_key), media.media_key.as_ref());
}

#[test]
fn a_video_arrives_whole_whatever_fails() {
    let sandbox = Sandbox::start().unwrap();
    let film = film(20_000_000);
    let faults = [Fault::LoseReply, Fault::Html, Fault::CloseHalfWay, Fault::HtmlOk];
    let mut faults = faults.into_iter().cycle().take(12);
    let mut seen: Vec<Progress> = Vec::new();
    let subtitles = Subtitles::new("WEBVTT", "EN", "English");
    let options = Options::new(Target::Post).subtitles(subtitles);
    let outcome = client(&sandbox).upload_with(Cursor::new(&film), options, |upload| {
        let progress = upload.progress();
        let is_amid = progress.stage == Stage::Append && progress.sent < 15_000_000;
        if is_amid && seen.len().is_multiple_of(2) {
            faults.by_ref().take(1).for_each(|fault| sandbox.fail_next(fault));
        }
        seen.push(progress);
    });
    let media = outcome.unwrap();
    assert!(sandbox.holds_media(media.id.as_u64(), &film));
    assert_eq!(count(&sandbox, "finalizeMediaUpload"), 1);
    assert_eq!(count(&sandbox, "createMediaSubtitles"), 1);
    // The sandbox names no operation of a request that it spoils.
    assert!(sandbox.requests().len() > 30);
    assert!(seen.is_sorted_by_key(|progress| (progress.stage, progress.sent)));
    let last = seen.last().unwrap();
    assert_eq!((last.stage, last.sent, last.total), (Stage::Describe, 20_000_000, 20_000_000));
}

#[test]
fn an_end_whose_reply_is_lost_is_looked_up() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let film = film(99);
    let upload = client.upload_with(Cursor::new(&film), Options::new(Target::Post), |upload| {
        if upload.progress().sent == 99 && count(&sandbox, "finalizeMediaUpload") == 0 {
            sandbox.fail_next(Fault::LoseReply);
        }
    });
    let media = upload.unwrap();
    assert!(sandbox.holds_media(media.id.as_u64(), &film));
    assert_eq!(count(&sandbox, "finalizeMediaUpload"), 2);
    assert!(count(&sandbox, "getMediaUploadStatus") >= 1);
}

#[test]
fn another_process_goes_on() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let film = film(10_000_000);
    let mut saved = String::new();
    let options = Options::new(Target::Post).parallel(2);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        client.upload_with(Cursor::new(&film), options.clone(), |upload| {
            saved = upload.save();
            assert!(upload.progress().sent < 4_000_000, "killed");
        })
    }));
    assert!(outcome.is_err());
    let sent = count(&sandbox, "appendMediaUpload");
    assert!((4..=6).contains(&sent), "{sent}");
    assert!(!saved.contains(&sandbox.keys().oauth2_user_token));
    let media = client.upload(Cursor::new(&film), options.resume(saved)).unwrap();
    assert!(sandbox.holds_media(media.id.as_u64(), &film));
    assert_eq!(count(&sandbox, "initializeMediaUpload"), 1);
    assert!(count(&sandbox, "appendMediaUpload") <= 12);
}

#[test]
fn processing_that_fails_or_lasts_is_an_error() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    sandbox.fail_next_media();
    let error = client.upload(Cursor::new(film(99)), Options::new(Target::Post)).unwrap_err();
    assert!(error.to_string().ends_with("X says: Unsupported video format"), "{error}");

    sandbox.set_media_processing(Duration::from_secs(3600));
    let options = Options::new(Target::Post).processing_deadline(Duration::from_millis(50));
    let error = client.upload(Cursor::new(film(99)), options).unwrap_err();
    assert!(matches!(error, UploadError::Late { .. }), "{error}");
}

#[test]
fn what_x_would_refuse_is_not_sent() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let upload = |content: Vec<u8>, target: Target| {
        client.upload(Cursor::new(content), Options::new(target)).unwrap_err()
    };
    let mut large = b"\xff\xd8\xff".to_vec();
    large.resize(5 * 1024 * 1024 + 1, 0);
    assert!(matches!(upload(large, Target::Post), UploadError::TooLarge { .. }));
    assert!(matches!(upload(b"%PDF-1.7".into(), Target::Post), UploadError::UnknownType));
    assert!(matches!(upload(film(99), Target::Subtitles), UploadError::WrongType { .. }));
    assert!(matches!(upload(Vec::new(), Target::Post), UploadError::Empty));
    let missing = client.upload_file("/no/such/film.mp4", Options::new(Target::Post));
    assert!(matches!(missing, Err(UploadError::Read(_))));
    assert!(sandbox.requests().is_empty());
}

#[test]
fn a_refusal_is_an_error_at_once() {
    let sandbox = Sandbox::builder().oauth2_scopes(&["tweet.read"]).start().unwrap();
    let error = client(&sandbox).upload(Cursor::new(film(99)), Options::new(Target::Post));
    match error.unwrap_err() {
        UploadError::Call(Error::Api(error)) => assert_eq!(error.status, 403),
        other => panic!("{other}"),
    }
    assert_eq!(sandbox.requests().len(), 1);
}

/// `cargo test -p twitter-client-blocking --test it half_a_gigabyte -- --ignored --nocapture`
#[test]
#[ignore = "takes half a minute"]
fn half_a_gigabyte_goes_through_40_mb() {
    let sandbox = Sandbox::start().unwrap();
    let directory = std::env::temp_dir();
    let path = directory.join(format!("half-a-gigabyte-blocking-{}", std::process::id()));
    let mut file = File::create_new(&path).unwrap();
    file.write_all(&film(99)).unwrap();
    file.seek(SeekFrom::Start(512 * 1024 * 1024 - 1)).unwrap();
    file.write_all(b"!").unwrap();
    let report = path.with_extension("report");
    let variables = [
        ("UPLOAD_URL", sandbox.base_url().to_owned()),
        ("UPLOAD_TOKEN", sandbox.keys().oauth2_user_token.clone()),
        ("UPLOAD_FILE", path.display().to_string()),
        ("UPLOAD_REPORT", report.display().to_string()),
    ];
    run_ignored("uploads::in_a_process_of_its_own", &variables);
    println!("{}", std::fs::read_to_string(&report).unwrap());
    assert_eq!(count(&sandbox, "appendMediaUpload"), 512);
    std::fs::remove_file(path).unwrap();
    std::fs::remove_file(report).unwrap();
}

#[test]
#[ignore = "run by another test"]
fn in_a_process_of_its_own() {
    let Ok(url) = std::env::var("UPLOAD_URL") else { return };
    let variable = |name| std::env::var(name).unwrap();
    let user = OAuth2User::new(variable("UPLOAD_TOKEN")).unwrap();
    let client = Client::new(user).with_base_url(url.parse().unwrap());
    let begun = std::time::Instant::now();
    client.upload_file(variable("UPLOAD_FILE"), Options::new(Target::Post)).unwrap();
    let (took, peak) = (begun.elapsed(), resident_peak());
    let report = format!("512 MiB in {took:.1?}, at most {} KiB resident", peak / 1024);
    std::fs::write(variable("UPLOAD_REPORT"), report).unwrap();
    assert!(peak < 40_000_000, "{peak}");
}
