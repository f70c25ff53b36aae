//! A search: a typed query, pages with their authors, and the same list gone on with later.
//!
//! ```sh
//! cargo run -p twitter-client-async --example search_async
//! ```
//!
//! Without keys in the environment it starts a sandbox. It only reads. X bills each post and each author
//! that it returns: here forty posts at most.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use std::process::ExitCode;

use shared::{Outcome, Setup, line};
use twitter_client_async::Client;
use twitter_types::{
    endpoint::Cursor,
    fields::{PostExpansion, PostField},
    posts::{self, PostFields},
    query::{Is, Target, hashtag, is, keyword},
};

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit_code(shared::succeeded(run().await))
}

async fn run() -> Outcome {
    let setup = Setup::new()?;
    let app = setup.app_token()?.ok_or("set X_BEARER_TOKEN, or no key at all for a sandbox")?;
    let client = Client::new(app).with_base_url(setup.base_url.clone());
    setup.print_header("A search");

    let query = (keyword("rust programming")? | hashtag("rustlang")?) & !is(Is::Repost);
    let query = query.to_query(Target::RecentSearch)?;
    println!("{query}");
    let mut fields = PostFields::from([PostField::PublicMetrics]);
    fields.expansions.insert(PostExpansion::AuthorId);
    let search = posts::SearchRecent::new(query).max_results(10).fields(fields);

    println!("\nThe first two pages");
    let mut pages = client.pages(search.clone()).with_page_limit(2);
    while let Some(page) = pages.next().await {
        let page = page?;
        let includes = page.body.includes();
        for post in &page.body.data {
            let author = includes.author(post).and_then(|user| user.username.as_deref());
            let likes = post.public_metrics.as_ref().and_then(|metrics| metrics.like_count);
            let (author, text) = (author.unwrap_or("?"), post.text.as_deref().unwrap_or_default());
            println!("{:>4} likes  @{author}: {}", likes.unwrap_or_default(), line(text));
        }
        let left = page.rate_limits.window.map(|window| window.remaining);
        println!("   {} posts so far; calls left: {left:?}", pages.cursor().items());
    }
    let saved = pages.cursor().to_string(); // in a file, say
    println!("ended: {:?}; it goes on at {saved}", pages.stop());

    println!("\nThe next twenty, perhaps on another day");
    let cursor: Cursor = saved.parse()?;
    let mut posts = client.resume_pages(search, &cursor)?.with_item_limit(20).items();
    while let Some(post) = posts.next().await {
        let post = post?;
        let text = line(post.text.as_deref().unwrap_or_default());
        println!("{:>4}: {text}", posts.cursor().items());
    }
    println!("ended: {:?}", posts.stop());
    Ok(())
}
