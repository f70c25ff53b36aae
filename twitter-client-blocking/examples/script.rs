//! A short script: what developers said of late, and a like for the newest.
//!
//! ```sh
//! cargo run -p twitter-client-blocking --example script
//! ```
//!
//! Without keys in the environment it starts a sandbox. With keys, it likes only with `-- --write`.

mod shared;

use shared::{Setup, line};
use twitter_client_blocking::Client;
use twitter_types::{
    fields::{PostExpansion, PostField},
    posts::{self, PostFields},
    users,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setup = Setup::new()?;
    let user = setup.user()?.ok_or("set the four keys of OAuth 1.0a, or none for a sandbox")?;
    let client = Client::new(user).with_base_url(setup.base_url.clone());
    setup.print_header("A search");

    let mut fields = PostFields::from([PostField::PublicMetrics]);
    fields.expansions.insert(PostExpansion::AuthorId);
    let search = posts::SearchRecent::new("from:XDevelopers -is:retweet").fields(fields);
    let page = client.send(&search)?.body;
    let includes = page.includes();
    for post in &page.data {
        let author = includes.author(post).and_then(|user| user.username.as_deref());
        let likes = post.public_metrics.as_ref().and_then(|metrics| metrics.like_count);
        let (author, text) = (author.unwrap_or("?"), post.text.as_deref().unwrap_or_default());
        println!("{:>4} likes  @{author}: {}", likes.unwrap_or_default(), line(text));
    }

    let Some(newest) = page.data.first().filter(|_| setup.write) else { return Ok(()) };
    let me = client.send(&users::Me::new())?.body.data.ok_or("X does not say who you are")?;
    let liked = client.send(&posts::Like::new(me.id, newest.id))?.body.data;
    println!("liked the first: {:?}", liked.and_then(|data| data.liked));
    Ok(())
}
