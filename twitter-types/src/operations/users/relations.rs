//! Following, blocking and muting.

use super::UserFields;
use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::UserId,
    models::{Blocking, DmsBlocked, Following, Muting, User},
};

endpoint! {
    /// Lists the followers of the user whose credential it is.
    GET "/2/users/me/followers" getUsersMeFollowers
    (AnyUser: "follows.read" "tweet.read" "users.read") -> Page<User>;
    pub struct MyFollowers {
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

endpoint! {
    /// Lists whom the user whose credential it is follows.
    GET "/2/users/me/following" getUsersMeFollowing
    (AnyUser: "follows.read" "tweet.read" "users.read") -> Page<User>;
    pub struct MyFollowing {
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

endpoint! {
    /// Lists whom a user blocks.
    GET "/2/users/{id}/blocking" getUsersBlocking
    (AnyUser: "block.read" "tweet.read" "users.read") -> Page<User>;
    pub struct BlockedUsers {
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

endpoint! {
    /// Blocks a user.
    POST "/2/users/{id}/blocking" usersIdBlock
    (AnyUser: "block.write" "tweet.read" "users.read") -> One<Blocking>;
    pub struct Block {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// Whom.
            target_user_id: UserId,
        }
    }
}

endpoint! {
    /// Blocks the direct messages from and to a user.
    POST "/2/users/{id}/dm/block" blockUsersDms
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<DmsBlocked>;
    pub struct BlockDms {
        path {
            /// Whom.
            id: UserId,
        }
    }
}

endpoint! {
    /// Unblocks the direct messages from and to a user.
    POST "/2/users/{id}/dm/unblock" unblockUsersDms
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<DmsBlocked>;
    pub struct UnblockDms {
        path {
            /// Whom.
            id: UserId,
        }
    }
}

endpoint! {
    /// Follows a user; asks for it if the user is protected.
    POST "/2/users/{id}/following" followUser
    (AnyUser: "follows.write" "tweet.read" "users.read") -> One<Following>;
    pub struct Follow {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// Whom.
            target_user_id: UserId,
        }
    }
}

endpoint! {
    /// Lists whom a user mutes.
    GET "/2/users/{id}/muting" getUsersMuting
    (AnyUser: "mute.read" "tweet.read" "users.read") -> Page<User>;
    pub struct MutedUsers {
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

endpoint! {
    /// Mutes a user.
    POST "/2/users/{id}/muting" muteUser
    (AnyUser: "mute.write" "tweet.read" "users.read") -> One<Muting>;
    pub struct Mute {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// Whom.
            target_user_id: UserId,
        }
    }
}

endpoint! {
    /// Unblocks a user.
    DELETE "/2/users/{source_user_id}/blocking/{target_user_id}" usersIdUnblock
    (AnyUser: "block.write" "tweet.read" "users.read") -> One<Blocking>;
    pub struct Unblock {
        path {
            /// Who acts: the user whose credential it is.
            source_user_id: UserId,
            /// Whom.
            target_user_id: UserId,
        }
    }
}

endpoint! {
    /// Unfollows a user.
    DELETE "/2/users/{source_user_id}/following/{target_user_id}" unfollowUser
    (AnyUser: "follows.write" "tweet.read" "users.read") -> One<Following>;
    pub struct Unfollow {
        path {
            /// Who acts: the user whose credential it is.
            source_user_id: UserId,
            /// Whom.
            target_user_id: UserId,
        }
    }
}

endpoint! {
    /// Unmutes a user.
    DELETE "/2/users/{source_user_id}/muting/{target_user_id}" unmuteUser
    (AnyUser: "mute.write" "tweet.read" "users.read") -> One<Muting>;
    pub struct Unmute {
        path {
            /// Who acts: the user whose credential it is.
            source_user_id: UserId,
            /// Whom.
            target_user_id: UserId,
        }
    }
}
