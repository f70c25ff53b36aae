//! Credentials: what they put into a request, and that nothing shows them.

use bearer::{AccessToken, Flaw, KeyPart};
use twitter_types::auth::Kind;

use super::*;

const SECRETS: [&str; 4] =
    ["marked-key", "marked-key-secret", "marked-token", "marked-token-secret"];

fn signed() -> OAuth1User {
    OAuth1User::new(SECRETS[0], SECRETS[1], SECRETS[2], SECRETS[3]).unwrap()
}

#[test]
fn tokens_are_sent_verbatim_and_marked_sensitive() {
    let token = "AAAAAAAA%2FBBBB%3D+/=";
    let app = build(&posts::ById::new(20), &AppToken::new(token).unwrap());
    assert_eq!(app.headers()["authorization"], "Bearer AAAAAAAA%2FBBBB%3D+/=");
    let obtained = AppToken::from(AccessToken::new(token).unwrap());
    let user = OAuth2User::from(AccessToken::new("dXNlcjox").unwrap());
    for request in [
        app,
        build(&posts::ById::new(20), &obtained),
        build(&posts::ById::new(20), &user),
        build(&posts::ById::new(20), &signed()),
        build(&posts::ById::new(20), &&user),
    ] {
        assert!(request.headers()["authorization"].is_sensitive());
        let printed = format!("{request:?}");
        assert!(!printed.contains("AAAA") && !printed.contains("marked"), "{printed}");
    }
}

#[test]
fn no_credential_shows_its_secrets() {
    let token = "marked-token";
    for printed in [
        format!("{:?}", AppToken::new(token).unwrap()),
        format!("{:#?}", OAuth2User::new(token).unwrap()),
        format!("{:?} {:#?}", signed(), signed()),
    ] {
        assert!(printed.contains("[redacted]") && !printed.contains("marked"), "{printed}");
    }
}

#[test]
fn a_bad_token_is_an_error_without_the_token() {
    for (token, flaw) in [
        ("", Flaw::Empty),
        ("marked token", Flaw::Whitespace),
        ("\"marked\"", Flaw::Character),
        ("marked\u{0}", Flaw::Character),
        ("märked", Flaw::Character),
    ] {
        let errors = [AppToken::new(token).unwrap_err(), OAuth2User::new(token).unwrap_err()];
        for error in errors {
            assert_eq!(error.flaw, flaw);
            let printed = format!("{error} {error:?}");
            assert!(!printed.contains("marked") && !printed.contains("rked"), "{printed}");
        }
    }
}

#[test]
fn a_bad_key_is_an_error_that_names_the_part() {
    let parts = [
        (KeyPart::ApiKey, "API key"),
        (KeyPart::ApiSecret, "API secret"),
        (KeyPart::AccessToken, "access token"),
        (KeyPart::AccessTokenSecret, "access token secret"),
    ];
    for (index, (part, name)) in parts.into_iter().enumerate() {
        for (value, flaw) in [
            ("", Flaw::Empty),
            ("marked ", Flaw::Whitespace),
            ("marked\n", Flaw::Whitespace),
            ("m\u{e4}rked", Flaw::Character),
            ("marked\u{7f}", Flaw::Character),
        ] {
            let mut keys = SECRETS;
            keys[index] = value;
            let error = OAuth1User::new(keys[0], keys[1], keys[2], keys[3]).unwrap_err();
            assert_eq!((error.part, error.flaw), (part, flaw));
            let printed = format!("{error} {error:?}");
            assert!(printed.starts_with(&format!("the {name} ")), "{printed}");
            assert!(!printed.contains("marked") && !printed.contains("rked"), "{printed}");
        }
    }
}

/// A credential of one's own goes where the kind that it names goes.
#[test]
fn a_credential_can_be_of_ones_own() {
    struct Rotating(Vec<OAuth2User>);

    impl Credential for Rotating {
        type Kind = OAuth2User;

        fn authorize(
            &self,
            request: &mut Request,
            accepted: &'static [Kind],
            stamp: &Stamp<'_>,
        ) -> Result<(), Error> {
            self.0.last().unwrap().authorize(request, accepted, stamp)
        }
    }

    let rotating = Rotating(vec![OAuth2User::new("old").unwrap(), OAuth2User::new("new").unwrap()]);
    let request = build(&users::Me::new(), &rotating);
    assert_eq!(request.headers()["authorization"], "Bearer new");
}
