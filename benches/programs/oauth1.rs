//! Signs a request.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no URL")?;
    let client = oauth1::Token::new("key", "consumer secret");
    let token = oauth1::Token::new("token", "token secret");
    let parameters = [("max_results", "10".into())].into();
    println!("{}", oauth1::authorize("GET", &url, &client, Some(&token), Some(parameters)));
    Ok(())
}
