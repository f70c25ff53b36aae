//! Calls: audio and video rooms that people join by a link.

use super::Call;
use crate::id::{CallId, ScheduledCallId, UserId};
use crate::model::{SecretText, model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// The form of the sound that a program sends and receives in a call.
    pub struct CallAudio {
        /// How sound is encoded.
        encoding: Option<CallEncoding>,
        /// Samples per second: 8000, 16000, 24000 or 48000; 24000 if not set.
        sample_rate: Option<u64>,
    }
}

model! {
    /// How a program takes part in a call.
    pub struct CallMedia {
        /// The form of the sound.
        audio: Option<CallAudio>,
        /// How the sound is carried.
        kind = "type": Option<CallMediaKind>,
    }
}

model! {
    /// The answer to answering an invitation.
    pub struct CallResponse {
        /// The answer that X holds now.
        response: Option<String>,
    }
}

model! {
    /// The answer to calling off a call.
    pub struct Cancelled {
        /// Whether it is called off now.
        cancelled: Option<bool>,
    }
}

model! {
    /// The answer to joining a call.
    pub struct JoinedCall {
        /// `immediate`, or `requires_approval` if the host has to admit the user.
        admission: Option<String>,
        /// The call.
        call: Option<Call>,
        /// Until when `media_token` is good.
        expires_at: Option<Timestamp>,
        /// The token for `media_url`, to be used once and soon.
        media_token: Option<SecretText>,
        /// How the sound is carried: `websocket`.
        media_type: Option<String>,
        /// The WebSocket that carries the sound.
        media_url: Option<String>,
        /// The session.
        session_id: Option<String>,
    }
}

model! {
    /// The answer to leaving a call.
    pub struct LeftCall {
        /// Whether the user has left.
        left: Option<bool>,
    }
}

model! {
    /// A planned call.
    pub struct ScheduledCall {
        /// Where the call is kept: `x`, or `outlook` for a linked calendar.
        calendar: Option<String>,
        /// The call that people join; whoever knows it can.
        call_id: Option<CallId>,
        /// What it is about.
        description: Option<String>,
        /// When this occurrence ends.
        end_time: Option<Timestamp>,
        /// Identifies it; calls of a linked calendar have none.
        id: Option<ScheduledCallId>,
        /// Who is invited, without the organizer. Calls of a linked calendar do not tell.
        invitees: Vec<ScheduledCallInvitee>,
        /// The address that people open to join.
        join_url: Option<String>,
        /// When this occurrence was to start at first: what changes to it are asked for by.
        occurrence_start_time: Option<Timestamp>,
        /// Who plans the call.
        organizer_id: Option<UserId>,
        /// The rule by which it comes again, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=MO`.
        recurrence: Option<String>,
        /// When this occurrence starts.
        start_time: Option<Timestamp>,
        /// How it stands.
        status: Option<ScheduledCallStatus>,
        /// The time zone, by its IANA name.
        time_zone: Option<String>,
        /// The title.
        title: Option<String>,
    }
}

model! {
    /// Somebody who is invited to a call.
    pub struct ScheduledCallInvitee {
        required {
            /// The user.
            id: UserId,
        }
        /// The answer: `accepted`, `declined`, `tentative`, or `none` as yet.
        response: Option<String>,
    }
}

open_enum! {
    /// The answer to an invitation.
    pub enum CallAnswer {
        /// `accepted`.
        Accepted = "accepted",
        /// `declined`.
        Declined = "declined",
        /// `tentative`.
        Tentative = "tentative",
    }
}

open_enum! {
    /// How the sound of a call is encoded.
    pub enum CallEncoding {
        /// `pcm16`.
        Pcm16 = "pcm16",
    }
}

open_enum! {
    /// How the sound of a call is carried.
    pub enum CallMediaKind {
        /// `websocket`.
        Websocket = "websocket",
    }
}

open_enum! {
    /// Which occurrences of a call that comes again: all, unless one is named.
    pub enum CallScope {
        /// `all`.
        All = "all",
        /// `this`.
        This = "this",
        /// `this_and_following`.
        ThisAndFollowing = "this_and_following",
    }
}

open_enum! {
    /// How a planned call stands.
    pub enum ScheduledCallStatus {
        /// It is to take place.
        Scheduled = "scheduled",
        /// This occurrence does not take place.
        Cancelled = "cancelled",
    }
}
