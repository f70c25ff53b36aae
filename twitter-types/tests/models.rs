//! Models against bodies: complete ones, both vocabularies, and what X might send one day.

#[path = "support/judge.rs"]
mod judge;
#[path = "models/properties.rs"]
mod properties;

use judge::{OLD_NAMES, unknown};
use serde_json::{Value, from_str, from_value, json, to_value};
use twitter_types::Page;
use twitter_types::json::Json;
use twitter_types::model::{OldNames, SecretText};
use twitter_types::models::{
    BotCredentials, Includes, JoinedCall, Joins, Media, Meta, Place, Poll, Post, PostPublicMetrics,
    ProjectUsage, ReferenceKind, Source, SourceLink, Usage, User, UserPublicMetrics, VerifiedType,
    Withheld, WithheldScope,
};

/// An object of each kind that a reply brings along, with every field.
const INCLUDES: &str = include_str!("data/includes.json");

fn body(kind: &str) -> Value {
    let includes: Value = from_str(INCLUDES).unwrap();
    includes[kind][0].clone()
}

/// Renames the keys of a body from the current vocabulary to the old, and the scope's value.
fn rename(body: &Value, names: &[(&str, &str)]) -> Value {
    match body {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let new = names.iter().find(|(from, _)| from == name).map_or(&**name, |(_, to)| to);
                let value = match (&**name, value.as_str()) {
                    ("scope", Some("post")) => "tweet".into(),
                    _ => rename(value, names),
                };
                (new.to_owned(), value)
            })
            .collect(),
        Value::Array(values) => values.iter().map(|value| rename(value, names)).collect(),
        _ => body.clone(),
    }
}

#[test]
fn complete_bodies_survive() {
    let body: Value = from_str(INCLUDES).unwrap();
    let includes: Includes = from_str(INCLUDES).unwrap();
    assert_eq!(unknown(&format!("{includes:?}")), None);
    assert_eq!(to_value(&includes).unwrap(), body);
    assert_eq!(to_value(OldNames(&includes)).unwrap(), rename(&body, OLD_NAMES));
    assert_eq!(from_value::<Includes>(body).unwrap(), includes);
    assert_eq!(serde_json::from_reader::<_, Includes>(INCLUDES.as_bytes()).unwrap(), includes);
}

#[test]
fn joins_find_what_the_data_names() {
    let includes: Includes = from_str(INCLUDES).unwrap();
    let joins: Joins<'_> = [&includes].into_iter().collect();
    let post = &includes.posts[0];
    assert_eq!(joins.author(post), Some(&includes.users[0]));
    assert_eq!(joins.answered_user(post), joins.user(post.in_reply_to_user_id.unwrap()));
    assert_eq!(joins.user_named("xdevelopers"), Some(&includes.users[0]));
    assert_eq!(joins.media(post).collect::<Vec<_>>(), [&includes.media[0]]);
    assert_eq!(joins.poll(post), Some(&includes.polls[0]));
    assert_eq!(joins.place(post), Some(&includes.places[0]));
    assert_eq!(joins.mentioned(post).count(), 0, "the whole text mentions nobody");
    let mut short = post.clone();
    short.note_post = None;
    assert_eq!(joins.mentioned(&short).collect::<Vec<_>>(), [&includes.users[0]]);
    assert_eq!(joins.post(post.id), Some(post));
    assert_eq!(joins.post(1.into()), None);
    assert_eq!(joins.call(&includes.calls[0].id), Some(&includes.calls[0]));
    assert_eq!(joins.topic(&includes.topics[0].id), Some(&includes.topics[0]));
    assert_eq!(joins.quoted(post), None, "it did not come along");
    assert_eq!(post.referenced(&ReferenceKind::Quoted), Some(1_346_889_436_626_259_961.into()));
    assert_eq!(post.full_text(), "The whole of a long text");
    assert_eq!(post.full_entities().unwrap().hashtags[0].tag.as_deref(), Some("whole"));
}

#[test]
fn joins_go_across_pages_and_the_last_wins() {
    let page = |name: &str, referenced: &str| -> Page<Post> {
        from_value(json!({
            "data": [{"id": "1", "referenced_posts": [{"type": referenced, "id": "2"}]}],
            "includes": {"users": [{"id": "7", "username": name}], "posts": [{"id": "2"}]},
        }))
        .unwrap()
    };
    let pages = [page("Before", "quoted"), page("After", "replied_to"), page("after", "retweeted")];
    let joins: Joins<'_> = pages.iter().filter_map(|page| page.includes.as_ref()).collect();
    assert_eq!(joins.user(7.into()).unwrap().username.as_deref(), Some("after"));
    assert!(joins.user_named("BEFORE").is_some() && joins.user_named("AFTER").is_some());
    assert!(
        joins.quoted(&pages[0].data[0]).is_some() && joins.replied_to(&pages[0].data[0]).is_none()
    );
    assert!(joins.replied_to(&pages[1].data[0]).is_some());
    assert!(joins.reposted(&pages[2].data[0]).is_some());
    assert_eq!(joins.users(&[7.into(), 8.into()]).count(), 1);
}

