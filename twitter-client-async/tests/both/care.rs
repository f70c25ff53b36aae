//! Connections: reused, not used when they are dead, by IPv6, by HTTP/2, through a proxy.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use http::Version;
use rustls::crypto::ring;
use twitter_client_async::{self as asynchronous, reqwest};
use twitter_client_blocking as blocking;
use twitter_sandbox::{Mishap, Passing, Sandbox};
use twitter_types::{
    Error,
    auth::{AppToken, OAuth1User},
    endpoint::{BaseUrl, TransportErrorKind},
    posts, users,
};

use crate::support::{app_token, base_url, oauth1_user, run_ignored};

const DEVELOPERS: u64 = 2_244_994_945;

/// One client of each kind.
struct Both<C> {
    asynchronous: asynchronous::Client<C>,
    blocking: blocking::Client<C>,
}

impl<C: twitter_types::auth::Credential> Both<C> {
    fn new(credential: impl Fn() -> C, base_url: &BaseUrl) -> Self {
        Self {
            asynchronous: asynchronous::Client::new(credential()).with_base_url(base_url.clone()),
            blocking: blocking::Client::new(credential()).with_base_url(base_url.clone()),
        }
    }
}

impl Both<AppToken> {
    /// What a lookup gives, by either.
    async fn lookup(&self) -> [Result<(), Error>; 2] {
        let lookup = users::ById::new(DEVELOPERS);
        let of_async = self.asynchronous.send(&lookup).await.map(drop);
        [of_async, self.blocking.send(&lookup).map(drop)]
    }
}

impl Both<OAuth1User> {
    async fn post(&self, text: &str) {
        let post = |who| posts::Create::new(format!("{text} {who}"));
        self.asynchronous.send(&post("async")).await.unwrap();
        self.blocking.send(&post("blocking")).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_used_again() {
    let sandbox = Sandbox::start().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let plan = move |request: &Passing| {
        log.lock().unwrap().push(request.connection);
        Mishap::None
    };
    let wire = sandbox.through(plan).unwrap();
    let both = Both::new(|| app_token(&sandbox), &wire.base_url().parse().unwrap());
    for _ in 0..10 {
        let _ = both.lookup().await.map(Result::unwrap);
    }
    sandbox.set_enrolled(false);
    for _ in 0..5 {
        // A refusal is no reason to hang up.
        let _ = both.lookup().await.map(Result::unwrap_err);
    }
    assert_eq!(*seen.lock().unwrap(), [0, 1].repeat(15));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_was_closed_is_not_used_for_a_post() {
    let sandbox = Sandbox::start().unwrap();
    let wire = sandbox.through(|_| Mishap::Close { at: usize::MAX }).unwrap();
    let both = Both::new(|| oauth1_user(&sandbox), &wire.base_url().parse().unwrap());
    for number in 0..5 {
        both.post(&format!("post {number}")).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(sandbox.requests().len(), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_ipv6_too() {
    let sandbox = match Sandbox::builder().ipv6().start() {
        Ok(sandbox) => sandbox,
        Err(error) => return println!("skipped: no IPv6 here: {error}"),
    };
    assert!(sandbox.base_url().starts_with("http://[::1]:"));
    // Signed, so that the host must be the same on both sides.
    Both::new(|| oauth1_user(&sandbox), &base_url(&sandbox)).post("hello").await;
}

#[tokio::test]
async fn by_http_2() {
    let sandbox = Sandbox::start().unwrap();
    // Without TLS there is no negotiation, so that it must be told.
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let agent = reqwest::Client::builder().tls_backend_preconfigured(tls).http2_prior_knowledge();
    let transport = asynchronous::Transport::from(agent.build().unwrap());
    let client = asynchronous::Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    let client = client.with_transport(transport.clone());
    let calls = (0..20).map(|number| {
        let client = client.clone();
        tokio::spawn(async move { client.send(&posts::Create::new(number.to_string())).await })
    });
    for call in Vec::from_iter(calls) {
        call.await.unwrap().unwrap();
    }
    client.upload(std::io::Cursor::new(b"\x89PNG\r\n\x1a\n"), options()).await.unwrap();
    let request = http::Request::get(format!("{}/2/nothing", sandbox.base_url())).body("").unwrap();
    assert_eq!(transport.send(request).await.unwrap().version(), Version::HTTP_2);
}

fn options() -> twitter_types::upload::Options {
    twitter_types::upload::Options::new(twitter_types::upload::Target::Post)
}

/// What a client of TLS says first.
fn client_hello(connect: impl FnOnce(BaseUrl)) -> Vec<u8> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base_url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = vec![0; 4096];
        let length = stream.read(&mut hello).unwrap();
        hello.truncate(length);
        send.send(hello).unwrap();
    });
    connect(base_url.parse().unwrap());
    receive.recv().unwrap()
}

#[test]
fn the_async_client_offers_http_2_and_the_blocking_one_does_not() {
    const BOTH: &[u8] = b"\x02h2\x08http/1.1";
    let token = || AppToken::new("AAAA").unwrap();
    let offers = |hello: Vec<u8>| hello.windows(BOTH.len()).any(|window| window == BOTH);
    let hello = client_hello(|base_url| {
        let client = asynchronous::Client::new(token()).with_base_url(base_url);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.send(&users::ById::new(1))).unwrap_err();
    });
    assert!(offers(hello));
    let hello = client_hello(|base_url| {
        let client = blocking::Client::new(token()).with_base_url(base_url);
        client.send(&users::ById::new(1)).unwrap_err();
    });
    assert!(!offers(hello));
}

#[test]
fn another_machine_is_reached_through_the_proxy_of_the_environment() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (send, asked) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            send.send(first_line(stream.unwrap())).unwrap();
        }
    });
    run_ignored("care::through_the_proxy_of_the_environment", &[("HTTPS_PROXY", url)]);
    for _ in 0..2 {
        assert_eq!(asked.try_recv().unwrap(), "CONNECT api.x.invalid:443 HTTP/1.1");
    }
    assert!(asked.try_recv().is_err());
}

/// Of a request, which is refused.
fn first_line(mut stream: TcpStream) -> String {
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        request.push(byte[0].into());
    }
    stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").unwrap();
    request.lines().next().unwrap().to_owned()
}

#[tokio::test]
#[ignore = "run by the test above, with a proxy in the environment"]
async fn through_the_proxy_of_the_environment() {
    let base_url = "https://api.x.invalid".parse().unwrap();
    let both = Both::new(|| AppToken::new("AAAA").unwrap(), &base_url);
    for outcome in both.lookup().await {
        let Err(Error::Transport(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
    }
}

/// A server that takes no connection, and refuses none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_not_made_is_given_up_before_the_call() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // Nobody accepts: the queue is full, and whoever comes next waits.
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
        waiting.push(stream);
        assert!(waiting.len() < 100);
    }
    let base_url = format!("http://{address}").parse().unwrap();
    let both = Arc::new(Both::new(|| AppToken::new("AAAA").unwrap(), &base_url));
    let start = Instant::now();
    let other = Arc::clone(&both);
    let of_blocking = tokio::task::spawn_blocking(move || {
        (other.blocking.send(&users::ById::new(1)).unwrap_err(), start.elapsed())
    });
    let of_async = both.asynchronous.send(&users::ById::new(1)).await.unwrap_err();
    for (error, took) in [(of_async, start.elapsed()), of_blocking.await.unwrap()] {
        let Error::Transport(error) = error else { panic!("{error:?}") };
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
        assert!((9..20).contains(&took.as_secs()), "{took:?}");
    }
}
