//! Calls: audio and video rooms that people join by a link.

use crate::id::{CallId, ChatConversationId, UserId};
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A call.
    pub struct Call {
        required {
            /// Identifies the call. Whoever knows it can join.
            id: CallId,
        }
        /// The XChat conversation that the call belongs to.
        conversation_id: Option<ChatConversationId>,
        /// When the call was created.
        created_at: Option<Timestamp>,
        /// The host, to be found in [`Includes`](super::Includes).
        host_id: Option<UserId>,
        /// Who may join.
        join_policy: Option<CallJoinPolicy>,
        /// The address that people open to join.
        join_url: Option<String>,
        /// People in the call at the time of the request.
        participant_count: Option<u64>,
        /// The call's title.
        title: Option<String>,
        /// Whether the requesting user may join without asking the host.
        viewer_may_join: Option<bool>,
    }
}

open_enum! {
    /// Who may join a [`Call`].
    pub enum CallJoinPolicy {
        /// Anyone with the link.
        Open = "open",
        /// Those whom the host admits.
        Closed = "closed",
        /// Members of the host's Verified Organization.
        Trusted = "trusted",
    }
}
