//! What it costs to decode a reply to a search: 100 posts with all fields and includes.

mod decoders;
pub(crate) mod made;
mod pages;

pub use decoders::{DECODERS, Decoder, OURS, TWITTER_V2, VALUE};
pub use pages::{Page, pages};
