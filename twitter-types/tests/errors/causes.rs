//! The table of causes: a body for each row, no row that another hides, and its page.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use bearer::{AccessToken, App};
use serde_json::{Value, json};
use twitter_types::{
    Timestamp,
    auth::{AnyCredential, AppToken, Credential, Kind, OAuth1App, OAuth1Callback, OAuth1User},
    endpoint::{
        BaseUrl, Call, Cause, Flow as _, LimitKind, Moment, Response, Stamp, Step, TransportError,
        causes::Sign,
    },
    problem::Problem,
    users,
};

use super::{
    bodies_of_causes::{APP, OAUTH1, OAUTH2, blank, code, examples, oauth2, stream, typed},
    *,
};

type Headers = &'static [(&'static str, &'static str)];

const LEFT: Headers = &[
    ("x-rate-limit-limit", "75"),
    ("x-rate-limit-remaining", "74"),
    ("x-rate-limit-reset", "1790000900"),
];
const APP_DAY: Headers = &[
    ("x-app-limit-24hour-limit", "500"),
    ("x-app-limit-24hour-remaining", "0"),
    ("x-app-limit-24hour-reset", "1790080000"),
];
const USER_DAY: Headers = &[
    ("x-user-limit-24hour-limit", "100"),
    ("x-user-limit-24hour-remaining", "0"),
    ("x-user-limit-24hour-reset", "1790080000"),
];

/// Checks the cause of a refusal, and ticks its row off.
fn reach(reached: &mut BTreeSet<&'static str>, id: &'static str, error: &ApiError) {
    let cause = error.why();
    assert_eq!(cause.id, id, "{error}");
    assert!(matches!(cause.sign, Sign::Answer(_)));
    assert_eq!(error.explain(), cause.next);
    assert!(error.to_string().ends_with(&format!(" ({cause})")), "{error}");
    reached.insert(id);
}

fn with_credential(mut error: ApiError, credential: Option<Kind>) -> ApiError {
    error.credential = credential;
    error
}

#[test]
fn each_row_of_an_answer_has_a_body() {
    let mut reached = BTreeSet::new();
    for (id, status, credential, body) in examples() {
        let error = with_credential(refused(status, LEFT, body.to_string()), credential);
        reach(&mut reached, id, &error);
        // On the host that old captures have.
        let old = body.to_string().replace("api.x.com", "api.twitter.com");
        assert_eq!(with_credential(refused(status, LEFT, old), credential).why().id, id);
    }
    for cause in
        Cause::all().filter(|cause| cause.id.contains("dm-") || cause.id.starts_with("recip"))
    {
        let body = typed(cause.id, json!({ "status": 403 }));
        reach(
            &mut reached,
            cause.id,
            &with_credential(refused(403, &[], body.to_string()), OAUTH2),
        );
    }
    for (id, headers) in [
        ("window-spent", &[][..]),
        ("app-day-spent", APP_DAY),
        ("user-day-spent", USER_DAY),
        ("cap-spent", LEFT),
    ] {
        for body in [blank(429, "Too Many Requests"), code(88), json!(""), json!({})] {
            let error = with_credential(refused(429, headers, body.to_string()), APP);
            reach(&mut reached, id, &error);
        }
    }
    for (id, operation) in [
        ("not-self-serve", "likePost"),
        ("not-self-serve", "followUser"),
        ("post-not-allowed", "createPosts"),
    ] {
        let mut error = with_credential(refused(403, &[], ""), OAUTH2);
        error.operation = operation;
        reach(&mut reached, id, &error);
    }
    let page = refused(403, &[("content-type", "text/html")], "\n<html>Blocked</html>");
    reach(&mut reached, "page-instead-of-refusal", &page);
    let answers = Cause::all().filter(|cause| matches!(cause.sign, Sign::Answer(_)));
    let all: BTreeSet<_> = answers.map(|cause| cause.id).collect();
    assert_eq!(reached, all);
}

