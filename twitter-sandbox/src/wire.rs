//! A relay in front of a sandbox, on which connections and replies go wrong byte by byte.

mod message;
mod mishap;
mod relay;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::thread::{self, JoinHandle};

use tokio::net::TcpSocket;
use tokio::sync::oneshot;

use self::relay::Relay;
use crate::Sandbox;

pub use self::mishap::{Mishap, Passing};

/// A port of its own in front of a sandbox: what comes in goes to the sandbox, and what the sandbox
/// answers comes out as the plan says. It stops when it is dropped.
///
/// It relays the bytes of HTTP/1.1, not their meaning: a signature that covers the relay's address is checked against that
/// address, and a reply without an end is passed on as it comes.
///
/// ```
/// use twitter_sandbox::{Mishap, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// // The first reply is reset after its twentieth byte; all others are well.
/// let wire = sandbox.through(|request| match request.number {
///     0 => Mishap::Reset { at: 20 },
///     _ => Mishap::None,
/// })?;
/// let url = format!("{}/2/users/2244994945", wire.base_url());
/// let token = format!("Bearer {}", sandbox.keys().bearer_token);
/// assert!(ureq::get(&url).header("authorization", &token).call().is_err());
/// assert!(ureq::get(&url).header("authorization", &token).call().is_ok());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Wire {
    base_url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Wire {
    /// Where to send requests, such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Sandbox {
    /// Starts a relay in front of this sandbox. The plan is asked about every request, in the order in
    /// which they come.
    ///
    /// # Errors
    ///
    /// Fails if no port can be opened or no thread can be started.
    pub fn through(
        &self,
        plan: impl FnMut(&Passing) -> Mishap + Send + 'static,
    ) -> io::Result<Wire> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // Bound, but never listening: it keeps the port while nobody may connect.
        let port = TcpSocket::new_v4()?;
        port.set_reuseaddr(true)?;
        port.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let base_url = format!("http://{}", port.local_addr()?);
        let relay = Relay::new(self.shared.address(), plan);
        let listener = {
            let _inside = runtime.enter();
            relay::listen(&port)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread =
            thread::Builder::new().name("twitter-sandbox-wire".to_owned()).spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        _ = relay.serve(listener, &port) => {}
                    }
                });
            })?;
        Ok(Wire { base_url, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only if the thread is gone already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Wire").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
