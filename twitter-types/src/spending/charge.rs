//! Which row of the price table an operation falls under.

use super::Item;
use crate::operations::Place;

/// How X bills an operation, as far as its price table says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charge {
    /// For each resource that it returns.
    Resource(Item, Most),
    /// For each request that succeeds.
    Request(Item),
    /// X's table has no row that fits, for this reason. That does not say that it costs nothing.
    Unlisted(&'static str),
}

/// How many resources an operation returns at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Most {
    /// One.
    One,
    /// As many as this parameter lists.
    Listed(&'static str),
    /// `max_results`, or so many if that is not set: where X does not say how many then, as many as
    /// `max_results` may be.
    Page(u64),
    /// X names no most: a stream, or a list that is not paged.
    Unbounded,
}

/// How X bills the operation with this `operationId`.
///
/// ```
/// use twitter_types::spending::{Charge, Item, Most, charge_of};
///
/// assert_eq!(charge_of("searchPostsRecent"), Charge::Resource(Item::PostRead, Most::Page(10)));
/// assert_eq!(charge_of("likePost"), Charge::Request(Item::InteractionCreate));
/// assert_eq!(charge_of("getUsage"), Charge::Unlisted("X's price table has no row for usage"));
/// ```
pub fn charge_of(operation: &str) -> Charge {
    read(operation)
        .map(|(item, most)| Charge::Resource(item, most))
        .or_else(|| write(operation).map(Charge::Request))
        .unwrap_or_else(|| Charge::Unlisted(unlisted(operation)))
}

/// Operations that are billed by what they return.
fn read(operation: &str) -> Option<(Item, Most)> {
    use Item::*;
    use Most::*;
    Some(match operation {
        "getPostsById" => (PostRead, One),
        "getPostsByIds" => (PostRead, Listed("ids")),
        "searchPostsRecent" | "searchPostsAll" | "getPostsQuotedPosts" | "searchEligiblePosts" => {
            (PostRead, Page(10))
        }
        // Of likes and bookmarks the posts come, not who liked what.
        "getUsersPosts"
        | "getUsersMentions"
        | "getUsersTimeline"
        | "getUsersLikedPosts"
        | "getUsersBookmarks"
        | "getUsersBookmarksByFolderId"
        | "getUsersRepostsOfMe"
        | "getPostsReposts"
        | "getListsPosts"
        | "getSpacesPosts" => (PostRead, Page(100)),
        "streamPosts"
        | "streamPostsSample"
        | "streamPostsSample10"
        | "streamPostsFirehose"
        | "streamPostsFirehoseEn"
        | "streamPostsFirehoseJa"
        | "streamPostsFirehoseKo"
        | "streamPostsFirehosePt" => (PostRead, Unbounded),
        "getUsersById" | "getUsersByUsername" | "getUsersMe" => (UserRead, One),
        "getUsersByIds" => (UserRead, Listed("ids")),
        "getUsersByUsernames" => (UserRead, Listed("usernames")),
        "searchUsers" => (UserRead, Page(100)),
        "getUsersAffiliates" => (UserRead, Page(1000)),
        // Users come, so the row of users is taken and not the cheaper one of likes.
        "getPostsLikingUsers"
        | "getPostsRepostedBy"
        | "getListsFollowers"
        | "getListsMembers"
        | "getSpacesBuyers" => (UserRead, Page(100)),
        "getUsersFollowers"
        | "getUsersFollowing"
        | "getUsersMeFollowers"
        | "getUsersMeFollowing" => (FollowRead, Page(1000)),
        "getUsersMuting" => (MuteRead, Page(100)),
        "getUsersBlocking" => (BlockRead, Page(1000)),
        "getDirectMessagesEventsById" => (DmEventRead, One),
        "getDirectMessagesEvents"
        | "getDirectMessagesEventsByConversationId"
        | "getDirectMessagesEventsByParticipantId" => (DmEventRead, Page(100)),
        "getListsById" => (ListRead, One),
        "getUsersFollowedLists" | "getUsersListMemberships" | "getUsersOwnedLists" => {
            (ListRead, Page(100))
        }
        "getUsersPinnedLists" => (ListRead, Unbounded),
        "getSpacesById" => (SpaceRead, One),
        "getSpacesByIds" => (SpaceRead, Listed("ids")),
        // One user may have several.
        "getSpacesByCreatorIds" => (SpaceRead, Unbounded),
        "searchSpaces" => (SpaceRead, Page(100)),
        "getCommunitiesById" => (CommunityRead, One),
        "searchCommunities" => (CommunityRead, Page(10)),
        "searchCommunityNotesWritten" => (NoteRead, Page(10)),
        "streamLikesFirehose" | "streamLikesSample10" => (LikeRead, Unbounded),
        _ => return None,
    })
}

/// Operations that are billed by the request.
fn write(operation: &str) -> Option<Item> {
    use Item::*;
    Some(match operation {
        // Without a link: whoever has the request looks for one.
        "createPosts" => PostCreate,
        "createDirectMessagesConversation"
        | "createDirectMessagesByConversationId"
        | "createDirectMessagesByParticipantId" => DmCreate,
        "followUser" | "likePost" | "repostPost" | "muteUser" | "usersIdBlock" => InteractionCreate,
        // To delete a post could also be "Content: Manage", which is cheaper.
        "unfollowUser"
        | "unlikePost"
        | "unrepostPost"
        | "usersIdUnblock"
        | "deletePosts"
        | "deleteDirectMessagesEvents" => InteractionDelete,
        "unmuteUser" => MuteDelete,
        "blockUsersDms" | "unblockUsersDms" => PrivacyUpdate,
        "hidePostsReply" => ContentManage,
        "createLists" => ListCreate,
        "updateLists"
        | "deleteLists"
        | "addListsMember"
        | "removeListsMemberByUserId"
        | "followList"
        | "unfollowList"
        | "pinList"
        | "unpinList" => ListManage,
        "createUsersBookmark" | "deleteUsersBookmark" | "createUsersBookmarkFolder" => Bookmark,
        "createMediaMetadata" | "createMediaSubtitles" | "deleteMediaSubtitles" => MediaMetadata,
        "getPostsCountsRecent" => CountsRecent,
        "getPostsCountsAll" => CountsAll,
        "getTrendsByWoeid" | "getTrendsPersonalizedTrends" => Trends,
        _ => return None,
    })
}

