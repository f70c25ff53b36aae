//! Finding users.

use super::UserFields;
use crate::{endpoint::endpoint, envelope::Page, id::UserId, models::User};

endpoint! {
    /// Finds users by words.
    GET "/2/users/search" searchUsers
    (AnyUser: "tweet.read" "users.read") -> Page<User>;
    pub struct Search {
        require {
            /// Words: letters, digits, underscores, apostrophes and spaces, 50 characters at most.
            query: String,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            next_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the accounts that wear an organization's badge.
    GET "/2/users/{id}/affiliates" getUsersAffiliates
    (Anyone: "tweet.read" "users.read") -> Page<User>;
    pub struct Affiliates {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}
