//! Every operation asks for the right kind of credential, for its scopes and for its permission.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use twitter_sandbox::{AppPermission, Sandbox};
use twitter_types::OPERATIONS;
use twitter_types::auth::Kind;
use twitter_types::endpoint::Operation;

use crate::client::{As, Reply, exchange, send};
use crate::oauth2::sign_in;

const KINDS: [(Kind, As, &str); 3] = [
    (Kind::AppToken, As::App, "OAuth 2.0 Application-Only"),
    (Kind::OAuth1User, As::OAuth1, "OAuth 1.0a User Context"),
    (Kind::OAuth2User, As::OAuth2, "OAuth 2.0 User Context"),
];

/// The path with a 1 for each name in braces.
fn path(operation: &Operation) -> String {
    let segments = operation.path.split('/');
    let filled = segments.map(|segment| if segment.starts_with('{') { "1" } else { segment });
    filled.collect::<Vec<_>>().join("/")
}

fn call(sandbox: &Sandbox, who: As, operation: &Operation) -> Reply {
    send(sandbox, who, operation.method.as_str(), &path(operation), None)
}

fn call_with_token(sandbox: &Sandbox, token: &str, operation: &Operation) -> Reply {
    let header = format!("Bearer {token}");
    let method = operation.method.as_str();
    exchange(sandbox, method, &path(operation), Some(&header), None, None)
}

fn token(sandbox: &Sandbox, scopes: &BTreeSet<&str>) -> String {
    let scopes = scopes.iter().copied().collect::<Vec<_>>().join("%20");
    sign_in(sandbox, &scopes)["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn every_operation_refuses_the_kinds_that_it_does_not_take() {
    let sandbox = Sandbox::start().unwrap();
    let mut refused = 0;
    for operation in OPERATIONS.iter().filter(|operation| !operation.credentials.is_empty()) {
        let nobody = call(&sandbox, As::Nobody, operation);
        assert_eq!(nobody.status, 401, "{}: {}", operation.id, nobody.text);
        for (kind, who, name) in KINDS {
            let reply = call(&sandbox, who, operation);
            if operation.credentials.contains(&kind) {
                assert!(![401, 403].contains(&reply.status), "{} {name}", operation.id);
                continue;
            }
            refused += 1;
            assert_eq!(reply.status, 403, "{} {name}: {}", operation.id, reply.text);
            assert_eq!(reply.header("content-type"), "application/problem+json");
            assert_eq!(reply.json["title"], "Unsupported Authentication");
            let detail = reply.json["detail"].as_str().unwrap();
            assert!(detail.starts_with(&format!("Authenticating with {name} is forbidden")));
        }
    }
    assert!(refused > 200, "{refused}");
}

#[test]
fn every_operation_asks_for_each_of_its_scopes() {
    let sandbox = Sandbox::start().unwrap();
    let by_user = OPERATIONS.iter().filter(|o| o.credentials.contains(&Kind::OAuth2User));
    let by_user: Vec<_> = by_user.collect();
    let all: BTreeSet<&str> = by_user.iter().flat_map(|o| o.scopes).copied().collect();
    let without = |scope: &str| all.iter().copied().filter(|other| *other != scope).collect();
    let lacking: BTreeMap<&str, String> =
        all.iter().map(|scope| (*scope, token(&sandbox, &without(scope)))).collect();
    let forbidden = json!({
        "title": "Forbidden", "detail": "Forbidden", "type": "about:blank", "status": 403,
    });
    let mut exact = BTreeMap::new();
    for operation in by_user {
        for scope in operation.scopes {
            let reply = call_with_token(&sandbox, &lacking[scope], operation);
            assert_eq!(reply.status, 403, "{} without {scope}", operation.id);
            assert_eq!(reply.json, forbidden);
            assert_eq!(reply.header("content-type"), "application/problem+json");
            let reason = sandbox.requests().pop().unwrap().reason.unwrap();
            assert!(reason.ends_with(&format!("the scope {scope}")), "{reason}");
        }
        let scopes: BTreeSet<&str> = operation.scopes.iter().copied().collect();
        if !scopes.is_empty() {
            let token = exact.entry(scopes).or_insert_with_key(|scopes| token(&sandbox, scopes));
            let reply = call_with_token(&sandbox, token, operation);
            assert!(![401, 403].contains(&reply.status), "{}: {}", operation.id, reply.text);
        }
    }
    assert!(exact.len() > 20, "{}", exact.len());
}

#[test]
fn every_write_asks_for_the_apps_permission() {
    let detail = "Your client app is not configured with the appropriate oauth1 app permissions \
                  for this endpoint.";
    let body = json!({
        "title": "Forbidden", "status": 403, "detail": detail,
        "type": "https://api.twitter.com/2/problems/oauth1-permissions",
    });
    for (permission, level) in
        [(AppPermission::Read, "read"), (AppPermission::ReadWrite, "read-write")]
    {
        let sandbox = Sandbox::builder().app_permission(permission).start().unwrap();
        let mut seen = BTreeMap::from([(200, 0), (403, 0)]);
        for operation in OPERATIONS.iter().filter(|o| o.credentials.contains(&Kind::OAuth1User)) {
            let messages = operation.scopes.iter().any(|scope| scope.starts_with("dm."));
            let write = operation.method != "GET" && permission == AppPermission::Read;
            let reply = call(&sandbox, As::OAuth1, operation);
            let refused = reply.status == 403;
            assert_eq!(refused, messages || write, "{} {level}: {}", operation.id, reply.text);
            assert_eq!(reply.header("x-access-level"), level);
            if refused {
                assert_eq!(reply.json, body);
                assert_eq!(reply.header("content-type"), "application/problem+json");
            }
            *seen.entry(reply.status).or_default() += 1;
        }
        assert!(seen[&200] > 20 && seen[&403] > 20, "{seen:?}");
    }
}
