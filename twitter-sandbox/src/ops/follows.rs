//! Followers, followed users, following and unfollowing.

use serde_json::json;

use super::{happens, open_user, send, user_page};
use crate::call::{Call, body_id};
use crate::exchange::Answer;
use crate::problem::Problem;
use crate::view::Reader;
use crate::world::World;

/// `GET /2/users/{id}/followers`
pub(crate) fn followers(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let mut reader = Reader::new(call, world)?;
    let body = match open_user(call, &mut reader, world, id) {
        Some(user) => user_page(call, world, reader, world.follows.to(user.id))?,
        None => reader.finish(None, None),
    };
    Ok(send(call, world, body))
}

/// `GET /2/users/{id}/following`
pub(crate) fn following(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let mut reader = Reader::new(call, world)?;
    let body = match open_user(call, &mut reader, world, id) {
        Some(user) => user_page(call, world, reader, world.follows.from(user.id))?,
        None => reader.finish(None, None),
    };
    Ok(send(call, world, body))
}

/// `POST /2/users/{id}/following`
pub(crate) fn follow(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let follower = call.acting_user("id")?;
    let body = call.json(&["target_user_id"])?;
    let Some(target) = body_id(&body, "target_user_id")? else {
        return Err(Problem::invalid_body("$.target_user_id: is missing but it is required"));
    };
    if target == follower {
        return Err(Problem::invalid_body("You cannot follow yourself."));
    }
    let Some(user) = world.users.get(&target) else {
        return Err(Problem::missing("user", "target_user_id", &target.to_string()));
    };
    // A protected account must consent first, and the sandbox's never does.
    let pending = user.protected && !world.follows.contains(follower, target);
    if !pending && !world.follows.contains(follower, target) {
        world.follows.add(follower, target);
        happens::followed(world, follower, target, true, call.now);
    }
    Ok(Answer::json(200, &json!({ "data": { "following": !pending, "pending_follow": pending } })))
}

/// `DELETE /2/users/{source_user_id}/following/{target_user_id}`
pub(crate) fn unfollow(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let follower = call.acting_user("source_user_id")?;
    let target = call.path_id("target_user_id")?;
    if world.follows.contains(follower, target) {
        world.follows.remove(follower, target);
        happens::followed(world, follower, target, false, call.now);
    }
    Ok(Answer::json(200, &json!({ "data": { "following": false } })))
}
