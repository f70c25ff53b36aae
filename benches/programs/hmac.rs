//! Hashes a base string that is already there.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_string = std::env::args().nth(1).ok_or("no base string")?;
    let mut mac = Hmac::<Sha1>::new_from_slice(b"consumer secret&token secret")?;
    mac.update(base_string.as_bytes());
    println!("{}", STANDARD.encode(mac.finalize().into_bytes()));
    Ok(())
}
