//! A relay on which replies go wrong.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use twitter_sandbox::{Mishap, Sandbox, Wire};

use crate::client::{As, get};

const PATH: &str = "/2/users/2244994945";

/// What a client gets that asks once, and how its connection ends.
fn ask(sandbox: &Sandbox, wire: &Wire) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = connect(wire);
    send(&mut stream, sandbox, "connection: close\r\n");
    read(&mut stream)
}

fn connect(wire: &Wire) -> TcpStream {
    let address = wire.base_url().strip_prefix("http://").unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

fn send(stream: &mut TcpStream, sandbox: &Sandbox, header: &str) {
    let token = &sandbox.keys().bearer_token;
    let head = format!("GET {PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n");
    stream.write_all(format!("{head}{header}\r\n").as_bytes()).unwrap();
}

fn read(stream: &mut TcpStream) -> (Vec<u8>, Option<ErrorKind>) {
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).err();
    (bytes, error.map(|error| error.kind()))
}

/// What a client gets to whose request this happens.
fn under(mishap: Mishap) -> (Vec<u8>, Option<ErrorKind>, usize) {
    let sandbox = Sandbox::start().unwrap();
    let wire = sandbox.through(move |_| mishap.clone()).unwrap();
    let (bytes, error) = ask(&sandbox, &wire);
    (bytes, error, sandbox.requests().len())
}

#[test]
fn what_goes_well_is_relayed_byte_by_byte() {
    let (bytes, error, requests) = under(Mishap::None);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.ends_with(r#""username":"XDevelopers"}}"#), "{text}");
    assert_eq!((error, requests), (None, 1));
}

#[test]
fn the_plan_sees_every_request_of_a_connection() {
    let sandbox = Sandbox::start().unwrap();
    let (log, seen) = std::sync::mpsc::channel();
    let wire = sandbox
        .through(move |request| {
            log.send(request.clone()).unwrap();
            Mishap::None
        })
        .unwrap();
    let mut stream = connect(&wire);
    send(&mut stream, &sandbox, "");
    send(&mut stream, &sandbox, "connection: close\r\n");
    let replies = String::from_utf8(read(&mut stream).0).unwrap();
    assert_eq!(replies.matches("HTTP/1.1 200 OK").count(), 2, "{replies}");
    let seen: Vec<_> = seen.try_iter().map(|seen| (seen.number, seen.method, seen.path)).collect();
    let get = |number| (number, "GET".to_owned(), PATH.to_owned());
    assert_eq!(seen, [get(0), get(1)]);
}

#[test]
fn a_reply_breaks_at_every_byte() {
    // A limit whose number does not get shorter on the way.
    let sandbox = Sandbox::builder().rate_limit("getUsersById", 999_999).start().unwrap();
    let whole = ask(&sandbox, &sandbox.through(|_| Mishap::None).unwrap()).0.len();
    let resets = sandbox.through(|request| {
        let at = usize::try_from(request.number).unwrap();
        Mishap::Reset { at }
    });
    let closes = sandbox.through(|request| {
        let at = usize::try_from(request.number).unwrap();
        Mishap::Close { at }
    });
    let (resets, closes) = (resets.unwrap(), closes.unwrap());
    for at in 0..=whole + 1 {
        let (bytes, error) = ask(&sandbox, &closes);
        assert_eq!((bytes.len(), error), (at.min(whole), None));
        let (bytes, error) = ask(&sandbox, &resets);
        assert!(bytes.len() <= at.min(whole));
        assert_eq!(error, Some(ErrorKind::ConnectionReset), "{at}");
    }
}

#[test]
fn a_stalled_reply_waits_for_the_client_to_go() {
    let sandbox = Sandbox::start().unwrap();
    let wire = sandbox.through(|_| Mishap::Stall { at: 10 }).unwrap();
    let mut stream = connect(&wire);
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    send(&mut stream, &sandbox, "");
    let (bytes, error) = read(&mut stream);
    assert_eq!(bytes, b"HTTP/1.1 2");
    assert_eq!(error, Some(ErrorKind::WouldBlock));
}

#[test]
fn a_slow_reply_comes_in_pieces() {
    let start = Instant::now();
    let (bytes, error, _) = under(Mishap::Slow { bytes: 50, every: Duration::from_millis(20) });
    assert!(bytes.ends_with(b"}}") && error.is_none());
    assert!(
        start.elapsed() >= Duration::from_millis(20) * u32::try_from(bytes.len() / 50).unwrap()
    );
}

#[test]
fn framings_that_are_wrong() {
    let whole = under(Mishap::None).0;
    let body =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).split_once("\r\n\r\n").unwrap().1.to_owned();
    let length = body(&whole).len();
    let (cut, error, _) = under(Mishap::CutChunk);
    assert!(String::from_utf8_lossy(&cut).contains("\r\ntransfer-encoding: chunked\r\n\r\n"));
    assert_eq!(body(&cut), format!("{length:x}\r\n{}", &body(&whole)[..length / 2]));
    assert_eq!(error, None);
    for by in [-3, 7] {
        let (wrong, error, _) = under(Mishap::WrongLength(by));
        let announced = length.checked_add_signed(isize::try_from(by).unwrap()).unwrap();
        let announced = format!("\r\ncontent-length: {announced}\r\n");
        assert!(String::from_utf8_lossy(&wrong).contains(&announced));
        assert_eq!((body(&wrong), error), (body(&whole), None));
    }
}

#[test]
fn replies_that_are_none_of_the_sandbox() {
    for (mishap, start, requests) in [
        (Mishap::garbage(), "SSH-2.0", 1),
        (Mishap::html(), "HTTP/1.1 200 OK\r\ncontent-type: text/html", 1),
        (Mishap::Replace(b"x".to_vec()), "x", 1),
        (Mishap::Intercept(b"x".to_vec()), "x", 0),
        (
            Mishap::RedirectLoop,
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://x/2/users/2244994945\r\n",
            0,
        ),
        (Mishap::Informational, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n", 1),
        (Mishap::Twice, "HTTP/1.1 200 OK\r\n", 2),
    ] {
        let name = format!("{mishap:?}");
        let (bytes, error, seen) = under(mishap);
        assert!(String::from_utf8_lossy(&bytes).starts_with(start), "{name}");
        assert_eq!((error, seen), (None, requests), "{name}");
    }
}

#[test]
fn for_a_while_nobody_gets_a_connection() {
    let sandbox = Sandbox::start().unwrap();
    let pause = Duration::from_millis(300);
    let wire = sandbox
        .through(move |request| match request.number {
            0 => Mishap::Refuse(pause),
            _ => Mishap::None,
        })
        .unwrap();
    let start = Instant::now();
    assert_eq!(ask(&sandbox, &wire), (vec![], Some(ErrorKind::ConnectionReset)));
    assert!(sandbox.requests().is_empty());
    let address = wire.base_url().strip_prefix("http://").unwrap();
    let mut refused = 0;
    while let Err(error) = TcpStream::connect(address) {
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        refused += 1;
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(refused > 0 && start.elapsed() >= pause);
    assert!(ask(&sandbox, &wire).0.ends_with(b"}}"));
}

#[test]
fn it_stops_while_replies_are_stalled() {
    let sandbox = Sandbox::start().unwrap();
    let wire = sandbox.through(|_| Mishap::Stall { at: 0 }).unwrap();
    let mut stream = connect(&wire);
    send(&mut stream, &sandbox, "");
    drop(wire);
    assert!(read(&mut stream).0.is_empty());
    assert_eq!(get(&sandbox, As::App, PATH).status, 200);
}
