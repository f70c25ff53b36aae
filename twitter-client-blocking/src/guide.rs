#![doc = include_str!("guide/index.md")]

#[doc = include_str!("guide/first_request.md")]
pub mod first_request {}

#[doc = include_str!("guide/login.md")]
pub mod login {}

#[doc = include_str!("guide/media.md")]
pub mod media {}

#[doc = include_str!("guide/search.md")]
pub mod search {}

#[doc = include_str!("guide/stream.md")]
pub mod stream {}

#[doc = include_str!("guide/webhooks.md")]
pub mod webhooks {}

#[doc = include_str!("guide/many_users.md")]
pub mod many_users {}

#[doc = include_str!("guide/many_machines.md")]
pub mod many_machines {}

#[doc = include_str!("guide/firehose.md")]
pub mod firehose {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/moving.md")]
pub mod moving {}
