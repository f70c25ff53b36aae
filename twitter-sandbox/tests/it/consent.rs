//! OAuth 1.0a in the browser: consent, PIN, refusal, and signing in again.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};
use serde_json::json;
use twitter_sandbox::{AppPermission, Sandbox};

use crate::browser::{click, open, parameter, press, text_of};
use crate::client::{Reply, exchange, submit};

const CALLBACK: &str = "http://127.0.0.1:8080/callback";

/// The three legs of one App.
struct App<'a> {
    sandbox: &'a Sandbox,
    client: ClientCredentials,
}

impl<'a> App<'a> {
    fn new(sandbox: &'a Sandbox) -> Self {
        let keys = sandbox.keys();
        Self { sandbox, client: ClientCredentials::new(&keys.api_key, &keys.api_secret) }
    }

    fn send(&self, method: &str, path: &str, token: Option<&TokenCredentials>) -> Reply {
        self.send_with(method, path, token, |request| request)
    }

    fn send_with(
        &self,
        method: &str,
        path: &str,
        token: Option<&TokenCredentials>,
        change: impl for<'r> Fn(Request<'r>) -> Request<'r>,
    ) -> Reply {
        let url = format!("{}{path}", self.sandbox.base_url());
        let request = change(Request::new(method, &url));
        let header = Signer::new(&self.client, token).sign(&request, &Stamp::now()).unwrap();
        let body = (method == "POST").then(String::new);
        exchange(self.sandbox, method, path, Some(&header), None, body)
    }

    /// A request token for this callback.
    fn ask(&self, callback: &'static str, query: &str) -> TokenCredentials {
        let path = format!("/oauth/request_token{query}");
        let reply = self.send_with("POST", &path, None, |request| request.callback(callback));
        assert_eq!(reply.status, 200, "{}", reply.text);
        token(&reply)
    }

    fn exchange(&self, token: &TokenCredentials, verifier: &'static str) -> Reply {
        self.send_with("POST", "/oauth/access_token", Some(token), |r| r.verifier(verifier))
    }

    /// The access token of the user who pressed Authorize.
    fn sign_in(&self, query: &str) -> TokenCredentials {
        let asked = self.ask(CALLBACK, query);
        let url = click(self.sandbox, &page("authorize", &asked), "allow");
        let verifier = parameter(&url, "oauth_verifier").unwrap().leak();
        let reply = self.exchange(&asked, verifier);
        assert_eq!(reply.status, 200, "{}", reply.text);
        token(&reply)
    }

    fn level(&self, token: &TokenCredentials) -> String {
        self.send("GET", "/2/users/me", Some(token)).header("x-access-level").to_owned()
    }
}

fn token(reply: &Reply) -> TokenCredentials {
    let part = |name| parameter(&reply.text, name).unwrap();
    TokenCredentials::new(part("oauth_token"), part("oauth_token_secret"))
}

fn page(name: &str, token: &TokenCredentials) -> String {
    format!("/oauth/{name}?oauth_token={}", token.token())
}

#[test]
fn a_click_leads_back_with_a_verifier() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new(&sandbox);
    let asked = app.ask(CALLBACK, "");
    let path = format!("{}&force_login=true&screen_name=someone", page("authorize", &asked));
    let shown = open(&sandbox, &path);
    assert_eq!(text_of(&shown, "user"), "@sandbox_owner");
    assert!(shown.text.contains("Direct Messages"));
    let early = app.exchange(&asked, "guess");
    assert_eq!((early.status, &early.json["errors"][0]["code"]), (401, &json!(32)));
    let sent = press(&sandbox, &shown, "allow");
    assert_eq!(sent.status, 302);
    let url = sent.header("location");
    assert!(url.starts_with(&format!("{CALLBACK}?oauth_token={}&", asked.token())), "{url}");
    let verifier = parameter(url, "oauth_verifier").unwrap().leak();
    assert_eq!(app.exchange(&asked, "wrong").status, 401);
    let reply = app.exchange(&asked, verifier);
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(app.exchange(&asked, verifier).status, 401, "the verifier is spent");
    assert_eq!(app.send("GET", "/2/users/me", Some(&token(&reply))).status, 200);
    assert_eq!(open(&sandbox, &path).status, 400, "so is the page");
}

#[test]
fn a_pin_is_shown_where_there_is_no_callback() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new(&sandbox);
    let asked = app.ask("oob", "");
    let shown = open(&sandbox, &page("authorize", &asked));
    assert!(shown.text.contains("You are shown a PIN"));
    let pin_page = press(&sandbox, &shown, "allow");
    let pin = text_of(&pin_page, "oauth_pin");
    assert_eq!(pin.len(), 7);
    assert!(pin.bytes().all(|byte| byte.is_ascii_digit()), "{pin}");
    assert_eq!(sandbox.approve(asked.token()).as_deref(), Some(pin.as_str()));
    let pin: &'static str = pin.leak();
    assert_eq!(app.exchange(&asked, pin).status, 200);
    assert_eq!(app.exchange(&asked, pin).status, 401);
}

#[test]
fn cancel_ends_the_request_token() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new(&sandbox);
    let asked = app.ask(CALLBACK, "");
    let url = click(&sandbox, &page("authorize", &asked), "cancel");
    assert_eq!(url, format!("{CALLBACK}?denied={}", asked.token()));
    assert_eq!(sandbox.approve(asked.token()), None);
    let asked = app.ask("oob", "");
    let shown = press(&sandbox, &open(&sandbox, &page("authorize", &asked)), "cancel");
    assert_eq!(shown.status, 200);
    assert!(shown.text.contains("You have denied"));
    assert_eq!(app.exchange(&asked, "guess").status, 401);
}

