//! Lists of users.

use crate::id::{ListId, UserId};
use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// The answer to creating a list.
    pub struct CreatedList {
        required {
            /// Identifies the list.
            id: ListId,
        }
        /// The name.
        name: Option<String>,
    }
}

model! {
    /// A list of users.
    pub struct List {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// What it is about.
        description: Option<String>,
        /// How many follow it.
        follower_count: Option<u64>,
        /// Identifies it.
        id: Option<ListId>,
        /// How many members there are.
        member_count: Option<u64>,
        /// The name.
        name: Option<String>,
        /// Who owns it.
        owner_id: Option<UserId>,
        /// Whether only the owner sees it.
        private: Option<bool>,
    }
}

model! {
    /// The answer to putting a user on a list, or to taking the user off.
    pub struct ListMembership {
        /// Whether the user is on the list now.
        is_member: Option<bool>,
    }
}

model! {
    /// The answer to pinning a list, or to unpinning.
    pub struct Pinned {
        /// Whether the list is pinned now.
        pinned: Option<bool>,
    }
}
