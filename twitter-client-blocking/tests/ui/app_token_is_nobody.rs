use twitter_client_blocking::Client;
use twitter_types::{Error, auth::AppToken, users};

fn main() {}

pub fn who_am_i(client: &Client<AppToken>) -> Result<(), Error> {
    client.send(&users::Me::new())?;
    Ok(())
}
