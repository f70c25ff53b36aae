//! What X delivers.

use serde::ser::{Serialize, Serializer};

use crate::{
    envelope::{Matched, One},
    json::{Json, Object},
    model::Wire,
    models::{
        AccountActivity, AccountMessage, AccountReceipt, AccountRelation, ActivityEvent, Post,
        ReplayJobStatus,
    },
};

/// A delivery of any of the products that use webhooks. It serializes as the JSON that it was read
/// from, with nothing lost.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An event of the X Activity API. [`ActivityEvent::content`] reads its payload.
    Activity(Box<One<ActivityEvent>>),
    /// Events of a user, of the Account Activity API.
    AccountActivity(Box<AccountActivity>),
    /// A post of the filtered stream, with the rules that it matches.
    FilteredStream(Box<Matched<Post>>),
    /// A replay has ended.
    ReplayStatus(Box<ReplayJobStatus>),
    /// Something else that X signed, or that its type does not fit.
    Other(Json),
}

impl Event {
    /// What identifies the event among all that a webhook receives, for
    /// [`Recent`](crate::recent::Recent): a delivery that X repeats has the same, and the same
    /// event for another subscription has another. `None` if the event has nothing that identifies
    /// it.
    ///
    /// The text is good for comparing only.
    pub fn id(&self) -> Option<String> {
        match self {
            Self::Activity(activity) => activity.data.as_ref()?.key(),
            Self::AccountActivity(activity) => account_activity_id(activity),
            Self::FilteredStream(item) => Some(format!("post {}", item.data.as_ref()?.id)),
            Self::ReplayStatus(status) => {
                let state = status.job_state.as_ref()?;
                Some(format!("replay {} {state}", status.job_id.as_ref()?))
            }
            Self::Other(_) => None,
        }
    }
}

impl From<Json> for Event {
    /// Reads what was delivered, after its signature was checked.
    fn from(body: Json) -> Self {
        let typed = body.as_object().and_then(|members| read(&body, members));
        typed.unwrap_or(Self::Other(body))
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Activity(event) => event.serialize(to),
            Self::AccountActivity(event) => event.serialize(to),
            Self::FilteredStream(item) => item.serialize(to),
            Self::ReplayStatus(status) => to.collect_map([("replay_job_status", status)]),
            Self::Other(body) => body.serialize(to),
        }
    }
}

/// The body as the type that its members tell.
fn read(body: &Json, members: &Object) -> Option<Event> {
    if let Some(status) = members.get("replay_job_status").filter(|_| members.len() == 1) {
        return read_as(status).map(Event::ReplayStatus);
    }
    let is_of_account = |name: &str| {
        matches!(name, "for_user_id" | "user_event" | "replay_event") || name.ends_with("_events")
    };
    if members.iter().any(|(name, _)| is_of_account(name)) {
        return read_as(body).map(Event::AccountActivity);
    }
    match members.get("data") {
        Some(data) if data.get("event_type").is_some() => read_as(body).map(Event::Activity),
        Some(Json::Object(_)) => read_as(body).map(Event::FilteredStream),
        _ => None,
    }
}

fn read_as<T: Wire>(json: &Json) -> Option<Box<T>> {
    T::read("", json.clone()).ok().flatten().map(Box::new)
}

/// X counts events, not deliveries, in `event_uuid`: one post is `post.create` to one subscription
/// and `post.mention.create` to another, under the same.
fn account_activity_id(activity: &AccountActivity) -> Option<String> {
    let mut ids = Vec::new();
    for post in &activity.tweet_create_events {
        let id = post.get("id_str").or_else(|| post.get("id"))?;
        let id =
            id.as_str().map_or_else(|| id.as_u64().map(|id| id.to_string()), |id| Some(id.into()));
        ids.push(format!("post {}", id?));
    }
    for deletion in &activity.tweet_delete_events {
        ids.push(format!("delete {}", deletion.status.as_ref()?.id?));
    }
    for like in &activity.favorite_events {
        ids.push(format!("like {}", like.id.as_ref()?));
    }
    let relations = [&activity.follow_events, &activity.block_events, &activity.mute_events];
    for relation in relations.into_iter().flatten() {
        ids.push(relation_id(relation)?);
    }
    for AccountMessage { id, .. } in &activity.direct_message_events {
        ids.push(format!("message {}", (*id)?));
    }
    for receipt in &activity.direct_message_indicate_typing_events {
        ids.push(format!("typing {}", receipt_id(receipt)?));
    }
    for receipt in &activity.direct_message_mark_read_events {
        ids.push(format!("read {}", receipt_id(receipt)?));
    }
    if let Some(revocation) = activity.user_event.as_ref().and_then(|event| event.revoke.as_ref()) {
        let user = revocation.source.as_ref()?.user_id?;
        ids.push(format!("revoke {user} {}", revocation.date_time?));
    }
    if let Some(replay) = &activity.replay_event {
        ids.push(format!("replay {}", replay.job_id.as_ref()?));
    }
    let user = activity.for_user_id.map_or_else(String::new, |id| id.to_string());
    (!ids.is_empty()).then(|| format!("account {user} {}", ids.join(" ")))
}

fn relation_id(relation: &AccountRelation) -> Option<String> {
    let kind = relation.kind.as_ref()?;
    let source = relation.source.as_ref()?.id?;
    let target = relation.target.as_ref()?.id?;
    Some(format!("{kind} {source} {target} {}", relation.created_timestamp?))
}

fn receipt_id(receipt: &AccountReceipt) -> Option<String> {
    let target = receipt.target.as_ref()?.recipient_id?;
    Some(format!("{} {target} {}", receipt.sender_id?, receipt.created_timestamp?))
}
