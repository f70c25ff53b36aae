//! An App is no user, so there is no "me".

use twitter_types::{
    auth::AppToken,
    endpoint::{BaseUrl, Stamp, request},
    users,
};

fn main() {
    let app = AppToken::new("AAAA%2FAAAA").unwrap();
    let _ = request(&BaseUrl::default(), &users::Me::new(), &app, &Stamp::now());
}
