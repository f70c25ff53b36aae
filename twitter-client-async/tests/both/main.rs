//! What holds for both clients, run against both.

#[path = "../../../twitter-client-blocking/tests/support/mod.rs"]
mod support;

mod care;
mod recording;
mod script;
mod sequences;