/// A clock that is off explains a 401 to a signature, and to nothing else.
#[test]
fn a_clock_that_is_off_spoils_signatures_alone() {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let user = OAuth1User::new("key", "secret", "token", "secret").unwrap();
    let signed = by_call(&user, 401, &[date], "");
    assert_eq!((signed.why().id, signed.credential), ("clock-off", OAUTH1));
    assert!(signed.to_string().contains("(this machine's clock is "), "{signed}");
    assert!(signed.to_string().contains("set it by a time server"), "{signed}");
    let app = by_call(&any(), 401, &[date], "");
    assert_eq!((app.why().id, app.credential), ("app-token-ended", APP));
    assert!(app.to_string().contains("; this machine's clock is "), "{app}");
    assert!(by_call(&any(), 403, &[date], "").clock_skew.is_none());
}

/// Each credential is known to the error, also one of several.
#[test]
fn the_error_of_a_call_knows_the_credential() {
    let token = || AccessToken::new("AAAA%2Fexample").unwrap();
    assert_eq!(by_call(&AppToken::from(token()), 403, &[], "").why().id, "app-forbidden");
    let user = twitter_types::auth::OAuth2User::from(token());
    assert_eq!(by_call(&user, 403, &[], "").why().id, "oauth2-forbidden");
    assert_eq!(by_call(&&user, 403, &[], "").why().id, "oauth2-forbidden");
    let one = OAuth1User::new("key", "secret", "token", "secret").unwrap();
    assert_eq!(by_call(&any().with_oauth1(one), 403, &[], "").why().id, "app-forbidden");
}

fn any() -> AnyCredential {
    AnyCredential::new().with_app(AppToken::new("AAAA%2Fexample").unwrap())
}

