//! A user as JSON, with every field that the sandbox has for it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::post::entities;
use crate::text::{Entities, short_link};
use crate::world::{User, World};

/// The fields of a user, in the current vocabulary, as the viewer sees it: all, but of those that take a
/// look at every post or follower only what is wanted.
pub(super) fn fields(
    world: &World,
    user: &User,
    viewer: Option<u64>,
    wanted: &BTreeSet<String>,
) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    let (description, of_description) = Entities::of(&user.description);
    put("id", json!(user.id.to_string()));
    put("name", json!(user.name));
    put("username", json!(user.username));
    put("created_at", json!(user.created.iso()));
    put("description", json!(description));
    put("protected", json!(user.protected));
    put("verified", json!(user.verified_type != "none"));
    put("verified_type", json!(user.verified_type));
    put("parody", json!(false));
    put("is_identity_verified", json!(user.verified_type == "government"));
    put("profile_image_url", json!(image(user, "profile_images", "_normal.png")));
    put("profile_banner_url", json!(image(user, "profile_banners", "")));
    if wanted.contains("public_metrics") {
        put("public_metrics", public_metrics(world, user));
    }
    if wanted.contains("verified_followers_count") {
        put("verified_followers_count", json!(verified_followers(world, user)));
    }
    if let Some(location) = user.location {
        put("location", json!(location));
    }
    let mut profile = Map::new();
    if !of_description.is_empty() {
        profile.insert("description".to_owned(), entities(world, &of_description));
    }
    if let Some(website) = &user.website {
        put("url", json!(short_link(website)));
        let (_, of_url) = Entities::of(website);
        profile.insert("url".to_owned(), entities(world, &of_url));
    }
    if !profile.is_empty() {
        put("entities", Value::Object(profile));
    }
    if let Some(pinned) = user.pinned.filter(|pinned| world.posts.contains_key(pinned)) {
        put("pinned_post_id", json!(pinned.to_string()));
    }
    if wanted.contains("most_recent_post_id")
        && let Some(recent) = most_recent(world, user, viewer)
    {
        put("most_recent_post_id", json!(recent.to_string()));
    }
    if let Some(owner) = user.affiliation {
        put("affiliation", affiliation(world, owner));
    }
    if let Some(viewer) = viewer {
        put("connection_status", connection(world, viewer, user.id));
        put("receives_your_dm", json!(world.follows.contains(user.id, viewer)));
        put("subscription", json!({ "subscribes_to_you": false }));
        put("subscribes_to_you", json!(false));
        if viewer == user.id {
            put("subscription_type", json!("None"));
            put("subscriber_count", json!(0));
            put("confirmed_email", json!(format!("{}@example.com", user.username)));
        }
    }
    fields
}

/// The user's newest post, if the viewer may see it.
pub(super) fn most_recent(world: &World, user: &User, viewer: Option<u64>) -> Option<u64> {
    world.sees(viewer, user.id).then(|| world.posts_of(user.id).next_back())?.map(|post| post.id)
}

fn public_metrics(world: &World, user: &User) -> Value {
    let media: usize = world.posts_of(user.id).map(|post| post.media.len()).sum();
    json!({
        "followers_count": world.follows.to(user.id).count(),
        "following_count": world.follows.from(user.id).count(),
        "post_count": world.posts_of(user.id).count(),
        "listed_count": user.listed,
        "like_count": world.likes.from(user.id).count(),
        "media_count": media,
    })
}

fn verified_followers(world: &World, user: &User) -> usize {
    let verified = |id: &u64| world.users.get(id).is_some_and(|user| user.verified_type != "none");
    world.follows.to(user.id).filter(|(_, follower)| verified(follower)).count()
}

fn connection(world: &World, viewer: u64, user: u64) -> Value {
    let mut status = Vec::new();
    if world.follows.contains(viewer, user) {
        status.push("following");
    }
    if world.follows.contains(user, viewer) {
        status.push("followed_by");
    }
    json!(status)
}

fn affiliation(world: &World, owner: u64) -> Value {
    let name = world.users.get(&owner).map_or("", |user| user.name.as_str());
    json!({
        "badge_url": "https://pbs.example.com/badge.png",
        "description": name,
        "url": "https://example.com/affiliates",
        "user_id": [owner.to_string()],
    })
}

fn image(user: &User, folder: &str, ending: &str) -> String {
    format!("https://pbs.example.com/{folder}/{}{ending}", user.id)
}
