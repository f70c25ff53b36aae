//! Subscriptions of the X Activity API.

use serde_json::{Map, Value, json};

use super::some;
use crate::activity::{EVENTS, Subscription};
use crate::call::{Call, body_id};
use crate::exchange::Answer;
use crate::page::Page;
use crate::problem::Problem;
use crate::time::Time;
use crate::world::World;

/// The longest tag and the longest keyword.
const LONGEST_TAG: usize = 200;
const LONGEST_KEYWORD: usize = 150;

/// `POST /2/activity/subscriptions`
pub(crate) fn create(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["event_type", "filter", "tag", "webhook_id", "expires_at"])?;
    let event_type = body.get("event_type").and_then(Value::as_str).unwrap_or_default();
    let Some(event_type) = EVENTS.iter().find(|known| **known == event_type) else {
        return Err(Problem::invalid_body(format!("$.event_type: '{event_type}' is no event")));
    };
    let filter = filter(body.get("filter"))?;
    let subscription = Subscription {
        id: world.new_id(call.now),
        event_type,
        filter,
        tag: tag(&body)?,
        webhook: webhook(&body, world)?,
        expires: expires(&body)?,
        created: call.now,
        updated: call.now,
    };
    let same = |other: &Subscription| {
        other.event_type == subscription.event_type && other.filter == subscription.filter
    };
    if world.activity.iter().any(same) {
        return Err(Problem::blank(409, "Conflict", "There is such a subscription already."));
    }
    let data = subscription.json();
    world.activity.push(subscription);
    Ok(subscribed(data, world))
}

/// `GET /2/activity/subscriptions`
pub(crate) fn list(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let size = call.integer("max_results", 1..=1000, 1000)?;
    let user = call.query_id("user_id")?.map(|user| user.to_string());
    let wanted = |subscription: &&Subscription| {
        user.as_ref().is_none_or(|user| subscription.filter["user_id"] == user.as_str())
    };
    let found = world.activity.iter().rev().filter(wanted);
    let entries = found.map(|subscription| (u128::from(subscription.id), subscription)).collect();
    let page = Page::of(call, entries, size)?;
    let mut body = Map::new();
    if let Some(data) = some(page.items.iter().map(|subscription| subscription.json()).collect()) {
        body.insert("data".to_owned(), data);
    }
    body.insert("meta".to_owned(), Value::Object(page.meta()));
    Ok(Answer::json(200, &Value::Object(body)))
}

/// `PUT /2/activity/subscriptions/{subscription_id}`
pub(crate) fn update(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("subscription_id")?;
    let body = call.json(&["tag", "webhook_id"])?;
    let (tag, webhook) = (tag(&body)?, webhook(&body, world)?);
    let Some(subscription) = world.activity.iter_mut().find(|known| known.id == id) else {
        return Err(unknown(id));
    };
    subscription.tag = tag.or_else(|| subscription.tag.take());
    subscription.webhook = webhook.or(subscription.webhook);
    subscription.updated = call.now;
    let data = subscription.json();
    Ok(subscribed(data, world))
}

/// `DELETE /2/activity/subscriptions/{subscription_id}`
pub(crate) fn delete(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("subscription_id")?;
    if !remove(id, world) {
        return Err(unknown(id));
    }
    let total = world.activity.len();
    let body = json!({ "data": { "deleted": true }, "meta": { "total_subscriptions": total } });
    Ok(Answer::json(200, &body))
}

/// `DELETE /2/activity/subscriptions`
pub(crate) fn delete_several(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let data: Vec<Value> = call
        .lookup_ids("ids")?
        .into_iter()
        .map(|id| json!({ "subscription_id": id.to_string(), "deleted": remove(id, world) }))
        .collect();
    let meta = json!({ "total_subscriptions": world.activity.len() });
    Ok(Answer::json(200, &json!({ "data": data, "meta": meta })))
}

fn remove(id: u64, world: &mut World) -> bool {
    let before = world.activity.len();
    world.activity.retain(|subscription| subscription.id != id);
    world.activity.len() < before
}

fn subscribed(subscription: Value, world: &World) -> Answer {
    let total = world.activity.len();
    let data = json!({ "subscription": subscription });
    Answer::json(200, &json!({ "data": data, "meta": { "total_subscriptions": total } }))
}

fn unknown(id: u64) -> Problem {
    Problem::missing("subscription", "subscription_id", &id.to_string())
}

/// A user or a keyword, and perhaps a direction.
fn filter(filter: Option<&Value>) -> Result<Value, Problem> {
    let wrong = |what: &str| Problem::invalid_body(format!("$.filter{what}"));
    let object =
        filter.and_then(Value::as_object).ok_or_else(|| wrong(": an object is expected"))?;
    let (user, keyword) = (body_id(object, "user_id")?, object.get("keyword"));
    if user.is_none() && keyword.is_none() {
        return Err(wrong(": `user_id` or `keyword` is expected"));
    }
    let short = |word: &str| word.chars().count() <= LONGEST_KEYWORD;
    if keyword.is_some_and(|word| !word.as_str().is_some_and(short)) {
        return Err(wrong(".keyword: a string of 150 characters at most is expected"));
    }
    match object.get("direction").map(Value::as_str) {
        None | Some(Some("inbound" | "outbound")) => Ok(Value::Object(object.clone())),
        Some(_) => Err(wrong(".direction: inbound or outbound is expected")),
    }
}

fn tag(body: &Map<String, Value>) -> Result<Option<String>, Problem> {
    let short = |tag: &&str| (1..=LONGEST_TAG).contains(&tag.chars().count());
    match body.get("tag") {
        None | Some(Value::Null) => Ok(None),
        Some(tag) => match tag.as_str().filter(short) {
            Some(tag) => Ok(Some(tag.to_owned())),
            None => {
                Err(Problem::invalid_body("$.tag: a string of 1 to 200 characters is expected"))
            }
        },
    }
}

fn webhook(body: &Map<String, Value>, world: &mut World) -> Result<Option<u64>, Problem> {
    let Some(id) = body_id(body, "webhook_id")? else { return Ok(None) };
    match world.webhooks.find(id) {
        Some(_) => Ok(Some(id)),
        None => Err(Problem::invalid_body("WebhookIdInvalid: there is no webhook of this id.")),
    }
}

fn expires(body: &Map<String, Value>) -> Result<Option<Time>, Problem> {
    match body.get("expires_at") {
        None | Some(Value::Null) => Ok(None),
        Some(time) => match time.as_str().and_then(Time::parse) {
            Some(time) => Ok(Some(time)),
            None => Err(Problem::invalid_body("$.expires_at: a time is expected")),
        },
    }
}
