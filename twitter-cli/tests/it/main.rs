//! The command as a process of its own, against a sandbox in the test's process.

#[path = "../support/mod.rs"]
mod support;

mod call;
mod doctor;
mod homes;
mod login_app;
mod login_oauth1;
mod login_oauth2;
mod logout;
mod output;
mod post;
mod readme;
mod rules;
mod sandbox;
#[cfg(unix)]
mod stream;
mod upload;
#[cfg(unix)]
mod webhook;
