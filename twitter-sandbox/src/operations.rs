//! The table of operations: one line for each that has a state behind it.

use std::sync::LazyLock;

use crate::call::Call;
use crate::exchange::Answer;
use crate::made_up;
use crate::ops::{
    activity, compliance, connections, follows, likes, posts, rules, search, streams, uploads,
    usage, users, webhooks,
};
use crate::problem::Problem;
use crate::record::CredentialKind;
use crate::world::World;

/// One operation of the API, and what answers it.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// The `operationId` of X's specification.
    pub(crate) id: &'static str,
    pub(crate) accepts: &'static [CredentialKind],
    /// What an OAuth 2.0 user token must be allowed.
    pub(crate) scopes: &'static [&'static str],
    /// Calls per 15 minutes.
    pub(crate) window: Limit,
    /// Calls per 24 hours.
    pub(crate) day: Limit,
    /// The names of the query's parameters.
    pub(crate) query: &'static [&'static [&'static str]],
    pub(crate) handler: Handler,
}

/// Answers a call.
pub(crate) type Handler = fn(&Call<'_>, &mut World) -> Result<Answer, Problem>;

/// A number of calls for the App and for each user.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) per_app: Option<u32>,
    pub(crate) per_user: Option<u32>,
}

/// Every operation that the sandbox answers: those of the table, and the rest of X's.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let is_new = |operation: &Operation| TABLE.iter().all(|known| known.id != operation.id);
    TABLE.iter().copied().chain(made_up::operations().filter(is_new)).collect()
});

