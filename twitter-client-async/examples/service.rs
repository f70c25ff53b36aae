//! A small service: two jobs at a time on one client, each with many calls in flight.
//!
//! ```sh
//! cargo run -p twitter-client-async --example service
//! ```
//!
//! Without keys in the environment it starts a sandbox.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use futures_util::TryStreamExt as _;
use shared::{Setup, line};
use twitter_client_async::Client;
use twitter_types::{
    Error, Username,
    auth::OAuth1User,
    fields::{PostField, UserField},
    models::User,
    posts, users,
};

type Account = Client<OAuth1User>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setup = Setup::new()?;
    let user = setup.user()?.ok_or("set the four keys of OAuth 1.0a, or none for a sandbox")?;
    let client = Client::new(user).with_base_url(setup.base_url.clone());
    setup.print_header("A service");

    let followers = tokio::spawn(most_followed(client.clone()));
    let languages = tokio::spawn(languages(client));
    for user in followers.await?? {
        let metrics = user.public_metrics.as_ref();
        let followers = metrics.and_then(|metrics| metrics.followers_count).unwrap_or_default();
        println!("{followers:>4} follow {}", line(user.name.as_deref().unwrap_or("?")));
    }
    println!("posts by language: {}", languages.await??);
    Ok(())
}

/// Walks through the followers page by page, and looks each up, eight at a time.
async fn most_followed(client: Account) -> Result<Vec<User>, Error> {
    let username = Username::new("XDevelopers").expect("it has no odd character");
    let Some(account) = client.send(&users::ByUsername::new(username)).await?.body.data else {
        return Ok(Vec::new());
    };
    let client = &client;
    let followers = client.pages(users::Followers::new(account.id).max_results(20)).items();
    let mut users: Vec<User> = followers
        .into_stream()
        .map_ok(|follower| async move {
            let lookup = users::ById::new(follower.id).fields([UserField::PublicMetrics]);
            Ok(client.send(&lookup).await?.body.data)
        })
        .try_buffer_unordered(8)
        .try_filter_map(|user| async { Ok(user) })
        .try_collect()
        .await?;
    users.sort_by_key(|user| {
        std::cmp::Reverse(user.public_metrics.as_ref().and_then(|metrics| metrics.followers_count))
    });
    users.truncate(5);
    Ok(users)
}

/// Counts posts by language, a page at a time.
async fn languages(client: Account) -> Result<String, Error> {
    let search = posts::SearchRecent::new("XAPI").max_results(100).fields([PostField::Lang]);
    let mut counts = std::collections::BTreeMap::<String, u32>::new();
    let mut pages = client.pages(search);
    while let Some(page) = pages.next().await {
        for post in page?.body.data {
            *counts.entry(post.lang.unwrap_or_else(|| "none".to_owned())).or_default() += 1;
        }
    }
    Ok(format!("{counts:?}"))
}
