//! TLS for this crate's own connections, without a say in what the rest of the process uses.

use std::sync::Arc;

use rustls::{ClientConfig, Error, RootCertStore, crypto::ring, version};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// TLS 1.2 or 1.3, HTTP/2 or 1.1, and the certificates that the operating system trusts.
pub(crate) fn system_roots() -> Result<ClientConfig, Error> {
    let mut config = builder()?.with_platform_verifier()?.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// For a client that never speaks TLS: no certificate is trusted, so that none need be there.
pub(crate) fn no_roots() -> Result<ClientConfig, Error> {
    Ok(builder()?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, Error> {
    let provider = Arc::new(ring::default_provider());
    let versions = &[&version::TLS13, &version::TLS12];
    ClientConfig::builder_with_provider(provider).with_protocol_versions(versions)
}