/// The operations with a state behind them. Limits are those of X's documentation.
#[rustfmt::skip]
static TABLE: &[Operation] = &[
    get("/2/activity/subscriptions", "getActivitySubscriptions", ANYONE, &["like.read", "tweet.read"], both(500, 500), &[PAGE, &["user_id"]], activity::list),
    post("/2/activity/subscriptions", "createActivitySubscription", ANYONE, &[], both(500, 500), activity::create),
    delete("/2/activity/subscriptions", "deleteActivitySubscriptionsByIds", APP, &[], app(500), activity::delete_several).with(&[&["ids"]]),
    delete("/2/activity/subscriptions/{subscription_id}", "deleteActivitySubscription", ANYONE, &[], both(500, 500), activity::delete),
    write("PUT", "/2/activity/subscriptions/{subscription_id}", "updateActivitySubscription", ANYONE, &[], both(500, 500), activity::update),
    get("/2/connections", "getConnectionHistory", APP, &[], app(900), &[connections::LIST, PAGE], connections::list),
    delete("/2/connections", "deleteConnectionsByUuids", APP, &[], app(900), connections::delete),
    delete("/2/connections/all", "deleteAllConnections", APP, &[], app(25), connections::delete_all),
    delete("/2/connections/{endpoint_id}", "deleteConnectionsByEndpoint", APP, &[], app(900), connections::delete_of),
    get("/2/compliance/jobs", "getComplianceJobs", APP, &[], app(150), &[&["type", "status"], JOBS], compliance::list),
    Operation { query: &[JOBS], ..post("/2/compliance/jobs", "createComplianceJobs", APP, &[], app(150), compliance::create) },
    get("/2/compliance/jobs/{id}", "getComplianceJobsById", APP, &[], app(150), &[JOBS], compliance::by_id),
    post("/2/media/metadata", "createMediaMetadata", ANY_USER, WRITE_MEDIA, user(500), uploads::describe).daily_app(50_000),
    post("/2/media/subtitles", "createMediaSubtitles", ANY_USER, WRITE_MEDIA, user(100), uploads::add_subtitles).daily_app(10_000),
    delete("/2/media/subtitles", "deleteMediaSubtitles", ANY_USER, WRITE_MEDIA, user(100), uploads::delete_subtitles).daily_app(10_000),
    get("/2/media/upload", "getMediaUploadStatus", ANY_USER, WRITE_MEDIA, user(1_000), &[&["media_id", "command"]], uploads::status).daily_app(100_000),
    post("/2/media/upload", "mediaUpload", ANY_USER, WRITE_MEDIA, user(500), uploads::in_one).daily_app(50_000),
    post("/2/media/upload/initialize", "initializeMediaUpload", ANY_USER, WRITE_MEDIA, user(1_875), uploads::initialize).daily_app(180_000),
    post("/2/media/upload/{id}/append", "appendMediaUpload", ANY_USER, WRITE_MEDIA, user(1_875), uploads::append).daily_app(180_000),
    post("/2/media/upload/{id}/finalize", "finalizeMediaUpload", ANY_USER, WRITE_MEDIA, user(1_875), uploads::finalize).daily_app(180_000),
    get("/2/tweets", "getPostsByIds", ANYONE, READ, both(3500, 5000), &[&["ids"], POSTS], posts::by_ids),
    get("/2/tweets/{id}", "getPostsById", ANYONE, READ, both(450, 900), &[POSTS], posts::by_id),
    get("/2/tweets/search/recent", "searchPostsRecent", ANYONE, READ, both(450, 300), &[SEARCH, SPAN, PAGE, POSTS], search::recent),
    post("/2/tweets", "createPosts", ANY_USER, WRITE, user(100), posts::create).daily(Some(10_000), 2_400),
    delete("/2/tweets/{id}", "deletePosts", ANY_USER, WRITE, user(50), posts::delete),
    get("/2/tweets/search/stream/rules", "getRules", APP, &[], app(450), &[&["ids"], PAGE], rules::list),
    post("/2/tweets/search/stream/rules", "updateRules", APP, &[], app(100), rules::update).with(&[&["dry_run", "delete_all"]]),
    get("/2/tweets/search/stream/rules/counts", "getRuleCounts", APP, &[], app(450), &[&["rules_count.fields"]], rules::count),
    stream("/2/tweets/search/stream", "streamPosts", 50, &[REPLAY, STREAM]),
    stream("/2/tweets/sample/stream", "streamPostsSample", 900, &[BACKFILL, STREAM]),
    stream("/2/tweets/sample10/stream", "streamPostsSample10", 100, &[PARTITION, REPLAY, STREAM]),
    stream("/2/tweets/firehose/stream", "streamPostsFirehose", 900, &[PARTITION, REPLAY, STREAM]),
    stream("/2/tweets/firehose/stream/lang/en", "streamPostsFirehoseEn", 900, &[PARTITION, REPLAY, STREAM]),
    stream("/2/tweets/firehose/stream/lang/ja", "streamPostsFirehoseJa", 900, &[PARTITION, REPLAY, STREAM]),
    stream("/2/tweets/firehose/stream/lang/ko", "streamPostsFirehoseKo", 900, &[PARTITION, REPLAY, STREAM]),
    stream("/2/tweets/firehose/stream/lang/pt", "streamPostsFirehosePt", 900, &[PARTITION, REPLAY, STREAM]),
    stream("/2/likes/firehose/stream", "streamLikesFirehose", 900, &[PARTITION, REPLAY, LIKES]),
    stream("/2/likes/sample10/stream", "streamLikesSample10", 900, &[PARTITION, REPLAY, LIKES]),
    stream("/2/tweets/compliance/stream", "streamPostsCompliance", 900, &[PARTITION, REPLAY]),
    stream("/2/users/compliance/stream", "streamUsersCompliance", 900, &[PARTITION, REPLAY]),
    stream("/2/likes/compliance/stream", "streamLikesCompliance", 900, &[REPLAY]),
    stream("/2/tweets/label/stream", "streamLabelsCompliance", 900, &[REPLAY]),
    stream("/2/activity/stream", "activityStream", 450, &[REPLAY]),
    get("/2/tweets/search/webhooks", "getWebhooksStreamLinks", APP, &[], app(900), &[], webhooks::links),
    post("/2/tweets/search/webhooks/{webhook_id}", "createWebhooksStreamLink", APP, &[], app(900), webhooks::link),
    delete("/2/tweets/search/webhooks/{webhook_id}", "deleteWebhooksStreamLink", APP, &[], app(900), webhooks::unlink),
    get("/2/usage/tweets", "getUsage", APP, &[], app(50), &[&["days", "usage.fields"]], usage::posts),
    get("/2/users", "getUsersByIds", ANYONE, READ, both(300, 900), &[&["ids"], USERS], users::by_ids),
    get("/2/users/by", "getUsersByUsernames", ANYONE, READ, both(300, 900), &[&["usernames"], USERS], users::by_usernames),
    get("/2/users/by/username/{username}", "getUsersByUsername", ANYONE, READ, both(300, 900), &[USERS], users::by_username),
    get("/2/users/me", "getUsersMe", ANY_USER, READ, user(75), &[USERS], users::me),
    get("/2/users/{id}", "getUsersById", ANYONE, READ, both(300, 900), &[USERS], users::by_id),
    get("/2/users/{id}/followers", "getUsersFollowers", ANYONE, READ_FOLLOWS, both(300, 300), &[PAGE, USERS], follows::followers),
    get("/2/users/{id}/following", "getUsersFollowing", ANYONE, READ_FOLLOWS, both(300, 300), &[PAGE, USERS], follows::following),
    post("/2/users/{id}/following", "followUser", ANY_USER, WRITE_FOLLOWS, user(50), follows::follow),
    delete("/2/users/{source_user_id}/following/{target_user_id}", "unfollowUser", ANY_USER, WRITE_FOLLOWS, user(50), follows::unfollow),
    get("/2/users/{id}/liked_tweets", "getUsersLikedPosts", ANY_USER, READ_LIKES, both(75, 75), &[PAGE, POSTS], likes::liked),
    post("/2/users/{id}/likes", "likePost", ANY_USER, WRITE_LIKES, user(50), likes::like).daily(None, 1_000),
    delete("/2/users/{id}/likes/{tweet_id}", "unlikePost", ANY_USER, WRITE_LIKES, user(50), likes::unlike).daily(None, 1_000),
    get("/2/users/{id}/tweets", "getUsersPosts", ANYONE, READ, both(10_000, 900), &[&["exclude"], SPAN, PAGE, POSTS], posts::of_user),
    get("/2/webhooks", "getWebhooks", ANYONE, &[], both(450, 450), &[&["webhook_config.fields"]], webhooks::list),
    post("/2/webhooks", "createWebhooks", ANYONE, &[], both(450, 450), webhooks::create),
    post("/2/webhooks/replay", "createWebhookReplayJob", APP, &[], app(100), webhooks::replay),
    delete("/2/webhooks/{webhook_id}", "deleteWebhooks", ANYONE, &[], both(450, 450), webhooks::delete),
    write("PUT", "/2/webhooks/{webhook_id}", "validateWebhooks", ANYONE, &[], both(450, 450), webhooks::validate),
];

