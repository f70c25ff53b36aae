//! Makes a request, and prints the texts of the posts that it finds.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let builder = xdk::api::Client::builder().bearer(std::env::var("X_BEARER_TOKEN")?);
        let posts = builder.build()?.search_posts("rust", 10).send().await?;
        for post in &posts.data {
            println!("{} {}", post.id, post.text);
        }
        Ok(())
    })
}
