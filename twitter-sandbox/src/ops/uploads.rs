//! Uploading media: in segments, or in one request.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use super::multipart::{field, is_multipart};
use crate::call::{Call, body_id};
use crate::exchange::Answer;
use crate::problem::Problem;
use crate::time::{SECOND, Time};
use crate::world::{KEPT, MediaKind, Segment, Stage, Upload, World};

const CATEGORIES: [&str; 8] = [
    "amplify_video",
    "tweet_gif",
    "tweet_image",
    "tweet_video",
    "dm_gif",
    "dm_image",
    "dm_video",
    "subtitles",
];

const TYPES: [&str; 15] = [
    "video/mp4",
    "video/webm",
    "video/mp2t",
    "video/quicktime",
    "text/srt",
    "text/vtt",
    "image/jpeg",
    "image/gif",
    "image/bmp",
    "image/png",
    "image/webp",
    "image/pjpeg",
    "image/tiff",
    "model/gltf-binary",
    "model/vnd.usdz+zip",
];

const MIB: u64 = 1024 * 1024;

/// `POST /2/media/upload/initialize`
pub(crate) fn initialize(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    const KEYS: [&str; 5] =
        ["media_type", "media_category", "total_bytes", "additional_owners", "shared"];
    let body = call.json(&KEYS)?;
    let category = choice(&body, "media_category", &CATEGORIES)?.unwrap_or_default();
    let media_type = choice(&body, "media_type", &TYPES)?;
    let total = body.get("total_bytes").map(|total| {
        let bytes = total.as_u64().filter(|bytes| *bytes <= 16 * 1024 * MIB);
        bytes.ok_or_else(|| Problem::invalid_body("$.total_bytes: must be from 0 to 17179869184"))
    });
    let total = total.transpose()?;
    let mut upload = new(call, world, category);
    upload.media_type = media_type.map(str::to_owned);
    upload.total = total;
    fits(&upload, total.unwrap_or_default())?;
    let answer = shown(&upload, call.now, 0);
    world.uploads.insert(upload.id, upload);
    Ok(answer)
}

/// `POST /2/media/upload/{id}/append`
pub(crate) fn append(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let Sent { media, text: index } = sent(call, "segment_index")?;
    let index = index.parse().ok().filter(|index| *index <= 9_999);
    let index: u32 =
        index.ok_or_else(|| Problem::invalid_body("$.segment_index: must be from 0 to 9999"))?;
    let upload = own(call, world, call.path_id("id")?)?;
    if upload.stage != Stage::Open {
        return Err(Problem::invalid_body("The upload has been finalized already."));
    }
    let replaced = upload.segments.get(&index).map_or(0, |segment| segment.length);
    let size = upload.size() - replaced + media.len() as u64;
    if upload.total.is_some_and(|total| size > total) {
        return Err(Problem::invalid_body("Segments exceed the announced total file size."));
    }
    upload.segments.insert(index, Segment::of(&media));
    let expires = upload.expires.seconds();
    Ok(Answer::json(200, &json!({ "data": { "expires_at": expires } })))
}

/// `POST /2/media/upload/{id}/finalize`
pub(crate) fn finalize(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let takes = world.processing.takes;
    let failing = world.processing.failing > 0;
    let upload = own(call, world, id)?;
    if upload.stage != Stage::Open {
        return Err(Problem::invalid_body("The upload has been finalized already."));
    }
    let in_order = upload.segments.keys().zip(0..).all(|(index, place)| *index == place);
    let is_whole = upload.total.is_none_or(|total| total == upload.size());
    if !in_order || !is_whole || upload.segments.is_empty() {
        let message = "Segments do not add up to provided total file size.";
        return Err(Problem::invalid_body(message));
    }
    fits(upload, upload.size())?;
    let spoilt = end(upload, call.now, takes, failing);
    let answer = shown(upload, call.now, takes);
    world.processing.failing -= u32::from(spoilt);
    Ok(answer)
}

/// `GET /2/media/upload`
pub(crate) fn status(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    if call.text("command").is_some_and(|command| command != "STATUS") {
        let message = "The `command` query parameter value is not one of [STATUS]";
        return Err(Problem::invalid("command", call.text("command").unwrap_or_default(), message));
    }
    call.required("media_id")?;
    let id = call.query_id("media_id")?.unwrap_or_default();
    let takes = world.processing.takes;
    let upload = own(call, world, id)?;
    Ok(shown(upload, call.now, takes))
}

