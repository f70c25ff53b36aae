//! Signs a request.

use std::num::NonZeroU64;

use oauth1_request::{Builder, HMAC_SHA1, ParameterList, Token};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no URL")?;
    let token = Token::from_parts("key", "consumer secret", "token", "token secret");
    let mut builder = Builder::with_token(token, HMAC_SHA1);
    builder.nonce("nonce").timestamp(NonZeroU64::new(1_318_622_958));
    let parameters = ParameterList::new([("max_results", "10")]);
    println!("{}", builder.authorize("GET", url, &parameters));
    Ok(())
}
