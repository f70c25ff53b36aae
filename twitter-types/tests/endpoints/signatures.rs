//! OAuth 1.0a: the signature is that of the URL sent, as a server would check it.

use oauth1_sign::{
    Authorization, ClientCredentials, Signer, TokenCredentials,
    verify::{VerifyError, Window},
};
use proptest::prelude::*;

use super::*;

const STAMP: Stamp<'static> =
    Stamp::new("kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", 1_790_000_000);

fn client() -> ClientCredentials {
    ClientCredentials::new("xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw")
}

fn token() -> TokenCredentials {
    TokenCredentials::new(
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
}

fn signed<E: Endpoint<Auth: Accepts<OAuth1User>>>(base: &str, operation: &E) -> Request {
    let credential = OAuth1User::from(Signer::new(&client(), Some(&token())));
    request(&base.parse().unwrap(), operation, &credential, &STAMP).unwrap()
}

/// Checks a request as a server does, by the URL as it stands in the request.
fn verify(request: &Request, form: &str) -> Result<(), VerifyError> {
    let header = request.headers()["authorization"].to_str().unwrap();
    let url = request.uri().to_string();
    let arrived = oauth1_sign::Request::new(request.method().as_str(), &url).form(form);
    let window = Window { now: 1_790_000_000, tolerance: 300 };
    let authorization = Authorization::parse(header)?;
    let stamp = authorization.verify(&arrived, &client(), Some(&token()), window)?;
    assert_eq!(stamp, STAMP);
    Ok(())
}

#[test]
fn the_url_sent_is_the_url_signed() {
    let x = "https://api.x.com";
    let search = posts::SearchRecent::new("a+b c#d %20 100% é 👋 x/y?z=&\"~*").max_results(10);
    for request in [
        signed(x, &users::Me::new()),
        signed(x, &search),
        signed(x, &posts::ById::new(20).fields(PostFields::all())),
        signed(x, &posts::Delete::new(20)),
        signed("http://127.0.0.1:8080", &search),
        signed("http://localhost:80/", &search),
        signed("https://[::1]:443/to/x%20y", &search),
        signed("https://Proxy.Example:8443/to/x", &users::Me::new()),
    ] {
        verify(&request, "").unwrap_or_else(|error| panic!("{}: {error}", request.uri()));
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

#[test]
fn another_url_has_another_signature() {
    let mut request = signed("https://api.x.com", &posts::SearchRecent::new("a+b"));
    *request.uri_mut() = "https://api.x.com/2/tweets/search/recent?query=a%20b".parse().unwrap();
    assert_eq!(verify(&request, ""), Err(VerifyError::WrongSignature));
}

#[test]
fn what_cannot_be_signed_is_not_built() {
    let credential = OAuth1User::from(Signer::new(&client(), Some(&token())));
    let built = request(&BaseUrl::default(), &users::Me::new(), &credential, &Stamp::none());
    let error = built.unwrap_err();
    assert!(matches!(error, Error::Signing(_)), "{error:?}");
    assert_eq!(error.why().id, "not-signed");
    assert!(error.to_string().ends_with("the error's source says why"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn json_bodies_are_not_signed() {
    let hello = signed("https://api.x.com", &posts::Create::new("status=a&b=c"));
    let other = signed("https://api.x.com", &posts::Create::new("other"));
    verify(&hello, "").unwrap();
    assert_eq!(hello.headers()["authorization"], other.headers()["authorization"]);
    assert_eq!(verify(&hello, "status=a&b=c"), Err(VerifyError::WrongSignature));
}

#[test]
fn the_console_s_four_values_make_the_same_signature() {
    let credential = OAuth1User::new(
        client().key(),
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        token().token(),
        token().expose_secret(),
    );
    let request =
        request(&BaseUrl::default(), &users::Me::new(), &credential.unwrap(), &STAMP).unwrap();
    assert_eq!(
        request.headers()["authorization"],
        signed("https://api.x.com", &users::Me::new()).headers()["authorization"]
    );
}

proptest! {
    #[test]
    fn any_query_verifies(query in "\\PC{1,40}", token in "\\PC{1,20}") {
        let search = posts::SearchRecent::new(query).pagination_token(token);
        let request = signed("https://api.x.com", &search);
        prop_assert!(verify(&request, "").is_ok(), "{}", request.uri());
    }
}