/// `POST /2/media/upload`
pub(crate) fn in_one(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let Sent { media, text: category } = sent(call, "media_category")?;
    if category == "amplify_video" || !CATEGORIES.contains(&category.as_str()) {
        return Err(Problem::invalid_body(
            "$.media_category: does not have a value in the enumeration",
        ));
    }
    let mut upload = new(call, world, &category);
    upload.segments.insert(0, Segment::of(&media));
    fits(&upload, upload.size())?;
    let takes = world.processing.takes;
    let spoilt = end(&mut upload, call.now, takes, world.processing.failing > 0);
    world.processing.failing -= u32::from(spoilt);
    let answer = shown(&upload, call.now, takes);
    world.uploads.insert(upload.id, upload);
    Ok(answer)
}

/// `POST /2/media/metadata`
pub(crate) fn describe(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["id", "metadata"])?;
    let id = body_id(&body, "id")?.unwrap_or_default();
    let metadata = body.get("metadata").and_then(Value::as_object);
    let Some(metadata) = metadata else {
        return Err(Problem::invalid_body("$.metadata: an object is expected"));
    };
    let text = metadata.get("alt_text").and_then(|alt_text| alt_text["text"].as_str());
    if text.is_some_and(|text| text.chars().count() > 1_000) {
        return Err(Problem::invalid_body("$.metadata.alt_text.text: at most 1000 characters"));
    }
    let upload = own(call, world, id)?;
    if let Some(text) = text {
        upload.alt_text = Some(text.to_owned());
    }
    let data = json!({ "id": id.to_string(), "associated_metadata": metadata });
    Ok(Answer::json(200, &json!({ "data": data })))
}

/// `POST /2/media/subtitles`
pub(crate) fn add_subtitles(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["id", "media_category", "subtitles"])?;
    let category = category(&body)?.to_owned();
    let id = body_id(&body, "id")?.unwrap_or_default();
    let Some(subtitles) = body.get("subtitles").and_then(Value::as_object) else {
        return Err(Problem::invalid_body("$.subtitles: an object is expected"));
    };
    let text = |key: &str| subtitles.get(key).and_then(Value::as_str).unwrap_or_default();
    let (language, name) = (language(text("language_code"))?, text("display_name").to_owned());
    let file = body_id(subtitles, "id")?.unwrap_or_default();
    if own(call, world, file)?.category != "subtitles" {
        return Err(Problem::invalid_body("$.subtitles.id: this is no file of subtitles"));
    }
    let video = own(call, world, id)?;
    if video.kind() != Some(MediaKind::Video) {
        return Err(Problem::invalid_body("$.id: this is no video"));
    }
    video.subtitles.insert(language, (file, name));
    let list: Vec<Value> = video
        .subtitles
        .iter()
        .map(|(language, (file, name))| {
            json!({ "id": file.to_string(), "language_code": language, "display_name": name })
        })
        .collect();
    let data = json!({
        "id": id.to_string(), "media_category": category, "associated_subtitles": list,
    });
    Ok(Answer::json(200, &json!({ "data": data })))
}

/// `DELETE /2/media/subtitles`
pub(crate) fn delete_subtitles(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["id", "media_category", "language_code"])?;
    category(&body)?;
    let id = body_id(&body, "id")?.unwrap_or_default();
    let language = body.get("language_code").and_then(Value::as_str).unwrap_or_default();
    let language = self::language(language)?;
    let deleted = own(call, world, id)?.subtitles.remove(&language).is_some();
    Ok(Answer::json(200, &json!({ "data": { "deleted": deleted } })))
}

/// The file and the one text beside it, from either kind of body.
struct Sent {
    media: Vec<u8>,
    text: String,
}

fn sent(call: &Call<'_>, key: &str) -> Result<Sent, Problem> {
    let (media, text) = if is_multipart(call.body) {
        let text = field(call.body, key).map(String::from_utf8_lossy);
        (field(call.body, "media").map(<[u8]>::to_vec), text.map(|text| text.into_owned()))
    } else {
        let body = call.json(&["media", key, "additional_owners"])?;
        let media = body.get("media").and_then(Value::as_str);
        let media = media.and_then(|media| BASE64_STANDARD.decode(media).ok());
        let text = body.get(key).map(|value| match value {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        });
        (media, text)
    };
    match (media.filter(|media| !media.is_empty()), text) {
        (Some(media), Some(text)) => Ok(Sent { media, text }),
        (None, _) => Err(Problem::invalid_body("$.media: is missing but it is required")),
        (_, None) => Err(Problem::invalid_body(format!("$.{key}: is missing but it is required"))),
    }
}

