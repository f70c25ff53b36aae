//! Reads and checks the body of `POST /2/tweets`.

use serde_json::{Map, Value};

use crate::call::{Call, body_id};
use crate::problem::Problem;
use crate::text::Entities;
use crate::time::{HOUR, MINUTE, Time};
use crate::world::{Draft, Poll, World};

const KEYS: [&str; 16] = [
    "text",
    "media",
    "poll",
    "reply",
    "quote_tweet_id",
    "reply_settings",
    "geo",
    "community_id",
    "share_with_followers",
    "card_uri",
    "direct_message_deep_link",
    "for_super_followers_only",
    "nullcast",
    "paid_partnership",
    "made_with_ai",
    "edit_options",
];

/// The most code points of a text, in which each link counts 23.
const LONGEST: usize = 280;

/// What the caller wants to post, if X would take it.
pub(super) fn draft(call: &Call<'_>, world: &mut World) -> Result<Draft, Problem> {
    let body = call.json(&KEYS)?;
    let author = call.viewer().unwrap_or_default();
    let mut draft = Draft {
        author,
        text: text(&body, "text")?.unwrap_or_default().to_owned(),
        quoted: body_id(&body, "quote_tweet_id")?,
        community: body_id(&body, "community_id")?,
        reply_settings: text(&body, "reply_settings")?.map(str::to_owned),
        paid_partnership: flag(&body, "paid_partnership")?,
        ..Draft::default()
    };
    for key in ["share_with_followers", "for_super_followers_only", "nullcast", "made_with_ai"] {
        flag(&body, key)?;
    }
    check_settings(&draft)?;
    check_text(&draft, world)?;
    references(&body, &mut draft, world, author)?;
    edit(&body, &mut draft, world, call.now)?;
    attach(&body, &mut draft, world, call.now)?;
    poll(&body, &mut draft, world, call.now)?;
    let empty = draft.text.trim().is_empty()
        && draft.media.is_empty()
        && draft.poll.is_none()
        && draft.quoted.is_none();
    if empty {
        return Err(Problem::invalid_body("Your Tweet text is missing."));
    }
    Ok(draft)
}

fn check_settings(draft: &Draft) -> Result<(), Problem> {
    const SETTINGS: [&str; 4] = ["following", "mentionedUsers", "subscribers", "verified"];
    match draft.reply_settings.as_deref() {
        Some(other) if !SETTINGS.contains(&other) => Err(Problem::invalid_body(format!(
            "$.reply_settings: does not have a value in the enumeration [{}]",
            SETTINGS.join(", ")
        ))),
        _ => Ok(()),
    }
}

fn check_text(draft: &Draft, world: &World) -> Result<(), Problem> {
    let (text, _) = Entities::of(&draft.text);
    let length = text.chars().count();
    if length > LONGEST {
        return Err(Problem::invalid_body(format!(
            "Your Tweet text is too long: {length} characters, where {LONGEST} are allowed."
        )));
    }
    let repeats = !text.trim().is_empty()
        && world.posts_of(draft.author).any(|post| post.text.trim() == text.trim());
    if repeats {
        return Err(Problem::forbidden(
            "You are not allowed to create a Tweet with duplicate content.",
        ));
    }
    Ok(())
}

/// The posts that this one answers or quotes.
fn references(
    body: &Map<String, Value>,
    draft: &mut Draft,
    world: &World,
    author: u64,
) -> Result<(), Problem> {
    let visible =
        |id: u64| world.posts.get(&id).is_some_and(|post| world.sees(Some(author), post.author));
    if let Some(reply) = object(body, "reply")? {
        let parent = body_id(reply, "in_reply_to_tweet_id")?;
        if !parent.is_some_and(visible) {
            return Err(Problem::forbidden(
                "You attempted to reply to a Tweet that is deleted or not visible to you.",
            ));
        }
        draft.reply_to = parent;
    }
    if draft.quoted.is_some_and(|quoted| !visible(quoted)) {
        return Err(Problem::forbidden(
            "You attempted to quote a Tweet that is deleted or not visible to you.",
        ));
    }
    Ok(())
}

