//! Recent search.

use std::cmp::Reverse;

use super::span::Span;
use super::{post_page, send};
use crate::call::Call;
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::Problem;
use crate::search;
use crate::view::Reader;
use crate::world::{Post, World};

/// `GET /2/tweets/search/recent`
pub(crate) fn recent(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let text = call.required("query")?;
    let query = search::parse(text).map_err(|error| {
        let message = format!("There were errors processing your request: {error}");
        Problem::invalid("query", text, message)
    })?;
    let size = call.integer("max_results", 10..=100, 10)?;
    let span = Span::recent(call)?;
    let by_relevancy = match call.text("sort_order") {
        None | Some("recency") => false,
        Some("relevancy") => true,
        Some(other) => {
            let message = format!(
                "The `sort_order` query parameter value [{other}] is not one of [recency,relevancy]"
            );
            return Err(Problem::invalid("sort_order", other, message));
        }
    };
    let reader = Reader::new(call, world)?;
    let visible = |post: &&Post| {
        !post.superseded && span.contains(post.id) && world.sees(call.viewer(), post.author)
    };
    let found = world.posts.values().filter(visible).filter(|post| query.matches(post, world));
    let score = |post: &Post| {
        let likes = world.likes.to(post.id).count() as u128;
        if by_relevancy { likes + post.reposts.max(0) as u128 } else { 0 }
    };
    let mut entries: Vec<_> =
        found.map(|post| ((score(post) << 64) | u128::from(post.id), post)).collect();
    entries.sort_unstable_by_key(|(key, _)| Reverse(*key));
    let body = post_page(reader, &Page::of(call, entries, size)?, true);
    Ok(send(call, world, body))
}
