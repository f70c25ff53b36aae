//! Ctrl-C, and what a service manager sends.

use std::io;
use std::process;
use std::thread;

use tokio::runtime;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What asks the command to end. It can do so from the moment that this is made.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl Signals {
    /// Within a runtime.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt())?,
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits until the command is asked to end.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A runtime that takes no threads.
pub(crate) fn runtime() -> io::Result<runtime::Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

/// Acts when the command is asked to end, so that it can do so in good order. Asked once more, it
/// ends at once.
pub(crate) fn on_end(act: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = runtime()?;
    let mut signals = {
        let _within = runtime.enter();
        Signals::new()?
    };
    thread::spawn(move || {
        runtime.block_on(signals.next());
        act();
        runtime.block_on(signals.next());
        // As a shell reports a command that Ctrl-C has ended.
        process::exit(130);
    });
    Ok(())
}
