//! The client against the sandbox, and against servers that misbehave.

#[path = "../../../bearer/tests/support/redis.rs"]
mod redis_server;
#[path = "../../../twitter-client-blocking/tests/support/mod.rs"]
mod support;

mod calls;
mod downloads;
mod dropping;
mod every_operation;
mod failures;
mod jobs;
mod limits;
mod paging;
mod policy;
mod polling;
mod posting_once;
mod redirects;
mod renewal;
mod rules;
mod settings;
mod shared_limits;
mod uploads;

use std::sync::Arc;

use rustls::crypto::ring;
use twitter_client_async::reqwest;

/// A reqwest client as users bring one, which trusts nobody.
fn own_client() -> reqwest::ClientBuilder {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls)
}
