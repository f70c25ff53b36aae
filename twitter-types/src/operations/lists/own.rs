//! Making and changing lists.

use crate::{
    endpoint::endpoint,
    envelope::One,
    id::{ListId, UserId},
    models::{CreatedList, Deleted, ListMembership, Updated},
};

endpoint! {
    /// Creates a list.
    POST "/2/lists" createLists
    (AnyUser: "list.read" "list.write" "tweet.read" "users.read") -> One<CreatedList>;
    pub struct Create {
        json {
            /// The name.
            name: String [1..=25],
        } optional {
            /// What it is about.
            description: String [0..=100],
            /// Whether only the owner sees it.
            private: bool,
        }
    }
}

endpoint! {
    /// Deletes a list.
    DELETE "/2/lists/{id}" deleteLists
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which list.
            id: ListId,
        }
    }
}

endpoint! {
    /// Changes a list's name, description or privacy.
    PUT "/2/lists/{id}" updateLists
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<Updated>;
    pub struct Update {
        path {
            /// Which list.
            id: ListId,
        }
        json {
        } optional {
            /// What it is about.
            description: String [0..=100],
            /// The name.
            name: String [1..=25],
            /// Whether only the owner sees it.
            private: bool,
        }
    }
}

endpoint! {
    /// Puts a user on a list.
    POST "/2/lists/{id}/members" addListsMember
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<ListMembership>;
    pub struct AddMember {
        path {
            /// Which list.
            id: ListId,
        }
        json {
            /// The user.
            user_id: UserId,
        }
    }
}

endpoint! {
    /// Takes a user off a list.
    DELETE "/2/lists/{id}/members/{user_id}" removeListsMemberByUserId
    (AnyUser: "list.write" "tweet.read" "users.read") -> One<ListMembership>;
    pub struct RemoveMember {
        path {
            /// Which list.
            id: ListId,
            /// The user.
            user_id: UserId,
        }
    }
}
