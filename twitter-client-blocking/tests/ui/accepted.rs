use twitter_client_blocking::Client;
use twitter_types::{
    Error,
    auth::{AppToken, OAuth1User, OAuth2User},
    posts, usage, users,
};

fn main() {}

pub fn app(client: &Client<AppToken>) -> Result<(), Error> {
    client.send(&users::ById::new(1))?;
    client.send(&usage::Posts::new())?;
    client.pages(users::Followers::new(1)).items().next();
    Ok(())
}

pub fn oauth1(client: &Client<OAuth1User>) -> Result<(), Error> {
    client.send(&users::Me::new())?;
    client.send(&posts::Create::new("text"))?;
    Ok(())
}

pub fn oauth2(client: &Client<&OAuth2User>) -> Result<(), Error> {
    client.send(&users::Me::new())?;
    client.send(&posts::Like::new(1, 2))?;
    Ok(())
}
