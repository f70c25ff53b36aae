use twitter_client_blocking::Client;
use twitter_types::{Error, auth::OAuth1User, usage};

fn main() {}

pub fn used(client: &Client<OAuth1User>) -> Result<(), Error> {
    client.send(&usage::Posts::new())?;
    Ok(())
}
