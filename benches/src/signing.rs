//! What it costs to sign a request.

mod cases;
mod contestants;

pub use cases::{CASES, Case};
pub use contestants::{Contestant, OAUTH1_REQUEST, RAW_HMAC, SIGN, SIGN_INTO, contestants};
