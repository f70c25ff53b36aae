//! The login of a user: what is sent, and what is made of the replies.

use bearer::{
    AccessToken, CodeChallengeMethod, CodeVerifier, Error, InvalidKey, InvalidRedirectUri, KeyPart,
    Login, OAuth2Client, OAuth2Error, RedirectUri, RefreshToken, Scope, Scopes, UserTokens,
};
use http::{Method, header::AUTHORIZATION};

use super::{json, response};

const NOW: u64 = 1_764_100_000;

fn client() -> OAuth2Client {
    OAuth2Client::public("client/1").unwrap()
}

fn login(client: &OAuth2Client) -> Login {
    let redirect_uri = "http://127.0.0.1:8080/callback?a=b".parse().unwrap();
    let random = std::array::from_fn(|at| u8::try_from(at).unwrap());
    client.login(redirect_uri, Scopes::from([Scope::USERS_READ, Scope::TWEET_READ]), random)
}

fn body(request: http::Request<bearer::SecretForm>) -> String {
    request.map(String::from).into_body()
}

/// RFC 7636 appendix B, with its octets as the random source.
#[test]
fn the_vector_of_rfc_7636() {
    let octets = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37,
        77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
    ];
    let mut random = [7; 48];
    random[..32].copy_from_slice(&octets);
    let login =
        client().login("app:/callback".parse().unwrap(), Scopes::from([Scope::TWEET_READ]), random);
    assert_eq!(login.code_verifier().expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert!(login.url().contains(
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    ));
    assert_eq!(
        CodeChallengeMethod::Plain.challenge(login.code_verifier()),
        login.code_verifier().expose()
    );
}

#[test]
fn a_code_verifier_is_checked() {
    for text in ["a".repeat(43), "-._~".repeat(32)] {
        assert_eq!(CodeVerifier::new(text.as_str()).unwrap().expose(), text);
    }
    for text in ["a".repeat(42), "a".repeat(129), "+".repeat(43), "é".repeat(43)] {
        CodeVerifier::new(text).unwrap_err();
    }
}

#[test]
fn the_page_of_consent() {
    let login = login(&client());
    assert_eq!(
        login.url(),
        "https://x.com/i/oauth2/authorize?response_type=code&client_id=client%2F1\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback%3Fa%3Db&scope=tweet.read%20users.read\
         &state=ICEiIyQlJicoKSorLC0uLw&code_challenge=6oZqdX5MOLq_qBJ8vppAnT4fk6AP8UiP9zX8-Rev_9A\
         &code_challenge_method=S256"
    );
    assert_eq!(login.state().len(), 22, "16 octets, 128 bits");
    assert!((43..=128).contains(&login.code_verifier().expose().len()));

    let page = "http://127.0.0.1:9/i/oauth2/authorize".parse().unwrap();
    let elsewhere = self::login(&client().with_authorize_url(page));
    assert!(
        elsewhere.url().starts_with("http://127.0.0.1:9/i/oauth2/authorize?response_type=code&")
    );
}

#[test]
fn a_redirect_uri_is_checked() {
    for text in [
        "http://127.0.0.1:8080/",
        "https://example.com/a?b=c",
        "twitterclient://callback",
        "app:/x",
    ] {
        assert_eq!(text.parse::<RedirectUri>().unwrap().to_string(), text);
    }
    let long = format!("https://{}", "a".repeat(2048));
    for text in ["", "callback", "/callback", "https://", "1a://b", "http://a b", "http://é", &long]
    {
        assert_eq!(text.parse::<RedirectUri>(), Err(InvalidRedirectUri::Malformed), "{text}");
    }
    assert_eq!("https://a/#b".parse::<RedirectUri>(), Err(InvalidRedirectUri::Fragment));
}

#[test]
fn the_keys_of_a_client_are_checked() {
    for (result, part) in [
        (OAuth2Client::public(""), KeyPart::ClientId),
        (OAuth2Client::confidential("a b", "s"), KeyPart::ClientId),
        (OAuth2Client::confidential("a", "s\n"), KeyPart::ClientSecret),
    ] {
        let error: InvalidKey = result.unwrap_err();
        assert_eq!(error.part, part);
        assert!(error.to_string().contains("console"), "{error}");
    }
}