/// Why an operation has no row.
fn unlisted(operation: &str) -> &'static str {
    let of_operation = UNLISTED.iter().find(|(operations, _)| operations.contains(&operation));
    let of_module = || {
        let module = Place::of(operation)?.module;
        UNLISTED_MODULES.iter().find(|(modules, _)| modules.contains(&module))
    };
    of_operation.or_else(of_module).map_or(UNKNOWN, |(_, reason)| reason)
}

/// What no list speaks of.
const UNKNOWN: &str = "this crate does not know how X bills it";

type Reasons = &'static [(&'static [&'static str], &'static str)];

/// Operations without a row, in modules where others have one.
const UNLISTED: Reasons = &[
    (
        &["getUsersBookmarkFolders"],
        "X's price table has no row for reading folders, only for what changes a bookmark",
    ),
    (
        &["createCommunityNotes", "deleteCommunityNotes", "evaluateCommunityNotes"],
        "X's price table has no row for writing community notes, only for reading them",
    ),
    (&["dmConversationsMediaDownload"], "X's price table has no row for downloads"),
    (&["getPostsAnalytics"], "X's price table has no row for analytics"),
    (
        &["activityStream"],
        "an event's price depends on its kind: tell the meter of each by `record_event`",
    ),
    (
        &[
            "streamLikesCompliance",
            "streamPostsCompliance",
            "streamUsersCompliance",
            "streamLabelsCompliance",
        ],
        "X's price table has no row for compliance",
    ),
];

/// Modules in which every other operation is without a row.
const UNLISTED_MODULES: Reasons = &[
    (&["account", "openapi"], "X's price table has no row for what only administers"),
    (&["bots", "connections"], "X's price table has no row for what only administers"),
    (
        &["account_activity", "activity", "webhooks"],
        "X bills the events that a webhook gets, and its price table has no row for subscriptions",
    ),
    (&["articles"], "X's price table has no row for articles"),
    (&["broadcasts"], "X's price table has no row for broadcasts"),
    (&["calls"], "X's price table has no row for calls"),
    (&["chat"], "X's price table has no row for encrypted chats but for their events to a webhook"),
    (&["compliance"], "X's price table has no row for compliance"),
    (&["media"], "X's price table has no row for media but for what is said about them"),
    (&["news"], "X's price table has no row for news but for their events to a webhook"),
    (&["rules"], "X's price table has no row for the rules of a stream, only for what they find"),
    (&["usage"], "X's price table has no row for usage"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        OPERATIONS,
        endpoint::{Operation, ParameterInfo},
    };

    #[test]
    fn every_operation_has_a_row_or_a_reason() {
        let charged =
            |operation: &&Operation| !matches!(charge_of(operation.id), Charge::Unlisted(_));
        assert_eq!(OPERATIONS.iter().filter(charged).count(), 98);
        for operation in OPERATIONS {
            let both = read(operation.id).is_some() && write(operation.id).is_some();
            assert!(!both, "{} is billed twice", operation.id);
            assert_ne!(charge_of(operation.id), Charge::Unlisted(UNKNOWN), "{}", operation.id);
        }
        assert_eq!(charge_of("getNothing"), Charge::Unlisted(UNKNOWN));
    }

    #[test]
    fn every_reason_is_needed() {
        for (operations, reason) in UNLISTED {
            for operation in *operations {
                assert!(Place::of(operation).is_some(), "there is no {operation}");
                assert_eq!(charge_of(operation), Charge::Unlisted(reason));
            }
        }
        for (modules, reason) in UNLISTED_MODULES {
            for module in *modules {
                let mut there = OPERATIONS.iter().filter(|operation| operation.module == *module);
                assert!(there.any(|it| charge_of(it.id) == Charge::Unlisted(reason)), "{module}");
            }
        }
    }

    #[test]
    fn the_most_is_what_the_parameters_allow() {
        for operation in OPERATIONS {
            let Charge::Resource(_, most) = charge_of(operation.id) else { continue };
            let parameters = operation.parameters();
            let range = |name: &str| {
                let info = parameters.iter().find(|info: &&ParameterInfo| info.name == name)?;
                info.range.clone()
            };
            let answers_one = operation.response.name().contains("::One<");
            match most {
                Most::Page(size) => assert!(range("max_results").unwrap().contains(&size)),
                Most::Listed(name) => assert!(range(name).is_some(), "{}", operation.id),
                Most::One => assert!(answers_one, "{}", operation.id),
                Most::Unbounded => {}
            }
            let is_paged = matches!(most, Most::Page(_));
            assert_eq!(is_paged, range("max_results").is_some(), "{}", operation.id);
        }
    }

    #[test]
    fn every_owned_read_is_an_operation() {
        let own = |item: &&Item| item.as_str().starts_with("GET ");
        let paths = |item: &Item| {
            OPERATIONS.iter().any(|operation| {
                Item::owned(operation.path).as_ref() == Some(item) && operation.method == "GET"
            })
        };
        assert_eq!(Item::ALL.iter().filter(own).count(), 12);
        assert!(Item::ALL.iter().filter(own).all(paths));
    }
}
