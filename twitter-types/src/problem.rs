//! What X says is wrong, in every shape that it says it.
//!
//! ```
//! use twitter_types::problem::{Problem, ProblemKind};
//!
//! let body = r#"{
//!     "type": "https://api.twitter.com/2/problems/resource-not-found",
//!     "title": "Not Found Error",
//!     "detail": "Could not find tweet with ids: [21]."
//! }"#;
//! let problem: Problem = serde_json::from_str(body)?;
//! assert_eq!(problem.kind(), ProblemKind::ResourceNotFound);
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::{
    json::Json,
    model::{model, open_enum},
};

model! {
    /// A problem: of a whole call, or of one part of a call that succeeded otherwise.
    ///
    /// X writes problems in several shapes (RFC 9457, RFC 6749, its older API's codes, and bare
    /// messages); this holds them all. [`kind`](Self::kind) is what to decide by, and
    /// [`text`](Self::text) what to show.
    pub struct Problem {
        /// The problem's type, a URL or `about:blank`.
        type_url = "type": Option<String>,
        /// A name for the type of problem.
        title: Option<String>,
        /// What is wrong this time.
        detail: Option<String>,
        /// Each thing that is wrong, such as the errors of a stream's rule.
        details: Vec<String>,
        /// The HTTP status that belongs to it; also a word, in stream messages.
        status: Option<Json>,
        /// The parameter that is wrong.
        parameter: Option<String>,
        /// The parameter's value.
        value: Option<Json>,
        /// Every wrong parameter by name, with its values.
        parameters: Option<Json>,
        /// What kind of thing the problem is about, such as `user`.
        resource_type: Option<String>,
        /// Which thing.
        resource_id: Option<String>,
        /// The field that is not given.
        field: Option<String>,
        /// The part of the reply that lacks it, such as `includes`.
        section: Option<String>,
        /// Why the App is refused, such as `client-not-enrolled`.
        reason: Option<String>,
        /// Where to enrol.
        registration_url: Option<String>,
        /// What the App must be enrolled in.
        required_enrollment: Option<String>,
        /// The App that is refused.
        client_id: Option<String>,
        /// The span of a cap: `Daily` or `Monthly`.
        period: Option<String>,
        /// What a cap counts: `Account` or `Product`.
        scope: Option<String>,
        /// Why a stream was not opened, such as `TooManyConnections`.
        connection_issue: Option<String>,
        /// Why a stream was closed, such as `ForceDisconnect`.
        disconnect_type: Option<String>,
        /// The rule or other object that is in the way.
        id: Option<String>,
        /// A code of the older API, such as 88.
        code: Option<u64>,
        /// The code's name.
        label: Option<String>,
        /// What is wrong, in the older API's shape.
        message: Option<String>,
        /// The error code of RFC 6749, section 5.2.
        error: Option<String>,
        /// What is wrong, in the shape of RFC 6749.
        error_description: Option<String>,
        /// The post that could not be bookmarked.
        tweet_id: Option<String>,
        /// The subscription that could not be deleted.
        subscription_id: Option<String>,
        /// The problems that make up this one.
        errors: Vec<Problem>,
    }
}

impl Problem {
    /// The kind of problem, by the last segment of its type, on whichever host.
    pub fn kind(&self) -> ProblemKind {
        let by_type = self.type_url.as_deref().map(|url| url.rsplit('/').next().unwrap_or(url));
        let by_title = || self.title.as_deref().filter(|&title| title == "CreditsDepleted");
        by_type.or_else(by_title).map_or(ProblemKind::Unnamed, ProblemKind::from)
    }

    /// What is wrong, in X's words: the most exact text of those that came.
    pub fn text(&self) -> Option<&str> {
        let exact = [&self.detail, &self.message, &self.error_description];
        let exact = exact.into_iter().find_map(Option::as_deref);
        let of_several = || self.details.first().map(String::as_str);
        exact.or_else(of_several).or(self.title.as_deref()).or(self.error.as_deref())
    }

    /// This problem without its parts, and then the parts; one that says nothing itself is left
    /// out.
    pub fn flatten(mut self) -> Vec<Self> {
        let parts = std::mem::take(&mut self.errors);
        let says_nothing = self == Self::new();
        let itself = (!says_nothing).then_some(self);
        itself.into_iter().chain(parts.into_iter().flat_map(Self::flatten)).collect()
    }
}