/// What a call for a user ends with.
fn by_call<C: Credential>(
    credential: &C,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> ApiError {
    let (base, ask) = (BaseUrl::default(), users::ById::new(1));
    let mut call = Call::new(&base, &ask, credential);
    assert!(matches!(call.step(&Moment::now()), Step::Send(_)));
    let response =
        headers.iter().fold(http::Response::builder().status(status), |r, (n, v)| r.header(*n, *v));
    call.receive(&Moment::now(), Ok(response.body(body.into()).unwrap()));
    match call.step(&Moment::now()) {
        Step::Done(Err(Error::Api(error))) => *error,
        _ => panic!("no refusal"),
    }
}

/// Problems beside the data of a reply, and in the lines of a stream, have causes too.
#[test]
fn a_problem_has_a_cause_by_itself() {
    let cause =
        |body: Value| serde_json::from_value::<Problem>(body).unwrap().why().map(|cause| cause.id);
    assert_eq!(cause(typed("resource-not-found", json!({}))), Some("resource-not-found"));
    assert_eq!(cause(stream("TooManyConnections")), Some("stream-too-many-connections"));
    assert_eq!(cause(json!({ "code": 220 })), Some("user-needed"));
    assert_eq!(cause(blank(403, "Forbidden")), None);
    assert_eq!(cause(json!({})), None);
}

#[test]
fn errors_without_a_refusal_have_causes() {
    let mut reached = BTreeSet::new();
    let mut reach = |cause: &'static Cause, id: &'static str| {
        assert_eq!(cause.id, id);
        if matches!(cause.sign, Sign::Variant(_)) {
            reached.insert(id);
        }
    };
    for (kind, id) in [
        (TransportErrorKind::Connect, "no-connection"),
        (TransportErrorKind::Timeout, "no-answer-in-time"),
        (TransportErrorKind::Closed, "connection-lost"),
        (TransportErrorKind::TooLarge, "answer-too-large"),
        (TransportErrorKind::Refused, "credential-kept-back"),
        (TransportErrorKind::NotRecorded, "not-recorded"),
        (TransportErrorKind::Other, "exchange-failed"),
    ] {
        reach(Error::from(TransportError::from(kind)).why(), id);
    }
    for (body, id) in [
        ("", "answer-empty"),
        ("<html>", "answer-no-json"),
        ("{\"data\"", "answer-cut-off"),
        ("{\"data\":[]}", "answer-unknown"),
    ] {
        reach(read(200, &[], body).unwrap_err().why(), id);
    }
    let page = endpoint::request(
        &BaseUrl::default(),
        &users::Followers::new(1).max_results(0),
        &any(),
        &Stamp::now(),
    );
    reach(page.unwrap_err().why(), "out-of-range");
    let refused = || Box::new(read(503, &[], "").unwrap_err());
    for (error, id) in [
        (Error::MissingParameter("id"), "parameter-missing"),
        (Error::UrlTooLong, "url-too-long"),
        (Error::NoCredential { accepted: &[Kind::AppToken] }, "no-credential"),
        (Error::NotRenewed, "not-renewed"),
        (Error::OutcomeUnknown { source: refused() }, "outcome-unknown"),
        (Error::NotPosted { looks: 3, source: refused() }, "not-posted"),
        (Error::DeadlinePassed { source: None }, "no-time-to-begin"),
        (Error::DeadlinePassed { source: Some(refused()) }, "deadline-passed"),
        (Error::NoProgress, "paging-in-circles"),
        (over_budget(), "over-budget"),
        (limited(LimitKind::Window), "window-spent"),
        (limited(LimitKind::AppDay), "app-day-spent"),
        (limited(LimitKind::UserDay), "user-day-spent"),
        (limited(LimitKind::Cap), "cap-spent"),
    ] {
        assert_eq!(error.explain(), error.why().next);
        reach(error.why(), id);
    }
    logins(&mut reach);
    uploads(&mut reach);
    let variants = Cause::all().filter(|cause| matches!(cause.sign, Sign::Variant(_)));
    // A signature fails for URLs that no operation has, and stores fail in the tests of `bearer`.
    let elsewhere = ["not-signed", "token-store-failed"];
    let all: BTreeSet<_> =
        variants.map(|cause| cause.id).filter(|id| !elsewhere.contains(id)).collect();
    assert_eq!(reached, all);
}

fn over_budget() -> Error {
    use twitter_types::spending::{Budget, Meter, Prices, Usd};
    let meter =
        Meter::new(Prices::default()).with_budget(Budget::none().per_day(Usd::from_cents(0)));
    let now = Timestamp::from_seconds(1_790_000_000).unwrap();
    meter.reserve(&users::ById::new(1), now).unwrap_err()
}

fn limited(kind: LimitKind) -> Error {
    let reset = Timestamp::from_seconds(1_790_000_000).unwrap();
    Error::RateLimited { operation: "getUsersMe", kind, reset }
}

fn response(status: u16, body: &str) -> Response {
    http::Response::builder().status(status).body(body.into()).unwrap()
}

/// Renewals, and logins by either OAuth.
fn logins(reach: &mut impl FnMut(&'static Cause, &'static str)) {
    use bearer::RefreshError;
    reach(Error::Renewal(RefreshError::LoggedOut).why(), "logged-out");
    reach(Error::Renewal(RefreshError::NoRefreshToken).why(), "no-refresh-token");
    reach(Error::Renewal(RefreshError::NoReply).why(), "renewal-unanswered");
    let token = |status, body: &str| App::read_token(response(status, body)).unwrap_err();
    for (status, body, id) in [
        (200, "", "answer-empty"),
        (200, "<html>", "answer-no-json"),
        (200, "{\"token_type\"", "answer-cut-off"),
        (200, "{}", "no-token-in-answer"),
        (
            403,
            r#"{"errors":[{"code":99,"label":"authenticity_token_error"}]}"#,
            "keys-not-accepted",
        ),
        (403, r#"{"type":"https://api.x.com/2/problems/client-forbidden"}"#, "client-forbidden"),
        (402, r#"{"title":"CreditsDepleted"}"#, "credits-depleted"),
        (429, "{}", "window-spent"),
        (503, "{}", "server-trouble"),
    ] {
        reach(Cause::of_token_reply(&token(status, body)), id);
        reach(Error::Renewal(RefreshError::Reply(token(status, body))).why(), id);
    }
    let spent = oauth2("invalid_request", "Value passed for the token was invalid.").to_string();
    let bearer::Error::Refused(spent) = token(400, &spent) else { panic!() };
    reach(Error::Renewal(RefreshError::Spent(spent)).why(), "refresh-token-spent");
    // The lock of a store that somebody holds for ever is in the tests of `bearer`.
    reach(Cause::named("token-store-busy").unwrap(), "token-store-busy");

    let app = OAuth1App::new("key", "secret").unwrap();
    let callback = OAuth1Callback::url("http://127.0.0.1:8080/callback").unwrap();
    let begin = |status, body: &str| app.read_login(&callback, response(status, body));
    for (status, body, id) in [
        (403, code(415), "callback-not-approved"),
        (401, code(32), "keys-not-accepted"),
        (401, code(135), "clock-off"),
        (429, code(88), "window-spent"),
        (503, json!({}), "server-trouble"),
        (404, json!({}), "not-found"),
    ] {
        reach(begin(status, &body.to_string()).unwrap_err().why(), id);
    }
    reach(begin(200, "<html>").unwrap_err().why(), "answer-no-json");
    let form = "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=";
    reach(begin(200, &format!("{form}false")).unwrap_err().why(), "callback-not-confirmed");
    let login = begin(200, &format!("{form}true")).unwrap();
    for (query, id) in [
        ("denied=t", "access-denied"),
        ("oauth_token=u&oauth_verifier=v", "other-login"),
        ("oauth_token=t", "callback-incomplete"),
    ] {
        let address = format!("http://127.0.0.1:8080/callback?{query}");
        reach(login.read_callback(&address).unwrap_err().why(), id);
    }
    let tokens = app.read_tokens(response(401, &code(32).to_string()));
    reach(tokens.unwrap_err().why(), "pin-not-accepted");
    let ended = app.read_invalidated(response(401, &code(89).to_string()));
    reach(ended.unwrap_err().why(), "token-ended");
}

/// Files that X would not take, and uploads that cannot be gone on with.
fn uploads(reach: &mut impl FnMut(&'static Cause, &'static str)) {
    use twitter_types::upload::{Options, Target, Upload, UploadError};
    let picture = b"\x89PNG\r\n\x1a\n";
    let post = || Options::new(Target::Post);
    let now = Timestamp::from_seconds(1_790_000_000).unwrap();
    let begin = |head: &[u8], options| Upload::new(head, head.len() as u64, options, now);
    let saved = begin(picture, post()).unwrap().save();
    let expired = saved.replace("\"expires_at\":null", "\"expires_at\":1");
    for (head, options, id) in [
        (&b""[..], post(), "file-empty"),
        (b"words", post(), "file-type-unknown"),
        (picture, Options::new(Target::Amplify), "file-type-not-there"),
        (picture, post().size_limit(1), "file-too-large"),
        (picture, post().alt_text("a".repeat(1001)), "upload-option-wrong"),
        (picture, post().resume("what"), "upload-unreadable"),
        (b"\x89PNG\r\n\x1a\n, another", post().resume(saved), "upload-of-other-file"),
        (picture, post().resume(expired), "upload-forgotten"),
    ] {
        reach(begin(head, options).unwrap_err().why(), id);
    }
    reach(UploadError::from(std::io::Error::other("gone")).why(), "file-unreadable");
    reach(UploadError::NoData.why(), "upload-unnamed");
    let media_id = 1.into();
    let info = serde_json::from_str("{\"state\":\"failed\"}").unwrap();
    reach(UploadError::Processing { media_id, info: Box::new(info) }.why(), "file-not-usable");
    let deadline = std::time::Duration::from_secs(1);
    reach(UploadError::Late { media_id, deadline }.why(), "file-not-processed");
    reach(UploadError::from(limited(LimitKind::Window)).why(), "window-spent");
}

#[test]
fn the_texts_of_the_table_read_well() {
    let mut ids = BTreeSet::new();
    for cause in Cause::all() {
        let Cause { id, means, next, .. } = cause;
        assert!(ids.insert(id), "{id} is there twice");
        assert!(
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{id}"
        );
        assert_eq!(Cause::named(id).unwrap(), cause);
        assert_readable(&cause.to_string());
        assert!(means.len() < 200 && next.len() < 200, "{id}");
        for text in [means, next] {
            assert!(!text.ends_with(['.', ' ']) && !text.contains("  "), "{id}: {text}");
            assert!(!text.contains('|') && text.is_ascii(), "{id}: {text}");
        }
    }
    assert!(Cause::named("no-such-cause").is_none());
}

/// The page in the documentation is drawn from the table. `X_WRITE=1` draws it anew.
#[test]
fn the_page_is_the_table() {
    let mut page = String::from("| Cause | Sign | It means | What to do |\n|---|---|---|---|\n");
    for Cause { id, sign, means, next, .. } in Cause::all() {
        writeln!(page, "| `{id}` | {sign} | {means} | {next} |").unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/endpoint/causes/table.md");
    if std::env::var_os("X_WRITE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, page, "run this test with X_WRITE=1 to draw {} anew", file.display());
}