#[test]
fn old_vocabulary_reads_alike() {
    let old = rename(&from_str(INCLUDES).unwrap(), OLD_NAMES);
    assert_ne!(old, from_str::<Value>(INCLUDES).unwrap());
    let includes: Includes = from_value(old).unwrap();
    assert_eq!(unknown(&format!("{includes:?}")), None);
    assert_eq!(includes, from_str(INCLUDES).unwrap());
}

#[test]
fn current_name_wins_in_both_orders() {
    for text in [
        r#"{"repost_count":1,"retweet_count":2}"#,
        r#"{"retweet_count":2,"repost_count":1}"#,
        r#"{"retweet_count":2,"repost_count":9,"retweet_count":3,"repost_count":"1"}"#,
        r#"{"repost_count":null,"retweet_count":1}"#,
    ] {
        let metrics: PostPublicMetrics = from_str(text).unwrap();
        assert_eq!(to_value(metrics).unwrap(), json!({"repost_count": 1}), "{text}");
    }
    for text in [
        r#"{"id":"5","edit_history_post_ids":["5"],"edit_history_tweet_ids":["4"],"note_tweet":{"text":"old"},"note_post":{"text":"new"}}"#,
        r#"{"note_post":{"text":"new"},"note_tweet":{"text":"old"},"edit_history_tweet_ids":["4"],"edit_history_post_ids":["5"],"id":"5"}"#,
    ] {
        let post: Post = from_str(text).unwrap();
        assert_eq!(post.edit_history_post_ids, [5.into()]);
        assert_eq!(post.full_text(), "new");
    }
    let leak = r#"{"id":5,"edit_history_post_ids":[],"edit_history_tweet_ids":["4",""]}"#;
    assert_eq!(from_str::<Post>(leak).unwrap().edit_history_post_ids, [4.into()]);
}

#[test]
fn null_absent_and_empty_read_alike() {
    let nulls = nulled(body("posts"), "id", "5");
    assert_eq!(from_value::<Post>(nulls).unwrap(), Post::new(5.into()));
    let nulls = nulled(body("users"), "id", "5");
    assert_eq!(from_value::<User>(nulls).unwrap(), User::new(5.into()));
    let empty = r#"{"posts":[null],"users":[],"media":null}"#;
    assert_eq!(from_str::<Includes>(empty).unwrap(), Includes::new());
}

/// The object with `null` for every value but one.
fn nulled(mut object: Value, id: &str, value: &str) -> Value {
    for (name, member) in object.as_object_mut().unwrap() {
        *member = if name == id { value.into() } else { Value::Null };
    }
    object
}

