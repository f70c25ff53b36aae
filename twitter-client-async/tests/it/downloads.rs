//! Files that are written as they come.

use std::{
    error::Error as _,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use twitter_client_async::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    auth::OAuth2User,
    direct_messages::DownloadMedia,
    endpoint::{
        DownloadError, TransportErrorKind,
        policy::{Policy, Retries},
    },
    id::DmResourceId,
};

use crate::support::{GZIP, Server, base_url, oauth2_user, response};

fn media() -> DownloadMedia {
    DownloadMedia::new(
        1810,
        DmResourceId::new("1811").unwrap(),
        DmResourceId::new("photo").unwrap(),
    )
}

fn client(server: &Server) -> Client<OAuth2User> {
    let retries = Retries::new(2).pausing(Duration::from_millis(1), Duration::from_millis(2));
    Client::new(OAuth2User::new("AAAA").unwrap())
        .with_base_url(server.base_url())
        .with_policy(Policy::new().with_retries(retries))
}

#[tokio::test]
async fn a_file_comes_whole_after_what_failed_before_it() {
    let sandbox = Sandbox::start().unwrap();
    let retries = Retries::new(2).pausing(Duration::from_millis(1), Duration::from_millis(2));
    let client = Client::new(oauth2_user(&sandbox))
        .with_base_url(base_url(&sandbox))
        .with_policy(Policy::new().with_retries(retries));
    sandbox.fail_next(Fault::Html);
    sandbox.fail_next(Fault::Status(503, String::new()));
    let mut file = Vec::new();
    let reply = client.download(&media(), &mut file).await.unwrap();
    assert_eq!((reply.body, &*file), (6, &b"sample"[..]));
    assert!(reply.rate_limits.window.is_some());
    assert_eq!(sandbox.requests().len(), 3);

    sandbox.fail_next(Fault::Status(403, "{}".into()));
    let mut nothing = Vec::new();
    match client.download(&media(), &mut nothing).await.unwrap_err() {
        DownloadError::Call(error) => assert_eq!(error.status().unwrap(), 403),
        other => panic!("{other}"),
    }
    assert!(nothing.is_empty());
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_and_not_asked_for_again() {
    let mut whole = response("200 OK", "content-type: application/octet-stream", &[7; 100_000]);
    whole.truncate(60_000);
    let server = Server::new(whole);
    let mut file = Vec::new();
    match client(&server).download(&media(), &mut file).await.unwrap_err() {
        DownloadError::Broken { written, source } => {
            assert_eq!(written, file.len() as u64);
            assert!(written > 50_000);
            assert_eq!(source.kind(), TransportErrorKind::Closed);
        }
        other => panic!("{other}"),
    }
    assert_eq!(server.received().len(), 1);

    // Without a byte of the body, it may be asked for again.
    let server = Server::new("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n");
    client(&server).download(&media(), &mut Vec::new()).await.unwrap_err();
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_body_is_bounded_and_neither_compressed_nor_kept() {
    let server = Server::new(response("200 OK", "x: y", &[7; 10_000]));
    let limited = Transport::default().with_download_limit(9_999);
    let mut file = Vec::new();
    let error = client(&server).with_transport(limited).download(&media(), &mut file).await;
    match error.unwrap_err() {
        DownloadError::Call(error) => assert!(error.to_string().contains("longer"), "{error}"),
        other => panic!("{other}"),
    }
    assert!(file.is_empty());
    assert!(server.received()[0].contains("accept-encoding: identity"));

    // Longer than the memory that an answer may take.
    let small = Transport::default().with_body_limit(10);
    let reply = client(&server).with_transport(small).download(&media(), &mut file).await.unwrap();
    assert_eq!((reply.body, file.len()), (10_000, 10_000));

    // A server that compresses all the same.
    let server = Server::new(response("200 OK", "content-encoding: gzip", GZIP));
    let mut file = Vec::new();
    let reply = client(&server).download(&media(), &mut file).await.unwrap();
    assert_eq!((reply.body, file.len()), (20_019, 20_019));
}

#[tokio::test]
async fn a_writer_that_is_full_is_an_error() {
    let server = Server::new(response("200 OK", "x: y", &[7; 100_000]));
    let error = client(&server).download(&media(), Full(70_000)).await.unwrap_err();
    assert!(matches!(error, DownloadError::Write(_)), "{error}");
    assert!(error.source().is_some());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::json("{}");
    let location = format!("location: {}", elsewhere.url("http", "127.0.0.1"));
    let server = Server::new(response("302 Found", &location, b""));
    client(&server).download(&media(), &mut Vec::new()).await.unwrap_err();
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn what_is_no_operation_is_downloaded_too() {
    let server = Server::new(response("200 OK", "content-type: image/png", b"picture"));
    let path = std::env::temp_dir().join(format!("download-async-{}", std::process::id()));
    let request = http::Request::get(server.url("http", "127.0.0.1")).body(()).unwrap();
    let file = tokio::fs::File::create(&path).await.unwrap();
    let downloaded = Transport::default().download(request, file).await.unwrap();
    assert_eq!((downloaded.written, downloaded.response.status().as_u16()), (7, 200));
    assert_eq!(std::fs::read(&path).unwrap(), b"picture");
    std::fs::remove_file(&path).unwrap();
    assert!(!server.received()[0].contains("authorization"));
}

/// Takes so many bytes.
struct Full(usize);

impl tokio::io::AsyncWrite for Full {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.0 = match self.0.checked_sub(bytes.len()) {
            Some(left) => left,
            None => return Poll::Ready(Err(std::io::ErrorKind::StorageFull.into())),
        };
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
