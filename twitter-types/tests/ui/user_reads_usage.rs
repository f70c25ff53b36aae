//! A user is no App, so it has no usage.

use twitter_types::{
    auth::OAuth1User,
    endpoint::{BaseUrl, Stamp, request},
    usage,
};

fn main() {
    let owner = OAuth1User::new("key", "secret", "token", "token-secret").unwrap();
    let _ = request(&BaseUrl::default(), &usage::Posts::new(), &owner, &Stamp::now());
}
