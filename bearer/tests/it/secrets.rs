//! No secret in anything that is printed.

use std::error::Error as _;

use bearer::{
    AccessToken, App, AuthorizationCode, BaseUrl, CallbackError, CodeVerifier, Error, KeyPart,
    Login, MemoryStore, OAuth2Client, RedirectUri, RefreshError, RefreshToken, Scope, Session,
    Stored, Swap, TokenStore, UserTokens,
};

use super::{fakes, json, response};

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

/// A login whose every part is marked, and its tokens.
fn marked() -> (OAuth2Client, Login, AuthorizationCode, UserTokens) {
    let client = OAuth2Client::confidential("id", MARK).unwrap();
    let random = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let login = client.login("app:/callback".parse().unwrap(), [Scope::TWEET_READ].into(), random);
    let saved = login.save();
    let verifier = MARK.repeat(4);
    let saved = saved.expose().replace(login.state(), MARK);
    let login = Login::restore(&saved.replace(login.code_verifier().expose(), &verifier)).unwrap();
    let code = login.read_callback(&format!("?state={MARK}&code={MARK}")).unwrap();
    let tokens = UserTokens::new(AccessToken::new(MARK).unwrap())
        .refresh_token(RefreshToken::new(MARK).unwrap())
        .expires_at(fakes::NOW);
    (client, login, code, tokens)
}

#[test]
fn a_login_is_redacted() {
    let (client, login, code, tokens) = marked();
    assert_eq!(login.state(), MARK);
    assert!(login.save().expose().contains(MARK), "the test marks something");
    clean(&format!("{client:#?} {login:#?} {code:?} {tokens:#?} {:?}", login.save()));
    clean(&format!("{:?} {:?}", login.code_verifier(), Stored::new(&tokens)));
    for request in [
        client.exchange_request(&login, &code),
        client.refresh_request(tokens.refresh_token.as_ref().unwrap()),
        client.revoke_refresh_request(tokens.refresh_token.as_ref().unwrap()),
        client.revoke_access_request(&tokens.access_token),
    ] {
        clean(&format!("{request:#?}"));
    }
}

#[test]
fn errors_of_a_login_quote_nothing() {
    let (_, login, ..) = marked();
    let long = MARK.repeat(4);
    for callback in [
        format!("?state={long}&code={MARK}"),
        format!("?state={MARK}&code={MARK}&code={MARK}"),
        format!("?state={MARK}&code={MARK}%"),
        format!("?state={MARK}&error={long}&error_description=no+{long}"),
        MARK.to_owned(),
    ] {
        let error: CallbackError = login.read_callback(&callback).unwrap_err();
        clean(&format!("{error} {error:?}"));
    }
    for error in [
        format!("{:?}", RefreshToken::new(format!("{MARK} ")).unwrap_err()),
        format!("{:?}", CodeVerifier::new(MARK).unwrap_err()),
        format!("{:?}", Login::restore(&format!(r#"{{"state":"{MARK}"}}"#)).unwrap_err()),
        format!("{:?}", format!("{MARK}#").parse::<RedirectUri>().unwrap_err()),
        format!("{:?}", format!("{MARK}\"").parse::<Scope>().unwrap_err()),
        format!("{:?}", KeyPart::ClientSecret.check(&format!("{MARK} ")).unwrap_err()),
    ] {
        clean(&error);
    }
}

#[test]
fn a_session_is_redacted_in_every_state() {
    let (client, _, _, tokens) = marked();
    let store = MemoryStore::new();
    let session = Session::new(client, store.clone());
    session.save(&tokens).unwrap();
    let long = MARK.repeat(8);
    for reply in [
        json(400, format!(r#"{{"error":"invalid_grant","error_description":"{long}"}}"#)),
        json(200, format!(r#"{{"access_token":"{long}","token_type":"{long}"}}"#)),
        json(200, format!(r#"{{"access_token":"{MARK}2","token_type":"bearer"}}"#)),
    ] {
        session.save(&tokens).unwrap();
        let mut refresh = session.access_token();
        clean(&format!("{session:#?} {refresh:#?} {:#?}", refresh.step(fakes::NOW)));
        refresh.receive(fakes::NOW, Ok(reply));
        let step = refresh.step(fakes::NOW);
        clean(&format!("{session:#?} {refresh:#?} {step:#?} {store:#?}"));
        if let bearer::Step::Done(Err(error)) = step {
            clean(&format!("{error} {:?}", error.source().map(ToString::to_string)));
        }
    }
    let read = store.load().unwrap();
    for text in [format!("{MARK}{{"), format!(r#"{{"format":1,"access_token":"{MARK} "}}"#)] {
        let broken = Stored::from_text(text);
        let _: Swap = store.swap(store.load().unwrap().as_ref(), Some(&broken)).unwrap();
        let outcome = fakes::drive(
            &mut Session::new(fakes::client(), store.clone()).access_token(),
            fakes::NOW,
            fakes::no_request,
        );
        let error: RefreshError = outcome.unwrap_err();
        clean(&format!("{error} {error:?} {broken:?} {read:?}"));
    }
}

fn check(result: Result<AccessToken, Error>) {
    clean(&format!("{result:?}"));
    if let Err(error) = result {
        clean(&format!("{error} {:?}", error.source().map(ToString::to_string)));
    }
}
