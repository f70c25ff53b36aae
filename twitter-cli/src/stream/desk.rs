//! Where everything of a stream passes: it is printed, said and counted, and how far it is, is kept.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use twitter_types::stream::Cursor;

use super::kept::{Kept, Saved};
use super::status::Status;
use super::told::{Change, Told};
use crate::failure::Failure;
use crate::output::{self, note};

/// How often it is kept how far the stream is, and the status line drawn.
const TICK: Duration = Duration::from_secs(1);

pub(super) struct Desk {
    shared: Arc<Shared>,
    /// What an earlier run has printed.
    earlier: HashSet<u64>,
    prints_events: bool,
    /// Whether the command was asked to end.
    is_ending: Arc<AtomicBool>,
    line: Vec<u8>,
}

/// What the thread sees that keeps and draws.
struct Shared {
    kept: Option<Kept>,
    state: Mutex<State>,
}

struct State {
    status: Status,
    saved: Saved,
    /// Whether something has happened since it was kept last.
    is_new: bool,
    cannot_keep: bool,
}

impl Desk {
    pub(super) fn new(
        kept: Option<Kept>,
        begins_now: bool,
        prints_events: bool,
    ) -> Result<Self, Failure> {
        let saved = match &kept {
            Some(kept) if !begins_now => kept.read()?.unwrap_or_default(),
            _ => Saved::default(),
        };
        let earlier = saved.seen.iter().copied().collect();
        let state = State { status: Status::new(), saved, is_new: false, cannot_keep: false };
        let shared = Arc::new(Shared { kept, state: Mutex::new(state) });
        let is_ending = Arc::default();
        Ok(Self { shared, earlier, prints_events, is_ending, line: Vec::new() })
    }

    /// What is to be set when the command is asked to end.
    pub(super) fn is_ending(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_ending)
    }

    /// Where the last run was.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.shared.state().saved.cursor.clone()
    }

    /// Keeps and draws once a second while this works, and at the end.
    pub(super) fn open(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let shared = Arc::clone(&self.shared);
        let (over, is_over) = channel::<()>();
        let thread = thread::spawn(move || shared.tick(&is_over));
        let outcome = work(self);
        drop(over);
        // It ends by itself, and panics no more than this thread does.
        let _ = thread.join();
        self.shared.state().status.end();
        self.shared.keep();
        outcome
    }

    /// Prints an item, unless an earlier run has; with the stream behind it.
    pub(super) fn item(
        &mut self,
        text: &str,
        identity: Option<u64>,
        cursor: Option<Cursor>,
    ) -> Result<(), Failure> {
        let is_known = identity.is_some_and(|identity| self.earlier.contains(&identity));
        if !is_known {
            self.print(text.as_bytes())?;
        }
        let mut state = self.shared.state();
        state.status.items += u64::from(!is_known);
        state.saved.seen(identity);
        state.stands(cursor);
        Ok(())
    }

    /// Tells of something that is no item.
    pub(super) fn event(
        &mut self,
        told: Option<Told>,
        cursor: Option<Cursor>,
    ) -> Result<(), Failure> {
        // The connection that was closed to end the stream is not worth a word.
        let is_ours = |told: &Told| {
            told.change == Some(Change::Disconnected) && self.is_ending.load(Ordering::Relaxed)
        };
        if let Some(told) = told.filter(|told| !is_ours(told)) {
            self.shared.state().status.tell(told.words.as_deref(), told.change);
            if self.prints_events {
                self.print(told.json.to_string().as_bytes())?;
            }
        }
        self.shared.state().stands(cursor);
        Ok(())
    }

    /// Prints a line as a whole.
    fn print(&mut self, text: &[u8]) -> Result<(), Failure> {
        self.line.clear();
        self.line.extend_from_slice(text);
        self.line.push(b'\n');
        self.shared.state().status.clear();
        Ok(output::print(&self.line)?)
    }
}

impl State {
    /// Takes where the stream stands. Before its first connection it stands nowhere new.
    fn stands(&mut self, cursor: Option<Cursor>) {
        if cursor.is_some() {
            self.saved.cursor = cursor;
            self.is_new = true;
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick(&self, is_over: &Receiver<()>) {
        while is_over.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            self.keep();
            self.state().status.draw();
        }
    }

    /// Keeps how far the stream is, if that is further than it was.
    fn keep(&self) {
        let Some(kept) = &self.kept else { return };
        let saved = {
            let mut state = self.state();
            if !std::mem::take(&mut state.is_new) {
                return;
            }
            serde_json::to_vec(&state.saved)
        };
        let outcome = match saved {
            Ok(saved) => kept.write(&saved),
            Err(error) => Err(Failure::here(error.to_string())),
        };
        let mut state = self.state();
        let could_keep = !std::mem::replace(&mut state.cannot_keep, outcome.is_err());
        if let (true, Err(failure)) = (could_keep, outcome) {
            state.status.clear();
            note!("How far the stream is could not be kept: {failure}");
        }
    }
}
