//! Posts by id and by author; creating and deleting them.

use serde_json::{Value, json};

use super::span::Span;
use super::{happens, new_post, open_user, post_page, send, some};
use crate::call::Call;
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::{self, Problem};
use crate::view::Reader;
use crate::world::{Post, World};

/// `GET /2/tweets/{id}`
pub(crate) fn by_id(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let mut reader = Reader::new(call, world)?;
    let data = readable(call, &mut reader, world, "id", id);
    let body = reader.finish(data, None);
    Ok(send(call, world, body))
}

/// `GET /2/tweets`
pub(crate) fn by_ids(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let ids = call.lookup_ids("ids")?;
    let mut reader = Reader::new(call, world)?;
    let mut data = Vec::new();
    for id in ids {
        data.extend(readable(call, &mut reader, world, "ids", id));
    }
    let body = reader.finish(some(data), None);
    Ok(send(call, world, body))
}

/// `GET /2/users/{id}/tweets`
pub(crate) fn of_user(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let size = call.integer("max_results", 5..=100, 10)?;
    let span = Span::of(call)?;
    let exclude = call.list("exclude")?.unwrap_or_default();
    for kind in &exclude {
        if !matches!(kind.as_str(), "replies" | "retweets") {
            let message = format!(
                "The `exclude` query parameter value [{kind}] is not one of [replies,retweets]"
            );
            return Err(Problem::invalid("exclude", kind, message));
        }
    }
    let without = |kind: &str| exclude.iter().any(|excluded| excluded == kind);
    let mut reader = Reader::new(call, world)?;
    let body = if open_user(call, &mut reader, world, id).is_none() {
        reader.finish(None, None)
    } else {
        let shown = |post: &&Post| {
            span.contains(post.id)
                && !(without("replies") && post.reply_to.is_some())
                && !(without("retweets") && post.reposted.is_some())
        };
        let posts = world.posts_of(id).rev().filter(shown);
        let page = Page::of(call, posts.map(|post| (u128::from(post.id), post)).collect(), size)?;
        post_page(reader, &page, true)
    };
    Ok(send(call, world, body))
}

/// `POST /2/tweets`
pub(crate) fn create(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let draft = new_post::draft(call, world)?;
    let id = happens::publish(world, draft, call.now);
    let post = world.posts.get(&id);
    let text = post.map_or("", |post| post.text.as_str());
    let history = post.map(|post| post.history.as_slice()).unwrap_or_default();
    let history: Vec<String> = history.iter().map(u64::to_string).collect();
    // The one reply that kept the old vocabulary.
    let data = json!({ "id": id.to_string(), "text": text, "edit_history_tweet_ids": history });
    Ok(Answer::json(201, &json!({ "data": data })))
}

/// `DELETE /2/tweets/{id}`
pub(crate) fn delete(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let author = world.posts.get(&id).map(|post| post.author);
    match author {
        Some(author) if call.viewer() == Some(author) => {
            world.remove_post(id);
            happens::deleted(world, id, author, call.now);
        }
        Some(_) => return Err(Problem::forbidden("You are not authorized to delete this Tweet.")),
        None => {}
    }
    Ok(Answer::json(200, &json!({ "data": { "deleted": author.is_some() } })))
}

/// A post, or a partial error in its place.
fn readable(
    call: &Call<'_>,
    reader: &mut Reader<'_>,
    world: &World,
    parameter: &str,
    id: u64,
) -> Option<Value> {
    match world.posts.get(&id) {
        Some(post) if world.sees(call.viewer(), post.author) => Some(reader.post(post)),
        Some(_) => {
            reader.error(problem::not_authorized("tweet", parameter, &id.to_string()));
            None
        }
        None => {
            reader.error(problem::not_found("tweet", parameter, &id.to_string()));
            None
        }
    }
}
