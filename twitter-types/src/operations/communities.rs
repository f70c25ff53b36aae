//! Communities.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{CommunityField, Fields},
    id::CommunityId,
    models::Community,
};

endpoint! {
    /// Finds communities by words.
    GET "/2/communities/search" searchCommunities
    (AnyUser: "tweet.read" "users.read") -> Page<Community>;
    pub struct Search {
        require {
            /// Words and operators.
            query: String [1..=4096],
        }
        query {
            /// Results per page.
            max_results: u16 [10..=100],
            /// The page to return, as an earlier one named it.
            next_token: String,
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields = "community.fields": Fields<CommunityField>,
        }
    }
}

endpoint! {
    /// Looks up a community.
    GET "/2/communities/{id}" getCommunitiesById
    (Anyone: "list.read" "tweet.read" "users.read") -> One<Community>;
    pub struct ById {
        path {
            /// Which community.
            id: CommunityId,
        }
        query {
            /// What to return.
            fields = "community.fields": Fields<CommunityField>,
        }
    }
}