#[test]
fn a_form_is_taken_from_its_page_only() {
    let sandbox = Sandbox::start().unwrap();
    let asked = App::new(&sandbox).ask(CALLBACK, "");
    let token = asked.token();
    for form in ["decision=allow", &format!("decision=allow&oauth_token={token}")] {
        let reply = submit(&sandbox, "/oauth/authorize", None, form);
        assert_eq!((reply.status, reply.header("location")), (400, ""));
    }
    for token in ["", "?oauth_token=", "?oauth_token=%3Cscript%3E"] {
        let reply = open(&sandbox, &format!("/oauth/authorize{token}"));
        assert_eq!(reply.status, 400);
        assert!(text_of(&reply, "error").contains("the request token for this page is invalid"));
    }
}

#[test]
fn authenticate_asks_once() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new(&sandbox);
    let first = app.ask(CALLBACK, "");
    assert_eq!(open(&sandbox, &page("authenticate", &first)).status, 200, "nothing is granted yet");
    let token = app.sign_in("");
    for path in ["authenticate", "../i/oauth/authenticate"] {
        let path = page(path, &app.ask(CALLBACK, "")).replace("/oauth/../", "/");
        let sent = open(&sandbox, &path);
        assert_eq!(sent.status, 302, "{path}");
        assert!(parameter(sent.header("location"), "oauth_verifier").is_some());
    }
    let forced = format!("{}&force_login=true", page("authenticate", &app.ask(CALLBACK, "")));
    assert_eq!(open(&sandbox, &forced).status, 200);
    assert_eq!(open(&sandbox, &page("authorize", &app.ask(CALLBACK, ""))).status, 200);
    let unasked = open(&sandbox, &page("authenticate", &app.ask("oob", "")));
    assert!(unasked.text.contains("You are shown a PIN"), "{}", unasked.text);
    assert_eq!(app.send("POST", "/1.1/oauth/invalidate_token", Some(&token)).status, 200);
    let again = page("authenticate", &app.ask(CALLBACK, ""));
    assert_eq!(open(&sandbox, &again).status, 200, "the grant ended with the token");
}

#[test]
fn a_callback_must_be_registered() {
    let sandbox = Sandbox::builder().redirect_uri("myapp://back").start().unwrap();
    let app = App::new(&sandbox);
    app.ask("myapp://back", "");
    for callback in ["http://127.0.0.1:8080/callback/", "http://localhost:8080/callback", "OOB", ""]
    {
        let reply = app.send_with("POST", "/oauth/request_token", None, |r| r.callback(callback));
        let message = "Callback URL not approved for this client application.";
        let body = json!({ "errors": [{ "code": 415, "message": message }] });
        assert_eq!((reply.status, reply.json), (403, body), "{callback:?}");
        let reason = sandbox.requests().pop().unwrap().reason.unwrap();
        assert!(reason.contains(&format!("Received:\n  {callback}\n")), "{reason}");
    }
}

#[test]
fn a_token_keeps_the_permission_that_it_was_made_with() {
    let sandbox = Sandbox::builder().app_permission(AppPermission::Read).start().unwrap();
    let app = App::new(&sandbox);
    let old = app.sign_in("");
    assert_eq!(app.level(&old), "read");
    sandbox.set_app_permission(AppPermission::ReadWriteDirectMessages);
    assert_eq!(app.level(&old), "read", "the user has to sign in again");
    let delete = |token| app.send("DELETE", "/2/tweets/1", Some(token));
    let refused = delete(&old);
    assert_eq!(refused.status, 403);
    assert!(refused.json["type"].as_str().unwrap().ends_with("/oauth1-permissions"));
    assert_eq!(app.level(&app.sign_in("")), "read-write-directmessages");
    assert_ne!(delete(&app.sign_in("?x_auth_access_type=write")).status, 403);
    assert_eq!(app.level(&app.sign_in("?x_auth_access_type=write")), "read-write");
    assert_eq!(app.level(&app.sign_in("?x_auth_access_type=read")), "read");
    sandbox.set_app_permission(AppPermission::Read);
    assert_eq!(app.level(&app.sign_in("?x_auth_access_type=write")), "read");
    let path = "/oauth/request_token?x_auth_access_type=all";
    let reply = app.send_with("POST", path, None, |request| request.callback(CALLBACK));
    assert_eq!((reply.status, &reply.json["errors"][0]["code"]), (400, &json!(44)));
}

#[test]
fn an_invalidated_token_is_dead() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new(&sandbox);
    for path in ["/1.1/oauth/invalidate_token", "/1.1/oauth/invalidate_token.json"] {
        let token = app.sign_in("");
        let reply = app.send("POST", path, Some(&token));
        assert_eq!((reply.status, reply.json), (200, json!({ "access_token": token.token() })));
        let dead = json!({ "errors": [{ "code": 89, "message": "Invalid or expired token" }] });
        let reply = app.send("GET", "/2/users/me", Some(&token));
        assert_eq!((reply.status, reply.json), (401, dead.clone()));
        let reply = app.send("POST", path, Some(&token));
        assert_eq!((reply.status, reply.json), (401, dead));
    }
}
