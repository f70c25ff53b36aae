//! Sending a person to a page, and waiting for the browser to come back.

use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::consent;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;

/// How long a person may take to consent.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// More than browsers send ahead of a page, in bytes.
const MAX_HEAD: u64 = 256 * 1024;

/// What a callback comes to.
pub(super) enum Callback<T> {
    /// It is the one.
    Done(T),
    /// It belongs to something else: go on waiting.
    Wrong(String),
    /// The login has failed.
    Failed(Failure),
}

/// Opens the page, and waits until the browser comes back to the redirect URI, or until somebody
/// pastes where it went; without a redirect URI, until somebody types the PIN.
pub(super) fn visit<T>(
    context: &Context,
    page: &str,
    no_browser: bool,
    redirect_uri: Option<&str>,
    read: impl Fn(&str) -> Callback<T>,
) -> Result<T, Failure> {
    let (sender, callbacks) = mpsc::channel();
    let listens = redirect_uri.is_some_and(|uri| listen(uri, &sender));
    note!("Consent on this page:\n\n  {page}\n");
    let opened = !no_browser && has_browser() && webbrowser::open(page).is_ok();
    if !opened && context.is_sandbox {
        note!("There is no browser here, so the sandbox's user consents by himself.");
        let callback = consent::press(context, page)?;
        return match read(&callback) {
            Callback::Done(done) => Ok(done),
            Callback::Wrong(reason) => Err(Failure::refused(reason)),
            Callback::Failed(failure) => Err(failure),
        };
    }
    let reads_lines = !opened || !listens || io::stdin().is_terminal();
    match redirect_uri {
        None => note!("Then type the PIN that it shows:"),
        Some(uri) if listens && opened => note!("Waiting for the browser to come back to {uri} …"),
        Some(uri) if listens => note!(
            "Then paste here the whole address that the browser ends up at, unless it runs on this \
             machine and comes back to {uri} by itself:"
        ),
        Some(_) => note!("Then paste here the whole address that the browser ends up at:"),
    }
    if reads_lines {
        read_lines(sender);
    }
    wait(&callbacks, read)
}

/// Whether a window can be opened: programs that try without a display fail after they have started.
fn has_browser() -> bool {
    let has_windows = cfg!(any(windows, target_os = "macos"));
    let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    has_windows || ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"].iter().any(is_set)
}

/// A callback, and where to answer it, if a browser brought it.
type Arrived = (String, Option<TcpStream>);

fn wait<T>(
    callbacks: &mpsc::Receiver<Arrived>,
    read: impl Fn(&str) -> Callback<T>,
) -> Result<T, Failure> {
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let (callback, browser) = match callbacks.recv_timeout(left) {
            Ok(arrived) => arrived,
            Err(RecvTimeoutError::Timeout) => {
                return Err(Failure::here("nobody consented within five minutes: begin again"));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::here(
                    "standard input ended before the login did: begin again, and type or paste here \
                     what the page leads to",
                ));
            }
        };
        match read(&callback) {
            Callback::Done(done) => {
                answer(browser, "200 OK", "Signed in. You can close this page.");
                return Ok(done);
            }
            Callback::Wrong(reason) => {
                note!("{reason}");
                answer(browser, "400 Bad Request", "This is not the login that is waited for.");
            }
            Callback::Failed(failure) => {
                answer(browser, "200 OK", "Not signed in. The terminal says why.");
                return Err(failure);
            }
        }
    }
}

/// Listens at the redirect URI; `false` if that is not possible.
fn listen(redirect_uri: &str, sender: &Sender<Arrived>) -> bool {
    let Some((address, path)) = loopback(redirect_uri) else {
        note!("{redirect_uri} is not on this machine.");
        return false;
    };
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) => {
            note!("Cannot listen at {redirect_uri}: {error}.");
            return false;
        }
    };
    let sender = sender.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Browsers open connections that they may never use, and ask for an icon, too.
            let (sender, path) = (sender.clone(), path.clone());
            thread::spawn(move || match request_target(&stream) {
                Some(target) if target.split('?').next() == Some(path.as_str()) => {
                    // Without a receiver, the login has ended.
                    let _ = sender.send((target, Some(stream)));
                }
                _ => answer(Some(stream), "404 Not Found", "There is nothing here."),
            });
        }
    });
    true
}

/// The address and the path of a plain http URL on this machine.
fn loopback(url: &str) -> Option<(SocketAddr, String)> {
    let rest = url.strip_prefix("http://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let address = authority.replace("localhost", "127.0.0.1");
    let address: SocketAddr = match address.contains(':') {
        true => address.parse().ok()?,
        false => format!("{address}:80").parse().ok()?,
    };
    let path = path.split('?').next().filter(|path| !path.is_empty()).unwrap_or("/");
    address.ip().is_loopback().then(|| (address, path.to_owned()))
}

/// The target of a request for a page. All of the head is read: what is left unread when a connection
/// closes can keep the answer from arriving.
fn request_target(stream: &TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut head = BufReader::new(stream.take(MAX_HEAD)).lines().map_while(Result::ok);
    let first = head.next()?;
    head.find(String::is_empty)?;
    let mut words = first.split_ascii_whitespace();
    let target = words.next().filter(|method| *method == "GET").and_then(|_| words.next())?;
    Some(target.to_owned())
}

fn answer(browser: Option<TcpStream>, status: &str, words: &str) {
    let Some(mut stream) = browser else { return };
    let page = format!("<!doctype html><meta charset=utf-8><title>twitter</title><p>{words}");
    // The browser may be gone: what matters has arrived.
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
}

fn read_lines(sender: Sender<Arrived>) {
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if !line.trim().is_empty() && sender.send((line, None)).is_err() {
                return;
            }
        }
    });
}
