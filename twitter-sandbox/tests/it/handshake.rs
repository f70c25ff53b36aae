//! The OAuth 1.0a handshake, from request token to a request in the user's name.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};
use twitter_sandbox::Sandbox;

use crate::client::exchange;

fn part<'a>(form: &'a str, name: &str) -> &'a str {
    let pair =
        form.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
    pair.map_or("", |(_, value)| value)
}

#[test]
fn a_token_is_earned() {
    let callback = "http://127.0.0.1:1/callback?a=b";
    let sandbox = Sandbox::builder().redirect_uri(callback).start().unwrap();
    let keys = sandbox.keys();
    let client = ClientCredentials::new(&keys.api_key, &keys.api_secret);
    let url = |path: &str| format!("{}{path}", sandbox.base_url());
    let send = |method: &str, path: &str, header: &str| {
        let body = (method == "POST").then(String::new);
        exchange(&sandbox, method, path, Some(header), None, body)
    };

    let asked = url("/oauth/request_token");
    let signer = Signer::new(&client, None);
    let bare = signer.sign(&Request::new("POST", &asked), &Stamp::now()).unwrap();
    let refused = send("POST", "/oauth/request_token", &bare);
    assert_eq!((refused.status, refused.json["errors"][0]["code"].as_u64()), (403, Some(415)));
    let request = Request::new("POST", &asked).callback(callback);
    let header = signer.sign(&request, &Stamp::now()).unwrap();
    let reply = send("POST", "/oauth/request_token", &header);
    assert_eq!(part(&reply.text, "oauth_callback_confirmed"), "true", "{}", reply.text);
    assert!(reply.header("content-type").starts_with("text/html"));

    let temporary = part(&reply.text, "oauth_token");
    let token = TokenCredentials::new(temporary, part(&reply.text, "oauth_token_secret"));
    let exchanged = url("/oauth/access_token");
    let signer = Signer::new(&client, Some(&token));
    let without = Request::new("POST", &exchanged).verifier("guess");
    let header = signer.sign(&without, &Stamp::now()).unwrap();
    assert_eq!(send("POST", "/oauth/access_token", &header).status, 401);
    assert_eq!(sandbox.approve("unknown"), None);
    let verifier = sandbox.approve(temporary).unwrap();
    let request = Request::new("POST", &exchanged).verifier(&verifier);
    let header = signer.sign(&request, &Stamp::now()).unwrap();
    let reply = send("POST", "/oauth/access_token", &header);
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(part(&reply.text, "user_id"), sandbox.owner_id().to_string());
    assert_eq!(part(&reply.text, "screen_name"), "sandbox_owner");
    let header = signer.sign(&request, &Stamp::now()).unwrap();
    assert_eq!(send("POST", "/oauth/access_token", &header).status, 401, "it is spent");

    let (token, secret) =
        (part(&reply.text, "oauth_token"), part(&reply.text, "oauth_token_secret"));
    let token = TokenCredentials::new(token, secret);
    let me = url("/2/users/me");
    let header = Signer::new(&client, Some(&token)).sign(&Request::new("GET", &me), &Stamp::now());
    assert_eq!(send("GET", "/2/users/me", &header.unwrap()).status, 200);
}

#[test]
fn a_token_may_be_repeated_beside_the_header() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let client = ClientCredentials::new(&keys.api_key, &keys.api_secret);
    let callback = &sandbox.redirect_uris()[0];
    let post = |path: &str, header: &str, form: String| {
        let kind = Some("application/x-www-form-urlencoded");
        exchange(&sandbox, "POST", path, Some(header), kind, Some(form))
    };
    // As xdk does it, in the query, and as twitter-api-v2 does it, in the form.
    for in_query in [true, false] {
        let asked = format!("{}/oauth/request_token", sandbox.base_url());
        let request = Request::new("POST", &asked).callback(callback);
        let header = Signer::new(&client, None).sign(&request, &Stamp::now()).unwrap();
        let reply = post("/oauth/request_token", &header, String::new());
        let token = part(&reply.text, "oauth_token");
        let secret = part(&reply.text, "oauth_token_secret");
        let verifier = sandbox.approve(token).unwrap();
        let exchanged = format!("{}/oauth/access_token", sandbox.base_url());
        let signer = Signer::new(&client, Some(&TokenCredentials::new(token, secret)));
        let signed = format!("oauth_verifier={verifier}");
        let send = |sent: &str| {
            let url = format!("{exchanged}?{signed}");
            let (request, path, form) = if in_query {
                (Request::new("POST", &url), format!("/oauth/access_token?{sent}"), "")
            } else {
                let request = Request::new("POST", &exchanged).form(&signed);
                (request, "/oauth/access_token".to_owned(), sent)
            };
            let header = signer.sign(&request, &Stamp::now()).unwrap();
            post(&path, &header, form.to_owned())
        };
        assert_eq!(send(&format!("oauth_token=other&{signed}")).status, 401);
        assert_eq!(send(&format!("oauth_token={token}&{signed}&more=1")).status, 401);
        let reply = send(&format!("oauth_token={token}&{signed}"));
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
}
