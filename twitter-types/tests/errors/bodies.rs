//! Bodies that are not what belongs there: none, half of one, a web page, megabytes, noise.

use serde_json::json;

use super::*;

const HTML: &str =
    "<!DOCTYPE html>\n<html><title>Log in</title><body>Welcome\u{1b}[31m</body></html>";
const HTML_TYPE: [(&str, &str); 1] = [("content-type", "text/html; charset=utf-8")];

#[test]
fn a_web_page_instead_of_a_reply() {
    let error = unreadable(200, &HTML_TYPE, HTML);
    assert_eq!(
        error.to_string(),
        "getUsersMe: 200 OK, but something else than JSON came, such as the page of a proxy or of a \
         login (75 bytes of text/html; charset=utf-8): look for what is between you and X, and \
         check the base URL"
    );
    assert_eq!(error.body(), HTML.as_bytes());
    assert!(!format!("{error:?}").contains("Welcome"), "{error:?}");
}

#[test]
fn a_web_page_instead_of_a_refusal() {
    let error = refused(503, &HTML_TYPE, HTML);
    assert!(error.problems.is_empty());
    assert_eq!(error.body(), HTML.as_bytes());
    assert_eq!(
        error.to_string(),
        "getUsersMe: 503 Service Unavailable (X has a problem of its own: send it again in a while)"
    );
}

#[test]
fn nothing_instead_of_a_reply() {
    for (status, body) in [(200, ""), (201, "\r\n")] {
        let error = unreadable(status, &[], body);
        assert!(error.to_string().contains(", but an empty body came where an answer"), "{error}");
    }
}

#[test]
fn half_a_reply() {
    for body in [r#"{"data":{"id":"1","name":"Al"#, r#"{"data""#, "{", r#"{"data":{"id":"1"}"#] {
        let error = unreadable(200, &[], body);
        let text = format!("too early ({} bytes): send a read again", body.len());
        assert!(error.to_string().ends_with(&text), "{error}");
    }
}

#[test]
fn json_that_is_another_reply() {
    for (body, reason) in [
        (r#"{"data":{"name":"no id"}}"#, "missing field `id`"),
        (r#"{"data":[]}"#, "a User object"),
        (r#"{"data":{"id":"one"}}"#, "\"one\""),
        ("[]", "a One object"),
        (r#"{"data":{"id":"1"}} more"#, "trailing characters"),
        (r#"{"data":{"id":"1"},}"#, "trailing comma"),
    ] {
        let error = unreadable(200, &[], body);
        assert!(error.to_string().contains(reason), "{error}");
        assert!(
            error.to_string().ends_with(": look at it with `DecodeError::body`, and report it")
        );
    }
    // A text from X stands in the reason: on one line, and in part.
    let body = json!({"data": {"id": format!("a\n\u{1b}[2J{}", "b".repeat(5000))}}).to_string();
    let error = unreadable(200, &[], body);
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
}

#[test]
fn null_is_no_reply() {
    let error = unreadable(200, &[], "null");
    assert!(error.to_string().contains("something else than JSON came"), "{error}");
}

#[test]
fn bytes_that_are_no_text() {
    let mut body = br#"{"data":{"id":"1","name":"_"}}"#.to_vec();
    body[26] = 0xff;
    assert_eq!(unreadable(200, &[], body.clone()).body(), body);
    let error = refused(400, &[], b"{\"detail\":\"\xff\xfe\"}");
    assert!(error.problems.is_empty());
    assert_eq!(refused(502, &[], [0xff; 9]).body(), [0xff; 9]);
}

#[test]
fn an_error_page_of_four_megabytes() {
    let detail = "so much to say ".repeat(4 * 1024 * 1024 / 15);
    let object = json!({ "detail": detail, "title": "Invalid Request" }).to_string();
    let list = format!("{{\"errors\":[{}{{}}]}}", "{\"code\":88},".repeat(300_000));
    for body in [&object, &list, &detail] {
        let error = refused(400, &[], body.as_str());
        assert_eq!(error.body(), &body.as_bytes()[..64 * 1024]);
        assert!(error.problems.is_empty());
        assert!(format!("{error:?}").len() < 1024);
    }
    // Where a reply was to be, all of it is kept, for whoever wants to know what came.
    for body in [detail, format!("{{\"data\":[{object}]}}")] {
        let error = unreadable(200, &[], body.as_str());
        assert_eq!(error.body(), body.as_bytes());
        assert!(format!("{error:?}").len() < 1024);
    }
}

#[test]
fn the_longest_text_that_is_read() {
    for word in ["word ", "w", "👋", "\u{1b}", "\u{2028}\n\t", "\u{85}\u{0}"] {
        let body = |times| json!({ "detail": word.repeat(times) }).to_string();
        let each = body(1).len() - body(0).len();
        let most = (64 * 1024 - body(0).len()) / each;
        assert_eq!(refused(400, &[], body(most)).problems.len(), 1, "{word:?}");
        assert_eq!(refused(400, &[], body(most + 1)).problems.len(), 0, "{word:?}");
    }
    let long = "x".repeat(100_000);
    let error = unreadable(200, &[("content-type", &long)], "no JSON");
    assert!(error.to_string().contains("xxx…"), "{error}");
    assert!(read(200, &[("x-transaction-id", &long)], "{}").is_ok());
}

/// A parser that follows nesting with its own stack has an end to it.
#[test]
fn nesting_without_end() {
    for depth in [60, 127, 128, 100_000] {
        for (open, close) in
            [(r#"{"errors":["#, "]}"), ("[", "]"), (r#"{"status":"#, "}"), (r#"{"data":"#, "}")]
        {
            let body = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            refused(500, &[], body.clone());
            let _ = read(200, &[], body.clone());
            let _ = read(200, &[], format!(r#"{{"data":{{"id":"1"}},"errors":[{body}]}}"#));
        }
    }
}

#[test]
fn problems_of_odd_types_are_no_problems() {
    for body in [
        r#"{"errors":"none"}"#,
        r#"{"errors":["none"]}"#,
        r#"{"title":{"en":"No"}}"#,
        r#"{"code":-1}"#,
        r#"{"errors":null,"title":null}"#,
        "{}",
        "[]",
        "null",
        "true",
        "1e400",
        "\"no\"",
    ] {
        let error = refused(403, &[], body);
        assert!(error.problems.is_empty(), "{error:?}");
        assert_eq!(error.why().id, "forbidden", "{error}");
    }
}

#[test]
fn a_redirect_is_an_error() {
    let error = refused(302, &[("location", "https://elsewhere.example")], "");
    assert_eq!(
        error.to_string(),
        "getUsersMe: 302 Found (X does not redirect, and the redirect was not followed: check the \
         base URL)"
    );
    assert_eq!(refused(101, &[], "").why().id, "unexplained");
}