use CredentialKind::{AppOnly, OAuth1, OAuth2User};
const ANYONE: &[CredentialKind] = &[AppOnly, OAuth2User, OAuth1];
const ANY_USER: &[CredentialKind] = &[OAuth2User, OAuth1];
const APP: &[CredentialKind] = &[AppOnly];

const READ: &[&str] = &["tweet.read", "users.read"];
const WRITE: &[&str] = &["tweet.read", "tweet.write", "users.read"];
const READ_FOLLOWS: &[&str] = &["follows.read", "tweet.read", "users.read"];
const WRITE_FOLLOWS: &[&str] = &["follows.write", "tweet.read", "users.read"];
const READ_LIKES: &[&str] = &["like.read", "tweet.read", "users.read"];
const WRITE_MEDIA: &[&str] = &["media.write"];
const WRITE_LIKES: &[&str] = &["like.write", "tweet.read", "users.read"];

/// Parameters of replies with posts. `tweet.fields` is the old name of `post.fields`: the
/// specification has dropped it, the service answers it still.
const POSTS: &[&str] = &[
    "post.fields",
    "tweet.fields",
    "expansions",
    "user.fields",
    "media.fields",
    "poll.fields",
    "place.fields",
];
const USERS: &[&str] = &["user.fields", "expansions", "post.fields", "tweet.fields"];
const JOBS: &[&str] = &["compliance_job.fields"];
const PAGE: &[&str] = &["max_results", "pagination_token"];
const SPAN: &[&str] = &["start_time", "end_time", "since_id", "until_id"];
/// Streams have the old vocabulary only.
const STREAM: &[&str] =
    &["tweet.fields", "expansions", "user.fields", "media.fields", "poll.fields", "place.fields"];
const LIKES: &[&str] =
    &["like_with_tweet_author.fields", "expansions", "media.fields", "user.fields", "tweet.fields"];
const BACKFILL: &[&str] = &["backfill_minutes"];
const REPLAY: &[&str] = &["backfill_minutes", "start_time", "end_time"];
const PARTITION: &[&str] = &["partition"];
const SEARCH: &[&str] = &["query", "next_token", "sort_order"];

const fn get(
    path: &'static str,
    id: &'static str,
    accepts: &'static [CredentialKind],
    scopes: &'static [&'static str],
    window: Limit,
    query: &'static [&'static [&'static str]],
    handler: Handler,
) -> Operation {
    let day = Limit { per_app: None, per_user: None };
    Operation { method: "GET", path, id, accepts, scopes, window, day, query, handler }
}

