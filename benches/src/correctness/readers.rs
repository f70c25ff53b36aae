//! The readers of crates.io, each as its own client reads a reply.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twitter_types::model::Vocabulary;
use twitter_v2::data::{
    Bookmarked, Following, Hidden, IsMember, Liked, List, Pinned, Retweeted, Space, StreamRule,
    Tweet, TweetsCount, Updated, User,
};
use twitter_v2::meta::{
    ResultCountMeta, SentMeta, SimpleResultCountMeta, StreamRuleMeta, TweetsCountsMeta, TweetsMeta,
};
use xdk::api as xdk;

use super::documented::Body;
use crate::report::version;

/// What was read, written again, or why it could not be read.
type Written = Result<Vec<u8>, String>;

/// One way to read.
pub(super) struct Reader {
    /// Of the crate.
    name: &'static str,
    /// `None` where it has no type for the body.
    pub(super) read: fn(&Body) -> Option<Written>,
}

impl Reader {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.name, version(self.name))
    }
}

pub(super) static READERS: [Reader; 4] = [
    Reader { name: "twitter-types", read: ours },
    Reader { name: "twitter-v2", read: twitter_v2 },
    Reader { name: "xdk-rs", read: xdk_rs },
    Reader { name: "serde_json", read: |body| Some(read::<Value>(body)) },
];

fn ours(body: &Body) -> Option<Written> {
    let reread = body.shape().reread(&body.bytes, Vocabulary::Current);
    Some(reread.map(|reread| reread.body).map_err(|error| error.to_string()))
}

fn read<T: DeserializeOwned + Serialize>(body: &Body) -> Written {
    let read: T = serde_json::from_slice(&body.bytes).map_err(|error| without_place(&error))?;
    serde_json::to_vec(&read).map_err(|error| error.to_string())
}

/// Equal errors at other places are one.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The types that its methods return.
fn twitter_v2(body: &Body) -> Option<Written> {
    type Payload<T, M = ()> = twitter_v2::ApiPayload<T, M>;
    Some(match &*body.operation {
        "getPostsById" | "createPosts" => read::<Payload<Tweet>>(body),
        "getPostsByIds" => read::<Payload<Vec<Tweet>>>(body),
        "searchPostsRecent" | "searchPostsAll" | "getUsersPosts" | "getUsersMentions" => {
            read::<Payload<Vec<Tweet>, TweetsMeta>>(body)
        }
        "getPostsQuotedPosts" | "getUsersBookmarks" | "getUsersLikedPosts" => {
            read::<Payload<Vec<Tweet>, ResultCountMeta>>(body)
        }
        "streamPosts" => read::<Payload<Tweet, SentMeta>>(body),
        "getPostsCountsRecent" | "getPostsCountsAll" => {
            read::<Payload<Vec<TweetsCount>, TweetsCountsMeta>>(body)
        }
        "getRules" => read::<Payload<Vec<StreamRule>, SentMeta>>(body),
        "updateRules" => read::<Payload<Vec<StreamRule>, StreamRuleMeta>>(body),
        "getUsersByUsername" | "getUsersMe" | "getUsersById" => read::<Payload<User>>(body),
        "getUsersByUsernames" | "getUsersByIds" => read::<Payload<Vec<User>>>(body),
        "getUsersMuting" | "getUsersBlocking" | "getListsMembers" | "getPostsRepostedBy" => {
            read::<Payload<Vec<User>, ResultCountMeta>>(body)
        }
        "getListsById" | "createLists" => read::<Payload<List>>(body),
        "getUsersOwnedLists" => read::<Payload<Vec<List>, ResultCountMeta>>(body),
        "getUsersPinnedLists" => read::<Payload<Vec<List>>>(body),
        "updateLists" => read::<Payload<Updated>>(body),
        "addListsMember" | "removeListsMemberByUserId" => read::<Payload<IsMember>>(body),
        "pinList" | "unpinList" => read::<Payload<Pinned>>(body),
        "followUser" | "unfollowUser" => read::<Payload<Following>>(body),
        "likePost" | "unlikePost" => read::<Payload<Liked>>(body),
        "unrepostPost" => read::<Payload<Retweeted>>(body),
        "createUsersBookmark" => read::<Payload<Bookmarked>>(body),
        "hidePostsReply" => read::<Payload<Hidden>>(body),
        "getSpacesById" => read::<Payload<Space>>(body),
        "searchSpaces" => read::<Payload<Vec<Space>, SimpleResultCountMeta>>(body),
        _ => return None,
    })
}