#[test]
fn numbers_and_texts_read_from_each_other() {
    let metrics: UserPublicMetrics =
        from_str(r#"{"followers_count":"12","listed_count":3.0}"#).unwrap();
    assert_eq!((metrics.followers_count, metrics.listed_count), (Some(12), Some(3)));
    let user: User = from_str(r#"{"id":18446744073709551615,"name":42}"#).unwrap();
    assert_eq!((user.id.as_u64(), user.name.as_deref()), (u64::MAX, Some("42")));
    let media: Media = from_str(r#"{"media_key":"3_1","height":"9"}"#).unwrap();
    assert_eq!(media.height, Some(9));
    let one: User = from_str(r#"{"id":"1","affiliation":{"user_id":"783214"}}"#).unwrap();
    assert_eq!(one.affiliation.unwrap().user_id, [783_214.into()]);
}

#[test]
fn unknown_fields_and_values_are_kept() {
    let body = json!({
        "id": "5",
        "verified_type": "purple",
        "aura": {"colours": [1, -2, 0.5, null, "green", true, u64::MAX, i64::MIN]},
        "public_metrics": {"post_count": 1, "zap_count": 7},
    });
    let user: User = from_value(body.clone()).unwrap();
    assert_eq!(user.verified_type, Some(VerifiedType::Unknown("purple".into())));
    assert_eq!(
        user.extra.get("aura").unwrap().get("colours").unwrap().as_array().unwrap()[0],
        1u64.into()
    );
    assert_eq!(
        user.public_metrics.as_ref().unwrap().extra.get("zap_count").and_then(Json::as_u64),
        Some(7)
    );
    assert_eq!(to_value(&user).unwrap(), body);
}

#[test]
fn wrong_types_are_errors_that_name_the_field() {
    for (text, field) in [
        (r#"{"id":"5","created_at":"yesterday"}"#, "created_at"),
        (r#"{"id":"5","public_metrics":{"like_count":{}}}"#, "like_count"),
        (r#"{"id":"5","public_metrics":{"like_count":-1}}"#, "like_count"),
        (r#"{"id":"5","public_metrics":[]}"#, "public_metrics"),
        (r#"{"id":"5","author_id":"me"}"#, "author_id"),
        (r#"{"id":"5","attachments":{"media_keys":["a/b"]}}"#, "media_keys"),
        (r#"{"id":"5","display_text_range":[1]}"#, "display_text_range"),
        (r#"{"id":"5","context_annotations":[3]}"#, "context_annotations"),
        (r#"{"id":"5","possibly_sensitive":"no"}"#, "possibly_sensitive"),
        (r#"{"id":"5","retweet":1,"edit_history_tweet_ids":{}}"#, "edit_history_tweet_ids"),
        (r#"{"text":"no id"}"#, "id"),
    ] {
        let error = from_str::<Post>(text).unwrap_err();
        assert!(error.is_data(), "{text}: {error}");
        assert!(error.to_string().contains(&format!("`{field}`")), "{text}: {error}");
    }
    assert!(from_str::<Post>(r#"{"id":"5","text":"cut o"#).unwrap_err().is_eof());
    assert!(from_str::<Post>("null").is_err() && from_str::<Post>("[]").is_err());
}

#[test]
fn usage_reads_in_both_forms() {
    let specified = json!({
        "cap_reset_day": 3, "project_cap": "3000000", "project_id": "123", "project_usage": "15420",
        "daily_project_usage": {"project_id": "123", "usage": [{"date": "2026-11-01", "usage": "15420"}]},
        "daily_client_app_usage": [{"client_app_id": "7", "usage": [{"date": "2026-11-01", "usage": "1"}], "usage_result_count": 1}],
    });
    let usage: Usage = from_value(specified.clone()).unwrap();
    assert_eq!(unknown(&format!("{usage:?}")), None);
    assert_eq!((usage.project_cap, usage.project_usage), (Some(3_000_000), Some(15_420)));
    assert_eq!(to_value(&usage).unwrap(), specified);

    let documented = json!({"daily_project_usage": [
        {"date": "2026-11-01", "usage": [{"app_id": "7", "tweets_consumed": 15420}]}
    ]});
    let usage: Usage = from_value(documented.clone()).unwrap();
    assert_eq!(unknown(&format!("{usage:?}")), None);
    assert!(
        matches!(&usage.daily_project_usage, Some(ProjectUsage::ByApp(days)) if days.len() == 1)
    );
    assert_eq!(to_value(&usage).unwrap(), documented);
}

#[test]
fn links_and_scopes_read_in_the_older_forms() {
    let post: Post = from_str(
        r#"{"id":"5","suggested_source_links":["https://a.example",{"expanded_url":"https://b.example"}]}"#,
    )
    .unwrap();
    let links: Vec<_> = post.suggested_source_links.iter().filter_map(SourceLink::url).collect();
    assert_eq!(links, ["https://a.example", "https://b.example"]);
    let withheld: Withheld = from_str(r#"{"scope":"tweet"}"#).unwrap();
    assert_eq!(withheld.scope, Some(WithheldScope::Post));
    assert_eq!(to_value(OldNames(&withheld)).unwrap(), json!({"scope": "tweet"}));
}

#[test]
fn meta_reads_every_kind_of_page() {
    let body = json!({
        "conversation_key_events": ["a2V5"], "has_message_requests": true, "has_more": false,
        "max_bots": 3, "newest_id": "9", "next_token": "b26v89c19zqg8o3f", "oldest_id": "1",
        "previous_token": "77qpymm88g5h9vqk", "result_count": 2, "sent": "2019-08-29T02:07:42.205Z",
        "summary": {"created": 1, "not_created": 0, "valid": 1, "invalid": 0, "deleted": 2, "not_deleted": 0},
        "total_count": 8, "total_post_count": 44, "total_subscriptions": 1,
    });
    let meta: Meta = from_value(body.clone()).unwrap();
    assert_eq!(unknown(&format!("{meta:?}")), None);
    assert_eq!(to_value(meta).unwrap(), body);
    assert_eq!(from_str::<Meta>(r#"{"newest_id":"","result_count":0}"#).unwrap().newest_id, None);
}

#[test]
fn objects_are_meaningless_without_what_identifies_them() {
    assert!(from_str::<Poll>("{}").is_err() && from_str::<Place>("{}").is_err());
    assert!(from_str::<Media>("{}").is_err() && from_str::<User>(r#"{"id":null}"#).is_err());
}

/// What lets whoever has it act is in the JSON, which somebody asked for, and not in a log.
#[test]
fn secrets_are_not_printed() {
    let bot = json!({"id": "1", "token": "abcdefgh"});
    let call = json!({"media_token": "abcdefgh"});
    let read: BotCredentials = from_value(bot.clone()).unwrap();
    assert_eq!(read.token.as_ref().map(SecretText::expose), Some("abcdefgh"));
    assert_eq!(to_value(&read).unwrap(), bot);
    let read_call: JoinedCall = from_value(call.clone()).unwrap();
    assert_eq!(to_value(&read_call).unwrap(), call);
    // The id of a source is its key.
    let source = json!({"id": "abcdefgh", "stream_key": "abcdefgh"});
    let read_source: Source = from_value(source.clone()).unwrap();
    assert_eq!(to_value(&read_source).unwrap(), source);
    for printed in [format!("{read:?}"), format!("{read_call:?}"), format!("{read_source:?}")] {
        assert!(printed.contains("[redacted]") && !printed.contains("abcdefgh"), "{printed}");
    }
}