/// A stream. X documents connections per 15 minutes for some of them; 900 is not X's number.
const fn stream(
    path: &'static str,
    id: &'static str,
    connections: u32,
    query: &'static [&'static [&'static str]],
) -> Operation {
    get(path, id, APP, &[], app(connections), query, streams::connect)
}

const fn post(
    path: &'static str,
    id: &'static str,
    accepts: &'static [CredentialKind],
    scopes: &'static [&'static str],
    window: Limit,
    handler: Handler,
) -> Operation {
    write("POST", path, id, accepts, scopes, window, handler)
}

const fn delete(
    path: &'static str,
    id: &'static str,
    accepts: &'static [CredentialKind],
    scopes: &'static [&'static str],
    window: Limit,
    handler: Handler,
) -> Operation {
    write("DELETE", path, id, accepts, scopes, window, handler)
}

const fn write(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    accepts: &'static [CredentialKind],
    scopes: &'static [&'static str],
    window: Limit,
    handler: Handler,
) -> Operation {
    let day = Limit { per_app: None, per_user: None };
    Operation { method, path, id, accepts, scopes, window, day, query: &[], handler }
}

impl Operation {
    /// Adds parameters of the query.
    const fn with(mut self, query: &'static [&'static [&'static str]]) -> Self {
        self.query = query;
        self
    }

    /// Adds limits per day. X's table has none for posts per user: that one is the product's own.
    const fn daily(mut self, per_app: Option<u32>, per_user: u32) -> Self {
        self.day = Limit { per_app, per_user: Some(per_user) };
        self
    }

    /// Adds a limit per day of the App alone.
    const fn daily_app(mut self, per_app: u32) -> Self {
        self.day = Limit { per_app: Some(per_app), per_user: None };
        self
    }
}

const fn both(per_app: u32, per_user: u32) -> Limit {
    Limit { per_app: Some(per_app), per_user: Some(per_user) }
}

const fn app(per_app: u32) -> Limit {
    Limit { per_app: Some(per_app), per_user: None }
}

const fn user(per_user: u32) -> Limit {
    Limit { per_app: None, per_user: Some(per_user) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use serde_json::Value;

    use super::OPERATIONS;
    use crate::record::CredentialKind;

    /// X's specification, which is found beside the checkout or by `X_SHARED`.
    fn specification() -> Option<Value> {
        let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
        let shared = std::env::var_os("X_SHARED").map_or(beside, PathBuf::from);
        let text = std::fs::read_to_string(shared.join("x-api/openapi.json")).ok()?;
        serde_json::from_str(&text).ok()
    }

    #[test]
    fn the_table_agrees_with_the_specification() {
        let Some(specification) = specification() else {
            eprintln!("skipped: shared/x-api/openapi.json is not there");
            return;
        };
        for operation in OPERATIONS.iter() {
            let id = operation.id;
            let method = operation.method.to_lowercase();
            let specified = &specification["paths"][operation.path][&method];
            assert_eq!(specified["operationId"], id, "{} {}", operation.method, operation.path);
            let mut names: BTreeSet<&str> =
                operation.query.iter().copied().flatten().copied().collect();
            names.remove("tweet.fields");
            let parameters = specified["parameters"].as_array().into_iter().flatten();
            let resolved = parameters.map(|parameter| match parameter["$ref"].as_str() {
                Some(reference) => specification.pointer(&reference[1..]).unwrap(),
                None => parameter,
            });
            let in_query = resolved.filter(|parameter| parameter["in"] == "query");
            let mut expected: BTreeSet<&str> =
                in_query.map(|parameter| parameter["name"].as_str().unwrap()).collect();
            expected.remove("tweet.fields");
            assert_eq!(names, expected, "{id}");
            for (kind, scheme) in [
                (CredentialKind::AppOnly, "BearerToken"),
                (CredentialKind::OAuth1, "UserToken"),
                (CredentialKind::OAuth2User, "OAuth2UserToken"),
            ] {
                let alternatives = specified["security"].as_array().into_iter().flatten();
                let mut listed = alternatives.filter_map(|choice| choice.get(scheme));
                let scopes = listed.next();
                assert_eq!(operation.accepts.contains(&kind), scopes.is_some(), "{id} {kind}");
                if let Some(scopes) = scopes.filter(|_| kind == CredentialKind::OAuth2User) {
                    let scopes = scopes.as_array().into_iter().flatten();
                    let scopes: BTreeSet<_> = scopes.filter_map(Value::as_str).collect();
                    let declared: BTreeSet<_> = operation.scopes.iter().copied().collect();
                    assert_eq!(declared, scopes, "{id}");
                }
            }
        }
    }
}
