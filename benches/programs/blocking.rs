//! Makes a request, and prints the texts of the posts that it finds.

use twitter_client_blocking::Client;
use twitter_types::{auth::AppToken, posts::SearchRecent};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(AppToken::new(std::env::var("X_BEARER_TOKEN")?)?);
    let reply = client.send(&SearchRecent::new("rust").max_results(10))?;
    for post in reply.body.data {
        println!("{} {}", post.id, post.text.unwrap_or_default());
    }
    Ok(())
}
