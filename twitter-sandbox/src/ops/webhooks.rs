//! Webhooks: registering, checking and deleting them, and what they receive.

use serde_json::{Value, json};

use super::some;
use crate::call::{Call, body_id};
use crate::exchange::Answer;
use crate::keys::{APP_ID, OWNER_ID};
use crate::problem::Problem;
use crate::streams::Wanted;
use crate::time::{DAY, MINUTE, Time};
use crate::webhooks::{Link, Webhook, is_loopback};
use crate::world::World;

/// The most webhooks of an App: X has several numbers, this is that of its smallest offer.
const WEBHOOKS: usize = 1;
/// The longest address.
const LONGEST: usize = 200;

/// `POST /2/webhooks`
pub(crate) fn create(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["url"])?;
    let Some(url) = body.get("url").and_then(Value::as_str) else {
        return Err(Problem::invalid_body("$.url: a string is expected"));
    };
    if url.chars().count() > LONGEST || !is_loopback(url) {
        return Err(refused(
            "UrlValidationFailed",
            "the sandbox sends to http URLs of this machine alone, of 200 characters at most",
        ));
    }
    let webhooks = &world.webhooks;
    if webhooks.list.iter().any(|webhook| webhook.url == url) {
        return Err(refused("DuplicateUrlFailed", "there is a webhook of this URL"));
    }
    if webhooks.list.len() >= webhooks.most.unwrap_or(WEBHOOKS) {
        return Err(refused("WebhookLimitExceeded", "there are as many webhooks as there may be"));
    }
    let (id, now, owned) = (world.new_id(call.now), call.now, url.to_owned());
    Ok(Answer::after_challenge(url, move |valid, world| {
        if !valid {
            return crc_failed().answer();
        }
        let webhook = Webhook { id, url: owned, created: now, valid };
        let data = json(&webhook);
        world.webhooks.list.push(webhook);
        Answer::json(200, &json!({ "data": data }))
    }))
}

/// `GET /2/webhooks`
pub(crate) fn list(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let fields = call.list("webhook_config.fields")?;
    let data = world.webhooks.list.iter().map(|webhook| {
        let mut data = json(webhook);
        if let (Some(fields), Some(object)) = (&fields, data.as_object_mut()) {
            object.retain(|name, _| name == "id" || fields.contains(name));
        }
        data
    });
    let data: Vec<Value> = data.collect();
    let meta = json!({ "result_count": data.len() });
    Ok(Answer::json(200, &json!({ "data": data, "meta": meta })))
}

/// `DELETE /2/webhooks/{webhook_id}`
pub(crate) fn delete(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    if !world.webhooks.remove(call.path_id("webhook_id")?) {
        return Err(unknown());
    }
    Ok(Answer::json(200, &json!({ "data": { "deleted": true } })))
}

/// `PUT /2/webhooks/{webhook_id}`
pub(crate) fn validate(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("webhook_id")?;
    let url = world.webhooks.find(id).ok_or_else(unknown)?.url.clone();
    Ok(Answer::after_challenge(&url, move |valid, world| {
        if let Some(webhook) = world.webhooks.find(id) {
            webhook.valid = valid;
        }
        if valid {
            Answer::json(200, &json!({ "data": { "valid": true } }))
        } else {
            crc_failed().answer()
        }
    }))
}

/// `POST /2/webhooks/replay`
pub(crate) fn replay(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["webhook_id", "from_date", "to_date"])?;
    let id = body_id(&body, "webhook_id")?;
    let id = id.ok_or_else(|| Problem::invalid_body("$.webhook_id: is missing"))?;
    let date = |key: &str| {
        let text = body.get(key).and_then(Value::as_str).unwrap_or_default();
        minute(text).ok_or_else(|| {
            Problem::invalid_body(format!("$.{key}: a time of the form yyyymmddhhmm is expected"))
        })
    };
    let (from, to) = (date("from_date")?, date("to_date")?);
    if from < call.now.plus(-DAY) || from >= to || to > call.now {
        return Err(Problem::invalid_body(
            "`from_date` must be within the last 24 hours and before `to_date`, which must have passed",
        ));
    }
    world.webhooks.find(id).ok_or_else(unknown)?;
    let job = world.new_id(call.now);
    // The specification counts the last minute in, the documentation does not: it is sent.
    world.webhooks.replay(id, from, to.plus(MINUTE), job);
    let data = json!({ "job_id": job.to_string(), "created_at": call.now.iso() });
    Ok(Answer::json(200, &json!({ "data": data })))
}

/// `GET /2/tweets/search/webhooks`
pub(crate) fn links(_: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let links = world.webhooks.links.iter().map(|link| {
        json!({
            "application_id": APP_ID,
            "business_user_id": OWNER_ID.to_string(),
            "created_at": link.created.iso(),
            "fields": [],
            "instance_id": APP_ID,
            "webhook_id": link.webhook.to_string(),
        })
    });
    let mut body = json!({});
    if let Some(data) = some(links.collect()) {
        body["data"] = data;
    }
    Ok(Answer::json(200, &body))
}

/// `POST /2/tweets/search/webhooks/{webhook_id}`
pub(crate) fn link(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let webhook = call.path_id("webhook_id")?;
    let webhooks = &mut world.webhooks;
    webhooks.find(webhook).ok_or_else(unknown)?;
    webhooks.links.retain(|link| link.webhook != webhook);
    webhooks.links.push(Link { webhook, created: call.now, wanted: Wanted::of_webhook() });
    Ok(Answer::json(200, &json!({ "data": { "provisioned": true } })))
}

/// `DELETE /2/tweets/search/webhooks/{webhook_id}`
pub(crate) fn unlink(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("webhook_id")?;
    let before = world.webhooks.links.len();
    world.webhooks.links.retain(|link| link.webhook != id);
    let deleted = world.webhooks.links.len() < before;
    Ok(Answer::json(200, &json!({ "data": { "deleted": deleted } })))
}

fn json(webhook: &Webhook) -> Value {
    json!({
        "id": webhook.id.to_string(),
        "url": webhook.url,
        "valid": webhook.valid,
        "created_at": webhook.created.iso(),
    })
}

/// Reads `yyyymmddhhmm`.
fn minute(text: &str) -> Option<Time> {
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize, to: usize| text.get(from..to);
    let time = digits.then(|| {
        Some(format!(
            "{}-{}-{}T{}:{}:00Z",
            part(0, 4)?,
            part(4, 6)?,
            part(6, 8)?,
            part(8, 10)?,
            part(10, 12)?
        ))
    });
    Time::parse(&time.flatten()?)
}

fn crc_failed() -> Problem {
    refused("CrcValidationFailed", "the URL did not answer the challenge as the API secret demands")
}

fn unknown() -> Problem {
    refused("WebhookIdInvalid", "there is no webhook of this id")
}

/// A refusal that begins with the reason that X documents.
fn refused(reason: &str, why: &str) -> Problem {
    Problem::invalid_body(format!("{reason}: {why}."))
}
