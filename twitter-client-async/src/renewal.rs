//! Renewing a session's token.

use bearer::{Access, NoReply, Refresh, RefreshError, Session, Step};
use tokio::{task, time::sleep};
use twitter_types::endpoint::Moment;

use crate::Transport;

impl Transport {
    /// An access token of the session that works: the one in memory most of the time, or a new one.
    /// It waits while others renew it, and at least 30 seconds for each answer, whatever
    /// [`with_timeout`](Self::with_timeout) says: an answer that comes too late is lost, and the user
    /// would have to log in again.
    ///
    /// The future can be dropped at any point: a renewal that has begun goes on by itself, since X has
    /// ended the old refresh token by then. It ends with the runtime, though: let one that was given
    /// up finish before `main` returns, for example by calling this again. The store works on a
    /// thread that may block.
    ///
    /// # Errors
    ///
    /// If there is none to be had; no token is lost by it.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn renew(&self, session: &Session) -> Result<Access, RefreshError> {
        let work = drive(self.patient(), session.access_token());
        finished(task::spawn(work)).await
    }
}

async fn drive(transport: Transport, mut refresh: Refresh) -> Result<Access, RefreshError> {
    loop {
        let step;
        (refresh, step) = off_thread(refresh, |refresh| refresh.step(now())).await;
        match step {
            Step::Send(request) => {
                let outcome = transport.send(request).await.map_err(|_| NoReply::new());
                (refresh, ()) =
                    off_thread(refresh, |refresh| refresh.receive(now(), outcome)).await;
            }
            Step::Wait(pause) => sleep(pause).await,
            Step::Done(outcome) => return outcome,
        }
    }
}

/// Lets the store work where it may block.
async fn off_thread<T: Send + 'static>(
    mut refresh: Refresh,
    work: impl FnOnce(&mut Refresh) -> T + Send + 'static,
) -> (Refresh, T) {
    let task = task::spawn_blocking(move || {
        let done = work(&mut refresh);
        (refresh, done)
    });
    finished(task).await
}

/// A task's result. Its panic goes on here; a runtime that shuts down ends this future too.
pub(crate) async fn finished<T>(task: task::JoinHandle<T>) -> T {
    match task.await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}

fn now() -> u64 {
    Moment::now().seconds()
}
