#![doc = include_str!("guide/getting_access.md")]

#[doc = include_str!("guide/firehose.md")]
pub mod firehose {}

#[doc = include_str!("guide/media.md")]
pub mod media {}

#[doc = include_str!("guide/search.md")]
pub mod search {}

#[doc = include_str!("guide/stream.md")]
pub mod stream {}

#[doc = include_str!("guide/webhooks.md")]
pub mod webhooks {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/moving.md")]
pub mod moving {}
