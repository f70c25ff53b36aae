//! What other operations set off in streams.

use serde_json::json;

use crate::random;
use crate::streams::{Event, Item, Like, Stream};
use crate::time::Time;
use crate::world::World;

/// A post was made; an edit is also something that stored posts must follow.
pub(super) fn posted(world: &mut World, id: u64, now: Time) {
    let Some(post) = world.posts.get(&id).filter(|post| post.history.len() > 1) else { return };
    let history: Vec<String> = post.history.iter().map(u64::to_string).collect();
    let edit = json!({ "data": { "tweet_edit": {
        "tweet": { "id": id.to_string() },
        "event_at": now.iso(),
        "initial_tweet_id": history[0],
        "edit_tweet_ids": history,
    } } });
    send(world, Stream::PostsCompliance, id, &edit, now);
}

/// A post was deleted.
pub(super) fn deleted(world: &mut World, id: u64, author: u64, now: Time) {
    let event = json!({ "data": { "delete": {
        "tweet": { "id": id.to_string(), "author_id": author.to_string() },
        "event_at": now.iso(),
    } } });
    send(world, Stream::PostsCompliance, id, &event, now);
}

/// A user likes a post now.
pub(super) fn liked(world: &mut World, post: u64, now: Time) {
    let Some(author) = world.posts.get(&post).map(|post| post.author) else { return };
    if world.sees(None, author) {
        let id =
            random::hexadecimal().unwrap_or_default() + &random::hexadecimal().unwrap_or_default();
        world.stream(&Item::Like(Like { id, post, author, at: now }), now);
    }
}

/// A user likes a post no more.
pub(super) fn unliked(world: &mut World, user: u64, post: u64, now: Time) {
    let event = json!({ "data": { "delete": {
        "favorite": { "id": post.to_string(), "user_id": user.to_string() },
        "event_at": now.iso(),
    } } });
    send(world, Stream::LikesCompliance, post, &event, now);
}

fn send(world: &mut World, stream: Stream, key: u64, event: &serde_json::Value, now: Time) {
    world.stream(&Item::Event(Event::new(stream, Some(key), event)), now);
}
