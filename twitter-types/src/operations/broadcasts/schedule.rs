//! Broadcasts that are to come.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{BroadcastId, MediaId, SourceId},
    model::UnixMillis,
    models::{BroadcastRecurrence, Deleted, ScheduledBroadcast},
};

endpoint! {
    /// Lists the broadcasts that are to come.
    GET "/2/broadcasts/scheduled" listScheduledBroadcasts
    (AnyUser: "broadcast.read") -> Page<ScheduledBroadcast>;
    pub struct Scheduled {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Broadcasts that start then or later, of a form that X does not describe.
            oldest_start_time: String,
            /// Broadcasts that start then or earlier, of a form that X does not describe.
            newest_start_time: String,
        }
    }
}

endpoint! {
    /// Plans a broadcast.
    POST "/2/broadcasts/scheduled" createScheduledBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<ScheduledBroadcast>;
    pub struct Schedule {
        json {
            /// When it is to start.
            scheduled_start_ms: UnixMillis,
            /// The source.
            source_id: SourceId,
        } optional {
            /// Whether it can be watched afterwards.
            available_for_replay: bool,
            /// Who may write in the chat, by the numbers of `Broadcast::chat_option`.
            chat_option: String,
            /// What it is about.
            description: String,
            /// Whether only some may watch.
            is_locked: bool,
            /// The language.
            locale: String,
            /// Whether somebody has to start it, by `GoLive`.
            manual_publish: bool,
            /// How it comes again. X is about to refuse it: each occurrence is planned alone.
            recurrence: BroadcastRecurrence,
            /// When it is to end; open if not set.
            scheduled_end_ms: UnixMillis,
            /// X has retired it.
            telecast_id: String,
            /// The picture before it starts.
            thumbnail_media_id: MediaId,
            /// The title.
            title: String,
        }
    }
}

endpoint! {
    /// Calls off a planned broadcast.
    DELETE "/2/broadcasts/scheduled/{id}" deleteScheduledBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Deleted>;
    pub struct DeleteScheduled {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        query {
            /// X has retired it, and refuses `true`.
            roll_forward: bool,
        }
    }
}

endpoint! {
    /// Looks up a planned broadcast.
    GET "/2/broadcasts/scheduled/{id}" getScheduledBroadcast
    (AnyUser: "broadcast.read") -> One<ScheduledBroadcast>;
    pub struct ScheduledById {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
    }
}

endpoint! {
    /// Changes a planned broadcast.
    ///
    /// What is not set again is lost.
    PUT "/2/broadcasts/scheduled/{id}" updateScheduledBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<ScheduledBroadcast>;
    pub struct UpdateScheduled {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        json {
            /// The `scheduled_broadcast_id` that planning it gave.
            scheduled_broadcast_id: BroadcastId,
            /// When it is to end.
            scheduled_end_ms: UnixMillis,
            /// When it is to start.
            scheduled_start_ms: UnixMillis,
        } optional {
            /// Whether it can be watched afterwards.
            available_for_replay: bool,
            /// Who may write in the chat, by the numbers of `Broadcast::chat_option`.
            chat_option: String,
            /// What it is about.
            description: String,
            /// Whether only some may watch.
            is_locked: bool,
            /// The language.
            locale: String,
            /// Whether somebody has to start it, by `GoLive`.
            manual_publish: bool,
            /// X has retired it, and refuses `true`.
            roll_forward: bool,
            /// The source.
            source_id: SourceId,
            /// The picture before it starts.
            thumbnail_media_id: MediaId,
            /// The title.
            title: String,
        }
    }
}

endpoint! {
    /// Starts a planned broadcast now.
    ///
    /// It must have `manual_publish`; the others start by themselves.
    POST "/2/broadcasts/scheduled/{id}/live" goLiveScheduledBroadcast
    (AnyUser: "broadcast.read" "broadcast.write") -> One<ScheduledBroadcast>;
    pub struct GoLive {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
    }
}
