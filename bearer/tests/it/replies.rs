//! What comes back: tokens, refusals in every shape of X, and replies that are no replies.

use std::{env, fs, path::PathBuf};

use bearer::{AccessToken, App, Error, Flaw, InvalidToken, Refusal};
use http::{Response, StatusCode};

use super::{json, response};

fn read(response: Response<impl AsRef<[u8]>>) -> Error {
    App::read_token(response).expect_err("no token")
}

fn refusal(status: u16, body: &str) -> Refusal {
    match read(json(status, body)) {
        Error::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_token_is_read_verbatim() {
    for body in [
        r#"{"token_type":"bearer","access_token":"AAAA%2FAAA%3DAAAAAAAA"}"#,
        r#"{"access_token":"AAAA%2FAAA%3DAAAAAAAA","token_type":"Bearer","new":[{}]}"#,
    ] {
        let token = App::read_token(json(200, body)).unwrap();
        assert_eq!(token.expose(), "AAAA%2FAAA%3DAAAAAAAA");
    }
    let token: AccessToken =
        App::read_token(json(201, br#"{"token_type":"BEARER","access_token":"t"}"#)).unwrap();
    assert_eq!(token.expose(), "t");
}

#[test]
fn an_invalidation_names_the_token_that_ended() {
    let token =
        App::read_invalidated(json(200, r#"{"access_token":"AAAA%2FAAA%3DAAAAAAAA"}"#)).unwrap();
    assert_eq!(token.expose(), "AAAA%2FAAA%3DAAAAAAAA");
    assert_eq!(App::read_invalidated(json(200, "{}")).unwrap_err(), Error::MissingAccessToken);
    let body = r#"{"errors":[{"code":99,"message":"Unable to verify your credentials","label":"authenticity_token_error"}]}"#;
    assert!(matches!(
        App::read_invalidated(json(403, body)).unwrap_err(),
        Error::Refused(Refusal { code: Some(99), .. })
    ));
}

#[test]
fn a_legacy_refusal() {
    let body = r#"{"errors":[{"code":99,"label":"authenticity_token_error","message":"Unable to verify your credentials"}]}"#;
    let refusal = refusal(403, body);
    assert_eq!(refusal.status, StatusCode::FORBIDDEN);
    assert_eq!(refusal.code, Some(99));
    assert_eq!(refusal.label.as_deref(), Some("authenticity_token_error"));
    assert_eq!(refusal.message.as_deref(), Some("Unable to verify your credentials"));
    assert_eq!(
        refusal.to_string(),
        "the server refused the request with status 403 (code 99, authenticity_token_error, \"Unable to verify \
         your credentials\"): compare the API key and secret with the developer console, where regenerating \
         them ends the old ones; X also answers so when the token is already invalidated, and to an App that \
         asks too often"
    );
}

#[test]
fn a_refusal_in_any_shape() {
    for (status, body, code, label, message, advice) in [
        (
            400,
            r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid.","errors":[[]]}"#,
            None,
            Some("invalid_request"),
            Some("Value passed for the token was invalid."),
            "log in again",
        ),
        (401, r#"{"error":"invalid_client"}"#, None, Some("invalid_client"), None, "console"),
        (
            403,
            r#"{"title":"Client Forbidden","detail":"Attach it.","reason":"client-not-enrolled","type":"https://api.twitter.com/2/problems/client-forbidden"}"#,
            None,
            Some("client-forbidden"),
            Some("Attach it."),
            "attach the App to a Project",
        ),
        (
            401,
            r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#,
            None,
            Some("Unauthorized"),
            Some("Unauthorized"),
            "check the credentials",
        ),
        (
            400,
            r#"{"title":"Invalid Request","type":"https://api.x.com/2/problems/invalid-request","detail":"One or more.","errors":[{"parameters":{"a":["b"]},"message":"The a is wrong"}]}"#,
            None,
            Some("invalid-request"),
            Some("The a is wrong"),
            "check the request",
        ),
        (
            401,
            r#"{"errors":[{"code":89,"message":"Invalid or expired token."}]}"#,
            Some(89),
            None,
            Some("Invalid or expired token."),
            "obtain a new one",
        ),
        (429, r#"{"errors":[{"code":88,"message":"Slow"}]}"#, Some(88), None, Some("Slow"), "wait"),
        (403, r#"{"code":93,"message":"No."}"#, Some(93), None, Some("No."), "check the cred"),
        (404, r#"{"errors":[],"error":""}"#, None, None, None, "base URL"),
        (502, "[]", None, None, None, "again in a while"),
        (307, "", None, None, None, "base URL"),
        (503, " \r\n", None, None, None, "again in a while"),
        (403, r#"{"errors":"no","error":{"code":"x"}}"#, None, None, None, "check the cred"),
        // A refusal under a status of success.
        (
            200,
            r#"{"errors":[{"code":99,"message":"No."}]}"#,
            Some(99),
            None,
            Some("No."),
            "compare",
        ),
    ] {
        let refusal = refusal(status, body);
        assert_eq!(refusal.status, status, "{body}");
        assert_eq!(refusal.code, code, "{body}");
        assert_eq!(refusal.label.as_deref(), label, "{body}");
        assert_eq!(refusal.message.as_deref(), message, "{body}");
        let text = refusal.to_string();
        let (_, after) = text.rsplit_once(": ").unwrap();
        assert!(after.contains(advice), "{text}");
    }
}

#[test]
fn a_reply_that_is_not_json() {
    let page = "<html><body>403 Forbidden</body></html>";
    let error = read(response(403, "text/html; charset=utf-8", page));
    assert_eq!(
        error.to_string(),
        "the reply with status 403 is not JSON (39 bytes of text/html; charset=utf-8): check that the base URL \
         leads to the X API and that no proxy answers in its place, then try again"
    );
    assert!(matches!(read(response(200, "text/html", page)), Error::NotJson { length: 39, .. }));
    assert!(matches!(
        read(Response::new(page)),
        Error::NotJson { content_type: None, truncated: false, .. }
    ));
    assert!(matches!(
        read(json(200, b"{\"access_token\":\"\xff\xfe\"}")),
        Error::NotJson { truncated: false, length: 21, .. }
    ));
    // Deeper than the parser goes.
    assert!(matches!(read(json(200, "[".repeat(100_000))), Error::NotJson { .. }));
}

#[test]
fn an_empty_success() {
    for body in ["", "\r\n"] {
        assert!(matches!(read(json(200, body)), Error::Empty { status: StatusCode::OK, .. }));
    }
    let error = read(json(204, ""));
    assert!(error.to_string().starts_with("the reply with status 204 is empty: "), "{error}");
}

#[test]
fn a_body_cut_anywhere() {
    let body = r#"{"token_type":"bearer","access_token":"AAAA%2FAAA%3D"}"#;
    for length in 1..body.len() {
        let error = read(json(200, &body[..length]));
        assert!(matches!(error, Error::NotJson { truncated: true, .. }), "{length}: {error:?}");
        assert!(error.to_string().contains("breaks off after"), "{error}");
    }
}

#[test]
fn json_without_a_usable_token() {
    for body in [
        "{}",
        "[]",
        "7",
        "null",
        "\"text\"",
        r#"{"token_type":"bearer"}"#,
        r#"{"token_type":"bearer","access_token":null}"#,
        r#"{"token_type":"bearer","access_token":7}"#,
    ] {
        assert_eq!(read(json(200, body)), Error::MissingAccessToken, "{body}");
    }
    for (body, found) in [
        (r#"{"token_type":"bearer","access_token":""}"#, Flaw::Empty),
        (r#"{"token_type":"bearer","access_token":"a b"}"#, Flaw::Whitespace),
        (r#"{"token_type":"bearer","access_token":"a\r\nb: c"}"#, Flaw::Whitespace),
        (r#"{"token_type":"bearer","access_token":"\u0000"}"#, Flaw::Character),
    ] {
        match read(json(200, body)) {
            Error::InvalidToken(InvalidToken { flaw, .. }) => assert_eq!(flaw, found, "{body}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn another_type_of_token_is_refused() {
    for (kind, found) in [
        (r#""mac""#, Some("mac")),
        (r#""""#, None),
        ("null", None),
        ("7", None),
        (r#""AAAA%2FAAA%3D""#, None),
        (r#""AAAAAAAAAAAAAAAAAAAAAAAAA""#, None),
    ] {
        let body = format!(r#"{{"token_type":{kind},"access_token":"t"}}"#);
        match read(json(200, body)) {
            Error::WrongTokenType { token_type, .. } => assert_eq!(token_type.as_deref(), found),
            other => panic!("{kind}: {other:?}"),
        }
    }
    let error = read(json(200, r#"{"access_token":"t"}"#));
    assert!(error.to_string().contains("does not say"), "{error}");
}

#[test]
fn a_page_of_four_megabytes_leaves_a_small_error() {
    let word = "x".repeat(4_000_000);
    let sentence = "so many words ".repeat(300_000);
    for reply in [
        response(500, "text/html", format!("<html>{word}")),
        response(200, "text/html", word.clone()),
        json(403, format!(r#"{{"errors":[{{"code":99,"message":"{word}","label":"{word}"}}]}}"#)),
        json(403, format!(r#"{{"detail":"{sentence}","title":"{sentence}"}}"#)),
        json(200, format!(r#"{{"token_type":"{word}","access_token":"t"}}"#)),
        json(200, format!(r#"{{"token_type":"bearer","access_token":"{word}"}}"#)),
    ] {
        let error = read(reply);
        assert!(format!("{error:?}{error}").len() < 2_000, "{error:.300}");
    }
}

/// The documentation's own error bodies, which are not part of this repository.
#[test]
fn the_documented_error_bodies_are_understood() {
    let shared = env::var_os("X_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
        PathBuf::from,
    );
    let folder = shared.join("x-api/examples/errors");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: no {}", folder.display());
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let refusal = refusal(403, &fs::read_to_string(&path).unwrap());
        assert!(refusal.message.is_some(), "{}: {refusal:?}", path.display());
    }
}
