//! Media, polls and places as JSON.

use serde_json::{Map, Value, json};

use crate::time::Time;
use crate::world::{Media, MediaKind, Place, Poll};

/// Every field of a media object, as the viewer sees it.
pub(super) fn media(media: &Media, viewer: Option<u64>) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("media_key", json!(media.key));
    put("width", json!(media.width));
    put("height", json!(media.height));
    let file = |ending: &str| format!("https://pbs.example.com/media/{}{ending}", media.key);
    match media.kind {
        MediaKind::Photo => {
            put("type", json!("photo"));
            put("url", json!(file(".jpg")));
        }
        MediaKind::Video => {
            put("type", json!("video"));
            put("preview_image_url", json!(file(".jpg")));
            put("public_metrics", json!({ "view_count": media.views }));
            put(
                "variants",
                json!([
                    { "bit_rate": 832_000, "content_type": "video/mp4", "url": file(".360.mp4") },
                    { "bit_rate": 2_176_000, "content_type": "video/mp4", "url": file(".720.mp4") },
                    { "content_type": "application/x-mpegURL", "url": file(".m3u8") },
                ]),
            );
            if viewer == Some(media.owner) {
                put("non_public_metrics", playback(media));
                let mut organic = playback(media);
                organic["view_count"] = json!(media.views);
                put("organic_metrics", organic);
            }
        }
        MediaKind::AnimatedGif => {
            put("type", json!("animated_gif"));
            put("preview_image_url", json!(file(".jpg")));
            put(
                "variants",
                json!([{ "bit_rate": 0, "content_type": "video/mp4", "url": file(".mp4") }]),
            );
        }
    }
    if let Some(text) = &media.alt_text {
        put("alt_text", json!(text));
    }
    if let Some(duration) = media.duration_ms {
        put("duration_ms", json!(duration));
    }
    fields
}

fn playback(media: &Media) -> Value {
    json!({
        "playback_0_count": media.views,
        "playback_25_count": media.views / 2,
        "playback_50_count": media.views / 3,
        "playback_75_count": media.views / 4,
        "playback_100_count": media.views / 5,
    })
}

/// Every field of a poll.
pub(super) fn poll(poll: &Poll, now: Time) -> Map<String, Value> {
    let options: Vec<Value> = poll
        .options
        .iter()
        .zip(1..)
        .map(|((label, votes), position)| {
            json!({ "position": position, "label": label, "votes": votes })
        })
        .collect();
    object(json!({
        "id": poll.id.to_string(),
        "options": options,
        "duration_minutes": poll.minutes,
        "end_datetime": poll.ends.iso(),
        "voting_status": if now < poll.ends { "open" } else { "closed" },
    }))
}

/// Every field of a place.
pub(super) fn place(place: &Place) -> Map<String, Value> {
    object(json!({
        "id": place.id,
        "name": place.name,
        "full_name": format!("{}, {}", place.name, place.country),
        "country": place.country,
        "country_code": place.country_code,
        "place_type": place.place_type,
        "contained_within": [],
        "geo": { "type": "Feature", "bbox": place.bounds, "properties": {} },
    }))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
