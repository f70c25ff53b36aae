//! A user logs in by OAuth 2.0, and a session makes the calls from then on.
//!
//! ```sh
//! cargo run -p twitter-client-async --example login_async
//! ```
//!
//! Without keys in the environment it starts a sandbox, where the user consents at once. With
//! `X_CLIENT_ID`, and `X_CLIENT_SECRET` unless the App is public, it says which page to open, and reads
//! the address that this leads to. The tokens are kept in the folder `X_TOKENS`.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use std::{error::Error, process::ExitCode};

use bearer::{FileStore, OAuth2Client, Scope, Session, UserTokens};
use shared::{Outcome, line, logins::Logins, print_line, print_reply, print_title};
use twitter_client_async::{Client, Transport};
use twitter_types::{UserId, auth::OAuth2User, endpoint::Moment, posts, scopes_for, users};

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit_code(shared::succeeded(run().await))
}

async fn run() -> Outcome {
    let setup = Logins::new()?;
    let transport = Transport::default();
    setup.print_header("A login");
    print_title("1  A user consents");
    let tokens = log_in(&setup, &transport).await?;
    print_title("2  Who is it?");
    let user = who_is_it(&setup, &transport, &tokens).await?;
    print_title("3  A session makes the calls from now on, and renews the token every two hours");
    let path = setup.path(user);
    let session = Session::new(setup.app.clone(), FileStore::new(&path));
    session.save(&tokens)?;
    setup.print_kept(&path);
    read_posts(&setup, &transport, session, user).await?;
    setup.print_next();
    Ok(())
}

/// The user goes to a page of X, and comes back with a code, which becomes tokens.
async fn log_in(setup: &Logins, transport: &Transport) -> Result<UserTokens, Box<dyn Error>> {
    let mut scopes = scopes_for![users::Me, posts::OfUser];
    scopes.insert(Scope::OFFLINE_ACCESS);
    let mut random = [0; 48];
    getrandom::fill(&mut random)?;
    let login = setup.app.login(setup.redirect_uri.clone(), scopes, random);
    let callback = setup.visit(login.url())?;
    let code = login.read_callback(&callback)?;
    let request = setup.app.exchange_request(&login, &code);
    let method = request.method().clone();
    let response = transport.send(request).await?;
    let status = response.status();
    let tokens = OAuth2Client::read_exchange(&login, response, Moment::now().seconds())?;
    let granted = tokens.scopes.as_ref().map(ToString::to_string).unwrap_or_default();
    print_line(&method, "/2/oauth2/token", status, "", granted);
    Ok(tokens)
}

/// Nobody knows before X is asked. Then it is known where the tokens belong.
async fn who_is_it(
    setup: &Logins,
    transport: &Transport,
    tokens: &UserTokens,
) -> Result<UserId, Box<dyn Error>> {
    let user = OAuth2User::from(tokens.access_token.clone());
    let client =
        Client::new(user).with_base_url(setup.base_url.clone()).with_transport(transport.clone());
    let operation = users::Me::new();
    let me = client.send(&operation).await?;
    print_reply(&operation, &me, shared::describe(&me.body)?);
    Ok(me.body.data.ok_or("X does not say who it is")?.id)
}

async fn read_posts(
    setup: &Logins,
    transport: &Transport,
    session: Session,
    user: UserId,
) -> Outcome {
    let client = Client::new(session)
        .with_base_url(setup.base_url.clone())
        .with_transport(transport.clone());
    let operation = posts::OfUser::new(user).max_results(5);
    let page = client.send(&operation).await?;
    let newest = page.body.data.first().and_then(|post| post.text.as_deref());
    print_reply(&operation, &page, line(newest.unwrap_or("no posts")));
    Ok(())
}
