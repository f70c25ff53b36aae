//! Each operation with a credential that it accepts.

use twitter_types::{
    auth::{AppToken, OAuth1User, OAuth2User},
    endpoint::{BaseUrl, Stamp, request},
    posts, usage, users,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (base, stamp) = (BaseUrl::default(), Stamp::now());
    let app = AppToken::new("AAAA%2FAAAA")?;
    let owner = OAuth1User::new("key", "secret", "token", "token-secret")?;
    let user = OAuth2User::new("dXNlcjox")?;

    request(&base, &posts::ById::new(20), &app, &stamp)?;
    request(&base, &posts::ById::new(20), &owner, &stamp)?;
    request(&base, &posts::ById::new(20), &user, &stamp)?;
    request(&base, &users::Me::new(), &owner, &stamp)?;
    request(&base, &users::Me::new(), &user, &stamp)?;
    request(&base, &usage::Posts::new(), &app, &stamp)?;
    Ok(())
}
