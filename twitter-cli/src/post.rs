//! `twitter post` and `twitter search`: the two calls that people make most.

use twitter_types::posts::{self, NewMedia, NewPost};
use twitter_types::text;

use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{self, note};

/// Publishes a post, and prints what X made of it.
pub(crate) fn post(context: &Context, options: &args::Post) -> Result<(), Failure> {
    let words = match options.text.as_str() {
        "-" => std::io::read_to_string(std::io::stdin())?.trim_end().to_owned(),
        words => words.to_owned(),
    };
    let measured = text::measure(&words);
    if words.is_empty() && options.media.is_empty() && options.quote.is_none() {
        return Err(Failure::usage("the text is empty: nothing was posted"));
    }
    if measured.weighted_length > text::MAX_WEIGHTED_LENGTH {
        note!(
            "The text weighs {} of {}: X takes that from some accounts only.",
            measured.weighted_length,
            text::MAX_WEIGHTED_LENGTH
        );
    }
    if text::urls(&words).next().is_some() {
        note!("A post with a link costs more than ten times what one without does.");
    }
    let mut post = NewPost::text(words);
    if let Some(id) = options.reply_to {
        post = post.reply_to(id);
    }
    if let Some(id) = options.quote {
        post = post.with_quote(id);
    }
    if !options.media.is_empty() {
        let media = NewMedia::new(options.media.iter().copied());
        post = post.with_media(media.map_err(|error| Failure::usage(error.to_string()))?);
    }
    let reply = context.client()?.send(&posts::Create::new(post));
    let reply = reply.map_err(|error| context.failure(error))?;
    output::line(&reply.body.data)?;
    Ok(())
}

/// Prints posts, a line of JSON each.
pub(crate) fn search(context: &Context, options: &args::Search) -> Result<(), Failure> {
    // X bills what it returns: pages of one size, whose posts are as many as asked for.
    let pages = options.limit.div_ceil(100).max(1);
    let page = options.limit.div_ceil(pages).clamp(10, 100);
    let page = u16::try_from(page).expect("at most 100");
    let fields = [
        twitter_types::fields::PostField::CreatedAt,
        twitter_types::fields::PostField::PublicMetrics,
    ];
    let search = posts::SearchRecent::new(options.query.as_str()).max_results(page).fields(fields);
    let mut found = 0;
    for post in context.client()?.pages(search).items().take(options.limit) {
        output::line(&post.map_err(|error| context.failure(error))?)?;
        found += 1;
    }
    if found < options.limit.min(1) {
        note!("No post of the last seven days matches.");
    }
    Ok(())
}
