//! OAuth 2.0: what the consent page shows, takes and refuses.

use twitter_sandbox::Sandbox;

use crate::browser::{click, open, parameter, press, text_of};
use crate::client::submit;
use crate::oauth2::{CHALLENGE, REDIRECT_URI, SCOPES, page};
use crate::specification::specification;

#[test]
fn the_page_says_who_asks_for_what() {
    let sandbox = Sandbox::start().unwrap();
    let shown = open(&sandbox, &page(&sandbox.keys().client_id, SCOPES));
    assert_eq!(shown.status, 200);
    assert!(shown.header("content-type").starts_with("text/html"));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(text_of(&shown, "user"), "@sandbox_owner");
    for scope in ["tweet.read", "users.read", "offline.access"] {
        assert!(shown.text.contains(&format!("(<code>{scope}</code>)")), "{}", shown.text);
    }
    assert!(!shown.text.contains("tweet.write") && !shown.text.contains("src="));
    assert!(!shown.text.contains("href="), "nothing is loaded from elsewhere");
}

#[test]
fn every_scope_of_the_specification_can_be_asked_for() {
    let Some(specification) = specification() else {
        eprintln!("skipped: shared/x-api/openapi.json is not there");
        return;
    };
    let scheme = &specification["components"]["securitySchemes"]["OAuth2UserToken"];
    let scopes = scheme["flows"]["authorizationCode"]["scopes"].as_object().unwrap();
    let asked = scopes.keys().map(String::as_str).collect::<Vec<_>>().join("%20");
    let sandbox = Sandbox::start().unwrap();
    let shown = open(&sandbox, &page(&sandbox.keys().client_id, &asked));
    assert_eq!(shown.status, 200, "{}", shown.text);
    assert_eq!(shown.text.matches("<li>").count(), 36);
}

#[test]
fn a_click_leads_back_to_the_app() {
    let sandbox = Sandbox::start().unwrap();
    let path = page(&sandbox.keys().client_id, SCOPES);
    let url = click(&sandbox, &path, "allow");
    assert!(url.starts_with(&format!("{REDIRECT_URI}?")), "{url}");
    assert_eq!(parameter(&url, "state").as_deref(), Some("a b&c"));
    assert!(parameter(&url, "code").unwrap().len() > 40);
    let url = click(&sandbox, &path, "cancel");
    assert_eq!(url, format!("{REDIRECT_URI}?error=access_denied&state=a%20b%26c"));
    let specified = path.replace("/i/oauth2/", "/2/oauth2/");
    assert!(parameter(&click(&sandbox, &specified, "allow"), "code").is_some());
}

#[test]
fn a_form_is_taken_once_and_from_its_page_only() {
    let sandbox = Sandbox::start().unwrap();
    let shown = open(&sandbox, &page(&sandbox.keys().client_id, SCOPES));
    assert_eq!(press(&sandbox, &shown, "allow").status, 302);
    let again = press(&sandbox, &shown, "allow");
    assert_eq!((again.status, again.header("location")), (400, ""));
    for forged in ["decision=allow", "decision=allow&authenticity_token=guessed"] {
        let reply = submit(&sandbox, "/i/oauth2/authorize", None, forged);
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{forged}");
        assert!(text_of(&reply, "error").contains("comes from elsewhere"));
    }
}

#[test]
fn a_wrong_request_gets_a_page_and_no_redirect() {
    let sandbox = Sandbox::start().unwrap();
    let right = page(&sandbox.keys().client_id, SCOPES);
    let state = "state=a%20b%26c";
    let longest = format!("state={}", "é".repeat(500));
    assert_eq!(open(&sandbox, &right.replace(state, &longest)).status, 200);
    assert_eq!(open(&sandbox, &right.replace("S256", "s256")).status, 200);
    for (from, to, expected) in [
        ("response_type=code", "response_type=token", "response_type: it must be code, not token"),
        ("response_type=code", "", "response_type: it is missing"),
        (sandbox.keys().client_id.as_str(), "other", "client_id: no App has the client id other"),
        (SCOPES, "tweet.read%20tweet.rite", r#"scope: X has no scope "tweet.rite""#),
        (SCOPES, "tweet.read%20%20users.read", r#"scope: X has no scope """#),
        (SCOPES, "", "scope: it is missing"),
        (state, "", "state: it is missing"),
        (state, &format!("{longest}x"), "state: it is longer than 500 characters"),
        (state, "state=a&state=b", "state: it comes twice"),
        (CHALLENGE, "", "code_challenge: it is missing"),
        ("S256", "SHA256", "code_challenge_method: it is S256 or plain, not SHA256"),
        ("&code_challenge_method=S256", "", "code_challenge_method: it is missing"),
        ("redirect_uri", "redirect_url", "redirect_uri: it is missing"),
    ] {
        let reply = open(&sandbox, &right.replace(from, to));
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{expected}");
        assert_eq!(text_of(&reply, "error"), expected);
        assert_eq!(sandbox.requests().pop().unwrap().reason.as_deref(), Some(expected));
    }
}

#[test]
fn a_redirect_uri_is_compared_letter_by_letter() {
    let extra = "myapp://signed-in";
    let sandbox = Sandbox::builder().redirect_uri(extra).start().unwrap();
    assert_eq!(sandbox.redirect_uris(), [REDIRECT_URI, extra]);
    let right = page(&sandbox.keys().client_id, SCOPES);
    let registered = "http%3A%2F%2F127.0.0.1%3A8080%2Fcallback";
    for (sent, readable) in [
        ("http%3A%2F%2F127.0.0.1%3A8080%2Fcallback%2F", "http://127.0.0.1:8080/callback/"),
        ("http%3A%2F%2Flocalhost%3A8080%2Fcallback", "http://localhost:8080/callback"),
        ("http%3A%2F%2F127.0.0.1%3A8081%2Fcallback", "http://127.0.0.1:8081/callback"),
        ("https%3A%2F%2Fevil.example%2F%3Ca%3E", "https://evil.example/<a>"),
    ] {
        let reply = open(&sandbox, &right.replace(registered, sent));
        assert_eq!((reply.status, reply.header("location")), (400, ""));
        let said = text_of(&reply, "error");
        let expected = format!(
            "redirect_uri: it is not registered for this App.\nReceived:\n  {readable}\n\
             Registered:\n  {REDIRECT_URI}\n  {extra}"
        );
        assert_eq!(said, expected);
    }
    let url = click(&sandbox, &right.replace(registered, "myapp%3A%2F%2Fsigned-in"), "allow");
    assert!(url.starts_with("myapp://signed-in?state="), "{url}");
}

#[test]
fn a_test_consents_without_a_browser() {
    let sandbox = Sandbox::start().unwrap();
    let page = format!("{}{}", sandbox.base_url(), page(&sandbox.keys().client_id, SCOPES));
    let url = sandbox.approve_oauth2(&page).unwrap();
    assert!(url.starts_with(REDIRECT_URI) && parameter(&url, "code").is_some(), "{url}");
    let wrong = sandbox.approve_oauth2(&page.replace("=code", "=token")).unwrap_err();
    assert_eq!(wrong, "response_type: it must be code, not token");
}
