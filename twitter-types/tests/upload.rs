//! Uploads against an X that is made up here, with a clock of the test's own: any order of replies,
//! failures and restarts.

use std::{collections::BTreeMap, time::Duration};

use http::StatusCode;
use proptest::prelude::*;
use serde_json::{Value, json};
use twitter_types::{
    Timestamp,
    endpoint::{Ask, BaseUrl, Error, Moment, Response, Stamp, TransportError, TransportErrorKind},
    models::{MediaCategory, UploadMediaType},
    upload::{Options, Request, Stage, Step, Subtitles, Target, Upload, UploadError},
};

const START: i64 = 1_800_000_000;

/// A clock, and random bits that are the same each time.
struct Clock {
    millis: i64,
    ticks: u64,
}

impl Clock {
    fn new() -> Self {
        Self { millis: START * 1000, ticks: 0 }
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_millis(self.millis).unwrap()
    }

    fn pass(&mut self, pause: Duration) {
        self.millis += i64::try_from(pause.as_millis()).unwrap();
    }

    fn seconds(&self) -> i64 {
        self.millis / 1000
    }

    fn with<T>(&mut self, act: impl FnOnce(&Moment<'_>) -> T) -> T {
        self.ticks += 1;
        let nonce = format!("nonce{}", self.ticks);
        let seconds = self.millis.unsigned_abs() / 1000;
        act(&Moment::new(self.time(), Stamp::new(&nonce, seconds)))
    }
}

/// What X has of one file.
#[derive(Default)]
struct Stored {
    size: u64,
    segments: BTreeMap<u32, Vec<u8>>,
    finalized: u32,
    ready_at: i64,
}

/// X, as far as an upload sees it.
#[derive(Default)]
struct X {
    files: BTreeMap<u64, Stored>,
    log: Vec<String>,
    /// Seconds that processing takes; `None` where there is none.
    processing: Option<i64>,
    fails: bool,
}

fn response(status: u16, body: &Value) -> Response {
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

impl X {
    fn answer(&mut self, request: &Request, clock: &Clock) -> Response {
        self.log.push(request.operation().to_owned());
        assert!(request.unauthorized(&BaseUrl::default()).is_ok());
        match request {
            Request::Initialize(ask) => {
                let id = 710 + self.files.len() as u64;
                let size = ask.total_bytes.unwrap();
                self.files.insert(id, Stored { size, ..Stored::default() });
                response(200, &json!({"data": {"id": id.to_string(), "expires_after_secs": 86400}}))
            }
            Request::Append(ask) => {
                let file = self.files.get_mut(&ask.id.as_u64()).unwrap();
                assert_eq!(file.finalized, 0, "a segment comes before the end");
                file.segments.insert(ask.segment_index, ask.media.as_slice().into());
                response(200, &json!({"data": {"expires_at": START + 86400}}))
            }
            Request::Finalize(ask) => {
                let file = self.files.get_mut(&ask.id.as_u64()).unwrap();
                let size: usize = file.segments.values().map(Vec::len).sum();
                if file.finalized > 0 || size as u64 != file.size {
                    return response(400, &json!({"title": "Invalid Request"}));
                }
                file.finalized += 1;
                file.ready_at = clock.seconds() + self.processing.unwrap_or(-1);
                self.status(ask.id.as_u64(), clock)
            }
            Request::Status(ask) => self.status(ask.media_id.as_u64(), clock),
            Request::Describe(ask) => response(200, &json!({"data": {"id": ask.id.to_string()}})),
            Request::Subtitles(_) => response(200, &json!({"data": {"id": "99"}})),
            Request::AddSubtitles(ask) => {
                assert_eq!(ask.subtitles.id, Some(99.into()));
                response(200, &json!({"data": {"id": ask.id.to_string()}}))
            }
            other => panic!("{other:?}"),
        }
    }

    fn status(&self, id: u64, clock: &Clock) -> Response {
        let mut data = json!({"id": id.to_string(), "media_key": format!("7_{id}")});
        if self.files[&id].finalized > 0 {
            data["size"] = json!(self.files[&id].size);
        }
        if self.processing.is_some() {
            let is_ready = self.files[&id].ready_at <= clock.seconds();
            data["processing_info"] = match (is_ready, self.fails) {
                (false, _) => {
                    json!({"state": "in_progress", "check_after_secs": 5, "progress_percent": 40})
                }
                (true, false) => json!({"state": "succeeded", "progress_percent": 100}),
                (true, true) => {
                    json!({"state": "failed", "error": {"code": 1, "message": "InvalidMedia"}})
                }
            };
        }
        response(200, &json!({ "data": data }))
    }
}

/// A film of this many bytes, none like another for a while.
fn film(size: usize) -> Vec<u8> {
    let mut film: Vec<u8> = (0..size).map(|at| (at * 7 + at / 251) as u8).collect();
    film[..12].copy_from_slice(b"\0\0\0\x18ftypisom");
    film
}

fn options() -> Options {
    Options::new(Target::Post).segment_bytes(10)
}

fn begin(file: &[u8], options: Options, clock: &Clock) -> Result<Upload, UploadError> {
    Upload::new(file, file.len() as u64, options, clock.time())
}

/// One request at a time, each answered at once.
fn drive(
    upload: &mut Upload,
    file: &[u8],
    x: &mut X,
    clock: &mut Clock,
) -> Result<u64, UploadError> {
    for _ in 0..10_000 {
        match clock.with(|moment| upload.step(moment)) {
            Step::Send(job) => {
                let number = job.number;
                let request = request(job, file);
                let response = x.answer(&request, clock);
                let outcome = request.read(response).map_err(UploadError::from);
                clock.with(|moment| upload.receive(moment, number, outcome));
            }
            Step::Wait(pause) => clock.pass(pause.expect("nothing is on its way")),
            Step::Done(outcome) => return outcome.map(|media| media.id.as_u64()),
        }
    }
    panic!("it never ends");
}

fn request(job: twitter_types::upload::Job, file: &[u8]) -> Request {
    let range = job.range.start as usize..job.range.end as usize;
    job.into_request(file[range].into())
}

fn closed() -> UploadError {
    Error::from(TransportError::from(TransportErrorKind::Closed)).into()
}

/// A refusal of X's, as an error.
fn refusal(request: &Request, status: u16, headers: &[(&'static str, String)]) -> UploadError {
    let mut response = response(status, &json!({"title": "No", "status": status}));
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    request.read(response).unwrap_err().into()
}

#[test]
fn a_video_goes_in_parts_and_is_waited_for() {
    let (mut x, mut clock) = (X { processing: Some(12), ..X::default() }, Clock::new());
    let file = film(95);
    let subtitles = Subtitles::new("WEBVTT", "EN", "English");
    let options = options().alt_text("Sand").subtitles(subtitles);
    let mut upload = begin(&file, options, &clock).unwrap();
    assert_eq!(*upload.media_type(), UploadMediaType::VideoMp4);
    assert_eq!(drive(&mut upload, &file, &mut x, &mut clock).unwrap(), 710);
    assert_eq!(x.files[&710].segments.len(), 10);
    assert_eq!(x.files[&710].segments.values().flatten().copied().collect::<Vec<_>>(), file);
    let after_segments = [
        "finalizeMediaUpload",
        "getMediaUploadStatus",
        "getMediaUploadStatus",
        "getMediaUploadStatus",
        "createMediaMetadata",
        "mediaUpload",
        "createMediaSubtitles",
    ];
    assert_eq!(x.log[11..], after_segments);
    // Every 5 seconds, as X says.
    assert_eq!(clock.seconds(), START + 15);
    let progress = upload.progress();
    assert_eq!((progress.stage, progress.sent, progress.total), (Stage::Complete, 95, 95));
    assert_eq!(progress.processed, Some(100));
}

#[test]
fn no_more_requests_are_on_their_way_than_allowed() {
    let (mut x, mut clock) = (X::default(), Clock::new());
    let file = film(95);
    let mut upload = begin(&file, options().parallel(3), &clock).unwrap();
    let mut most = 0;
    let mut flying = Vec::new();
    loop {
        match clock.with(|moment| upload.step(moment)) {
            Step::Send(job) => flying.push((job.number, request(job, &file))),
            Step::Wait(pause) => {
                assert_eq!(pause, None);
                most = most.max(flying.len());
                let (number, request) = flying.pop().unwrap();
                let response = x.answer(&request, &clock);
                let outcome = request.read(response).map_err(UploadError::from);
                clock.with(|moment| upload.receive(moment, number, outcome));
            }
            Step::Done(outcome) => break assert!(outcome.is_ok()),
        }
    }
    assert_eq!(most, 3);
}

#[test]
fn what_x_would_not_take_is_not_sent() {
    let clock = Clock::new();
    let png = b"\x89PNG\r\n\x1a\n".as_slice();
    let refused = |head: &[u8], size: u64, options: Options| {
        Upload::new(head, size, options, clock.time()).unwrap_err()
    };
    const MIB: u64 = 1024 * 1024;
    for (head, most) in [(png, 5 * MIB), (b"GIF89a", 15 * MIB), (&film(12)[..], 512 * MIB)] {
        assert!(Upload::new(head, most, Options::new(Target::Post), clock.time()).is_ok());
        match refused(head, most + 1, Options::new(Target::Post)) {
            UploadError::TooLarge { size, limit, .. } => {
                assert_eq!((size, limit), (most + 1, most));
            }
            other => panic!("{other}"),
        }
    }
    let error = refused(png, 5 * MIB + 1, Options::new(Target::Post));
    assert!(error.to_string().contains("5242881 bytes, and X takes 5242880 of image/png"));
    assert!(Upload::new(png, 9 * MIB, options().size_limit(9 * MIB), clock.time()).is_ok());
    let wrong =
        [(png, Target::Amplify), (b"WEBVTT", Target::Post), (b"glTF", Target::DirectMessage)];
    for (head, target) in wrong {
        let error = refused(head, 100, Options::new(target));
        assert!(matches!(error, UploadError::WrongType { .. }), "{error}");
    }
    assert!(matches!(refused(b"%PDF", 100, options()), UploadError::UnknownType));
    assert!(matches!(refused(b"", 0, options()), UploadError::Empty));
    for options in [
        options().alt_text("a".repeat(1001)),
        options().subtitles(Subtitles::new("WEBVTT", "EN", "English")),
    ] {
        assert!(matches!(refused(png, 100, options), UploadError::Option(_)));
    }
    let options = options().subtitles(Subtitles::new("WEBVTT", "en-GB", "English"));
    assert!(matches!(refused(&film(12), 100, options), UploadError::Option(_)));
}

#[test]
fn type_and_target_make_the_category() {
    use MediaCategory::{AmplifyVideo, DmGif, DmImage, DmVideo, TweetGif, TweetImage, TweetVideo};
    let film = film(12);
    let (png, gif) = (b"\x89PNG\r\n\x1a\n".as_slice(), b"GIF89a".as_slice());
    for (head, target, expected) in [
        (png, Target::Post, Some(TweetImage)),
        (png, Target::DirectMessage, Some(DmImage)),
        (gif, Target::Post, Some(TweetGif)),
        (gif, Target::DirectMessage, Some(DmGif)),
        (&film, Target::Post, Some(TweetVideo)),
        (&film, Target::DirectMessage, Some(DmVideo)),
        (&film, Target::Amplify, Some(AmplifyVideo)),
        (b"WEBVTT", Target::Subtitles, Some(MediaCategory::Subtitles)),
        (b"glTF", Target::Post, None),
    ] {
        let mut clock = Clock::new();
        let mut upload = begin(head, Options::new(target), &clock).unwrap();
        let Step::Send(job) = clock.with(|moment| upload.step(moment)) else { panic!() };
        let Request::Initialize(initialize) = request(job, head) else { panic!() };
        assert_eq!(initialize.media_category, expected);
    }
}

#[test]
fn a_file_has_at_most_a_thousand_segments() {
    let (mut clock, mut x) = (Clock::new(), X::default());
    let file = film(20_001);
    let mut upload = begin(&file, options(), &clock).unwrap();
    drive(&mut upload, &file, &mut x, &mut clock).unwrap();
    assert_eq!(x.files[&710].segments.len(), 953);
    assert_eq!(x.files[&710].segments[&0].len(), 21);
}

#[test]
fn processing_fails_or_takes_too_long() {
    let file = film(95);
    let (mut x, mut clock) = (X { processing: Some(9), fails: true, ..X::default() }, Clock::new());
    let mut upload = begin(&file, options(), &clock).unwrap();
    let error = drive(&mut upload, &file, &mut x, &mut clock).unwrap_err();
    assert_eq!(
        error.to_string(),
        "X cannot use the file 710: check its format; X says: InvalidMedia"
    );

    let (mut x, mut clock) = (X { processing: Some(60), ..X::default() }, Clock::new());
    let options = options().processing_deadline(Duration::from_secs(12));
    let mut upload = begin(&file, options.clone(), &clock).unwrap();
    let error = drive(&mut upload, &file, &mut x, &mut clock).unwrap_err();
    assert!(matches!(error, UploadError::Late { .. }), "{error}");
    assert_eq!(clock.seconds(), START + 12);
    // X goes on, and so can who asks later.
    clock.pass(Duration::from_secs(60));
    let mut upload = begin(&file, options.resume(upload.save()), &clock).unwrap();
    assert_eq!(drive(&mut upload, &file, &mut x, &mut clock).unwrap(), 710);
    assert_eq!(x.files[&710].finalized, 1);
}

#[test]
fn errors_are_repeated_only_where_it_helps() {
    let file = film(25);
    let later = (START + 90).to_string();
    let window = [
        ("x-rate-limit-limit", "9".to_owned()),
        ("x-rate-limit-remaining", "0".to_owned()),
        ("x-rate-limit-reset", later),
    ];
    let day = window.clone().map(|(name, value)| {
        let name = name.replace("x-rate-limit", "x-user-limit-24hour");
        (&*name.leak(), value)
    });
    let spent = [("x-rate-limit-remaining", "5".to_owned())].into_iter();
    let spent: Vec<_> = window.clone().into_iter().chain(spent).collect();
    type Case<'a> = (u16, &'a [(&'static str, String)], Option<i64>);
    // How long it waits at least, if it goes on at all.
    let cases: [Case<'_>; 7] = [
        (500, &[], Some(0)),
        (503, &[], Some(0)),
        (429, &window, Some(90)),
        (429, &day, None),
        (429, &spent, None),
        (402, &[], None),
        (403, &[], None),
    ];
    for (status, headers, wait) in cases {
        let (mut x, mut clock) = (X::default(), Clock::new());
        let mut upload = begin(&file, options(), &clock).unwrap();
        let Step::Send(job) = clock.with(|moment| upload.step(moment)) else { panic!() };
        let number = job.number;
        let error = refusal(&request(job, &file), status, headers);
        clock.with(|moment| upload.receive(moment, number, Err(error)));
        let outcome = drive(&mut upload, &file, &mut x, &mut clock);
        assert_eq!(outcome.is_ok(), wait.is_some(), "{status} {headers:?}");
        let waited = clock.seconds() - START;
        assert!((wait.unwrap_or(0)..=wait.unwrap_or(0) + 30).contains(&waited), "{waited}");
    }
}

#[test]
fn it_gives_up_after_so_many_attempts() {
    let mut clock = Clock::new();
    let file = film(25);
    let mut upload = begin(&file, options().attempts(4), &clock).unwrap();
    let mut sent = 0;
    let error = loop {
        match clock.with(|moment| upload.step(moment)) {
            Step::Send(job) => {
                sent += 1;
                clock.with(|moment| upload.receive(moment, job.number, Err(closed())));
            }
            Step::Wait(pause) => clock.pass(pause.unwrap()),
            Step::Done(outcome) => break outcome.unwrap_err(),
        }
    };
    assert_eq!(sent, 4);
    assert!(matches!(error, UploadError::Call(Error::Transport(_))));
    assert!(clock.seconds() <= START + 10);
}

#[test]
fn a_refused_end_is_an_error_unless_x_has_the_file() {
    let (mut x, mut clock) = (X::default(), Clock::new());
    let file = film(25);
    let mut upload = begin(&file, options(), &clock).unwrap();
    let error = loop {
        match clock.with(|moment| upload.step(moment)) {
            Step::Send(job) => {
                let number = job.number;
                let request = request(job, &file);
                let outcome = match &request {
                    Request::Finalize(_) if !x.log.iter().any(|sent| sent == "lost") => {
                        // The request was lost, and so was a segment that X had.
                        x.log.push("lost".to_owned());
                        x.files.get_mut(&710).unwrap().segments.remove(&1);
                        Err(closed())
                    }
                    request => request.read(x.answer(request, &clock)).map_err(UploadError::from),
                };
                clock.with(|moment| upload.receive(moment, number, outcome));
            }
            Step::Wait(pause) => clock.pass(pause.unwrap()),
            Step::Done(outcome) => break outcome.unwrap_err(),
        }
    };
    assert_eq!(x.log.last().unwrap(), "getMediaUploadStatus");
    match error {
        UploadError::Call(Error::Api(error)) => assert_eq!(error.operation, "finalizeMediaUpload"),
        other => panic!("{other}"),
    }
}

#[test]
fn only_the_same_file_is_resumed() {
    let (mut x, mut clock) = (X::default(), Clock::new());
    let file = film(95);
    let mut upload = begin(&file, options(), &clock).unwrap();
    drive(&mut upload, &file, &mut x, &mut clock).unwrap();
    let saved = upload.save();
    let again = |file: &[u8], options: Options, saved: &str| {
        begin(file, options.resume(saved), &clock).err()
    };
    assert!(again(&file, options(), &saved).is_none());
    let mut other = file.clone();
    other[50] ^= 1;
    assert!(matches!(again(&other, options(), &saved), Some(UploadError::OtherFile)));
    assert!(matches!(again(&film(96), options(), &saved), Some(UploadError::OtherFile)));
    let message = Options::new(Target::DirectMessage);
    assert!(matches!(again(&file, message, &saved), Some(UploadError::OtherFile)));
    assert!(matches!(again(&file, options(), "{}"), Some(UploadError::Unreadable(_))));
    let broken = saved.replace("\"media_id\":\"710\"", "\"media_id\":null");
    assert_ne!(broken, saved);
    assert!(matches!(again(&file, options(), &broken), Some(UploadError::OtherFile)));
    clock.pass(Duration::from_secs(86401));
    let late = begin(&file, options().resume(saved), &clock);
    assert!(matches!(late, Err(UploadError::Expired)));
}

/// Small random numbers, of a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }
}

/// Answers in any order, loses requests and replies, refuses some, and kills the process at times.
fn survive(seed: u64, size: usize, parallel: usize, x: &mut X) -> (u64, Vec<u8>) {
    let (mut dice, mut clock) = (Dice(seed), Clock::new());
    let file = film(size);
    let options = options().parallel(parallel).attempts(u32::MAX).alt_text("Sand");
    let mut upload = begin(&file, options.clone(), &clock).unwrap();
    let mut flying: Vec<(u64, Request)> = Vec::new();
    for _ in 0..100_000 {
        let step = clock.with(|moment| upload.step(moment));
        let pause = match step {
            Step::Send(job) => {
                flying.push((job.number, request(job, &file)));
                continue;
            }
            Step::Wait(pause) => pause,
            Step::Done(outcome) => return (outcome.unwrap().id.as_u64(), file),
        };
        if flying.is_empty() {
            clock.pass(pause.expect("nothing is on its way"));
            continue;
        }
        assert!(flying.len() <= parallel);
        if dice.below(12) == 0 {
            // Requests on their way may still arrive, though nobody hears of it.
            let saved = upload.save();
            for (_, request) in flying.drain(..) {
                if dice.below(2) == 0 {
                    x.answer(&request, &clock);
                }
            }
            upload = begin(&file, options.clone().resume(saved), &clock).unwrap();
            continue;
        }
        let (number, request) = flying.swap_remove(dice.below(flying.len()));
        let outcome = match dice.below(8) {
            0 => Err(closed()),
            1 => {
                x.answer(&request, &clock);
                Err(closed())
            }
            2 => Err(refusal(&request, 503, &[])),
            _ => request.read(x.answer(&request, &clock)).map_err(UploadError::from),
        };
        clock.with(|moment| upload.receive(moment, number, outcome));
    }
    panic!("it never ends");
}

proptest! {
    #[test]
    fn every_byte_arrives_and_the_end_comes_once(
        seed: u64, size in 12_usize..400, parallel in 1_usize..6, processing: bool,
    ) {
        let mut x = X { processing: processing.then_some(7), ..X::default() };
        let (id, file) = survive(seed, size, parallel, &mut x);
        let stored = &x.files[&id];
        let content: Vec<u8> = stored.segments.values().flatten().copied().collect();
        prop_assert_eq!(content, file);
        prop_assert_eq!(stored.finalized, 1);
        prop_assert!(x.files.values().filter(|file| file.finalized > 0).count() == 1);
    }
}
