//! Broadcasts themselves.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{BroadcastField, Fields},
    id::{BroadcastId, SourceId, UserId},
    json::Json,
    models::{
        Broadcast, BroadcastChange, BroadcastOfUser, BroadcastStateOfUser, BroadcastsOfUser,
        CreatedBroadcast, Deleted, Done,
    },
};

endpoint! {
    /// Lists broadcasts: those named, or those of the user whose credential it is.
    GET "/2/broadcasts" listBroadcasts
    (AnyUser: "broadcast.read") -> Page<Broadcast>;
    pub struct All {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Which.
            ids: Vec<BroadcastId> [1..=100],
            /// What to return.
            fields = "broadcast.fields": Fields<BroadcastField>,
        }
    }
}

endpoint! {
    /// Deletes a broadcast.
    DELETE "/2/broadcasts/{id}" deleteBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which.
            id: BroadcastId,
        }
    }
}

endpoint! {
    /// Looks up a broadcast.
    GET "/2/broadcasts/{id}" getBroadcast
    (AnyUser: "broadcast.read") -> One<Broadcast>;
    pub struct ById {
        path {
            /// Which.
            id: BroadcastId,
        }
        query {
            /// What to return.
            fields = "broadcast.fields": Fields<BroadcastField>,
        }
    }
}

endpoint! {
    /// Starts or ends a broadcast.
    PUT "/2/broadcasts/{id}/state" updateBroadcastState
    (AnyUser: "broadcast.read" "broadcast.write") -> One<BroadcastChange>;
    pub struct SetState {
        path {
            /// Which.
            id: BroadcastId,
        }
        json {
            /// How far it is.
            state: String,
        } optional {
            /// Who may write in the chat, by X's number.
            chat_option: u64,
            /// The language.
            locale: String,
            /// Whether to start without a post about it.
            should_not_tweet: bool,
            /// The title.
            title: String,
        }
    }
}

endpoint! {
    /// Lists a user's broadcasts.
    GET "/2/users/{id}/broadcasts" listUserBroadcasts
    (AnyUser: "broadcast.read") -> One<BroadcastsOfUser>;
    pub struct OfUser {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// The page to return, as an earlier one named it.
            pagination_token: String,
        }
    }
}

endpoint! {
    /// Makes a broadcast of a source.
    POST "/2/users/{id}/broadcasts" createUserBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<CreatedBroadcast>;
    pub struct Create {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// The source.
            source_id: SourceId,
        } optional {
            /// X ignores it.
            is_low_latency: Json,
            /// The data centre.
            region: String,
        }
    }
}

endpoint! {
    /// Deletes a user's broadcast.
    DELETE "/2/users/{id}/broadcasts/{broadcast_id}" deleteUserBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Done>;
    pub struct DeleteOfUser {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// The broadcast.
            broadcast_id: BroadcastId,
        }
    }
}

endpoint! {
    /// Looks up a user's broadcast.
    GET "/2/users/{id}/broadcasts/{broadcast_id}" getUserBroadcast
    (AnyUser: "broadcast.read") -> One<BroadcastOfUser>;
    pub struct OfUserById {
        path {
            /// Which user.
            id: UserId,
            /// The broadcast.
            broadcast_id: BroadcastId,
        }
    }
}

endpoint! {
    /// Starts or ends a user's broadcast.
    PUT "/2/users/{id}/broadcasts/{broadcast_id}/state" updateUserBroadcastState
    (AnyUser: "broadcast.read" "broadcast.write") -> One<BroadcastStateOfUser>;
    pub struct SetStateOfUser {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// The broadcast.
            broadcast_id: BroadcastId,
        }
        json {
            /// How far it is.
            state: String,
        } optional {
            /// Who may write in the chat, by X's number.
            chat_option: Json,
            /// The language.
            locale: String,
            /// Whether to start without a post about it.
            should_not_tweet: Json,
            /// The title.
            title: String,
        }
    }
}