fn new(call: &Call<'_>, world: &mut World, category: &str) -> Upload {
    let id = world.new_id(call.now);
    Upload::new(id, call.viewer().unwrap_or_default(), category, call.now)
}

/// The caller's own upload.
fn own<'w>(call: &Call<'_>, world: &'w mut World, id: u64) -> Result<&'w mut Upload, Problem> {
    world.settle_uploads(call.now);
    let owner = call.viewer().unwrap_or_default();
    let found = world.uploads.get_mut(&id).filter(|upload| upload.owner == owner);
    found.ok_or_else(|| Problem::missing("media", "media_id", &id.to_string()))
}

/// Whether X takes that many bytes of it.
fn fits(upload: &Upload, size: u64) -> Result<(), Problem> {
    let limit = match upload.kind() {
        Some(MediaKind::Photo) => 5 * MIB,
        Some(MediaKind::AnimatedGif) => 15 * MIB,
        Some(MediaKind::Video) => 512 * MIB,
        None => return Ok(()),
    };
    if size <= limit {
        return Ok(());
    }
    let category = &upload.category;
    Err(Problem::invalid_body(format!(
        "File size exceeds {limit} bytes, the most of {category}: {size}."
    )))
}

/// What moves is worked on, and may fail then; the rest is ready at once. Whether it will fail.
fn end(upload: &mut Upload, now: Time, takes: i64, fails: bool) -> bool {
    upload.expires = now.plus(KEPT);
    upload.stage = match upload.kind() {
        Some(MediaKind::Video | MediaKind::AnimatedGif) => {
            Stage::Processing { from: now, to: now.plus(takes), fails }
        }
        _ => Stage::Ready,
    };
    fails && upload.stage != Stage::Ready
}

fn shown(upload: &Upload, now: Time, takes: i64) -> Answer {
    let mut data = json!({
        "id": upload.id.to_string(),
        "media_key": upload.key(),
        "expires_after_secs": upload.expires.seconds() - now.seconds(),
    });
    if upload.stage != Stage::Open {
        data["size"] = json!(upload.size());
        match upload.kind() {
            Some(MediaKind::Photo) => data["image"] = json!({ "w": 1_200, "h": 675 }),
            Some(MediaKind::Video | MediaKind::AnimatedGif) => {
                data["processing_info"] = processing(upload, now, takes);
            }
            None => {}
        }
        if let (Some(MediaKind::Video), Some(media_type)) = (upload.kind(), &upload.media_type) {
            data["video"] = json!({ "video_type": media_type });
        }
    }
    Answer::json(200, &json!({ "data": data }))
}

fn processing(upload: &Upload, now: Time, takes: i64) -> Value {
    match upload.stage {
        Stage::Processing { from, to, .. } => {
            let passed = now.0 - from.0;
            let percent = (passed * 100 / (to.0 - from.0).max(1)).clamp(0, 99);
            // At first it waits for its turn.
            let state = if percent < 25 { "pending" } else { "in_progress" };
            let seconds = (takes / 4 / SECOND).clamp(1, 30);
            json!({ "state": state, "check_after_secs": seconds, "progress_percent": percent })
        }
        Stage::Failed => json!({
            "state": "failed",
            "progress_percent": 50,
            "error": {
                "code": 1, "name": "InvalidMedia", "message": "Unsupported video format",
            },
        }),
        _ => json!({ "state": "succeeded", "progress_percent": 100 }),
    }
}

fn choice<'b>(
    body: &'b Map<String, Value>,
    key: &str,
    values: &[&str],
) -> Result<Option<&'b str>, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if values.contains(&text.as_str()) => Ok(Some(text)),
        Some(_) => Err(Problem::invalid_body(format!(
            "$.{key}: does not have a value in the enumeration [{}]",
            values.join(", ")
        ))),
    }
}

fn category(body: &Map<String, Value>) -> Result<&str, Problem> {
    let category = choice(body, "media_category", &["AmplifyVideo", "TweetVideo"])?;
    category.ok_or_else(|| Problem::invalid_body("$.media_category: is missing but it is required"))
}

fn language(code: &str) -> Result<String, Problem> {
    let fits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let message = "$.language_code: does not match the regex pattern ^[A-Z]{2}$";
    if fits { Ok(code.to_owned()) } else { Err(Problem::invalid_body(message)) }
}
