//! Liked posts, liking and unliking.

use std::cmp::Reverse;

use serde_json::json;

use super::{happens, post_page, send, user};
use crate::call::{Call, body_id};
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::Problem;
use crate::view::Reader;
use crate::world::World;

/// `GET /2/users/{id}/liked_tweets`
pub(crate) fn liked(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let size = call.integer("max_results", 5..=100, 100)?;
    let mut reader = Reader::new(call, world)?;
    let body = if user(&mut reader, world, id).is_none() {
        reader.finish(None, None)
    } else {
        let found = world.likes.from(id).filter_map(|(made, post)| {
            let post = world.posts.get(&post)?;
            world.sees(call.viewer(), post.author).then_some((u128::from(made), post))
        });
        let mut posts: Vec<_> = found.collect();
        posts.sort_unstable_by_key(|(made, _)| Reverse(*made));
        post_page(reader, &Page::of(call, posts, size)?, false)
    };
    Ok(send(call, world, body))
}

/// `POST /2/users/{id}/likes`
pub(crate) fn like(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let user = call.acting_user("id")?;
    let body = call.json(&["tweet_id"])?;
    let Some(post) = body_id(&body, "tweet_id")? else {
        return Err(Problem::invalid_body("$.tweet_id: is missing but it is required"));
    };
    let known = world.posts.get(&post).filter(|post| world.sees(Some(user), post.author));
    if known.is_none() {
        return Err(Problem::missing("tweet", "tweet_id", &post.to_string()));
    }
    if !world.likes.contains(user, post) {
        world.likes.add(user, post);
        happens::liked(world, user, post, call.now);
    }
    Ok(Answer::json(200, &json!({ "data": { "liked": true } })))
}

/// `DELETE /2/users/{id}/likes/{tweet_id}`
pub(crate) fn unlike(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let user = call.acting_user("id")?;
    let post = call.path_id("tweet_id")?;
    if world.likes.contains(user, post) {
        world.likes.remove(user, post);
        happens::unliked(world, user, post, call.now);
    }
    Ok(Answer::json(200, &json!({ "data": { "liked": false } })))
}
