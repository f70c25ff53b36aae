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
    /// Lists broadcasts of the user whose credential it is.
    GET "/2/broadcasts" listBroadcasts
    (AnyUser: "broadcast.read") -> Page<Broadcast>;
    pub struct All {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// These alone, and then neither `max_results` nor a page.
            ids: Vec<BroadcastId> [1..=100],
            /// What to return.
            fields = "broadcast.fields": Fields<BroadcastField>,
        }
    }
}

endpoint! {
    /// Deletes a broadcast that does not run, with its recording.
    DELETE "/2/broadcasts/{id}" deleteBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which broadcast.
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
            /// Which broadcast.
            id: BroadcastId,
        }
        query {
            /// What to return.
            fields = "broadcast.fields": Fields<BroadcastField>,
        }
    }
}

endpoint! {
    /// Ends a broadcast.
    PUT "/2/broadcasts/{id}/state" updateBroadcastState
    (AnyUser: "broadcast.read" "broadcast.write") -> One<BroadcastChange>;
    pub struct SetState {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        json {
            /// `END`; X takes nothing else here.
            state: String,
        } optional {
            /// X refuses it with `END`.
            chat_option: u64,
            /// X refuses it with `END`.
            locale: String,
            /// X refuses it with `END`.
            should_not_tweet: bool,
            /// X refuses it with `END`.
            title: String,
        }
    }
}

endpoint! {
    /// Lists a user's broadcasts.
    ///
    /// X has deprecated it: `All` does the same.
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
    ///
    /// `SetStateOfUser` starts it; X deletes it after seven days if nobody does.
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
            /// X ignores it: the source has one.
            region: String,
        }
    }
}

endpoint! {
    /// Deletes a user's broadcast.
    ///
    /// X has deprecated it: `Delete` does the same.
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
    ///
    /// X has deprecated it: `ById` does the same.
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
    ///
    /// To start, its source must be sending; a post announces it. To end one, X prefers `SetState`.
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
            /// `PUBLISH` or `END`.
            state: String,
        } optional {
            /// Who may write in the chat, by the numbers of `Broadcast::chat_option`. With
            /// `PUBLISH` alone, as the three below.
            chat_option: Json,
            /// The language.
            locale: String,
            /// Whether to start without a post about it; true or false.
            should_not_tweet: Json,
            /// The title.
            title: String,
        }
    }
}
