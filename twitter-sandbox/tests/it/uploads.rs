//! Uploaded media: in segments or at once, processed, described, and shown by a post.

use std::time::Duration;

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, Reply, get, post, send};

/// Base64 of `sand`.
const SAND: &str = "c2FuZA==";

fn initialize(sandbox: &Sandbox, category: &str, media_type: &str, total: u64) -> Reply {
    let body =
        json!({ "media_category": category, "media_type": media_type, "total_bytes": total });
    post(sandbox, As::OAuth1, "/2/media/upload/initialize", &body)
}

fn id(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["data"]["id"].as_str().unwrap().to_owned()
}

fn append(sandbox: &Sandbox, id: &str, index: u32) -> Reply {
    let body = json!({ "media": SAND, "segment_index": index });
    post(sandbox, As::OAuth1, &format!("/2/media/upload/{id}/append"), &body)
}

fn finalize(sandbox: &Sandbox, id: &str) -> Reply {
    post(sandbox, As::OAuth1, &format!("/2/media/upload/{id}/finalize"), &Value::Null)
}

fn status(sandbox: &Sandbox, id: &str) -> Value {
    let reply = get(sandbox, As::OAuth1, &format!("/2/media/upload?command=STATUS&media_id={id}"));
    reply.json["data"]["processing_info"].clone()
}

fn show(sandbox: &Sandbox, id: &str) -> Reply {
    let body = json!({ "text": format!("Look: {id}"), "media": { "media_ids": [id] } });
    post(sandbox, As::OAuth1, "/2/tweets", &body)
}

#[test]
fn a_video_is_processed_by_the_clock_and_then_shown() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_media_processing(Duration::from_secs(40));
    let id = id(&initialize(&sandbox, "tweet_video", "video/mp4", 8));
    for index in [1, 0, 1] {
        assert_eq!(append(&sandbox, &id, index).status, 200);
    }
    assert_eq!(show(&sandbox, &id).status, 400);
    let reply = finalize(&sandbox, &id);
    assert_eq!(reply.json["data"]["size"], 8);
    assert_eq!(reply.json["data"]["processing_info"]["state"], "pending");
    assert_eq!(reply.json["data"]["processing_info"]["check_after_secs"], 10);
    assert!(sandbox.holds_media(id.parse().unwrap(), b"sandsand"));
    assert!(!sandbox.holds_media(id.parse().unwrap(), b"sandsane"));
    assert!(!sandbox.holds_media(id.parse().unwrap(), b"sandsandsand"));
    sandbox.advance(Duration::from_secs(20));
    assert_eq!(status(&sandbox, &id)["state"], "in_progress");
    assert_eq!(show(&sandbox, &id).status, 400);
    sandbox.advance(Duration::from_secs(20));
    assert_eq!(status(&sandbox, &id), json!({ "state": "succeeded", "progress_percent": 100 }));
    let posted = show(&sandbox, &id);
    assert_eq!(posted.status, 201, "{}", posted.text);
    let posted = posted.json["data"]["id"].as_str().unwrap();
    let path = format!("/2/tweets/{posted}?expansions=attachments.media_keys");
    let media = &get(&sandbox, As::App, &path).json["includes"]["media"][0];
    assert_eq!(*media, json!({ "media_key": format!("7_{id}"), "type": "video" }));
}

#[test]
fn segments_must_add_up() {
    let sandbox = Sandbox::start().unwrap();
    let id = id(&initialize(&sandbox, "tweet_image", "image/png", 8));
    assert_eq!(append(&sandbox, &id, 1).status, 200);
    let reply = finalize(&sandbox, &id);
    assert_eq!(reply.status, 400);
    let message = &reply.json["errors"][0]["message"];
    assert_eq!(message, "Segments do not add up to provided total file size.");
    assert_eq!(append(&sandbox, &id, 0).status, 200);
    assert_eq!(append(&sandbox, &id, 2).status, 400);
    assert_eq!(append(&sandbox, &id, 10_000).status, 400);
    assert_eq!(finalize(&sandbox, &id).status, 200);
    assert_eq!(finalize(&sandbox, &id).status, 400);
    assert_eq!(append(&sandbox, &id, 0).status, 400);
    assert_eq!(append(&sandbox, "7", 0).status, 404);
}

