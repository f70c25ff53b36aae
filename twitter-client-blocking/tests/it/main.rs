//! The client against the sandbox, and against servers that misbehave.

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod every_operation;
mod failures;
mod limits;
mod oauth1_login;
mod paging;
mod policy;
mod redirects;
mod rules;
mod settings;
mod uploads;
