//! The filtered stream: rules made to fit, ten posts read, and gone on with after an interruption.
//!
//! ```sh
//! cargo run -p twitter-client-async --example stream_async
//! ```
//!
//! Without keys in the environment it starts a sandbox. With keys, it changes rules only with `-- --write`:
//! then the App's other rules are deleted. X bills each post that comes.

#[path = "../../twitter-client-blocking/examples/shared/mod.rs"]
mod shared;

use std::{
    env, fs,
    path::Path,
    process::{self, ExitCode},
};

use shared::{Outcome, Setup, line};
use twitter_client_async::Client;
use twitter_types::{
    auth::AppToken,
    models::NewRule,
    query::{Is, Target, is, keyword},
    stream::Event,
    streams,
};

#[tokio::main]
async fn main() -> ExitCode {
    shared::exit_code(shared::succeeded(run().await))
}

async fn run() -> Outcome {
    let setup = Setup::new()?;
    let app = setup.app_token()?.ok_or("set X_BEARER_TOKEN, or no key at all for a sandbox")?;
    let client = Client::new(app).with_base_url(setup.base_url.clone());
    setup.print_header("A stream");

    let rule = (keyword("rust")? & !is(Is::Repost)).to_query(Target::Rule)?;
    let rules = [NewRule::new(rule).tag("rust")];
    let synced = if setup.write {
        client.sync_rules(&rules).await?
    } else {
        client.sync_rules_dry_run(&rules).await?
    };
    let (added, deleted) = (synced.added.len(), synced.deleted.len());
    println!("rules: {added} to add, {deleted} to delete, {} to keep", synced.kept.len());
    if !setup.write && added + deleted > 0 {
        println!("nothing was changed: for that, run again with -- --write");
    }

    let path = env::temp_dir().join(format!("stream-{}.json", process::id()));
    read(&setup, &client, &path).await?;
    println!("\nstopped, and begun again from {}", path.display());
    read(&setup, &client, &path).await?;
    fs::remove_file(&path)?;
    Ok(())
}

/// Reads five posts, and keeps where the stream stands behind each.
async fn read(setup: &Setup, client: &Client<AppToken>, path: &Path) -> Outcome {
    let mut stream = client.stream(streams::Filtered::new());
    if path.exists() {
        stream = stream.since(&fs::read_to_string(path)?.parse()?)?;
    }
    let mut posts = 0;
    while let Some(event) = stream.next().await {
        match event? {
            Event::Connected => setup.publish(&["Rust never sleeps"; 5]),
            Event::Item(item) => {
                let tag = item.matching_rules.first().and_then(|rule| rule.tag.as_deref());
                let text = item.data.as_ref().and_then(|post| post.text.as_deref());
                println!("{}: {}", tag.unwrap_or("?"), line(text.unwrap_or_default()));
                // Whatever was to be done with the post is done.
                if let Some(cursor) = stream.cursor() {
                    fs::write(path, cursor.to_string())?;
                }
                posts += 1;
            }
            Event::Gap(gap) => println!("{gap}"),
            event => println!("{event:?}"),
        }
        if posts == 5 {
            break;
        }
    }
    Ok(())
}
