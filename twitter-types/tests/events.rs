//! Events that webhooks deliver: nothing of them is lost, and each has an id that tells repetitions.

#[path = "support/beside.rs"]
mod beside;

use std::fs;

use beside::shared;
use serde_json::{Map, Value, from_slice, from_str, from_value, json, to_value};
use twitter_types::Timestamp;
use twitter_types::json::Json;
use twitter_types::models::{ActivityContent, ActivityEventKind};
use twitter_types::webhook::Event;

fn event(body: Value) -> Event {
    Event::from(from_value::<Json>(body).unwrap())
}

fn content(kind: &str, payload: Value) -> ActivityContent {
    let body = json!({"data": {"event_uuid": "-7", "event_type": kind, "payload": payload}});
    let Event::Activity(activity) = event(body) else { panic!("{kind}") };
    activity.data.unwrap().content()
}

fn content_json(content: &ActivityContent) -> Value {
    match content {
        ActivityContent::Post(post) => to_value(post),
        ActivityContent::PostDeletion(deletion) => to_value(deletion),
        ActivityContent::Like(like) => to_value(like),
        ActivityContent::Follow(pair)
        | ActivityContent::Mute(pair)
        | ActivityContent::Block(pair) => to_value(pair),
        ActivityContent::ProfileChange(change) => to_value(change),
        ActivityContent::News(news) => to_value(news),
        ActivityContent::Message(message) => to_value(message),
        ActivityContent::Chat(chat) => to_value(chat),
        ActivityContent::Space(space) => to_value(space),
        ActivityContent::Broadcast(broadcast) => to_value(broadcast),
        ActivityContent::BroadcastChat(chat) => to_value(chat),
        ActivityContent::Revocation(revocation) => to_value(revocation),
        ActivityContent::Other(payload) => to_value(payload),
        content => panic!("no test knows {content:?}"),
    }
    .unwrap()
}

#[test]
fn every_event_of_the_documentation_is_read_with_nothing_lost() {
    let Some(folder) = shared("x-api/examples/events") else { return };
    let mut files = 0;
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        keeps_all(&name, &event(from_str(&text).unwrap()), &text);

        // What stands where X's own values would.
        let text = ["<USER_ID>", "<WEBHOOK_ID>", "<JOB_ID>", "<REPLAY_JOB_ID>"]
            .into_iter()
            .fold(text, |text, word| text.replace(word, "1234"))
            .replace("yyyy-mm-ddThh:mm:ss.000Z", "2026-11-26T01:02:03.000Z");
        let event = event(from_str(&text).unwrap());
        keeps_all(&name, &event, &text);
        if let Event::Activity(activity) = &event {
            let event = activity.data.as_ref().unwrap();
            let kind = event.event_type.as_ref().unwrap();
            assert!(!matches!(kind, ActivityEventKind::Unknown(_)), "{name}: {kind}");
            let content = event.content();
            let payload = content_json(&content);
            let before: Value = from_str(&text).unwrap();
            assert_eq!(normal(&before["data"]["payload"]), normal(&payload), "{name}");
            let is_empty = payload == json!({});
            assert_eq!(matches!(content, ActivityContent::Other(_)), is_empty, "{name}");
        }
        assert!(!matches!(event, Event::Other(_)), "{name}");
        // The documentation leaves its users and posts empty in these.
        let is_empty = text.contains("{}") && !name.contains('.') | name.contains("_events");
        assert!(event.id().is_some() || is_empty, "{name}");
        files += 1;
    }
    assert!(files >= 30, "{files} files");
}

#[test]
fn the_stream_items_of_webhooks_are_read_with_nothing_lost() {
    let Some(folder) = shared("x-api/examples/stream-items") else { return };
    for name in ["stream.createWebhooksStreamLink.json", "stream.streamPosts.3.json"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let event = event(from_str(&text).unwrap());
        keeps_all(name, &event, &text);
        assert!(matches!(event, Event::FilteredStream(_)), "{name}: {event:?}");
    }
}

fn keeps_all(name: &str, event: &Event, text: &str) {
    let before: Value = from_str(text).unwrap();
    let after = to_value(event).unwrap();
    // The outermost `data` is no wrapping.
    let [before, after] = [before, after].map(|value| json!({"body": value, "end": true}));
    assert_eq!(normal(&before), normal(&after), "{name}");
}

/// A body in the current vocabulary, without what may go missing, and with one spelling of each
/// number, instant and wrapped object.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            if let (1, Some(data @ Value::Object(inner))) = (members.len(), members.get("data"))
                && !inner.contains_key("event_type")
            {
                return normal(data);
            }
            let members = members.iter().map(|(name, value)| (current(name), normal(value)));
            Value::Object(members.filter(|(_, value)| !is_nothing(value)).collect::<Map<_, _>>())
        }
        Value::Array(values) => values.iter().map(normal).collect(),
        Value::Number(number) => number.to_string().into(),
        Value::String(text) => match text.parse::<Timestamp>() {
            Ok(time) => time.to_string().into(),
            Err(_) => current(text).into(),
        },
        value => value.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn current(name: &str) -> String {
    name.replace("liked_tweet_author_id", "tweet_author_id").replace("tweet", "post")
}

