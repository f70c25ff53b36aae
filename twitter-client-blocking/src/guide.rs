#![doc = include_str!("guide/index.md")]

#[doc = include_str!("guide/first_request.md")]
pub mod first_request {}

#[doc = include_str!("guide/login.md")]
pub mod login {}

#[doc = include_str!("guide/many_users.md")]
pub mod many_users {}

#[doc = include_str!("guide/many_machines.md")]
pub mod many_machines {}

#[doc = include_str!("guide/firehose.md")]
pub mod firehose {}
