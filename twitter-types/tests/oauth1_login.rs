//! Logging in by OAuth 1.0a, against replies in the shapes that X documents.

use http::{Method, Request, Response};
use oauth1_sign::{ClientCredentials, Signer, TokenCredentials, handshake};
use twitter_types::{
    UserId, Username,
    auth::{
        OAuth1Access, OAuth1App, OAuth1Callback, OAuth1Login, OAuth1LoginError, OAuth1RefusalCause,
        OAuth1Tokens, OAuth1Verifier,
    },
    endpoint::{self, BaseUrl, Stamp},
    users,
};

const KEY: &str = "cChZNFj6T5R0TigYB9yd1w";
const SECRET: &str = "L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg";
const CALLBACK: &str = "http://127.0.0.1:8080/callback?a=b";
const BEGUN: &str = "oauth_token=NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0&oauth_token_secret=veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI&oauth_callback_confirmed=true";
const ENDED: &str = "oauth_token=7588892-kagSNqWge8gB1WwE3plnFsJHAZVfxWD7Vb57p0b4&oauth_token_secret=PbKfYqSryyeKDWz4ebtY3o5ogNLG11WJuZBc9fQrQo&user_id=7588892&screen_name=kaythaney";
const STAMP: Stamp<'_> = Stamp::new("nonce", 1_790_000_000);

fn app() -> OAuth1App {
    OAuth1App::new(KEY, SECRET).unwrap()
}

fn callback() -> OAuth1Callback {
    OAuth1Callback::url(CALLBACK).unwrap()
}

fn html(body: &str) -> Response<Vec<u8>> {
    Response::builder().header("content-type", "text/html").body(body.into()).unwrap()
}

fn refusal(status: u16, body: &str) -> Response<Vec<u8>> {
    let date = "Mon, 21 Sep 2026 14:13:20 GMT";
    Response::builder().status(status).header("date", date).body(body.into()).unwrap()
}

