//! Makes a request, and prints the answer as it comes.

const URL: &str = "https://api.x.com/2/tweets/search/recent?query=rust&max_results=10";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("X_BEARER_TOKEN")?;
    let request = ureq::get(URL).header("authorization", format!("Bearer {token}"));
    println!("{}", request.call()?.body_mut().read_to_string()?);
    Ok(())
}