#[test]
fn a_login_survives_a_restart() {
    let before = login(&client());
    let saved = before.save();
    let after = Login::restore(saved.expose()).unwrap();
    assert_eq!(after.url(), before.url());
    assert_eq!(after.redirect_uri(), before.redirect_uri());
    assert_eq!(after.scopes(), before.scopes());
    assert_eq!(after.state(), before.state());
    assert_eq!(after.code_verifier().expose(), before.code_verifier().expose());
    assert_eq!(after.code_challenge_method(), CodeChallengeMethod::S256);

    let plain = Login::restore(&saved.expose().replace("S256", "plain")).unwrap();
    assert_eq!(plain.code_challenge_method(), CodeChallengeMethod::Plain);

    for broken in [
        String::new(),
        "{}".to_owned(),
        saved.expose()[..saved.expose().len() - 1].to_owned(),
        saved.expose().replace("\"format\":1", "\"format\":2"),
        saved.expose().replace("\"S256\"", "\"S512\""),
        saved.expose().replace(before.code_verifier().expose(), "short"),
        saved.expose().replace(&format!("\"{}\"", before.state()), "\"\""),
    ] {
        let error = Login::restore(&broken).unwrap_err();
        assert!(error.to_string().contains("begin the login again"));
    }
}

#[test]
fn a_public_client_names_itself_in_the_form() {
    let client = client();
    let login = login(&client);
    let code = login.read_callback(&format!("state={}&code=c%2Fd", login.state())).unwrap();
    let request = client.exchange_request(&login, &code);
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.x.com/2/oauth2/token");
    assert_eq!(request.headers().len(), 1);
    assert_eq!(
        body(request),
        "grant_type=authorization_code&code=c%2Fd\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback%3Fa%3Db\
         &code_verifier=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8&client_id=client%2F1"
    );
    let token = RefreshToken::new("r/1").unwrap();
    assert_eq!(
        body(client.refresh_request(&token)),
        "grant_type=refresh_token&refresh_token=r%2F1&client_id=client%2F1"
    );
    let request = client.revoke_refresh_request(&token);
    assert_eq!(request.uri(), "https://api.x.com/2/oauth2/revoke");
    assert_eq!(body(request), "token=r%2F1&client_id=client%2F1");
}

#[test]
fn a_confidential_client_shows_its_secret_in_the_header() {
    let client = OAuth2Client::confidential("id", "s:1")
        .unwrap()
        .with_base_url("http://127.0.0.1:9".parse().unwrap());
    let request = client.refresh_request(&RefreshToken::new("r").unwrap());
    assert_eq!(request.uri(), "http://127.0.0.1:9/2/oauth2/token");
    assert_eq!(request.headers()[AUTHORIZATION], "Basic aWQ6cyUzQTE="); // id:s%3A1
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    assert_eq!(body(request), "grant_type=refresh_token&refresh_token=r");
    let request = client.revoke_access_request(&AccessToken::new("a").unwrap());
    assert_eq!(body(request), "token=a");
}

#[test]
fn a_full_reply() {
    let reply = r#"{"token_type":"bearer","expires_in":7200,"access_token":"a","refresh_token":"r","scope":"users.read tweet.read"}"#;
    let tokens = OAuth2Client::read_exchange(&login(&client()), json(200, reply), NOW).unwrap();
    assert_eq!(tokens.access_token.expose(), "a");
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "r");
    assert_eq!(tokens.expires_at, Some(NOW + 7200));
    assert_eq!(tokens.scopes, Some([Scope::TWEET_READ, Scope::USERS_READ].into()));
    assert!(tokens.lives_at(NOW + 7199) && !tokens.lives_at(NOW + 7200));
}

#[test]
fn what_a_reply_leaves_out() {
    let reply = r#"{"token_type":"bearer","access_token":"a"}"#;
    let login = login(&client());
    let tokens = OAuth2Client::read_exchange(&login, json(200, reply), NOW).unwrap();
    assert!(tokens.refresh_token.is_none() && tokens.expires_at.is_none());
    assert_eq!(tokens.scopes.as_ref(), Some(login.scopes()), "RFC 6749 section 5.1");
    assert!(tokens.lives_at(u64::MAX));

    let old = UserTokens::new(AccessToken::new("old").unwrap())
        .refresh_token(RefreshToken::new("r").unwrap())
        .expires_at(NOW)
        .scopes([Scope::LIKE_READ].into());
    let tokens = OAuth2Client::read_refresh(&old, json(200, reply), NOW).unwrap();
    assert_eq!(tokens.access_token.expose(), "a");
    assert_eq!(tokens.refresh_token.unwrap().expose(), "r");
    assert_eq!(tokens.expires_at, None);
    assert_eq!(tokens.scopes, Some([Scope::LIKE_READ].into()));

    let console = UserTokens::new(AccessToken::new("a").unwrap());
    assert!(console.expires_at.is_none() && console.scopes.is_none());
}