/// The types that its methods return, by the function that they call.
fn xdk_rs(body: &Body) -> Option<Written> {
    if body.kind != "response" {
        return None; // It hands out the lines of a stream as they are.
    }
    Some(match &*body.operation {
        "getPostsById" | "createPosts" => typed::<xdk::Post>(body),
        "getPostsByIds"
        | "searchPostsRecent"
        | "getUsersPosts"
        | "getUsersMentions"
        | "getUsersTimeline"
        | "getUsersBookmarks"
        | "getUsersLikedPosts"
        | "getPostsQuotedPosts" => typed::<Vec<xdk::Post>>(body),
        "getPostsCountsRecent" => typed::<Vec<xdk::PostCount>>(body),
        "hidePostsReply" => typed::<xdk::HiddenResult>(body),
        "likePost" | "unlikePost" => typed::<xdk::LikedResult>(body),
        "unrepostPost" => typed::<xdk::RepostedResult>(body),
        "createUsersBookmark" => typed::<xdk::BookmarkedResult>(body),
        "getRules" => typed::<Vec<xdk::StreamRule>>(body),
        "updateRules" => typed::<Option<Vec<xdk::StreamRule>>>(body),
        "getUsersMe" | "getUsersByUsername" => typed::<xdk::User>(body),
        "searchUsers" | "getUsersMuting" | "getUsersBlocking" | "getListsMembers"
        | "getPostsRepostedBy" => typed::<Vec<xdk::User>>(body),
        "followUser" | "unfollowUser" => typed::<xdk::FollowingResult>(body),
        "blockUsersDms" | "unblockUsersDms" => typed::<xdk::DmBlockResult>(body),
        "getListsById" | "createLists" => typed::<xdk::List>(body),
        "getUsersOwnedLists" | "getUsersPinnedLists" => typed::<Vec<xdk::List>>(body),
        "updateLists" => typed::<xdk::ListUpdatedResult>(body),
        "addListsMember" | "removeListsMemberByUserId" => typed::<xdk::ListMemberResult>(body),
        "pinList" | "unpinList" => typed::<xdk::PinnedResult>(body),
        "getDirectMessagesEvents" => typed::<Vec<xdk::DmEvent>>(body),
        "createDirectMessagesConversation"
        | "createDirectMessagesByParticipantId"
        | "createDirectMessagesByConversationId" => typed::<xdk::DmSentResult>(body),
        "searchSpaces" => typed::<Vec<xdk::Space>>(body),
        "searchCommunities" => typed::<Vec<xdk::Community>>(body),
        "getNews" => typed::<xdk::NewsStory>(body),
        "getTrendsByWoeid" => typed::<Vec<xdk::Trend>>(body),
        "getTrendsPersonalizedTrends" => typed::<Vec<xdk::PersonalizedTrend>>(body),
        "getUsage" => typed::<xdk::UsageData>(body),
        "getWebhooks" => typed::<Vec<xdk::Webhook>>(body),
        "createWebhooks" => typed::<xdk::Webhook>(body),
        "validateWebhooks" => typed::<xdk::WebhookValidation>(body),
        "createWebhooksStreamLink" => typed::<xdk::ProvisionedResult>(body),
        "deleteAccountActivitySubscription" => typed::<xdk::SubscribedResult>(body),
        "getAccountActivitySubscriptionCount" => {
            typed::<xdk::AccountActivitySubscriptionCount>(body)
        }
        "initializeMediaUpload" => typed::<xdk::MediaUploadResponse>(body),
        "articleCreateDraft" => typed::<xdk::ArticleDraft>(body),
        "createCommunityNotes" => typed::<xdk::NoteCreated>(body),
        _ => return None,
    })
}

fn typed<T: DeserializeOwned + Serialize + Default>(body: &Body) -> Written {
    let value = serde_json::from_slice(&body.bytes).map_err(|error| error.to_string())?;
    let read = xdk::deserialize_response::<T>(value).map_err(|error| error.to_string())?;
    serde_json::to_vec(&read).map_err(|error| error.to_string())
}
