//! What a browser brings back.

use bearer::{CallbackError, Login, OAuth2Client, OAuth2Error, Scope, Scopes, callback_state};

fn login() -> Login {
    let client = OAuth2Client::public("id").unwrap();
    let redirect_uri = "http://127.0.0.1/callback".parse().unwrap();
    client.login(redirect_uri, Scopes::from([Scope::TWEET_READ]), [9; 48])
}

#[test]
fn a_code_is_read_from_any_part_of_the_address() {
    let login = login();
    let state = login.state();
    for callback in [
        format!("http://127.0.0.1/callback?state={state}&code=a%2Bb%20c"),
        format!("/callback?code=a%2Bb+c&state={state}&new=1&flag"),
        format!("?code=a%2bb+c&state={state}#_=_"),
        format!("  code=a%2Bb+c&state={state}\r\n"),
    ] {
        assert_eq!(login.read_callback(&callback).unwrap().expose(), "a+b c", "{callback}");
        assert_eq!(callback_state(&callback).as_deref(), Some(state));
    }
}

#[test]
fn the_state_comes_first() {
    let login = login();
    let state = login.state();
    for callback in [
        String::new(),
        "a code alone".to_owned(),
        "/callback?code=c".to_owned(),
        "/callback?code=c&state=".to_owned(),
        format!("/callback?code=c&state={state}x"),
        format!("/callback?code=c&state={}", &state[1..]),
        format!("/callback?code=c&state={}", state.to_lowercase()),
        "/callback?error=access_denied&state=x".to_owned(),
    ] {
        let error = login.read_callback(&callback).unwrap_err();
        assert_eq!(error, CallbackError::StateMismatch, "{callback}");
        assert!(error.to_string().ends_with("or begin the login again"), "{error}");
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    let login = login();
    for (query, code, description, advice) in [
        ("error=access_denied", OAuth2Error::AccessDenied, None, "authorize the App"),
        (
            "error=invalid_request&error_description=Not+this%0A",
            OAuth2Error::InvalidRequest,
            Some("Not this"),
            "redirect URI",
        ),
        ("error=unauthorized_client", OAuth2Error::UnauthorizedClient, None, "set up user"),
        (
            "error=unsupported_response_type",
            OAuth2Error::UnsupportedResponseType,
            None,
            "set up user",
        ),
        ("error=invalid_scope", OAuth2Error::InvalidScope, None, "scopes that exist"),
        ("error=server_error", OAuth2Error::ServerError, None, "in a while"),
        ("error=temporarily_unavailable", OAuth2Error::TemporarilyUnavailable, None, "in a while"),
        ("error=new&code=c", OAuth2Error::Other("new".into()), None, "what the server says"),
    ] {
        let callback = format!("/callback?{query}&state={}", login.state());
        let failure = login.read_callback(&callback).unwrap_err();
        let text = failure.to_string();
        assert!(text.rsplit_once(": ").unwrap().1.contains(advice), "{text}");
        let CallbackError::Refused { error, description: found, .. } = failure else {
            panic!("{failure}")
        };
        assert_eq!((error, found.as_deref()), (code, description));
    }
}

#[test]
fn a_callback_that_is_none() {
    let login = login();
    for (query, error) in [
        ("", CallbackError::NoCode),
        ("&code=", CallbackError::NoCode),
        ("&code=a&code=b", CallbackError::Malformed),
        ("&code=a%", CallbackError::Malformed),
        ("&code=a%FF", CallbackError::Malformed),
        ("&code=a%0Ab", CallbackError::Malformed),
        ("&state=x&code=a", CallbackError::Malformed),
    ] {
        let callback = format!("/callback?state={}{query}", login.state());
        let found = login.read_callback(&callback).unwrap_err();
        assert_eq!(found, error, "{query}");
        assert!(found.to_string().contains("take the whole address"), "{found}");
    }
    let long = format!("state={}&code={}", login.state(), "c".repeat(4097));
    assert_eq!(login.read_callback(&long).unwrap_err(), CallbackError::Malformed);
}
