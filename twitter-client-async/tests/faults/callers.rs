//! The same calls by either client.

use std::{sync::Arc, thread, time::Instant};

use futures_util::{StreamExt as _, stream};
use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_types::{
    Error, PostId, Username,
    auth::{AppToken, OAuth1User},
    posts, users,
};

use crate::{
    DEVELOPERS, TIMEOUT,
    ledger::{Ask, Scene},
};

/// How many calls are under way at once.
const AT_ONCE: usize = 48;

/// So many calls by the async client.
pub(crate) async fn by_async(scene: Arc<Scene>, calls: usize) {
    let clients = Async::new(&scene);
    let calls = stream::iter(0..calls).map(|_| {
        let (scene, clients) = (Arc::clone(&scene), clients.clone());
        tokio::spawn(async move {
            let (ask, start) = (scene.ask(), Instant::now());
            let outcome = clients.call(&scene, &ask).await;
            scene.enter(ask, outcome, start.elapsed());
        })
    });
    calls.buffer_unordered(AT_ONCE).for_each(async |call| call.unwrap()).await;
}

/// So many calls by the blocking client.
pub(crate) async fn by_blocking(scene: Arc<Scene>, calls: usize) {
    let work = move || {
        let clients = Blocking::new(&scene);
        thread::scope(|scope| {
            for number in 0..AT_ONCE {
                let (scene, clients) = (&scene, &clients);
                scope.spawn(move || {
                    for _ in (number..calls).step_by(AT_ONCE) {
                        let (ask, start) = (scene.ask(), Instant::now());
                        let outcome = clients.call(scene, &ask);
                        scene.enter(ask, outcome, start.elapsed());
                    }
                });
            }
        });
    };
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[derive(Clone)]
struct Async {
    app: asynchronous::Client<AppToken>,
    user: asynchronous::Client<OAuth1User>,
}

impl Async {
    fn new(scene: &Scene) -> Self {
        let transport = asynchronous::Transport::default().with_timeout(TIMEOUT);
        let (app, user) = scene.credentials();
        let app = asynchronous::Client::new(app).with_base_url(scene.base_url());
        let user = asynchronous::Client::new(user).with_base_url(scene.base_url());
        Self { app: app.with_transport(transport.clone()), user: user.with_transport(transport) }
    }

    async fn call(&self, scene: &Scene, ask: &Ask) -> Result<Option<PostId>, Error> {
        let app = self.app.clone().with_policy(scene.policy(ask));
        let user = self.user.clone().with_policy(scene.policy(ask));
        match ask {
            Ask::Lookup => app.send(&users::ById::new(DEVELOPERS)).await.map(|_| None),
            Ask::ByName => app.send(&by_name()).await.map(|_| None),
            Ask::Me => user.send(&users::Me::new()).await.map(|_| None),
            Ask::Create(text) => {
                let reply = user.send(&posts::Create::new(text.as_str())).await;
                reply.map(|reply| reply.body.data.map(|post| post.id))
            }
            Ask::Delete(id) => user.send(&posts::Delete::new(*id)).await.map(|_| None),
        }
    }
}

struct Blocking {
    app: blocking::Client<AppToken>,
    user: blocking::Client<OAuth1User>,
}

impl Blocking {
    fn new(scene: &Scene) -> Self {
        let transport = blocking::Transport::default().with_timeout(TIMEOUT);
        let (app, user) = scene.credentials();
        let app = blocking::Client::new(app).with_base_url(scene.base_url());
        let user = blocking::Client::new(user).with_base_url(scene.base_url());
        Self { app: app.with_transport(transport.clone()), user: user.with_transport(transport) }
    }

    fn call(&self, scene: &Scene, ask: &Ask) -> Result<Option<PostId>, Error> {
        let app = self.app.clone().with_policy(scene.policy(ask));
        let user = self.user.clone().with_policy(scene.policy(ask));
        match ask {
            Ask::Lookup => app.send(&users::ById::new(DEVELOPERS)).map(|_| None),
            Ask::ByName => app.send(&by_name()).map(|_| None),
            Ask::Me => user.send(&users::Me::new()).map(|_| None),
            Ask::Create(text) => {
                let reply = user.send(&posts::Create::new(text.as_str()));
                reply.map(|reply| reply.body.data.map(|post| post.id))
            }
            Ask::Delete(id) => user.send(&posts::Delete::new(*id)).map(|_| None),
        }
    }
}

fn by_name() -> users::ByUsername {
    users::ByUsername::new(Username::new("XDevelopers").unwrap())
}
