//! Signs a request.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no URL")?;
    let client = ClientCredentials::new("key", "consumer secret");
    let signer = Signer::new(&client, Some(&TokenCredentials::new("token", "token secret")));
    let stamp = Stamp::new("nonce", 1_318_622_958);
    println!("{}", signer.sign(&Request::new("GET", &url), &stamp)?);
    Ok(())
}
