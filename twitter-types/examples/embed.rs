//! Embeds the types and nothing else: prints the posts of a reply with their authors.
//!
//! `cargo run -q -p twitter-types --no-default-features --example embed [-- REPLY.json]`

use std::error::Error;
use std::io::{self, Write};

use twitter_types::Page;
use twitter_types::models::{Joins, Post};

fn main() -> Result<(), Box<dyn Error>> {
    let text = match std::env::args_os().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => REPLY.to_owned(),
    };
    let page: Page<Post> = serde_json::from_str(&text)?;
    let includes = page.includes();
    let mut out = io::stdout().lock();
    for post in &page.data {
        print(&mut out, post, &includes)?;
    }
    Ok(())
}

fn print(out: &mut impl Write, post: &Post, includes: &Joins<'_>) -> io::Result<()> {
    let author = includes.author(post);
    let handle = author.and_then(|user| user.username.as_deref()).unwrap_or("someone");
    let when = post.created_at.or_else(|| post.id.created_at());
    writeln!(out, "@{handle}, {}:", when.map_or_else(|| "long ago".into(), |w| w.to_string()))?;
    writeln!(out, "  {}", post.full_text())?;
    if let Some(metrics) = &post.public_metrics {
        let reposts = metrics.repost_count.unwrap_or_default();
        writeln!(out, "  {reposts} reposts, {} likes", metrics.like_count.unwrap_or_default())?;
    }
    for mention in post.full_entities().iter().flat_map(|entities| &entities.mentions) {
        writeln!(out, "  mentions @{}", mention.username.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

/// Two posts, one in the current vocabulary and one in the old.
const REPLY: &str = r#"{
  "data": [
    {
      "id": "1346889436626259968",
      "author_id": "2244994945",
      "text": "Hello @X, these are the types alone",
      "entities": { "mentions": [{ "start": 6, "end": 8, "username": "X", "id": "783214" }] },
      "public_metrics": { "repost_count": 3, "like_count": 12 }
    },
    {
      "id": "1445880548472328192",
      "author_id": "2244994945",
      "text": "Cut at 280 characters…",
      "note_tweet": { "text": "Whole, however long" },
      "public_metrics": { "retweet_count": 1, "like_count": 5 }
    }
  ],
  "includes": { "users": [{ "id": "2244994945", "username": "XDevelopers", "name": "Developers" }] }
}"#;
