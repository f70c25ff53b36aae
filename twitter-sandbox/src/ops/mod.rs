//! The operations themselves: what each reads and changes.

pub(crate) mod activity;
pub(crate) mod compliance;
pub(crate) mod connections;
pub(crate) mod follows;
mod happens;
pub(crate) mod likes;
mod multipart;
mod new_post;
pub(crate) mod posts;
pub(crate) mod rules;
pub(crate) mod search;
mod span;
pub(crate) mod streams;
pub(crate) mod uploads;
pub(crate) mod usage;
pub(crate) mod users;
pub(crate) mod webhooks;

use serde_json::{Map, Value, json};

pub(crate) use self::happens::publish;
use crate::call::Call;
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::{self, Problem};
use crate::view::Reader;
use crate::world::{Post, User, World};

/// Looks at a user in the path; a partial error if there is none.
fn user<'w>(reader: &mut Reader<'_>, world: &'w World, id: u64) -> Option<&'w User> {
    let user = world.users.get(&id);
    if user.is_none() {
        reader.error(problem::not_found("user", "id", &id.to_string()));
    }
    user
}

/// The same, if the caller may also see what the user posts and whom they follow.
fn open_user<'w>(
    call: &Call<'_>,
    reader: &mut Reader<'_>,
    world: &'w World,
    id: u64,
) -> Option<&'w User> {
    let user = user(reader, world, id)?;
    if world.sees(call.viewer(), id) {
        return Some(user);
    }
    reader.error(problem::not_authorized("user", "id", &id.to_string()));
    None
}

/// A page of users, each with the number of the relation that leads to it.
fn user_page(
    call: &Call<'_>,
    world: &World,
    mut reader: Reader<'_>,
    links: impl Iterator<Item = (u64, u64)>,
) -> Result<(Value, usize), Problem> {
    let size = call.integer("max_results", 1..=1000, 100)?;
    let mut links: Vec<_> = links.map(|(made, user)| (u128::from(made), user)).collect();
    links.sort_unstable_by_key(|(made, _)| std::cmp::Reverse(*made));
    let page = Page::of(call, links, size)?;
    let found = page.items.iter().filter_map(|id| world.users.get(id));
    let data: Vec<Value> = found.map(|user| reader.user(user)).collect();
    Ok(reader.finish(some(data), Some(Value::Object(page.meta()))))
}

/// A page of posts that are sorted by falling keys.
fn post_page(
    mut reader: Reader<'_>,
    page: &Page<&Post>,
    newest_and_oldest: bool,
) -> (Value, usize) {
    let mut meta = page.meta();
    if newest_and_oldest {
        add_ends(&mut meta, &page.items);
    }
    let data: Vec<Value> = page.items.iter().map(|post| reader.post(post)).collect();
    reader.finish(some(data), Some(Value::Object(meta)))
}

fn add_ends(meta: &mut Map<String, Value>, posts: &[&Post]) {
    let ids = || posts.iter().map(|post| post.id);
    for (name, id) in [("newest_id", ids().max()), ("oldest_id", ids().min())] {
        if let Some(id) = id {
            meta.insert(name.to_owned(), json!(id.to_string()));
        }
    }
}

/// X leaves an empty list out.
fn some(list: Vec<Value>) -> Option<Value> {
    (!list.is_empty()).then_some(Value::Array(list))
}

/// Counts the posts of a reply, and sends it.
fn send(call: &Call<'_>, world: &mut World, (body, posts): (Value, usize)) -> Answer {
    world.usage.count(call.now, posts);
    Answer::json(200, &body)
}