#[test]
fn payloads_are_read_by_the_type_of_the_event() {
    let pair = json!({"source": {"data": {"id": "1"}}, "target": {"id": "2"}});
    for (kind, payload) in [
        ("follow.unfollow", &pair),
        ("subscriptions.subscribe", &pair),
        ("mute.unmute", &pair),
        ("block.block", &pair),
        ("post.quote.create", &json!({"id": "20", "text": "a"})),
        ("post.delete", &json!({"id": "20", "author_id": "1"})),
        ("like.create", &json!({"liked_tweet_author_id": "3", "timestamp_ms": 1784927565236_i64})),
        ("profile.update.bio", &json!({"before": "a", "after": "b"})),
        ("news.new", &json!({"id": "2080756868147019827", "name": "a", "headline": "b"})),
        ("chat.received", &json!({"conversation_id": "2:1", "created_at_msec": "1784841233939"})),
        ("chat.conversation_join", &json!({"conversation_id": "g1"})),
        ("spaces.start", &json!({"user": {"data": {"id": "1"}}, "broadcast_id": "1qxv"})),
        ("broadcast.start", &json!({"broadcast_id": "1mG", "duration_ms": 3800})),
        ("oauth.revoke", &json!({"user_id": "1", "date_time": "2026-07-23T21:44:05+00:00"})),
    ] {
        let content = content(kind, payload.clone());
        assert!(!matches!(content, ActivityContent::Other(_)), "{kind}");
        assert_eq!(normal(&content_json(&content)), normal(payload), "{kind}");
    }
    let ActivityContent::Mute(pair) = content("mute.mute", pair) else { panic!() };
    assert_eq!(pair.source.unwrap().id, 1.into());
    let users = json!({"users": {"7": {"data": {"id": "7", "name": "a"}}}});
    let ActivityContent::Message(message) = content("dm.received", users) else { panic!() };
    assert_eq!(message.user(7.into()).unwrap().name.as_deref(), Some("a"));
    assert_eq!(message.user(8.into()), None);
}

#[test]
fn what_has_no_form_is_kept_as_it_came() {
    for kind in ["chat.update.group_name", "dm.read", "broadcast.chat.remove", "of.tomorrow"] {
        let payload = json!({"a": [1, {"b": null}]});
        let content = content(kind, payload.clone());
        assert!(matches!(content, ActivityContent::Other(_)), "{kind}");
        assert_eq!(content_json(&content), payload, "{kind}");
    }
    // A post without an id, and ids that are none.
    assert!(matches!(content("post.create", json!({})), ActivityContent::Other(_)));
    for body in [
        json!({"for_user_id": "somebody", "follow_events": []}),
        json!({"replay_job_status": {"webhook_id": "?"}}),
        json!({"data": [1]}),
        json!({"errors": [{"title": "a"}]}),
        json!({}),
    ] {
        let event = event(body.clone());
        assert!(matches!(event, Event::Other(_)), "{body}");
        assert_eq!(to_value(&event).unwrap(), body);
        assert_eq!(event.id(), None);
    }
}

#[test]
fn an_account_event_names_its_users() {
    let body = json!({
        "for_user_id": "2",
        "user_has_blocked": "false",
        "direct_message_events": [{"type": "message_create", "id": "9"}],
        "users": {"1": {"id": "1", "screen_name": "a", "created_timestamp": "1422556069340"}},
    });
    let Event::AccountActivity(activity) = event(body) else { panic!() };
    assert_eq!(activity.user(1.into()).unwrap().screen_name.as_deref(), Some("a"));
    assert_eq!(activity.user(3.into()), None);
}

#[test]
fn an_id_is_that_of_the_event_and_of_the_subscription() {
    let activity = |kind: &str, user: &str, tag: &str, uuid: &str| {
        event(json!({"data": {
            "event_uuid": uuid, "event_type": kind, "filter": {"user_id": user}, "tag": tag,
            "payload": {"id": "20"},
        }}))
        .id()
        .unwrap()
    };
    let account = |member: &str, value: Value| {
        event(json!({"for_user_id": "1", member: value})).id().unwrap()
    };
    let relation = |kind: &str, time: &str| {
        account(
            "follow_events",
            json!([{
                "type": kind, "created_timestamp": time, "source": {"id": 1}, "target": {"id": "2"},
            }]),
        )
    };
    let ids = [
        activity("post.create", "1", "", "20"),
        // The same post to two subscriptions has the same `event_uuid`.
        activity("post.mention.create", "1", "", "20"),
        activity("post.create", "2", "", "20"),
        activity("post.create", "1", "b", "20"),
        activity("post.create", "1", "", "-20"),
        event(json!({"data": {"id": "20"}, "matching_rules": [{"id": "1"}]})).id().unwrap(),
        event(json!({"replay_job_status": {"job_id": "20", "job_state": "Complete"}}))
            .id()
            .unwrap(),
        account("tweet_create_events", json!([{"id": 20, "id_str": "20"}])),
        event(json!({"for_user_id": "2", "tweet_create_events": [{"id_str": "20"}]})).id().unwrap(),
        account("tweet_delete_events", json!([{"status": {"id": "20"}}])),
        account("favorite_events", json!([{"id": "20"}])),
        account("direct_message_events", json!([{"id": "20"}])),
        account(
            "direct_message_mark_read_events",
            json!([{"sender_id": 1, "target": {"recipient_id": 2}, "created_timestamp": "1"}]),
        ),
        account(
            "direct_message_indicate_typing_events",
            json!([{"sender_id": 1, "target": {"recipient_id": 2}, "created_timestamp": "1"}]),
        ),
        account("replay_event", json!({"job_id": "20"})),
        relation("follow", "1"),
        relation("unfollow", "1"),
        relation("follow", "2"),
        event(json!({"user_event": {"revoke": {
            "date_time": "2018-05-24T09:48:12+00:00", "source": {"user_id": "1"},
        }}}))
        .id()
        .unwrap(),
    ];
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{id}");
    }
    assert_eq!(account("tweet_create_events", json!([{"id": 20}])), ids[7]);
    let nameless: Event =
        event(from_slice(br#"{"for_user_id":"1","tweet_create_events":[{}]}"#).unwrap());
    assert_eq!(nameless.id(), None);
}
