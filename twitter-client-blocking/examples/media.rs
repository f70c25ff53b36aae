//! A post with a picture: made in memory, described for those who do not see it, uploaded, and shown.
//!
//! ```sh
//! cargo run -p twitter-client-blocking --example media
//! ```
//!
//! Without keys in the environment it starts a sandbox. With keys, it publishes only with `-- --write`, and
//! deletes the post afterwards.

mod shared;

use std::{io::Cursor, process::ExitCode};

use shared::{Outcome, Setup, line, picture};
use twitter_client_blocking::Client;
use twitter_types::{
    fields::{MediaField, PostExpansion},
    posts::{self, NewMedia, NewPost, PostFields},
    upload::{Options, Target, Upload, media_type},
};

fn main() -> ExitCode {
    shared::exit_code(shared::succeeded(run()))
}

fn run() -> Outcome {
    let setup = Setup::new()?;
    let user = setup.user()?.ok_or("set the four keys of OAuth 1.0a, or none for a sandbox")?;
    let client = Client::new(user).with_base_url(setup.base_url.clone());
    setup.print_header("A post with a picture");

    // A file would be uploaded by its path: `upload_file`.
    let flag = picture::flag();
    println!("a picture of {} bytes, {:?}", flag.len(), media_type(&flag));
    if !setup.write {
        println!("it would be published for a moment: run again with -- --write");
        return Ok(());
    }
    let options =
        Options::new(Target::Post).alt_text("A flag of a blue, a white and a yellow stripe");
    let media = client.upload_with(Cursor::new(flag), options, print_progress)?;
    println!("uploaded as {}", media.id);

    let post = NewPost::text(shared::new_text()).with_media(NewMedia::new([media.id])?);
    let created = client.send(&posts::Create::new(post))?;
    let id = created.body.data.ok_or("X wrote no post, and gave no reason")?.id;

    let mut fields = PostFields::default();
    fields.expansions.insert(PostExpansion::AttachmentsMediaKeys);
    fields.media.insert(MediaField::AltText);
    let read = client.send(&posts::ById::new(id).fields(fields));
    if let Ok(reply) = &read {
        let includes = reply.body.includes();
        for media in reply.body.data.iter().flat_map(|post| includes.media(post)) {
            println!(
                "{id} shows {:?}: {}",
                media.kind,
                line(media.alt_text.as_deref().unwrap_or("?"))
            );
        }
    }
    // Even if it could not be read.
    let deleted = client.send(&posts::Delete::new(id));
    deleted.inspect_err(|_| println!("{id} is still there!"))?;
    println!("{id} is deleted");
    read?;
    Ok(())
}

/// After every request; `upload.save()` would be what another process needs to go on.
fn print_progress(upload: &Upload) {
    let progress = upload.progress();
    println!("{:?}: {} of {} bytes", progress.stage, progress.sent, progress.total);
}
