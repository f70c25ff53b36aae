//! What operations set off: in streams, and for those who have subscribed to activity.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::activity::Activity;
use crate::random;
use crate::streams::{Event, Item, Like, Stream};
use crate::time::Time;
use crate::view::{Reader, Selection};
use crate::world::{Draft, World};

/// Makes a post, sends it to the streams, and tells who has subscribed to it. Returns its id.
pub(crate) fn publish(world: &mut World, draft: Draft, now: Time) -> u64 {
    let id = world.publish(draft, now);
    let Some(post) = world.posts.get(&id) else { return id };
    if post.history.len() > 1 {
        let history: Vec<String> = post.history.iter().map(u64::to_string).collect();
        let edit = json!({ "data": { "tweet_edit": {
            "tweet": { "id": id.to_string() },
            "event_at": now.iso(),
            "initial_tweet_id": history[0],
            "edit_tweet_ids": history,
        } } });
        send(world, Stream::PostsCompliance, id, &edit, now);
    }
    if !world.activity.is_empty() {
        tell_of_post(world, id, now);
    }
    id
}

/// The author has posted, and others were answered, quoted or mentioned.
fn tell_of_post(world: &mut World, id: u64, now: Time) {
    let Some(post) = world.posts.get(&id) else { return };
    let author_of = |id: Option<u64>| Some(world.posts.get(&id?)?.author);
    let mut told = vec![("post.create", post.author)];
    told.extend(post.reply_to.map(|(_, user)| ("post.reply.create", user)));
    told.extend(author_of(post.quoted).map(|user| ("post.quote.create", user)));
    let mentioned = post.entities.mentions.iter();
    let mentioned = mentioned.filter_map(|mention| world.user_named(&mention.value));
    told.extend(mentioned.map(|user| ("post.mention.create", user.id)));
    let text = post.text.clone();
    let mut reader = reader(world, now);
    reader.include_user(post.author);
    let payload = reader.post(post);
    let includes = includes(reader);
    for (event_type, user) in told {
        let (payload, includes) = (payload.clone(), includes.clone());
        let activity =
            Activity { event_type, user, direction: None, text: &text, payload, includes };
        world.happened(&activity, now);
    }
}

/// A post was deleted.
pub(super) fn deleted(world: &mut World, id: u64, author: u64, now: Time) {
    let event = json!({ "data": { "delete": {
        "tweet": { "id": id.to_string(), "author_id": author.to_string() },
        "event_at": now.iso(),
    } } });
    send(world, Stream::PostsCompliance, id, &event, now);
    let payload = json!({ "id": id.to_string(), "author_id": author.to_string() });
    tell(world, "post.delete", &[(author, None)], &payload, None, now);
}

/// A user likes a post now.
pub(super) fn liked(world: &mut World, user: u64, post: u64, now: Time) {
    let Some(author) = world.posts.get(&post).map(|post| post.author) else { return };
    let digits = || random::hexadecimal().unwrap_or_default();
    let like = Like { id: digits() + &digits(), post, author, at: now };
    let payload = json!({
        "id": like.id,
        "created_at": now.iso(),
        "timestamp_ms": now.0.to_string(),
        "liked_tweet_id": post.to_string(),
        "liked_tweet_author_id": author.to_string(),
    });
    let mut reader = reader(world, now);
    reader.include_user(user);
    reader.include_user(author);
    reader.include_post(post);
    let includes = includes(reader);
    if world.sees(None, author) {
        world.stream(&Item::Like(like), now);
    }
    tell(world, "like.create", &sides(user, author), &payload, includes, now);
}

/// A user likes a post no more.
pub(super) fn unliked(world: &mut World, user: u64, post: u64, now: Time) {
    let event = json!({ "data": { "delete": {
        "favorite": { "id": post.to_string(), "user_id": user.to_string() },
        "event_at": now.iso(),
    } } });
    send(world, Stream::LikesCompliance, post, &event, now);
}

/// A user follows another now, or no more.
pub(super) fn followed(world: &mut World, source: u64, target: u64, now_follows: bool, now: Time) {
    let event_type = if now_follows { "follow.follow" } else { "follow.unfollow" };
    let mut reader = reader(world, now);
    let mut user = |id: u64| world.users.get(&id).map(|user| reader.user(user));
    let payload = json!({ "source": { "data": user(source) }, "target": { "data": user(target) } });
    tell(world, event_type, &sides(source, target), &payload, None, now);
}

/// Who acted, and whom it is about.
fn sides(source: u64, target: u64) -> [(u64, Option<&'static str>); 2] {
    [(source, Some("outbound")), (target, Some("inbound"))]
}

fn tell(
    world: &mut World,
    event_type: &str,
    users: &[(u64, Option<&str>)],
    payload: &Value,
    includes: Option<Value>,
    now: Time,
) {
    for &(user, direction) in users {
        let (payload, includes) = (payload.clone(), includes.clone());
        let activity = Activity { event_type, user, direction, text: "", payload, includes };
        world.happened(&activity, now);
    }
}

fn reader(world: &World, now: Time) -> Reader<'_> {
    Reader::of_stream(Arc::new(Selection::of_event()), world, now)
}

/// What a reader has gathered beside data.
fn includes(reader: Reader<'_>) -> Option<Value> {
    let (mut body, _) = reader.finish(None, None);
    body.get_mut("includes").map(Value::take)
}

fn send(world: &mut World, stream: Stream, key: u64, event: &Value, now: Time) {
    world.stream(&Item::Event(Event::new(stream, Some(key), event)), now);
}
