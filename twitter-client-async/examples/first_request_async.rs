//! The first requests, in three steps: by the App, by you, and a post that comes and goes.
//!
//! ```sh
//! cargo run -p twitter-client-async --example first_request_async
//! ```
//!
//! Without keys in the environment it starts a sandbox. With keys, it talks to X; it says which ones
//! it misses, and writes nothing unless it is run with `-- --write`.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use std::process::ExitCode;

use bearer::App;
use shared::{
    APP, Outcome, Setup, USER, describe, line, print_line, print_reply, print_skipped, print_title,
};
use twitter_client_async::{Client, Transport};
use twitter_types::{Username, auth::AppToken, posts, users};

#[tokio::main]
async fn main() -> ExitCode {
    let setup = match Setup::new() {
        Ok(setup) => setup,
        Err(error) => return shared::exit_code(shared::succeeded(Err(error))),
    };
    let transport = Transport::default();
    setup.print_header("First requests");
    print_title("1  The App looks up a user");
    let looked_up = shared::succeeded(look_up(&setup, &transport).await);
    print_title("2  Who am I? Signed by OAuth 1.0a");
    let was_told = shared::succeeded(who_am_i(&setup, &transport).await);
    print_title("3  A post is written, read and deleted");
    let posted = shared::succeeded(post(&setup, &transport).await);
    println!();
    setup.print_next();
    shared::exit_code(looked_up && was_told && posted)
}

async fn look_up(setup: &Setup, transport: &Transport) -> Outcome {
    let token = match (setup.app()?, setup.app_token()?) {
        (Some(app), _) => app_token(&app, transport).await?,
        (None, Some(token)) => token,
        (None, None) => {
            let missing = setup.missing(&APP);
            print_skipped(format_args!("set {missing} for it, or X_BEARER_TOKEN"));
            return Ok(());
        }
    };
    let client =
        Client::new(token).with_base_url(setup.base_url.clone()).with_transport(transport.clone());
    let operation = users::ByUsername::new(Username::new("XDevelopers")?);
    let user = client.send(&operation).await?;
    print_reply(&operation, &user, describe(&user.body)?);
    Ok(())
}

/// Keys become a token. X gives the same one each time: a program of yours keeps it.
async fn app_token(
    app: &App,
    transport: &Transport,
) -> Result<AppToken, Box<dyn std::error::Error>> {
    let request = app.token_request();
    let method = request.method().clone();
    let response = transport.send(request).await?;
    let status = response.status();
    let token = App::read_token(response)?;
    print_line(&method, "/oauth2/token", status, "", "a token for the App");
    Ok(token.into())
}

async fn who_am_i(setup: &Setup, transport: &Transport) -> Outcome {
    let Some(user) = setup.user()? else {
        print_skipped(format_args!("set {} for it", setup.missing(&USER)));
        return Ok(());
    };
    let client =
        Client::new(user).with_base_url(setup.base_url.clone()).with_transport(transport.clone());
    let operation = users::Me::new();
    let me = client.send(&operation).await?;
    print_reply(&operation, &me, describe(&me.body)?);
    Ok(())
}

async fn post(setup: &Setup, transport: &Transport) -> Outcome {
    let Some(user) = setup.user()? else {
        print_skipped(format_args!("set {} for it", setup.missing(&USER)));
        return Ok(());
    };
    if !setup.write {
        print_skipped("it would publish a post for a moment; run again with -- --write");
        return Ok(());
    }
    let client =
        Client::new(user).with_base_url(setup.base_url.clone()).with_transport(transport.clone());
    let create = posts::Create::new(shared::new_text());
    let created = client.send(&create).await?;
    let id = created.body.data.as_ref().ok_or("X wrote no post, and gave no reason")?.id;
    print_reply(&create, &created, format_args!("the post {id}"));

    let by_id = posts::ById::new(id);
    let read = client.send(&by_id).await;
    if let Ok(read) = &read {
        let text = read.body.data.as_ref().and_then(|post| post.text.as_deref());
        print_reply(&by_id, read, format_args!("\"{}\"", line(text.unwrap_or("not there yet"))));
    }
    // Even if it could not be read.
    let delete = posts::Delete::new(id);
    let deleted =
        client.send(&delete).await.inspect_err(|_| println!("   {id} is still there!"))?;
    let gone = deleted.body.data.as_ref().and_then(|data| data.deleted) == Some(true);
    print_reply(&delete, &deleted, if gone { "gone" } else { "still there!" });
    read?;
    Ok(())
}
