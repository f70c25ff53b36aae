//! The causes of refused direct messages.
//!
//! The specification names these problems, and says no more: each means what its name says.

use super::{Cause, Signs};

/// What is told by a problem's type, which is the cause's name too.
pub(super) const ROWS: &[Cause] = &[
    dm("recipient-not-messageable", "this user cannot send the recipient a message", ASK),
    dm("dm-bad-attachment", "X does not take the attachment", UPLOAD),
    dm("dm-bad-cta", "X does not take a button of the message", CONTENT),
    dm("dm-bad-custom-profile", "X does not take the custom profile", CONTENT),
    dm("dm-bad-media", "X does not take the media", UPLOAD),
    dm("dm-bad-quick-reply", "X does not take the quick replies", CONTENT),
    dm("dm-bad-url", "X does not take a link in the message", CONTENT),
    dm("dm-conversation-name-too-long", "the name of the conversation is too long", "shorten it"),
    dm("dm-conversation-not-found", "there is no such conversation, or not for this user", LOOK),
    dm("dm-duplicate", "the same message was sent just before", "go on, or change the text"),
    dm("dm-inactive-device", "the sending device is not active", "register the device anew"),
    dm("dm-not-delivered", "the message was not delivered", "send it again in a while"),
    dm("dm-not-found", "there is no such message, or not for this user", LOOK),
    dm("dm-not-owner", "the message is somebody else's", "act as the user who sent it"),
    dm("dm-participant-not-added", "a participant could not be added", ASK),
    dm("dm-participant-not-found", "a participant does not exist", "check the participants' ids"),
    dm("dm-participant-restricted", "this user may not add a participant", ASK),
    dm("dm-participant-unavailable", "a participant's account is not available", WITHOUT),
    dm("dm-rate-limited", "the user sends too many messages", "wait a while, and send fewer"),
    dm(
        "dm-recipient-blocks-sender",
        "the recipient blocks the sender",
        "send the recipient nothing",
    ),
    dm("dm-recipient-cannot-receive", "the recipient cannot receive messages", WITHOUT),
    dm(
        "dm-recipient-encrypted-unavailable",
        "the recipient has no encrypted messages",
        "send the message unencrypted, if it may be",
    ),
    dm("dm-recipient-not-accepting", "the recipient takes no messages from this user", ASK),
    dm("dm-recipient-not-found", "the recipient does not exist", "check the recipient's id"),
    dm("dm-recipient-restricts-groups", "this user may not add the recipient to groups", ASK),
    dm("dm-recipient-unavailable", "the recipient's account is not available", WITHOUT),
    dm(
        "dm-request-in-progress",
        "the same request is under way already",
        "wait for its outcome, then look whether the message is there",
    ),
    dm("dm-safety-limited", "X limits what this user may send", "wait a while, and send fewer"),
    dm("dm-safety-rejected", "X holds the message to be harmful", CONTENT),
    dm(
        "dm-sender-blocks-recipient",
        "the sender blocks the recipient",
        "unblock the recipient first",
    ),
    dm("dm-sender-declined-dms", "the sender has declined the conversation", ACCEPT),
    dm("dm-sender-dms-closed", "the sender has closed direct messages", "open them at x.com"),
    dm(
        "dm-sender-encrypted-unavailable",
        "the sender has no encrypted messages",
        "set them up at x.com, or send the message unencrypted",
    ),
    dm("dm-sender-not-in-conversation", "the sender has no part in the conversation", LOOK),
    dm("dm-sender-not-permitted", "the sender may not do this", "look at the account at x.com"),
    dm(
        "dm-sender-not-verified",
        "the recipient takes messages from verified users alone",
        "send from a verified account",
    ),
    dm(
        "dm-sender-phone-required",
        "X wants a phone number of the sender first",
        "add one to the account at x.com",
    ),
    dm("dm-sender-read-only", "the sender may read the conversation, not write", ASK),
    dm("dm-sender-unavailable", "the sender's account is not available", "look at it at x.com"),
    dm("dm-text-empty", "the message has neither text nor attachment", "give it one of them"),
    dm("dm-text-too-long", "the text of the message is too long", "shorten it"),
    dm("dm-too-few-participants", "a group has too few participants", "name more"),
    dm("dm-too-many-participants", "a group has too many participants", "name fewer"),
    dm("dm-unsupported-message", "X does not take this kind of message here", CONTENT),
];

const ACCEPT: &str = "accept the conversation at x.com first";
const ASK: &str = "leave it, unless the other side allows it at x.com";
const CONTENT: &str = "change it, or leave it out";
const LOOK: &str = "check the id, and act as a user who takes part";
const UPLOAD: &str =
    "upload the file as the same user for a direct message, and send one within a day";
const WITHOUT: &str = "send it to others only";

const fn dm(problem: &'static str, means: &'static str, next: &'static str) -> Cause {
    Signs::problem(problem).mean(problem, means, next)
}