#[test]
fn a_lifetime_in_any_form() {
    for (expires_in, expires_at) in [
        ("7200", Some(NOW + 7200)),
        ("\"7200\"", Some(NOW + 7200)),
        ("0", Some(NOW)),
        ("18446744073709551615", Some(u64::MAX)),
        ("-1", None),
        ("null", None),
        ("\"soon\"", None),
        ("[]", None),
    ] {
        let reply = format!(
            r#"{{"token_type":"bearer","access_token":"a","expires_in":{expires_in},"scope":["x"]}}"#
        );
        let tokens = OAuth2Client::read_exchange(&login(&client()), json(200, reply), NOW).unwrap();
        assert_eq!(tokens.expires_at, expires_at, "{expires_in}");
    }
}

#[test]
fn refusals_are_typed() {
    const SPENT: &str = "so log in again";
    for (status, error, description, code, spent, advice) in [
        (400, "invalid_grant", "", OAuth2Error::InvalidGrant, true, SPENT),
        (
            400,
            "invalid_request",
            "Value passed for the token was invalid.",
            OAuth2Error::InvalidRequest,
            true,
            SPENT,
        ),
        (
            400,
            "invalid_request",
            "Value passed for the authorization code was invalid.",
            OAuth2Error::InvalidRequest,
            true,
            SPENT,
        ),
        (
            400,
            "invalid_request",
            "Value passed for the redirect uri did not match the uri of the authorization code.",
            OAuth2Error::InvalidRequest,
            false,
            "check the request",
        ),
        (401, "invalid_client", "", OAuth2Error::InvalidClient, false, "Client Secret"),
        (400, "unauthorized_client", "", OAuth2Error::UnauthorizedClient, false, "set up user"),
        (401, "unauthorized_client", "", OAuth2Error::UnauthorizedClient, false, "regenerating"),
        (400, "unsupported_grant_type", "", OAuth2Error::UnsupportedGrantType, false, "base URL"),
        (400, "invalid_scope", "", OAuth2Error::InvalidScope, false, "scopes that exist"),
        (400, "new", "", OAuth2Error::Other("new".into()), false, "check the request"),
        (503, "invalid_grant", "", OAuth2Error::InvalidGrant, false, "in a while"),
    ] {
        let reply = format!(r#"{{"error":"{error}","error_description":"{description}"}}"#);
        let login = login(&client());
        let failure = OAuth2Client::read_exchange(&login, json(status, reply), NOW).unwrap_err();
        assert_eq!(failure.is_spent_grant(), spent, "{failure}");
        assert!(failure.to_string().contains(advice), "{failure}");
        let Error::Refused(refusal) = failure else { panic!("{failure}") };
        assert_eq!(refusal.oauth2_error(), Some(code));
    }
}

#[test]
fn a_broken_reply_is_an_error() {
    let read = |body: &str| {
        OAuth2Client::read_exchange(&login(&client()), json(200, body), NOW).unwrap_err()
    };
    assert_eq!(read("{}"), Error::MissingAccessToken);
    assert!(matches!(
        read(r#"{"access_token":"a","token_type":"mac"}"#),
        Error::WrongTokenType { .. }
    ));
    assert!(matches!(
        read(r#"{"access_token":"a","token_type":"bearer","refresh_token":"a\nb"}"#),
        Error::InvalidRefreshToken(_)
    ));
    assert!(matches!(read(r#"{"access_token":"a","#), Error::NotJson { truncated: true, .. }));
}

#[test]
fn a_revocation_needs_a_status_only() {
    for body in ["", r#"{"revoked":true}"#, "ok"] {
        OAuth2Client::read_revoked(json(200, body)).unwrap();
    }
    assert!(matches!(
        OAuth2Client::read_revoked(json(401, r#"{"error":"invalid_client"}"#)).unwrap_err(),
        Error::Refused(refusal) if refusal.oauth2_error() == Some(OAuth2Error::InvalidClient)
    ));
    assert!(matches!(
        OAuth2Client::read_revoked(response(502, "text/html", "<html>")).unwrap_err(),
        Error::NotJson { .. }
    ));
}