fn legacy(status: u16, code: u64, message: &str) -> Response<Vec<u8>> {
    refusal(status, &format!(r#"{{"errors":[{{"code":{code},"message":"{message}"}}]}}"#))
}

fn login() -> OAuth1Login {
    app().read_login(&callback(), html(BEGUN)).unwrap()
}

fn tokens() -> OAuth1Tokens {
    app().read_tokens(html(ENDED)).unwrap()
}

fn authorization(request: &Request<Vec<u8>>) -> &str {
    assert_eq!((request.method(), request.body().len()), (&Method::POST, 0));
    let value = &request.headers()["authorization"];
    assert!(value.is_sensitive());
    value.to_str().unwrap()
}

#[test]
fn step_1_is_signed_with_the_callback_and_the_access_that_is_asked_for() {
    let request = app().login_request(&callback(), Some(OAuth1Access::Read), &STAMP).unwrap();
    let url = "https://api.x.com/oauth/request_token?x_auth_access_type=read";
    assert_eq!(request.uri(), url);
    let signer = Signer::new(&ClientCredentials::new(KEY, SECRET), None);
    let expected = handshake::request_token(&signer, url, CALLBACK, &STAMP).unwrap();
    assert_eq!(authorization(&request), expected.authorization);

    let request = app().login_request(&OAuth1Callback::pin(), None, &STAMP).unwrap();
    assert_eq!(request.uri(), "https://api.x.com/oauth/request_token");
    assert!(authorization(&request).contains("oauth_callback=\"oob\""));
    let request = app().login_request(&callback(), Some(OAuth1Access::Write), &STAMP).unwrap();
    assert_eq!(request.uri().query(), Some("x_auth_access_type=write"));

    let error = app().login_request(&callback(), None, &Stamp::none()).unwrap_err();
    assert!(matches!(error, OAuth1LoginError::Signing(_)), "{error}");
}

/// X's page "Log in with X". Its signatures were made for the host of old; those for today's were
/// calculated from the same values by other programs.
#[test]
fn steps_1_and_3_have_the_signatures_that_x_publishes() {
    let callback = OAuth1Callback::url("http://localhost/sign-in-with-twitter/").unwrap();
    let verifier = "uw7NjWHT6OJ1MpJOXsHfNxoAhPKpgI8BlYDhxEjIBY";
    for (host, begin, finish) in [
        ("https://api.twitter.com", "F1Li3tvehgcraF8DMJ7OyxO4w9Y", "39cipBtIOHEEnybAR4sATQTpl2I"),
        ("https://api.x.com", "X9xhcB9d%2BNxXd%2FThJ%2Fn51vPhetM", "G3DdousFWwxEepaZcmHguKqeBvs"),
    ] {
        let app = app().with_base_url(host.parse().unwrap());
        let stamp = Stamp::new("ea9ec8429b68d6b77cd5600adbbb0456", 1_318_467_427);
        let request = app.login_request(&callback, None, &stamp).unwrap();
        let signature = format!("oauth_signature=\"{begin}%3D\"");
        assert!(authorization(&request).contains(&signature), "{host}");

        let query = format!("oauth_token={}&oauth_verifier={verifier}", login().token());
        let verifier = login().read_callback(&query).unwrap();
        let stamp = Stamp::new("a9900fe68e2573b27a37f10fbad6a755", 1_318_467_427);
        let request = app.tokens_request(&login(), &verifier, &stamp).unwrap();
        let signature = format!("oauth_signature=\"{finish}%3D\"");
        assert!(authorization(&request).contains(&signature), "{host}");
    }
}

#[test]
fn the_pages_are_x_s_unless_told_otherwise() {
    let token = login().token().to_owned();
    let login = login();
    assert_eq!(
        login.authorize_url(),
        format!("https://api.x.com/oauth/authorize?oauth_token={token}")
    );
    let login = login.with_force_login().with_screen_name(Username::new("@rustlang").unwrap());
    assert_eq!(
        login.authenticate_url(),
        format!(
            "https://api.x.com/oauth/authenticate?oauth_token={token}&force_login=true&screen_name=rustlang"
        )
    );
    let app = app().with_authorize_base("https://x.com/i".parse().unwrap());
    let login = app.read_login(&callback(), html(BEGUN)).unwrap();
    assert_eq!(
        login.authenticate_url(),
        format!("https://x.com/i/oauth/authenticate?oauth_token={token}")
    );
    let sandbox: BaseUrl = "http://127.0.0.1:1".parse().unwrap();
    let login = app.with_base_url(sandbox).read_login(&callback(), html(BEGUN)).unwrap();
    assert!(login.authorize_url().starts_with("http://127.0.0.1:1/oauth/authorize?"));
}

#[test]
fn a_callback_is_read_in_whichever_form_it_comes() {
    let login = login();
    let query =
        format!("oauth_token={}&oauth_verifier=uw7NjWHT6OJ1MpJOXsHfNxoAhPKpgI8B", login.token());
    for callback in [
        query.clone(),
        format!("?{query}"),
        format!("/callback?{query}"),
        format!(" https://app.example/callback?{query}#_\n"),
        format!("/callback?a=b&{query}"),
    ] {
        let verifier = login.read_callback(&callback).unwrap();
        assert_eq!(verifier.expose(), "uw7NjWHT6OJ1MpJOXsHfNxoAhPKpgI8B");
        assert_eq!(OAuth1Login::token_of(&callback), Some(login.token()));
    }
    let denied = format!("/callback?denied={}", login.token());
    assert_eq!(login.read_callback(&denied).unwrap_err(), OAuth1LoginError::Denied);
    for other in ["/callback?denied=other", "oauth_token=other&oauth_verifier=v"] {
        assert_eq!(
            login.read_callback(other).unwrap_err(),
            OAuth1LoginError::OtherLogin,
            "{other}"
        );
    }
    let cut_off = format!("oauth_token={}", login.token());
    for (callback, missing) in
        [("", "oauth_token"), ("/callback", "oauth_token"), (&*cut_off, "oauth_verifier")]
    {
        let error = login.read_callback(callback).unwrap_err();
        assert!(matches!(error, OAuth1LoginError::BadCallback(_)), "{error:?}");
        assert!(
            error.to_string().contains(&format!("has no {missing}: take the whole")),
            "{error}"
        );
    }
    assert_eq!(OAuth1Login::token_of("/callback?a=b"), None);
    assert_eq!(OAuth1Login::token_of("/callback?oauth_token="), None);
}

#[test]
fn a_pin_is_checked_before_it_is_sent() {
    for pin in ["0123456", " 0123456\r\n", "012 34 56", "012-3456"] {
        assert_eq!(OAuth1Verifier::pin(pin).unwrap().expose(), "0123456");
    }
    for wrong in ["", "123", "1234567890123", "O123456", "12345６7", "\"0123456\""] {
        assert!(OAuth1Verifier::pin(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn step_3_sends_the_verifier_and_brings_tokens() {
    let request =
        app().tokens_request(&login(), &OAuth1Verifier::pin("0123456").unwrap(), &STAMP).unwrap();
    assert_eq!(request.uri(), "https://api.x.com/oauth/access_token");
    let header = authorization(&request);
    assert!(header.contains("oauth_verifier=\"0123456\""));
    assert!(header.contains(&format!("oauth_token=\"{}\"", login().token())));

    let tokens = tokens();
    assert_eq!(tokens.user_id, Some(UserId::new(7_588_892)));
    assert_eq!(tokens.screen_name.as_deref(), Some("kaythaney"));
    assert!(tokens.access_token().starts_with("7588892-"));
    let bare = app().read_tokens(html("oauth_token=t&oauth_token_secret=s\n")).unwrap();
    assert_eq!((bare.user_id, bare.screen_name), (None, None));

    let kept = OAuth1Tokens::new(tokens.access_token(), tokens.access_token_secret()).unwrap();
    let sign = |user| endpoint::request(&BaseUrl::default(), &users::Me::new(), &user, &STAMP);
    let (one, other) = (sign(app().user(&tokens)).unwrap(), sign(app().user(&kept)).unwrap());
    let token = TokenCredentials::new(kept.access_token(), kept.access_token_secret());
    let signer = Signer::new(&ClientCredentials::new(KEY, SECRET), Some(&token));
    let me = oauth1_sign::Request::new("GET", "https://api.x.com/2/users/me");
    let expected = signer.sign(&me, &STAMP).unwrap();
    assert_eq!(one.headers()["authorization"], expected);
    assert_eq!(other.headers()["authorization"], expected);
}

#[test]
fn tokens_are_ended_with_their_own_signature() {
    let request = app().invalidate_request(&tokens(), &STAMP).unwrap();
    assert_eq!(request.uri(), "https://api.x.com/1.1/oauth/invalidate_token.json");
    assert!(authorization(&request).contains("oauth_token=\"7588892-"));
    app().read_invalidated(html(r#"{"access_token":"7588892-kagSN"}"#)).unwrap();
    for wrong in ["", "{}", "[]", "access_token=a", r#"{"access_token":7}"#] {
        let error = app().read_invalidated(html(wrong)).unwrap_err();
        assert!(error.to_string().starts_with("the reply has no access_token: "), "{error}");
    }
    let error = app().read_invalidated(legacy(401, 89, "Invalid or expired token.")).unwrap_err();
    assert_eq!(cause(&error), OAuth1RefusalCause::TokenEnded);
}

fn cause(error: &OAuth1LoginError) -> OAuth1RefusalCause {
    let OAuth1LoginError::Refused(refusal) = error else { panic!("{error:?}") };
    refusal.cause
}

#[test]
fn a_refused_beginning_says_what_to_do() {
    let begin = |response| app().read_login(&callback(), response).unwrap_err();
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error code=\"415\">Callback URL \
               not approved for this client application.</error></errors>";
    for response in [legacy(403, 415, "Callback URL not approved."), refusal(403, xml)] {
        let error = begin(response);
        assert_eq!(cause(&error), OAuth1RefusalCause::CallbackNotApproved);
        let text = error.to_string();
        assert!(
            text.starts_with("X refused with status 403 (code 415, \"Callback URL not"),
            "{text}"
        );
        assert!(text.ends_with(&format!(
            "add exactly this callback URL to the App's settings in the developer console: {CALLBACK}"
        )));
    }
    let pin = app().read_login(&OAuth1Callback::pin(), legacy(403, 415, "")).unwrap_err();
    assert!(pin.to_string().ends_with("X wants one for a PIN too"), "{pin}");

    let error = begin(legacy(401, 135, "Timestamp out of bounds."));
    assert_eq!(cause(&error), OAuth1RefusalCause::ClockOff);
    assert!(
        error
            .to_string()
            .ends_with("set this machine's clock, since X's says Mon, 21 Sep 2026 14:13:20 GMT"),
        "{error}"
    );
    assert_eq!(
        cause(&begin(refusal(401, "Timestamp out of bounds"))),
        OAuth1RefusalCause::ClockOff
    );
    for (response, expected, advice) in [
        (legacy(401, 32, "Could not authenticate you."), OAuth1RefusalCause::BadKeys, "API secret"),
        (refusal(401, ""), OAuth1RefusalCause::BadKeys, "API secret"),
        (legacy(429, 88, "Rate limit exceeded"), OAuth1RefusalCause::RateLimited, "15 minutes"),
        (refusal(503, "<html>Over capacity</html>"), OAuth1RefusalCause::ServerTrouble, "a while"),
        (refusal(404, "{}"), OAuth1RefusalCause::Other, "base URL"),
    ] {
        let error = begin(response);
        assert_eq!(cause(&error), expected, "{error}");
        assert!(error.to_string().contains(advice), "{error}");
        assert!(!error.to_string().contains("capacity"), "a page is not quoted");
    }
}

#[test]
fn a_refused_exchange_blames_the_pin() {
    for response in [
        legacy(401, 32, "Could not authenticate you."),
        refusal(401, "Error processing your OAuth request: Invalid oauth_verifier parameter"),
        refusal(401, "Invalid request token."),
    ] {
        let error = app().read_tokens(response).unwrap_err();
        assert_eq!(cause(&error), OAuth1RefusalCause::BadVerifier, "{error}");
        assert!(
            error.to_string().contains("begin the login again and type the new PIN"),
            "{error}"
        );
    }
    let error = app().read_tokens(legacy(401, 135, "Timestamp out of bounds.")).unwrap_err();
    assert_eq!(cause(&error), OAuth1RefusalCause::ClockOff);
}

#[test]
fn a_reply_of_something_else_is_no_login() {
    for (body, expected) in [
        ("", "the reply has no oauth_token: "),
        ("<html>Welcome to the hotel</html>", "the reply has no oauth_token: "),
        ("oauth_token=t", "the reply has no oauth_token_secret: "),
        ("oauth_token=t&oauth_token_secret=s", "X did not confirm the callback: "),
        ("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false", "X did not confirm"),
    ] {
        let error = app().read_login(&callback(), html(body)).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let bytes = Response::new(vec![0xff, 0xfe]);
    let error = app().read_login(&callback(), bytes).unwrap_err();
    assert!(error.to_string().starts_with("the reply is not form-encoded UTF-8: "), "{error}");
    let spaced = html("oauth_token=a+b&oauth_token_secret=s");
    let error = app().read_tokens(spaced).unwrap_err();
    assert!(
        error.to_string().starts_with("the access token of the reply has white space"),
        "{error}"
    );
}

#[test]
fn a_login_survives_a_restart() {
    let login = login().with_force_login().with_screen_name(Username::new("rustlang").unwrap());
    let saved = login.save();
    assert_eq!(format!("{saved:?}"), "[redacted]");
    let restored = OAuth1Login::restore(saved.expose()).unwrap();
    assert_eq!(restored.authorize_url(), login.authorize_url());
    let verifier = OAuth1Verifier::pin("0123456").unwrap();
    assert_eq!(
        app().tokens_request(&restored, &verifier, &STAMP).unwrap().headers(),
        app().tokens_request(&login, &verifier, &STAMP).unwrap().headers(),
        "the secret came along"
    );
    let newer = saved.expose().replace("\"format\":1", "\"format\":2");
    let empty = saved.expose().replace(login.token(), "");
    for wrong in ["", "{}", "null", &newer, &empty, &saved.expose()[1..]] {
        assert!(OAuth1Login::restore(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn callbacks_are_absolute_urls() {
    for right in [CALLBACK, "https://app.example", "twitterclient://callback", "a+b-c.d://x"] {
        assert_eq!(OAuth1Callback::url(right).unwrap().as_str(), right);
    }
    let long = format!("https://app.example/{}", "a".repeat(2048));
    for wrong in [
        "",
        "oob",
        "app.example/x",
        "://x",
        "https://",
        "1a://x",
        "https://a b",
        "https://a#b",
        &long,
    ] {
        assert!(OAuth1Callback::url(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn nothing_that_is_printed_is_secret() {
    let verifier = OAuth1Verifier::pin("0123456").unwrap();
    let token = "NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0";
    let echo = format!("no such token: {token} veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI");
    let error = app().read_tokens(refusal(401, &echo)).unwrap_err();
    assert!(error.to_string().contains("\"no such token: […] […]\""), "{error}");
    let request = app().tokens_request(&login(), &verifier, &STAMP).unwrap();
    let printed = format!(
        "{:?} {:?} {:?} {verifier:?} {error:?} {error} {request:?} {:?}",
        app(),
        login(),
        tokens(),
        login().save(),
    );
    for secret in [KEY, SECRET, token, "veNRnAWe", "kagSNqWge", "PbKfYqSry", "0123456"] {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
    assert!(format!("{:?}", tokens()).contains("kaythaney"));
}
