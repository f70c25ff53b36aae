#![doc = include_str!("guide/getting_access.md")]

#[doc = include_str!("guide/firehose.md")]
pub mod firehose {}
