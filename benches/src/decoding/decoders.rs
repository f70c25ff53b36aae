//! Who decodes the pages, and how.

use std::{error::Error, hint::black_box};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, from_str};
use twitter_types::endpoint::Payload;

/// Our own, of bytes whose UTF-8 it checks, as `endpoint::reply` calls it.
pub const OURS: &str = "twitter-types, Payload::decode";
/// The tree that every page fits.
pub const VALUE: &str = "serde_json::Value, from_str";
/// The fastest peer.
pub const TWITTER_V2: &str = "twitter-v2 0.1, from_str";

/// One way to decode a page.
#[derive(Debug)]
pub struct Decoder {
    /// As it stands in the table: what is made of the page, and by which call.
    pub name: &'static str,
    /// Decodes once, and drops what it decoded.
    ///
    /// # Errors
    ///
    /// If the page is not what the decoder expects.
    pub decode: fn(&str) -> Result<(), Box<dyn Error>>,
}

/// All of them.
pub static DECODERS: [Decoder; 6] = [
    Decoder { name: "nothing, from_str into IgnoredAny", decode: read::<IgnoredAny> },
    Decoder { name: OURS, decode: ours },
    Decoder { name: TWITTER_V2, decode: read::<TwitterV2> },
    Decoder { name: "xdk-rs 0.4, from_str", decode: read::<XdkRs> },
    Decoder { name: VALUE, decode: read::<Value> },
    Decoder { name: "sonic_rs::Value 0.5, from_str", decode: sonic },
];

type TwitterV2 = twitter_v2::ApiPayload<Vec<twitter_v2::Tweet>, twitter_v2::meta::TweetsMeta>;
type XdkRs = xdk::api::ApiResponse<Vec<xdk::api::Post>>;

fn ours(page: &str) -> Result<(), Box<dyn Error>> {
    black_box(twitter_types::Page::<twitter_types::models::Post>::decode(page.as_bytes())?);
    Ok(())
}

fn read<T: DeserializeOwned>(page: &str) -> Result<(), Box<dyn Error>> {
    black_box(from_str::<T>(page)?);
    Ok(())
}

fn sonic(page: &str) -> Result<(), Box<dyn Error>> {
    black_box(sonic_rs::from_str::<sonic_rs::Value>(page)?);
    Ok(())
}
