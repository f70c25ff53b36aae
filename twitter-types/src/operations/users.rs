//! Users: looking them up, and who follows whom.

mod relations;
mod search;

pub use relations::{
    Block, BlockDms, BlockedUsers, Follow, Mute, MutedUsers, MyFollowers, MyFollowing, Unblock,
    UnblockDms, Unfollow, Unmute,
};
pub use search::{Affiliates, Search};

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{PostField, UserExpansion, UserField},
    id::{UserId, Username},
    models::User,
};

endpoint! {
    /// Looks up one user.
    GET "/2/users/{id}" getUsersById
    (Anyone: "tweet.read" "users.read") -> One<User>;
    pub struct ById {
        path {
            /// Whom.
            id: UserId,
        }
        query {
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Looks up several users.
    GET "/2/users" getUsersByIds
    (Anyone: "tweet.read" "users.read") -> Page<User>;
    pub struct ByIds {
        require {
            /// Whom.
            ids: Vec<UserId> [1..=100],
        }
        query {
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Looks up one user by name.
    GET "/2/users/by/username/{username}" getUsersByUsername
    (Anyone: "tweet.read" "users.read") -> One<User>;
    pub struct ByUsername {
        path {
            /// Whom, without the `@`.
            username: Username,
        }
        query {
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Looks up several users by name.
    GET "/2/users/by" getUsersByUsernames
    (Anyone: "tweet.read" "users.read") -> Page<User>;
    pub struct ByUsernames {
        require {
            /// Whom, without the `@`.
            usernames: Vec<Username> [1..=100],
        }
        query {
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Looks up the user whose credential it is.
    GET "/2/users/me" getUsersMe
    (AnyUser: "tweet.read" "users.read") -> One<User>;
    pub struct Me {
        query {
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the users who follow a user.
    GET "/2/users/{id}/followers" getUsersFollowers
    (Anyone: "follows.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Followers {
        path {
            /// Who is followed.
            id: UserId,
        }
        query {
            /// Users per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the users whom a user follows.
    GET "/2/users/{id}/following" getUsersFollowing
    (Anyone: "follows.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Following {
        path {
            /// Who follows.
            id: UserId,
        }
        query {
            /// Users per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return besides id, name and username.
            fields: UserFields,
        }
    }
}

field_set! {
    /// What to return of users: their own fields, and what to bring along.
    ///
    /// ```
    /// use twitter_types::{fields::UserField, users::{ById, UserFields}};
    ///
    /// let lookup = ById::new(2244994945).fields([UserField::Description, UserField::CreatedAt]);
    /// let everything = ById::new(2244994945).fields(UserFields::all());
    /// # let _ = (lookup, everything);
    /// ```
    pub struct UserFields: UserField {
        /// Of users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: UserExpansion = "expansions",
        /// Of the posts that are brought along:
        post: PostField = "post.fields" without PRIVATE,
    }
}
