//! Scopes, against the grammar of RFC 6749 and against X's own list.

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use bearer::{Scope, Scopes};
use serde_json::Value;

#[test]
fn a_scope_is_checked_when_it_is_made() {
    for text in ["tweet.read", "!", "~", "a#[]", "media.library.write"] {
        assert_eq!(text.parse::<Scope>().unwrap().as_str(), text);
    }
    let long = "a".repeat(257);
    for text in ["", "tweet read", "a\"", "a\\b", "a\n", "é", "\u{7f}", &long] {
        let error = text.parse::<Scope>().unwrap_err();
        assert!(error.to_string().contains("write scopes like tweet.read"), "{text}");
    }
}

#[test]
fn a_set_is_sorted_and_reads_back() {
    let scopes: Scopes = " users.read  tweet.read tweet.read\toffline.access".parse().unwrap();
    assert_eq!(scopes.to_string(), "offline.access tweet.read users.read");
    assert_eq!(scopes.to_string().parse(), Ok(scopes.clone()));
    assert_eq!(scopes.len(), 3);
    assert!("".parse::<Scopes>().unwrap().is_empty());
    "tweet.read a\"b".parse::<Scopes>().unwrap_err();

    let two = Scopes::from_static(&["tweet.read", "users.read"]);
    assert!(scopes.is_superset(&two) && !two.is_superset(&scopes));
    assert!(scopes.contains(Scope::OFFLINE_ACCESS) && !two.contains("offline.access"));
    assert_eq!(scopes.difference(&two), [Scope::OFFLINE_ACCESS].into());
    assert_eq!(two.union(&[Scope::OFFLINE_ACCESS].into()), scopes);
    assert_eq!(scopes.iter().cloned().collect::<Scopes>(), scopes);
}

#[test]
fn the_constants_are_sorted_and_different() {
    assert_eq!(Scope::ALL.len(), 36);
    assert!(Scope::ALL.is_sorted_by(|a, b| a < b));
    assert!(!Scope::ALL.contains(&Scope::USERS_EMAIL));
}

/// X's OpenAPI document, which is not part of this repository.
#[test]
fn the_constants_are_those_of_the_specification() {
    let shared = env::var_os("X_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
        PathBuf::from,
    );
    let path = shared.join("x-api/openapi.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: no {}", path.display());
        return;
    };
    let specification: Value = serde_json::from_str(&text).unwrap();
    let scopes = specification
        .pointer("/components/securitySchemes/OAuth2UserToken/flows/authorizationCode/scopes")
        .and_then(Value::as_object)
        .unwrap();
    let specified: BTreeSet<&str> = scopes.keys().map(String::as_str).collect();
    assert_eq!(specified, Scope::ALL.iter().map(Scope::as_str).collect());
}
