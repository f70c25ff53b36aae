//! The client against the sandbox, and against servers that misbehave.

#[path = "../../../twitter-client-blocking/tests/support/mod.rs"]
mod support;

mod calls;
mod dropping;
mod every_operation;
mod failures;
mod limits;
mod paging;
mod redirects;
mod renewal;
mod settings;
