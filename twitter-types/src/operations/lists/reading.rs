//! Reading lists.

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{ListExpansion, ListField, UserField},
    id::ListId,
    models::{List, Post, User},
    operations::posts::PostFields,
    operations::users::UserFields,
};

endpoint! {
    /// Looks up a list.
    GET "/2/lists/{id}" getListsById
    (Anyone: "list.read" "tweet.read" "users.read") -> One<List>;
    pub struct ById {
        path {
            /// Which list.
            id: ListId,
        }
        query {
            /// What to return.
            fields: ListFields,
        }
    }
}

endpoint! {
    /// Lists the users who follow a list.
    GET "/2/lists/{id}/followers" getListsFollowers
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Followers {
        path {
            /// Which list.
            id: ListId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the users who are on a list.
    GET "/2/lists/{id}/members" getListsMembers
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Members {
        path {
            /// Which list.
            id: ListId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the posts of a list's members.
    GET "/2/lists/{id}/tweets" getListsPosts
    (Anyone: "list.read" "tweet.read" "users.read") -> Page<Post>;
    pub struct Posts {
        path {
            /// Which list.
            id: ListId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: PostFields,
        }
    }
}

field_set! {
    /// What to return.
    pub struct ListFields: ListField {
        /// Of lists:
        list: ListField = "list.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: ListExpansion = "expansions",
    }
}