/// The earlier version: the caller's own, at most an hour and five edits old.
fn edit(
    body: &Map<String, Value>,
    draft: &mut Draft,
    world: &World,
    now: Time,
) -> Result<(), Problem> {
    let Some(options) = object(body, "edit_options")? else { return Ok(()) };
    let previous = body_id(options, "previous_post_id")?;
    let post = previous.and_then(|id| world.posts.get(&id));
    let editable = post.filter(|post| {
        post.author == draft.author
            && post.latest() == post.id
            && post.history.len() <= 5
            && now < Time::of_id(post.first()).plus(HOUR)
    });
    let Some(post) = editable else {
        return Err(Problem::forbidden("You are not permitted to edit this Tweet."));
    };
    draft.edits = Some(post.id);
    Ok(())
}

fn attach(
    body: &Map<String, Value>,
    draft: &mut Draft,
    world: &mut World,
    now: Time,
) -> Result<(), Problem> {
    if let Some(geo) = object(body, "geo")? {
        let place = text(geo, "place_id")?.unwrap_or_default();
        let Some((id, _)) = world.places.get_key_value(place) else {
            return Err(Problem::invalid_body("$.geo.place_id: there is no such place"));
        };
        draft.place = Some(id);
    }
    if let Some(media) = object(body, "media")? {
        let ids = media.get("media_ids").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if !(1..=4).contains(&ids.len()) {
            return Err(Problem::invalid_body("$.media.media_ids: 1 to 4 ids are expected"));
        }
        for id in ids {
            let id = id.as_str().unwrap_or_default();
            let own = world.media.values().find(|media| {
                let suffix = media.key.split_once('_').map(|(_, suffix)| suffix);
                media.owner == draft.author && suffix == Some(id)
            });
            let own = own.map(|media| media.key.clone()).or_else(|| {
                let id = id.parse().ok()?;
                world.adopt_upload(id, draft.author, now)
            });
            let Some(own) = own else {
                return Err(Problem::invalid_body("Your media IDs are invalid."));
            };
            draft.media.push(own);
        }
    }
    Ok(())
}

fn poll(
    body: &Map<String, Value>,
    draft: &mut Draft,
    world: &mut World,
    now: Time,
) -> Result<(), Problem> {
    let Some(poll) = object(body, "poll")? else { return Ok(()) };
    if !draft.media.is_empty() || draft.quoted.is_some() {
        return Err(Problem::invalid_body(
            "$: a post has a poll, media or a quoted post, not two of them",
        ));
    }
    let labels: Option<Vec<&str>> = poll
        .get("options")
        .and_then(Value::as_array)
        .and_then(|labels| labels.iter().map(Value::as_str).collect());
    let labels = labels.unwrap_or_default();
    let fits = |label: &&str| (1..=25).contains(&label.chars().count());
    if !(2..=4).contains(&labels.len()) || !labels.iter().all(fits) {
        return Err(Problem::invalid_body("$.poll.options: 2 to 4 texts of 1 to 25 characters"));
    }
    let minutes = poll.get("duration_minutes").and_then(Value::as_i64);
    let Some(minutes) = minutes.filter(|minutes| (5..=10_080).contains(minutes)) else {
        return Err(Problem::invalid_body("$.poll.duration_minutes: must be from 5 to 10080"));
    };
    let options = labels.into_iter().map(|label| (label.to_owned(), 0)).collect();
    let id = world.new_id(now);
    world.polls.insert(id, Poll { id, options, minutes, ends: now.plus(minutes * MINUTE) });
    draft.poll = Some(id);
    Ok(())
}

fn text<'b>(body: &'b Map<String, Value>, key: &str) -> Result<Option<&'b str>, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::invalid_body(format!("$.{key}: a string is expected"))),
    }
}

fn flag(body: &Map<String, Value>, key: &str) -> Result<bool, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Problem::invalid_body(format!("$.{key}: a boolean is expected"))),
    }
}

fn object<'b>(
    body: &'b Map<String, Value>,
    key: &str,
) -> Result<Option<&'b Map<String, Value>>, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(Problem::invalid_body(format!("$.{key}: an object is expected"))),
    }
}
