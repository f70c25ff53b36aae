//! The lists of a user.

use super::ListFields;
use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{ListId, UserId},
    models::{Following, List, Pinned},
};

endpoint! {
    /// Lists the lists that a user follows.
    GET "/2/users/{id}/followed_lists" getUsersFollowedLists
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<List>;
    pub struct FollowedBy {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: ListFields,
        }
    }
}

endpoint! {
    /// Follows a list.
    POST "/2/users/{id}/followed_lists" followList
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Following>;
    pub struct Follow {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// Which list.
            list_id: ListId,
        }
    }
}

endpoint! {
    /// Unfollows a list.
    DELETE "/2/users/{id}/followed_lists/{list_id}" unfollowList
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Following>;
    pub struct Unfollow {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// Which list.
            list_id: ListId,
        }
    }
}

endpoint! {
    /// Lists the lists that a user is on.
    GET "/2/users/{id}/list_memberships" getUsersListMemberships
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<List>;
    pub struct With {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: ListFields,
        }
    }
}

endpoint! {
    /// Lists the lists that a user owns.
    GET "/2/users/{id}/owned_lists" getUsersOwnedLists
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<List>;
    pub struct OwnedBy {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: ListFields,
        }
    }
}

endpoint! {
    /// Lists the lists that a user has pinned.
    GET "/2/users/{id}/pinned_lists" getUsersPinnedLists
    (AnyUser: "list.read" "tweet.read" "users.read") -> Page<List>;
    pub struct PinnedBy {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// What to return.
            fields: ListFields,
        }
    }
}

endpoint! {
    /// Pins a list.
    POST "/2/users/{id}/pinned_lists" pinList
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Pinned>;
    pub struct Pin {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// Which list.
            list_id: ListId,
        }
    }
}

endpoint! {
    /// Unpins a list.
    DELETE "/2/users/{id}/pinned_lists/{list_id}" unpinList
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Pinned>;
    pub struct Unpin {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// Which list.
            list_id: ListId,
        }
    }
}
