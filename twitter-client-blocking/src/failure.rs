//! What ureq's errors mean here.

use std::io::{self, ErrorKind};

use twitter_types::endpoint::{TransportError, TransportErrorKind};
use ureq::{Error, Timeout};

/// The error of a call, or of reading its body.
pub(crate) fn of(error: Error) -> TransportError {
    let kind = kind(&error);
    match error {
        // These two quote the URL, whose query may hold a secret.
        Error::RequireHttpsOnly(_) => TransportError::new(kind, "the agent takes https only"),
        Error::BadUri(_) => TransportError::new(kind, "ureq does not take the URL"),
        Error::Io(error) => TransportError::new(kind, error),
        error => TransportError::new(kind, error),
    }
}

fn kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect)
        | Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::InvalidProxyUrl
        | Error::Rustls(_)
        | Error::Tls(_)
        | Error::TlsRequired => TransportErrorKind::Connect,
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::RequireHttpsOnly(_) => TransportErrorKind::Refused,
        Error::Io(error) | Error::Decompress(_, error) => io_kind(error),
        _ => TransportErrorKind::Other,
    }
}

fn io_kind(error: &io::Error) -> TransportErrorKind {
    match error.kind() {
        ErrorKind::ConnectionRefused
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => TransportErrorKind::Connect,
        ErrorKind::TimedOut => TransportErrorKind::Timeout,
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => TransportErrorKind::Closed,
        _ if is_handshake(error) => TransportErrorKind::Connect,
        _ => TransportErrorKind::Other,
    }
}

/// Whether TLS failed before anything was sent: ureq hands such errors on as those of a socket.
fn is_handshake(error: &io::Error) -> bool {
    use rustls::Error::{InvalidCertificate, PeerIncompatible};
    let error = error.get_ref().and_then(|error| error.downcast_ref::<rustls::Error>());
    matches!(error, Some(InvalidCertificate(_) | PeerIncompatible(_)))
}
