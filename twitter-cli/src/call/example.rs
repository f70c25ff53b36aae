//! What a body may have in it, shown by one that has all of it.

use serde_json::Value;
use twitter_types::auth::{AnyCredential, AppToken, OAuth2User};
use twitter_types::endpoint::{BaseUrl, Endpoint, SampleOperation, Stamp, request};
use twitter_types::sample::Sampler;
use twitter_types::{OperationVisitor, visit_operations};

/// The body of an operation with every key that it may have, as JSON; `None` if it takes none.
pub(super) fn body(id: &str) -> Option<String> {
    let mut search = Search { id, found: None };
    visit_operations(&mut search);
    let value: Value = serde_json::from_slice(&search.found?).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

struct Search<'a> {
    id: &'a str,
    found: Option<Vec<u8>>,
}

impl OperationVisitor for Search<'_> {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        if E::OPERATION == self.id {
            self.found = body_of(&E::fullest(Sampler::new()));
        }
    }
}

/// It is the same whoever sends it.
fn body_of(operation: &impl Endpoint) -> Option<Vec<u8>> {
    let credential = AnyCredential::new()
        .with_app(AppToken::new("app").ok()?)
        .with_oauth2(OAuth2User::new("user").ok()?);
    let request = request(&BaseUrl::default(), operation, &credential, &Stamp::none()).ok()?;
    Some(request.into_body())
}