#[test]
fn sizes_types_and_categories_are_checked() {
    let sandbox = Sandbox::start().unwrap();
    const MIB: u64 = 1024 * 1024;
    for (category, limit) in
        [("tweet_image", 5), ("tweet_gif", 15), ("tweet_video", 512), ("dm_image", 5)]
    {
        assert_eq!(initialize(&sandbox, category, "video/mp4", limit * MIB).status, 200);
        assert_eq!(initialize(&sandbox, category, "video/mp4", limit * MIB + 1).status, 400);
    }
    assert_eq!(initialize(&sandbox, "tweet_film", "video/mp4", 9).status, 400);
    assert_eq!(initialize(&sandbox, "tweet_image", "application/pdf", 9).status, 400);
}

#[test]
fn processing_fails_on_demand_and_once() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next_media();
    let mut states = Vec::new();
    for _ in 0..2 {
        let id = id(&initialize(&sandbox, "tweet_gif", "image/gif", 4));
        append(&sandbox, &id, 0);
        finalize(&sandbox, &id);
        sandbox.advance(Duration::from_secs(2));
        states.push((status(&sandbox, &id)["state"].clone(), show(&sandbox, &id).status));
    }
    assert_eq!(states, [(json!("failed"), 400), (json!("succeeded"), 201)]);
}

#[test]
fn a_picture_at_once_has_alt_text_and_only_its_owner_shows_it() {
    let sandbox = Sandbox::start().unwrap();
    let body = json!({ "media": SAND, "media_category": "tweet_image" });
    let id = id(&post(&sandbox, As::OAuth1, "/2/media/upload", &body));
    let body = json!({ "id": id, "metadata": { "alt_text": { "text": "Sand" } } });
    assert_eq!(post(&sandbox, As::OAuth1, "/2/media/metadata", &body).status, 200);
    let body = json!({ "id": id, "metadata": { "alt_text": { "text": "a".repeat(1001) } } });
    assert_eq!(post(&sandbox, As::OAuth1, "/2/media/metadata", &body).status, 400);
    let posted = show(&sandbox, &id);
    let posted = posted.json["data"]["id"].as_str().unwrap();
    let path =
        format!("/2/tweets/{posted}?expansions=attachments.media_keys&media.fields=alt_text");
    let media = &get(&sandbox, As::App, &path).json["includes"]["media"][0];
    assert_eq!(media["alt_text"], "Sand");
    assert_eq!(show(&sandbox, "7").status, 400);
}

#[test]
fn subtitles_go_to_a_video_and_off_it() {
    let sandbox = Sandbox::start().unwrap();
    let body = json!({ "media": SAND, "media_category": "subtitles" });
    let file = id(&post(&sandbox, As::OAuth1, "/2/media/upload", &body));
    let video = id(&initialize(&sandbox, "tweet_video", "video/mp4", 4));
    let subtitles = |language: &str, id: &str| {
        let subtitles = json!({ "id": file, "language_code": language, "display_name": "English" });
        let body = json!({ "id": id, "media_category": "TweetVideo", "subtitles": subtitles });
        post(&sandbox, As::OAuth1, "/2/media/subtitles", &body)
    };
    let reply = subtitles("EN", &video);
    assert_eq!(reply.json["data"]["associated_subtitles"][0]["id"], file, "{}", reply.text);
    assert_eq!(subtitles("en-GB", &video).status, 400);
    assert_eq!(subtitles("EN", &file).status, 400);
    assert_eq!(show(&sandbox, &file).status, 400);
    let body = json!({ "id": video, "media_category": "TweetVideo", "language_code": "EN" });
    for deleted in [true, false] {
        let reply =
            send(&sandbox, As::OAuth1, "DELETE", "/2/media/subtitles", Some(body.to_string()));
        assert_eq!(reply.json["data"]["deleted"], deleted, "{}", reply.text);
    }
}
