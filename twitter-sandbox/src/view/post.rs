//! A post as JSON, with every field that the sandbox has for it.

use serde_json::{Map, Value, json};

use crate::text::{Entities, Entity};
use crate::time::{HOUR, Time};
use crate::world::{Post, World};

/// The ids of the domain and the entity of every context annotation: names alone tell them apart.
pub(crate) const CONTEXT_IDS: [&str; 2] = ["46", "848920371311001600"];

/// The App that every post was sent by.
pub(crate) const SOURCE: &str = "Sandbox";

/// Every field of a post, in the current vocabulary.
pub(super) fn fields(world: &World, post: &Post, now: Time) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("id", json!(post.id.to_string()));
    put("text", json!(post.text));
    put("edit_history_post_ids", ids(&post.history));
    put("author_id", json!(post.author.to_string()));
    put("created_at", json!(post.created.iso()));
    put("conversation_id", json!(post.conversation.to_string()));
    put("lang", json!(post.lang));
    put("possibly_sensitive", json!(post.sensitive));
    put("reply_settings", json!(post.reply_settings));
    put("source", json!(SOURCE));
    put("paid_partnership", json!(post.paid_partnership));
    put("display_text_range", json!([display_start(post), post.text.chars().count()]));
    put("edit_controls", edit_controls(post, now));
    put("public_metrics", public_metrics(world, post));
    if let Some(author) = world.users.get(&post.author) {
        put("username", json!(author.username));
    }
    if !post.entities.is_empty() {
        put("entities", entities(world, &post.entities));
    }
    if let Some((text, of_note)) = &post.note {
        let mut note = json!({ "text": text });
        if !of_note.is_empty() {
            note["entities"] = entities(world, of_note);
            strip_previews(&mut note);
        }
        put("note_post", note);
    }
    if let Some((_, user)) = post.reply_to {
        put("in_reply_to_user_id", json!(user.to_string()));
    }
    if let Some(references) = references(post) {
        put("referenced_posts", references);
    }
    if let Some(attachments) = attachments(post) {
        put("attachments", attachments);
        put("media_metadata", media_metadata(world, post));
    }
    if let Some(place) = post.place {
        put("geo", json!({ "place_id": place }));
    }
    if let Some(community) = post.community {
        put("community_id", json!(community.to_string()));
    }
    if let Some((domain, entity)) = post.topic {
        put(
            "context_annotations",
            json!([{
                "domain": { "id": CONTEXT_IDS[0], "name": domain, "description": "A made-up domain" },
                "entity": { "id": CONTEXT_IDS[1], "name": entity },
            }]),
        );
    }
    fields
}

/// Fields that only the author may read.
pub(super) const PRIVATE: [&str; 3] = ["non_public_metrics", "organic_metrics", "promoted_metrics"];

/// Adds the fields that only the author may read.
pub(super) fn add_private(fields: &mut Map<String, Value>, post: &Post) {
    let clicks = post.impressions / 20;
    let mut private = json!({
        "impression_count": post.impressions,
        "url_link_clicks": clicks,
        "user_profile_clicks": clicks / 2,
    });
    fields.insert("non_public_metrics".to_owned(), private.clone());
    private["like_count"] = fields["public_metrics"]["like_count"].clone();
    private["reply_count"] = json!(post.replies);
    private["repost_count"] = json!(post.reposts);
    fields.insert("organic_metrics".to_owned(), private);
}

fn public_metrics(world: &World, post: &Post) -> Value {
    json!({
        "repost_count": post.reposts,
        "reply_count": post.replies,
        "like_count": world.likes.to(post.id).count(),
        "quote_count": post.quotes,
        "bookmark_count": post.bookmarks,
        "impression_count": post.impressions,
    })
}

/// The mentions that open a reply are not displayed.
fn display_start(post: &Post) -> usize {
    let leading = post.entities.mentions.first().filter(|mention| mention.start == 0);
    match (post.reply_to, leading) {
        (Some(_), Some(mention)) => mention.end + 1,
        _ => 0,
    }
}

