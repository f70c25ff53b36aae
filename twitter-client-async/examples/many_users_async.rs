//! A service for many users: a session for each, their calls at once, and what is left of their limits.
//!
//! ```sh
//! cargo run -p twitter-client-async --example many_users_async
//! ```
//!
//! Without keys in the environment it starts a sandbox, where four users log in. With `X_CLIENT_ID`, and
//! `X_CLIENT_SECRET` unless the App is public, it acts for all whose tokens example `login` has put into
//! the folder `X_TOKENS`; it only reads.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use std::{error::Error, process::ExitCode, time::Duration};

use bearer::{FileStore, OAuth2Client, Scope, Session, UserTokens};
use shared::{
    Outcome,
    logins::{Logins, print_head, print_left},
    print_title,
};
use twitter_client_async::{Client, Transport};
use twitter_types::{
    UserId,
    auth::OAuth2User,
    endpoint::{
        Moment, RateLimit,
        policy::{Limits, Policy, Retries},
    },
    posts, scopes_for, users,
};

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit_code(shared::succeeded(run().await))
}

async fn run() -> Outcome {
    let service = Service {
        setup: Logins::new()?,
        transport: Transport::default(),
        limits: Limits::new().waiting(Duration::from_secs(15 * 60)),
    };
    service.setup.print_header("Many users");
    for newcomer in service.setup.newcomers() {
        let tokens = service.log_in(newcomer).await?;
        service.welcome(&tokens).await?;
    }
    print_title("All users at once");
    let mut calls = Vec::new();
    for user in service.setup.users()? {
        let client = service.client(user);
        calls.push(tokio::spawn(async move { limits_of(&client, user).await }));
    }
    print_head(&["users.me", "posts.of_user"]);
    let mut all = true;
    for call in calls {
        // One user's trouble is not that of the others.
        match call.await.expect("no call panics") {
            Ok(Left { username, windows }) => print_left(&username, &windows),
            Err(error) => all &= shared::succeeded(Err(error.into())),
        }
    }
    service.setup.print_next();
    if all { Ok(()) } else { Err("not all users could be served".into()) }
}

/// What all users have in common.
struct Service {
    setup: Logins,
    transport: Transport,
    limits: Limits,
}

impl Service {
    /// As example `login` does.
    async fn log_in(&self, newcomer: &str) -> Result<UserTokens, Box<dyn Error>> {
        let mut scopes = scopes_for![users::Me, posts::OfUser];
        scopes.insert(Scope::OFFLINE_ACCESS);
        let mut random = [0; 48];
        getrandom::fill(&mut random)?;
        let login = self.setup.app.login(self.setup.redirect_uri.clone(), scopes, random);
        let callback = self.setup.visit_as(newcomer, login.url())?;
        let code = login.read_callback(&callback)?;
        let response = self.transport.send(self.setup.app.exchange_request(&login, &code)).await?;
        Ok(OAuth2Client::read_exchange(&login, response, Moment::now().seconds())?)
    }

    /// Who has logged in? From now on, the tokens are in this user's store.
    async fn welcome(&self, tokens: &UserTokens) -> Outcome {
        let client = Client::new(OAuth2User::from(tokens.access_token.clone()))
            .with_base_url(self.setup.base_url.clone())
            .with_transport(self.transport.clone());
        let me = client.send(&users::Me::new()).await?.body.data;
        let user = me.ok_or("X does not say who it is")?.id;
        self.session(user).save(tokens)?;
        Ok(())
    }

    /// A client that acts for a user, within the user's own limits and those of the App.
    fn client(&self, user: UserId) -> Client<Session> {
        let limits = self.limits.named(&user.to_string());
        let policy = Policy::new().with_retries(Retries::default()).with_limits(limits);
        Client::new(self.session(user))
            .with_base_url(self.setup.base_url.clone())
            .with_transport(self.transport.clone())
            .with_policy(policy)
    }

    /// A service that runs on makes one for each user, and keeps it.
    fn session(&self, user: UserId) -> Session {
        Session::new(self.setup.app.clone(), FileStore::new(self.setup.path(user)))
    }
}

/// What is left of a user's limits.
struct Left {
    username: String,
    windows: [Option<RateLimit>; 2],
}

async fn limits_of(client: &Client<Session>, user: UserId) -> Result<Left, twitter_types::Error> {
    let me = client.send(&users::Me::new()).await?;
    let posts = client.send(&posts::OfUser::new(user)).await?;
    let username = me.body.data.and_then(|me| me.username);
    Ok(Left {
        username: username.map_or_else(|| user.to_string(), |name| format!("@{name}")),
        windows: [me.rate_limits.window, posts.rate_limits.window],
    })
}
