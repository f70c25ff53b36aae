//! Makes a request, and prints the texts of the posts that it finds.

use twitter_v2::{TwitterApi, authorization::BearerToken};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let api = TwitterApi::new(BearerToken::new(std::env::var("X_BEARER_TOKEN")?));
        let reply = api.get_tweets_search_recent("rust").max_results(10).send().await?;
        for post in reply.into_data().into_iter().flatten() {
            println!("{} {}", post.id, post.text);
        }
        Ok(())
    })
}