/// Five edits within an hour; replies may be edited too.
fn edit_controls(post: &Post, now: Time) -> Value {
    let until = Time::of_id(post.first()).plus(HOUR);
    let made = post.history.iter().filter(|version| **version <= post.id).count() as i64 - 1;
    json!({
        "edits_remaining": (5 - made).max(0),
        "is_edit_eligible": post.reposted.is_none() && post.poll.is_none() && now < until,
        "editable_until": until.iso(),
    })
}

fn references(post: &Post) -> Option<Value> {
    let kinds = [
        ("replied_to", post.reply_to.map(|(id, _)| id)),
        ("quoted", post.quoted),
        ("retweeted", post.reposted),
    ];
    let found: Vec<Value> = kinds
        .into_iter()
        .filter_map(|(kind, id)| Some(json!({ "type": kind, "id": id?.to_string() })))
        .collect();
    (!found.is_empty()).then_some(Value::Array(found))
}

fn attachments(post: &Post) -> Option<Value> {
    let mut attachments = Map::new();
    if !post.media.is_empty() {
        attachments.insert("media_keys".to_owned(), json!(post.media));
    }
    if let Some(poll) = post.poll {
        attachments.insert("poll_ids".to_owned(), ids(&[poll]));
    }
    (!attachments.is_empty()).then_some(Value::Object(attachments))
}

fn media_metadata(world: &World, post: &Post) -> Value {
    let known = post.media.iter().filter_map(|key| world.media.get(key));
    known.map(|media| json!({ "media_key": media.key, "alt_text": media.alt_text })).collect()
}

/// Tags, mentions and links with their places in code points.
pub(super) fn entities(world: &World, entities: &Entities) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, list: Vec<Value>| {
        if !list.is_empty() {
            out.insert(name.to_owned(), Value::Array(list));
        }
    };
    put("hashtags", entities.hashtags.iter().map(tag).collect());
    put("cashtags", entities.cashtags.iter().map(tag).collect());
    put(
        "mentions",
        entities.mentions.iter().map(|mention| self::mention(world, mention)).collect(),
    );
    put("urls", entities.urls.iter().map(url).collect());
    Value::Object(out)
}

fn tag(entity: &Entity) -> Value {
    json!({ "start": entity.start, "end": entity.end, "tag": entity.value })
}

fn mention(world: &World, entity: &Entity) -> Value {
    let mut mention = json!({ "start": entity.start, "end": entity.end, "username": entity.value });
    if let Some(user) = world.user_named(&entity.value) {
        mention["id"] = json!(user.id.to_string());
    }
    mention
}

fn url(entity: &Entity) -> Value {
    let expanded = entity.value.as_str();
    let display = expanded.split_once("://").map_or(expanded, |(_, rest)| rest);
    let display = match display.char_indices().nth(26) {
        Some((end, _)) => format!("{}…", &display[..end]),
        None => display.to_owned(),
    };
    json!({
        "start": entity.start,
        "end": entity.end,
        "url": crate::text::short_link(expanded),
        "expanded_url": expanded,
        "display_url": display,
        "unwound_url": expanded,
        "status": 200,
        "title": "A page that does not exist",
        "description": "Links in the sandbox lead nowhere.",
    })
}

/// The links of a note say where they lead, and nothing about what is there.
fn strip_previews(note: &mut Value) {
    let urls = note.pointer_mut("/entities/urls").and_then(Value::as_array_mut);
    for url in urls.into_iter().flatten().filter_map(Value::as_object_mut) {
        url.retain(|key, _| !matches!(&**key, "unwound_url" | "status" | "title" | "description"));
    }
}

fn ids(list: &[u64]) -> Value {
    list.iter().map(|id| Value::String(id.to_string())).collect()
}
