//! The X Activity API: who wants to know of what, and what they are told.

use serde_json::{Map, Value, json};

use crate::streams::{Event, Item, Stream};
use crate::time::Time;
use crate::world::World;

/// A subscription to one kind of event.
pub(crate) struct Subscription {
    pub(crate) id: u64,
    pub(crate) event_type: &'static str,
    /// `user_id` or `keyword`, and perhaps `direction`.
    pub(crate) filter: Value,
    pub(crate) tag: Option<String>,
    pub(crate) webhook: Option<u64>,
    pub(crate) expires: Option<Time>,
    pub(crate) created: Time,
    pub(crate) updated: Time,
}

/// The events that can be subscribed to.
#[rustfmt::skip]
pub(crate) const EVENTS: [&str; 46] = [
    "profile.update.bio", "profile.update.profile_picture", "profile.update.banner_picture",
    "profile.update.screenname", "profile.update.geo", "profile.update.url",
    "profile.update.verified_badge", "profile.update.affiliate_badge", "profile.update.handle",
    "news.new", "follow.follow", "follow.unfollow", "subscriptions.subscribe",
    "subscriptions.unsubscribe", "spaces.start", "spaces.end", "broadcast.start", "broadcast.end",
    "broadcast.chat", "broadcast.chat.remove", "chat.received", "chat.sent",
    "chat.conversation.join", "chat.conversation_join", "chat.conversation.member_added",
    "chat.conversation.member_removed", "chat.conversation.admin_added",
    "chat.conversation.admin_removed", "chat.update.group_name", "chat.update.restrictions",
    "dm.sent", "dm.received", "dm.indicate_typing", "dm.read", "post.create", "post.delete",
    "post.mention.create", "post.reply.create", "post.quote.create", "post.repost.create",
    "like.create", "mute.mute", "mute.unmute", "block.block", "block.unblock", "oauth.revoke",
];

/// Something that a user did, or that was done to one.
pub(crate) struct Activity<'a> {
    pub(crate) event_type: &'a str,
    pub(crate) user: u64,
    /// `outbound` if the user acted and `inbound` if not, where there are two sides.
    pub(crate) direction: Option<&'a str>,
    /// What keywords are looked for in.
    pub(crate) text: &'a str,
    pub(crate) payload: Value,
    pub(crate) includes: Option<Value>,
}

impl Subscription {
    pub(crate) fn json(&self) -> Value {
        let mut data = json!({
            "subscription_id": self.id.to_string(),
            "event_type": self.event_type,
            "filter": self.filter,
            "created_at": self.created.iso(),
            "updated_at": self.updated.iso(),
        });
        let optional = [
            ("tag", self.tag.clone()),
            ("webhook_id", self.webhook.map(|id| id.to_string())),
            ("expires_at", self.expires.map(Time::iso)),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                data[name] = json!(value);
            }
        }
        data
    }

    fn wants(&self, activity: &Activity<'_>, now: Time) -> bool {
        let text = |name: &str| self.filter.get(name).and_then(Value::as_str);
        let user = activity.user.to_string();
        self.event_type == activity.event_type
            && self.expires.is_none_or(|expires| now < expires)
            && text("user_id").is_none_or(|wanted| wanted == user)
            && text("direction").is_none_or(|wanted| activity.direction.is_none_or(|d| d == wanted))
            && text("keyword")
                .is_none_or(|word| activity.text.to_lowercase().contains(&word.to_lowercase()))
    }
}

impl World {
    /// Tells those who have subscribed, by the stream and by their webhooks.
    pub(crate) fn happened(&mut self, activity: &Activity<'_>, now: Time) {
        let wanted = self.activity.iter().filter(|subscription| subscription.wants(activity, now));
        let told: Vec<_> = wanted
            .map(|subscription| {
                let mut data = Map::new();
                data.insert("filter".to_owned(), subscription.filter.clone());
                data.insert("event_type".to_owned(), json!(subscription.event_type));
                if let Some(tag) = &subscription.tag {
                    data.insert("tag".to_owned(), json!(tag));
                }
                data.insert("payload".to_owned(), activity.payload.clone());
                if let Some(includes) = &activity.includes {
                    data.insert("includes".to_owned(), includes.clone());
                }
                (subscription.webhook, data)
            })
            .collect();
        for (webhook, mut data) in told {
            data.insert("event_uuid".to_owned(), json!(self.new_id(now).to_string()));
            let event = json!({ "data": data });
            self.stream(&Item::Event(Event::new(Stream::Activity, None, &event)), now);
            if let Some(webhook) = webhook {
                self.webhooks.send(webhook, &event, now);
            }
        }
    }
}
