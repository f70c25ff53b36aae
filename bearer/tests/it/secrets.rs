//! No secret in anything that is printed.

use std::error::Error as _;

use bearer::{AccessToken, App, BaseUrl, Error};

use super::{json, response};

const MARK: &str = "MARKEDsecret";

fn clean(text: &str) {
    assert!(!text.to_lowercase().contains("marked"), "{text}");
    // The same in base64, at each of its three alignments.
    for part in ["TUFSS0VE", "1BUktFR", "NQVJLRU"] {
        assert!(!text.contains(part), "{text}");
    }
}

#[test]
fn types_are_redacted() {
    let token = AccessToken::new(MARK).unwrap();
    assert_eq!(format!("{token:?}"), "AccessToken([redacted])");
    assert_eq!(format!("{:?}", token.authorization()), "Sensitive");

    let app = App::new(MARK, MARK).unwrap();
    assert_eq!(
        format!("{app:?}"),
        "App { api_key: [redacted], api_secret: [redacted], base_url: BaseUrl(\"https://api.x.com\") }"
    );
    clean(&format!("{:#?}", app.token_request()));

    let invalidate = app.invalidate_request(&token);
    clean(&format!("{invalidate:#?}"));
    assert_eq!(format!("{:?}", invalidate.body()), "SecretForm([redacted])");
    clean(&format!("{:?}", app.owner_invalidate_request(&token).headers()));
}

#[test]
fn refused_input_is_not_quoted() {
    for text in [format!(" {MARK}"), format!("\"{MARK}é"), MARK.repeat(1000)] {
        let error = AccessToken::new(text.as_str()).unwrap_err();
        clean(&format!("{error:?} {error}"));
        let error = App::new("key", text.as_str()).unwrap_err();
        clean(&format!("{error:?} {error}"));
        let error = App::new(text.as_str(), "secret").unwrap_err();
        clean(&format!("{error:?} {error}"));
    }
    for url in [format!("https://u:{MARK}@api.x.com"), format!("http://{MARK}"), MARK.into()] {
        let error = url.parse::<BaseUrl>().unwrap_err();
        clean(&format!("{error:?} {error}"));
    }
}

#[test]
fn replies_that_hold_a_secret_are_not_quoted() {
    let token = MARK.repeat(8);
    let bodies = [
        format!("<html>{token}</html>"),
        format!("{token}=1"),
        format!("\"{token}\""),
        format!(r#"["{token}"]"#),
        format!(r#"{{"access_token":"{token}"#),
        format!(r#"{{"access_token":"{token}"}}"#),
        format!(r#"{{"access_token":"{token}","access_token":"{token}"}}"#),
        format!(r#"{{"access_token":["{token}"],"token_type":"bearer"}}"#),
        format!(r#"{{"access_token":"{token}\n","token_type":"bearer"}}"#),
        format!(r#"{{"access_token":"bearer","token_type":"{token}"}}"#),
        format!(r#"{{"errors":[{{"code":99,"message":"got {token}","label":"{token}"}}]}}"#),
        format!(r#"{{"error":"{token}","error_description":"access_token={token}&more"}}"#),
        format!(r#"{{"title":"{token}","detail":"for ({token})","type":"x/problems/{token}"}}"#),
    ];
    for body in &bodies {
        for status in [200, 403, 500] {
            check(App::read_token(json(status, body)));
            check(App::read_token(response(status, "text/html", body)));
        }
        check(App::read_invalidated(json(403, body)));
    }
}

fn check(result: Result<AccessToken, Error>) {
    clean(&format!("{result:?}"));
    if let Err(error) = result {
        clean(&format!("{error} {:?}", error.source().map(ToString::to_string)));
    }
}
