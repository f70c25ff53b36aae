//! Makes a request, and prints the texts of the posts that it finds.

use twitter_client_async::Client;
use twitter_types::{auth::AppToken, posts::SearchRecent};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = Client::new(AppToken::new(std::env::var("X_BEARER_TOKEN")?)?);
        let reply = client.send(&SearchRecent::new("rust").max_results(10)).await?;
        for post in reply.body.data {
            println!("{} {}", post.id, post.text.unwrap_or_default());
        }
        Ok(())
    })
}
