//! Spaces: live audio.

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{SpaceExpansion, SpaceField, TopicField, UserField},
    id::{SpaceId, UserId},
    models::{Post, Space, SpaceFilter, User},
    operations::posts::PostFields,
    operations::users::UserFields,
};

endpoint! {
    /// Looks up several Spaces.
    GET "/2/spaces" getSpacesByIds
    (AppOrOAuth2User: "space.read" "tweet.read" "users.read") -> Page<Space>;
    pub struct ByIds {
        require {
            /// Which Spaces.
            ids: Vec<SpaceId> [1..=100],
        }
        query {
            /// What to return.
            fields: SpaceFields,
        }
    }
}

endpoint! {
    /// Lists the live and planned Spaces of users.
    GET "/2/spaces/by/creator_ids" getSpacesByCreatorIds
    (AppOrOAuth2User: "space.read" "tweet.read" "users.read") -> Page<Space>;
    pub struct ByCreators {
        require {
            /// The users.
            user_ids: Vec<UserId> [1..=100],
        }
        query {
            /// What to return.
            fields: SpaceFields,
        }
    }
}

endpoint! {
    /// Finds Spaces by words of their title.
    GET "/2/spaces/search" searchSpaces
    (AppOrOAuth2User: "space.read" "tweet.read" "users.read") -> Page<Space>;
    pub struct Search {
        require {
            /// Words and operators.
            query: String [1..=2048],
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// Live ones alone, or planned ones; all if not set.
            state: SpaceFilter,
            /// What to return.
            fields: SpaceFields,
        }
    }
}

endpoint! {
    /// Looks up one Space.
    GET "/2/spaces/{id}" getSpacesById
    (AppOrOAuth2User: "space.read" "tweet.read" "users.read") -> One<Space>;
    pub struct ById {
        path {
            /// Which Space.
            id: SpaceId,
        }
        query {
            /// What to return.
            fields: SpaceFields,
        }
    }
}

endpoint! {
    /// Lists the users who have bought a ticket for a Space.
    GET "/2/spaces/{id}/buyers" getSpacesBuyers
    (OAuth2UserOnly: "space.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Buyers {
        path {
            /// Which Space.
            id: SpaceId,
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
    /// Lists the posts that were shared in a Space.
    GET "/2/spaces/{id}/tweets" getSpacesPosts
    (AppOrOAuth2User: "space.read" "tweet.read" "users.read") -> Page<Post>;
    pub struct Posts {
        path {
            /// Which Space.
            id: SpaceId,
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
    pub struct SpaceFields: SpaceField {
        /// Of Spaces:
        space: SpaceField = "space.fields",
        /// Of the topics:
        topic: TopicField = "topic.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: SpaceExpansion = "expansions",
    }
}