open_enum! {
    /// The kinds of problem that X names, by the last segment of their type.
    pub enum ProblemKind {
        /// No type, as the older API and RFC 6749 give none.
        Unnamed = "",
        /// Nothing more than the HTTP status says.
        Generic = "about:blank",
        /// A parameter is wrong.
        InvalidRequest = "invalid-request",
        /// It does not exist.
        ResourceNotFound = "resource-not-found",
        /// This credential may not see it.
        NotAuthorizedForResource = "not-authorized-for-resource",
        /// This credential may not see the field.
        NotAuthorizedForField = "not-authorized-for-field",
        /// This credential may not see the field.
        FieldUnauthorized = "field-unauthorized",
        /// X failed to fetch the field.
        FieldHydrationFailure = "field-hydration-failure",
        /// X cannot give it now.
        ResourceUnavailable = "resource-unavailable",
        /// X does not give it.
        DisallowedResource = "disallowed-resource",
        /// X failed.
        InternalError = "internal-error",
        /// The App may not do this.
        ClientForbidden = "client-forbidden",
        /// A cap of a day or a month is spent.
        UsageCapped = "usage-capped",
        /// The App has no credits left.
        CreditsDepleted = "credits" | "credits-depleted" | "CreditsDepleted",
        /// A window of calls is spent.
        RateLimitExceeded = "rate-limit-exceeded",
        /// A stream was not opened.
        StreamingConnection = "streaming-connection",
        /// A stream was closed.
        OperationalDisconnect = "operational-disconnect",
        /// The client left.
        ClientDisconnected = "client-disconnected",
        /// Another change got in the way.
        Conflict = "conflict",
        /// Rules break X's terms.
        NoncompliantRules = "noncompliant-rules",
        /// The kind of credential is not accepted.
        UnsupportedAuthentication = "unsupported-authentication",
        /// The App's OAuth 1.0a permissions do not suffice.
        OAuth1Permissions = "oauth1-permissions",
        /// Rules exist already.
        DuplicateRules = "duplicate-rules",
        /// Rules are malformed.
        InvalidRules = "invalid-rules",
        /// There are as many rules as there may be.
        RuleCap = "rule-cap",
        /// The recipient cannot be sent a message by this user.
        RecipientNotMessageable = "recipient-not-messageable",
        /// A direct message has an attachment that X does not take.
        DmBadAttachment = "dm-bad-attachment",
        /// A direct message has a button that X does not take.
        DmBadCta = "dm-bad-cta",
        /// A direct message names a custom profile that X does not take.
        DmBadCustomProfile = "dm-bad-custom-profile",
        /// A direct message has media that X does not take.
        DmBadMedia = "dm-bad-media",
        /// A direct message offers quick replies that X does not take.
        DmBadQuickReply = "dm-bad-quick-reply",
        /// A direct message has a link that X does not take.
        DmBadUrl = "dm-bad-url",
        /// The name of a conversation is too long.
        DmConversationNameTooLong = "dm-conversation-name-too-long",
        /// The conversation does not exist, or not for this user.
        DmConversationNotFound = "dm-conversation-not-found",
        /// The same message was sent just before.
        DmDuplicate = "dm-duplicate",
        /// The sending device is not active.
        DmInactiveDevice = "dm-inactive-device",
        /// The message was not delivered.
        DmNotDelivered = "dm-not-delivered",
        /// The message does not exist, or not for this user.
        DmNotFound = "dm-not-found",
        /// The message is somebody else's.
        DmNotOwner = "dm-not-owner",
        /// A participant could not be added.
        DmParticipantNotAdded = "dm-participant-not-added",
        /// A participant does not exist.
        DmParticipantNotFound = "dm-participant-not-found",
        /// A participant may not be added by this user.
        DmParticipantRestricted = "dm-participant-restricted",
        /// A participant's account is not available.
        DmParticipantUnavailable = "dm-participant-unavailable",
        /// The user sends too many messages.
        DmRateLimited = "dm-rate-limited",
        /// The recipient blocks the sender.
        DmRecipientBlocksSender = "dm-recipient-blocks-sender",
        /// The recipient cannot receive messages.
        DmRecipientCannotReceive = "dm-recipient-cannot-receive",
        /// The recipient has no encrypted messages.
        DmRecipientEncryptedUnavailable = "dm-recipient-encrypted-unavailable",
        /// The recipient takes no messages from this user.
        DmRecipientNotAccepting = "dm-recipient-not-accepting",
        /// The recipient does not exist.
        DmRecipientNotFound = "dm-recipient-not-found",
        /// The recipient cannot be added to groups by this user.
        DmRecipientRestrictsGroups = "dm-recipient-restricts-groups",
        /// The recipient's account is not available.
        DmRecipientUnavailable = "dm-recipient-unavailable",
        /// The same request is under way already.
        DmRequestInProgress = "dm-request-in-progress",
        /// X limits what this user may send.
        DmSafetyLimited = "dm-safety-limited",
        /// X holds the message to be harmful.
        DmSafetyRejected = "dm-safety-rejected",
        /// The sender blocks the recipient.
        DmSenderBlocksRecipient = "dm-sender-blocks-recipient",
        /// The sender has declined the conversation.
        DmSenderDeclinedDms = "dm-sender-declined-dms",
        /// The sender has closed direct messages.
        DmSenderDmsClosed = "dm-sender-dms-closed",
        /// The sender has no encrypted messages.
        DmSenderEncryptedUnavailable = "dm-sender-encrypted-unavailable",
        /// The sender has no part in the conversation.
        DmSenderNotInConversation = "dm-sender-not-in-conversation",
        /// The sender may not do this.
        DmSenderNotPermitted = "dm-sender-not-permitted",
        /// The recipient takes messages from verified users alone.
        DmSenderNotVerified = "dm-sender-not-verified",
        /// The sender has to give X a phone number first.
        DmSenderPhoneRequired = "dm-sender-phone-required",
        /// The sender may read the conversation, not write.
        DmSenderReadOnly = "dm-sender-read-only",
        /// The sender's account is not available.
        DmSenderUnavailable = "dm-sender-unavailable",
        /// The message has neither text nor attachment.
        DmTextEmpty = "dm-text-empty",
        /// The text of the message is too long.
        DmTextTooLong = "dm-text-too-long",
        /// A group has too few participants.
        DmTooFewParticipants = "dm-too-few-participants",
        /// A group has too many participants.
        DmTooManyParticipants = "dm-too-many-participants",
        /// X does not take this kind of message here.
        DmUnsupportedMessage = "dm-unsupported-message",
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn what_is_wrong_says_more_than_a_title() {
        let rule = r#"{"title":"UnprocessableEntity","details":["no such operator","at 1"]}"#;
        let problem: Problem = serde_json::from_str(rule).unwrap();
        assert_eq!(problem.text(), Some("no such operator"));
        let problem: Problem = serde_json::from_str(r#"{"title":"DuplicateRule"}"#).unwrap();
        assert_eq!(problem.text(), Some("DuplicateRule"));
    }
}
