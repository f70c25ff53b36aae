//! Makes a request, and prints the answer as it comes.

const URL: &str = "https://api.x.com/2/tweets/search/recent?query=rust&max_results=10";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("X_BEARER_TOKEN")?;
    // Which fails if there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let request = reqwest::Client::new().get(URL).bearer_auth(token);
        println!("{}", request.send().await?.text().await?);
        Ok(())
    })
}
