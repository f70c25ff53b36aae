//! What both clients send of every operation, and what they expect of the sandbox.

use twitter_sandbox::Sandbox;
use twitter_types::auth::{AnyCredential, AppToken, OAuth2User};
use twitter_types::endpoint::{Endpoint, SampleOperation};
use twitter_types::sample::Sampler;
use twitter_types::{Error, OPERATIONS, Reply};

/// Operations whose page tokens and times must fit the sandbox's state: they go without.
const WITHOUT_STATE: &[&str] = &[
    "getActivitySubscriptions",
    "getConnectionHistory",
    "getRules",
    "getUsersFollowers",
    "getUsersFollowing",
    "getUsersLikedPosts",
    "getUsersPosts",
    "searchPostsRecent",
];

/// What the sandbox refuses: nobody can answer or like a post, follow a user or go on with an upload
/// that does not exist, a sample is no language, and there is no webhook. A stream has no end, so that none may open here:
/// they replay no more than a day, and one without a replay has no room for a connection.
const REFUSED: &[(&str, u16)] = &[
    ("activityStream", 400),
    ("appendMediaUpload", 404),
    ("createActivitySubscription", 400),
    ("createMediaMetadata", 404),
    ("createMediaSubtitles", 400),
    ("createPosts", 403),
    ("createWebhookReplayJob", 400),
    ("createWebhooks", 400),
    ("createWebhooksStreamLink", 400),
    ("deleteActivitySubscription", 404),
    ("deleteMediaSubtitles", 400),
    ("deleteWebhooks", 400),
    ("finalizeMediaUpload", 404),
    ("followUser", 404),
    ("getMediaUploadStatus", 404),
    ("likePost", 404),
    ("streamLabelsCompliance", 400),
    ("streamLikesCompliance", 400),
    ("streamLikesFirehose", 400),
    ("streamLikesSample10", 400),
    ("streamPosts", 400),
    ("streamPostsCompliance", 400),
    ("streamPostsFirehose", 400),
    ("streamPostsFirehoseEn", 400),
    ("streamPostsFirehoseJa", 400),
    ("streamPostsFirehoseKo", 400),
    ("streamPostsFirehosePt", 400),
    ("streamPostsSample", 429),
    ("streamPostsSample10", 400),
    ("streamUsersCompliance", 400),
    ("updateActivitySubscription", 400),
    ("updateRules", 400),
    ("validateWebhooks", 400),
];

/// Every credential of the sandbox.
pub(crate) fn credential(sandbox: &Sandbox) -> AnyCredential {
    let keys = sandbox.keys();
    AnyCredential::new()
        .with_app(AppToken::new(&keys.bearer_token).unwrap())
        .with_oauth2(OAuth2User::new(&keys.oauth2_user_token).unwrap())
}

/// The operation with all of its parameters, in the name of the sandbox's owner.
pub(crate) fn operation<E: SampleOperation>(owner: u64) -> E {
    let sizes = [("id", owner), ("source_user_id", owner)];
    let sampler = Sampler::new().with_sizes(&sizes);
    if WITHOUT_STATE.contains(&E::OPERATION) { E::least(sampler) } else { E::fullest(sampler) }
}

/// What is wrong with an outcome.
pub(crate) fn complaint<E: Endpoint>(outcome: Result<Reply<E::Response>, Error>) -> Option<String> {
    let refused = REFUSED.iter().find(|(id, _)| *id == E::OPERATION);
    match (outcome, refused) {
        (Ok(reply), None) if reply.rate_limits.window.is_some() => None,
        (Err(Error::Api(error)), Some((_, status))) if error.status == *status => None,
        (outcome, _) => Some(format!("{}: {:?}\n", E::OPERATION, outcome.map(drop))),
    }
}

/// Every operation must have been taken for what it is, in order.
pub(crate) fn assert_all_arrived(sandbox: &Sandbox, complaints: &str) {
    assert_eq!(complaints, "");
    let asked: Vec<_> = sandbox.requests().iter().filter_map(|request| request.operation).collect();
    let known: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(asked, known);
}
