//! Any order of events: several processes with several tasks over one store, and a server that counts.

use std::time::Duration;

use bearer::{MemoryStore, Refresh, RefreshError, SecretForm, Session, Step};
use http::{Request, Response};
use proptest::prelude::*;

use super::fakes::{NOW, Server, client};

const PROCESSES: usize = 3;
const TASKS: usize = 3;

fn open(store: &MemoryStore) -> Session {
    Session::new(client(), store.clone()).with_margin(Duration::from_secs(5))
}

/// One task of a process: it wants a token, over and over.
struct Task {
    process: usize,
    refresh: Refresh,
    /// On its way to the server.
    request: Option<Request<SecretForm>>,
    /// On its way back.
    reply: Option<Response<String>>,
}

struct World {
    server: Server,
    store: MemoryStore,
    sessions: Vec<Session>,
    tasks: Vec<Task>,
    now: u64,
    obtained: usize,
    failures: Vec<String>,
}

impl World {
    fn new(lifetime: u64) -> Self {
        let mut server = Server::new();
        server.lifetime = lifetime;
        let store = MemoryStore::new();
        open(&store).save(&server.tokens(NOW)).unwrap();
        let sessions = Vec::from_iter((0..PROCESSES).map(|_| open(&store)));
        let tasks = (0..PROCESSES * TASKS).map(|at| Task {
            process: at % PROCESSES,
            refresh: sessions[at % PROCESSES].access_token(),
            request: None,
            reply: None,
        });
        let tasks = tasks.collect();
        Self { server, store, sessions, tasks, now: NOW, obtained: 0, failures: vec![] }
    }

    /// The next thing that happens to a task.
    fn advance(&mut self, at: usize) {
        let task = &mut self.tasks[at];
        if let Some(reply) = task.reply.take() {
            task.refresh.receive(self.now, Ok(reply));
        } else if let Some(request) = task.request.take() {
            task.reply = Some(self.server.answer(request));
        } else {
            match task.refresh.step(self.now) {
                Step::Send(request) => task.request = Some(request),
                Step::Wait(_) => {}
                Step::Done(outcome) => {
                    match outcome {
                        Ok(access) if access.warning.is_none() => self.obtained += 1,
                        // It waited for two minutes; others did nothing for so long.
                        Err(RefreshError::Busy { .. }) => {}
                        outcome => self.failures.push(format!("{outcome:?}")),
                    }
                    self.restart(at);
                }
            }
        }
    }

    /// The task is cancelled, or begins anew. Not between the server's answer and the write: that is
    /// the window which nothing can close.
    fn restart(&mut self, at: usize) {
        let task = &mut self.tasks[at];
        if task.reply.is_none() {
            task.request = None;
            task.refresh = self.sessions[task.process].access_token();
        }
    }

    /// Every task comes to its end.
    fn settle(&mut self) {
        for at in (0..self.tasks.len()).cycle().take(100 * self.tasks.len()) {
            self.advance(at);
        }
    }
}

#[derive(Debug, Clone)]
enum Event {
    Advance(usize),
    Cancel(usize),
    /// The process is started again.
    Restart(usize),
    Tick(u64),
    /// The API answers 401 to a process's newest token.
    Refuse(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        30 => (0..PROCESSES * TASKS).prop_map(Event::Advance),
        1 => (0..PROCESSES * TASKS).prop_map(Event::Cancel),
        1 => (0..PROCESSES).prop_map(Event::Restart),
        2 => (1_u64..5).prop_map(Event::Tick),
        1 => (0..PROCESSES).prop_map(Event::Refuse),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_logged_out_and_no_token_is_spent_twice(
        lifetime in 1_u64..40,
        events in proptest::collection::vec(event(), 0..400),
    ) {
        let mut world = World::new(lifetime);
        for event in events {
            match event {
                Event::Advance(at) => world.advance(at),
                Event::Cancel(at) => world.restart(at),
                Event::Restart(process) => {
                    world.sessions[process] = open(&world.store);
                    for at in (process..PROCESSES * TASKS).step_by(PROCESSES) {
                        world.restart(at);
                    }
                }
                Event::Tick(seconds) => world.now += seconds,
                Event::Refuse(process) => {
                    let newest = world.server.tokens(world.now).access_token;
                    world.sessions[process].refused(&newest);
                }
            }
        }
        world.settle();
        prop_assert_eq!(world.server.reused, 0);
        prop_assert!(world.failures.is_empty(), "{:?}", world.failures);
        prop_assert!(world.obtained > 0);
        // The store has the pair that lives.
        let tokens = world.sessions[0].load().unwrap().unwrap();
        let replies = world.tasks.iter().any(|task| task.reply.is_some());
        let newest = format!("r{}", world.server.generation);
        prop_assert!(replies || tokens.refresh_token.unwrap().expose() == newest);
    }
}
