//! One request to a webhook.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest answer that is read.
const LONGEST: usize = 64 * 1024;

/// Whether the URL is one that the sandbox sends to: plain HTTP on this machine.
pub(crate) fn is_loopback(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let local = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    uri.scheme_str() == Some("http") && local
}

/// Gets a URL, or posts a body with its signature. Status and body of the answer; `None` if none
/// comes in time. Redirects are not followed.
pub(super) async fn exchange(
    url: &str,
    signed: Option<(&str, &str)>,
    patience: Duration,
) -> Option<(u16, Bytes)> {
    timeout(patience, send(url, signed)).await.ok()?
}

async fn send(url: &str, signed: Option<(&str, &str)>) -> Option<(u16, Bytes)> {
    let uri: Uri = url.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await.ok()?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, uri.authority()?.as_str())
        .header(header::USER_AGENT, "twitter-sandbox");
    let request = match signed {
        None => request.body(Body::empty()),
        Some((body, signature)) => request
            .method("POST")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-twitter-webhooks-signature", signature)
            .body(Body::from(body.to_owned())),
    };
    let response = sender.send_request(request.ok()?).await.ok()?;
    let status = response.status().as_u16();
    let body = to_bytes(Body::new(response.into_body()), LONGEST).await.ok()?;
    Some((status, body))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn nothing_is_sent_to_other_machines() {
        for url in ["http://127.0.0.1:1/a?b=c", "http://localhost/", "http://[::1]:8080/x"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://10.0.0.1/",
            "http://127.0.0.1.example.com/",
            "127.0.0.1",
            "",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
