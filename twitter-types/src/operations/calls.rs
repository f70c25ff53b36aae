//! Calls: audio and video rooms that people join by a link.

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{CallExpansion, CallField, ScheduledCallExpansion, ScheduledCallField, UserField},
    id::{CallId, ChatConversationId, ScheduledCallId, UserId},
    models::{
        Call, CallAnswer, CallJoinPolicy, CallMedia, CallResponse, CallScope, Cancelled,
        JoinedCall, LeftCall, ScheduledCall, Updated,
    },
    timestamp::Timestamp,
};

endpoint! {
    /// Starts a call that people join by a link.
    POST "/2/calls" createCall
    (AnyUser: "calls.write") -> One<Call>;
    pub struct Create {
        json {
        } optional {
            /// Whether to start without video.
            audio_only: bool,
            /// The conversation to start it in.
            conversation_id: ChatConversationId [0..=128],
            /// Who may join; anyone with the link if not set.
            join_policy: CallJoinPolicy,
            /// The title.
            title: String [0..=100],
        }
    }
}

endpoint! {
    /// Lists the planned calls of the user whose credential it is.
    ///
    /// The earliest come first, of seven days at most.
    GET "/2/calls/scheduled" listScheduledCalls
    (AnyUser: "calls.read") -> Page<ScheduledCall>;
    pub struct Scheduled {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// Calls that still run then, or start later; now if not set.
            start_time: Timestamp,
            /// Calls that start before then; 24 hours later if not set.
            end_time: Timestamp,
            /// What to return.
            fields: ScheduledCallFields,
        }
    }
}

endpoint! {
    /// Plans a call, once or again and again.
    POST "/2/calls/scheduled" scheduleCall
    (AnyUser: "calls.write") -> One<ScheduledCall>;
    pub struct Schedule {
        json {
            /// When it starts.
            start_time: Timestamp,
        } optional {
            /// What it is about.
            description: String [0..=1000],
            /// How long it lasts, in minutes; 30 if not set.
            duration_minutes: u32 [1..=44640],
            /// Who is invited, by id.
            invitee_ids: Vec<UserId> [0..=25],
            /// Whether those invited get an e-mail; they do if not set.
            notify_invitees: bool,
            /// The rule by which it comes again, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=MO`.
            recurrence: String [0..=500],
            /// The time zone that it comes again by, by its IANA name.
            time_zone: String [0..=64],
            /// The title.
            title: String [0..=100],
        }
    }
}

endpoint! {
    /// Calls off a planned call, or some of its occurrences.
    DELETE "/2/calls/scheduled/{id}" cancelScheduledCall
    (AnyUser: "calls.write") -> One<Cancelled>;
    pub struct Cancel {
        path {
            /// Which call.
            id: ScheduledCallId,
        }
        query {
            /// Which occurrences; if not set, all, or the one that is named.
            scope: CallScope,
            /// The occurrence, by the start that it had at first.
            occurrence_start_time: Timestamp,
            /// Whether those invited get an e-mail; they do if not set.
            notify_invitees: bool,
        }
    }
}

endpoint! {
    /// Looks up a planned call, at its occurrence of now or the next.
    GET "/2/calls/scheduled/{id}" getScheduledCall
    (AnyUser: "calls.read") -> One<ScheduledCall>;
    pub struct ScheduledById {
        path {
            /// Which call.
            id: ScheduledCallId,
        }
        query {
            /// What to return.
            fields: ScheduledCallFields,
        }
    }
}

endpoint! {
    /// Changes a planned call, or some of its occurrences.
    ///
    /// What is not set stays.
    PUT "/2/calls/scheduled/{id}" updateScheduledCall
    (AnyUser: "calls.write") -> One<Updated>;
    pub struct UpdateScheduled {
        path {
            /// Which call.
            id: ScheduledCallId,
        }
        json {
        } optional {
            /// What it is about.
            description: String [0..=1000],
            /// How long it lasts, in minutes.
            duration_minutes: u32 [1..=44640],
            /// Everyone who is invited now; at most 25 who were not.
            invitee_ids: Vec<UserId> [1..=100],
            /// Whether those invited get an e-mail; they do if not set.
            notify_invitees: bool,
            /// The occurrence, by the start that it had at first.
            occurrence_start_time: Timestamp,
            /// The rule by which it comes again, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=MO`.
            recurrence: String [1..=500],
            /// Which occurrences; if not set, all, or the one that is named.
            scope: CallScope,
            /// When it starts now.
            start_time: Timestamp,
            /// The time zone that it comes again by, by its IANA name.
            time_zone: String [0..=64],
            /// The title.
            title: String [0..=100],
        }
    }
}

endpoint! {
    /// Answers an invitation.
    POST "/2/calls/scheduled/{id}/rsvp" respondToScheduledCall
    (AnyUser: "calls.write") -> One<CallResponse>;
    pub struct Respond {
        path {
            /// Which call.
            id: ScheduledCallId,
        }
        json {
            /// The answer.
            response: CallAnswer,
        } optional {
            /// The occurrence, by the start that it had at first.
            occurrence_start_time: Timestamp,
            /// Which occurrences; if not set, all, or the one that is named.
            scope: CallScope,
        }
    }
}

endpoint! {
    /// Looks up a call.
    GET "/2/calls/{id}" getCall
    (AnyUser: "calls.read") -> One<Call>;
    pub struct ById {
        path {
            /// Which call.
            id: CallId,
        }
        query {
            /// What to return.
            fields: CallFields,
        }
    }
}

endpoint! {
    /// Joins a call.
    ///
    /// The answer names the address where its sound is.
    POST "/2/calls/{id}/join" joinCall
    (OAuth2UserOnly: "calls.join") -> One<JoinedCall>;
    pub struct Join {
        path {
            /// Which call.
            id: CallId,
        }
        json {
        } optional {
            /// How the program takes part.
            media: CallMedia,
        }
    }
}

endpoint! {
    /// Leaves a call.
    POST "/2/calls/{id}/leave" leaveCall
    (OAuth2UserOnly: "calls.join") -> One<LeftCall>;
    pub struct Leave {
        path {
            /// Which call.
            id: CallId,
        }
    }
}

field_set! {
    /// What to return.
    pub struct ScheduledCallFields: ScheduledCallField {
        /// Of planned calls:
        scheduled_call: ScheduledCallField = "scheduled_call.fields",
        /// Of the calls:
        call: CallField = "call.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: ScheduledCallExpansion = "expansions",
    }
}

field_set! {
    /// What to return.
    pub struct CallFields: CallField {
        /// Of the calls:
        call: CallField = "call.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: CallExpansion = "expansions",
    }
}
