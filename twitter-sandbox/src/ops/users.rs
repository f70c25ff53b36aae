//! Users by id, by name, and oneself.

use serde_json::Value;

use super::{send, some};
use crate::call::Call;
use crate::exchange::Answer;
use crate::problem::{self, Problem};
use crate::text::is_username;
use crate::view::Reader;
use crate::world::World;

/// `GET /2/users/{id}`
pub(crate) fn by_id(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    one(call, world, call.path_id("id")?)
}

/// `GET /2/users/me`
pub(crate) fn me(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    one(call, world, call.viewer().unwrap_or_default())
}

/// `GET /2/users/by/username/{username}`
pub(crate) fn by_username(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let username = checked("username", call.path_text("username"))?;
    let mut reader = Reader::new(call, world)?;
    let data = named(&mut reader, world, "username", username);
    let body = reader.finish(data, None);
    Ok(send(call, world, body))
}

/// `GET /2/users`
pub(crate) fn by_ids(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let ids = call.lookup_ids("ids")?;
    let mut reader = Reader::new(call, world)?;
    let mut data = Vec::new();
    for id in ids {
        match world.users.get(&id) {
            Some(user) => data.push(reader.user(user)),
            None => reader.error(problem::not_found("user", "ids", &id.to_string())),
        }
    }
    let body = reader.finish(some(data), None);
    Ok(send(call, world, body))
}

/// `GET /2/users/by`
pub(crate) fn by_usernames(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let names = call.lookup_list("usernames")?;
    let mut reader = Reader::new(call, world)?;
    let mut data = Vec::new();
    for name in &names {
        data.extend(named(&mut reader, world, "usernames", checked("usernames", name)?));
    }
    let body = reader.finish(some(data), None);
    Ok(send(call, world, body))
}

fn one(call: &Call<'_>, world: &mut World, id: u64) -> Result<Answer, Problem> {
    let mut reader = Reader::new(call, world)?;
    let user = super::user(&mut reader, world, id);
    let data = user.map(|user| reader.user(user));
    let body = reader.finish(data, None);
    Ok(send(call, world, body))
}

fn named(reader: &mut Reader<'_>, world: &World, parameter: &str, name: &str) -> Option<Value> {
    let user = world.user_named(name);
    if user.is_none() {
        reader.error(problem::not_found("user", parameter, name));
    }
    user.map(|user| reader.user(user))
}

fn checked<'n>(parameter: &str, name: &'n str) -> Result<&'n str, Problem> {
    if is_username(name) {
        return Ok(name);
    }
    let message = format!(
        "The `{parameter}` query parameter value [{name}] does not match ^[A-Za-z0-9_]{{1,15}}$"
    );
    Err(Problem::invalid(parameter, name, message))
}
