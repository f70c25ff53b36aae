//! The causes of refusals that a problem's type tells. What the documentation does not say, but others
//! report, is marked "3p".

use super::{Cause, Signs};
use crate::auth::Kind::AppToken;

/// What is told by a problem's type.
pub(super) const ROWS: &[Cause] = &[
    // The App, and what it may do.
    Signs::problem("client-forbidden").because("client-not-enrolled").mean(
        "client-not-enrolled",
        "the App belongs to no Project with access",
        "attach the App to a Project with access in the developer console",
    ),
    Signs::problem("client-forbidden").mean(
        "client-forbidden",
        "X does not let this App do that",
        "check the App's permissions and its access in the developer console",
    ),
    Signs::problem("usage-capped").because("Daily").mean(
        "cap-of-day-spent",
        "the cap of a day is spent",
        "wait for the next day, or raise the cap in the developer console",
    ),
    Signs::problem("usage-capped").mean(
        "cap-of-cycle-spent",
        "the cap of this cycle is spent",
        "raise it in the developer console, or wait for the next cycle",
    ),
    // 3p: 402 is in no list of X's.
    Signs::problem("credits").mean(
        "credits-depleted",
        "the App has no credits left",
        "buy credits in the developer console, since waiting does not help",
    ),
    // The credential.
    Signs::problem("unsupported-authentication").by(AppToken).mean(
        "app-token-not-accepted",
        "the operation is about a user, and an app-only token stands for none",
        "use a user's credential",
    ),
    Signs::problem("unsupported-authentication").mean(
        "credential-not-accepted",
        "the operation does not accept this kind of credential",
        "use a credential of a kind that this operation accepts",
    ),
    // The type is 3p; that tokens keep the permission they were made with is documented.
    Signs::problem("oauth1-permissions").mean(
        "oauth1-permission-too-low",
        "the access token is from a time when the App had less permission",
        "set the App's permission in the developer console, then log the user in again, or regenerate \
         the access token there",
    ),
    Signs::problem("not-authorized-for-resource").mean(
        "not-visible",
        "the account is protected, or the user did not grant this",
        "ask with a user who may see it",
    ),
    Signs::problem("not-authorized-for-field").mean(
        "field-not-visible",
        "this credential may not see the field, as metrics of the author's are for the author alone",
        "leave the field out, or ask with the user whose it is",
    ),
    Signs::problem("field-unauthorized").mean(
        "field-unauthorized",
        "this credential may not see the field",
        "leave the field out, or ask with the user whose it is",
    ),
    Signs::problem("field-hydration-failure").mean(
        "field-not-fetched",
        "X failed to fetch the field",
        "use the rest, or ask again in a while",
    ),
    Signs::problem("resource-not-found").mean(
        "resource-not-found",
        "it does not exist, or no longer",
        "check the id or name",
    ),
    Signs::problem("resource-unavailable").mean(
        "resource-unavailable",
        "X cannot give it now",
        "ask again in a while",
    ),
    Signs::problem("disallowed-resource").mean(
        "resource-disallowed",
        "X does not give this to anybody who asks so",
        "do without it",
    ),
    Signs::problem("internal-error").mean(
        "internal-error",
        "X has a problem of its own",
        "send it again in a while",
    ),
    // Streams. The documentation names the reasons, and explains few of them: the others mean what
    // their names say.
    Signs::problem("streaming-connection").because("TooManyConnections").mean(
        "stream-too-many-connections",
        "the stream has as many connections as it may have",
        "close the other connection, or end it by /2/connections",
    ),
    // Its status is 409 (3p).
    Signs::problem("streaming-connection").because("RuleConfigurationIssue").mean(
        "stream-without-rules",
        "the stream has no rule to go by",
        "add a rule, then connect again",
    ),
    Signs::problem("streaming-connection").because("RulesInvalidIssue").mean(
        "stream-rules-invalid",
        "the stream has a rule that is not valid",
        "delete or mend the rule, then connect again",
    ),
    Signs::problem("streaming-connection").because("ProvisioningSubscription").mean(
        "stream-being-set-up",
        "X is still setting the subscription up",
        "connect again in a few minutes",
    ),
    Signs::problem("streaming-connection").mean(
        "stream-not-opened",
        "the stream was not opened",
        "close the other connection, or end it by /2/connections, and look at the rules",
    ),
    Signs::problem("operational-disconnect").because("SlowReader").mean(
        "stream-read-too-slowly",
        "X ended the stream, since it was not read as fast as posts came",
        "read faster: take lines off at once, work on them elsewhere, and connect again",
    ),
    Signs::problem("operational-disconnect").because("ForceDisconnect").mean(
        "stream-ended-by-force",
        "the connection was ended on purpose, perhaps for a newer one, or by /2/connections",
        "connect again, unless another program of yours did",
    ),
    Signs::problem("operational-disconnect").because("InvalidRules").mean(
        "stream-ended-for-rules",
        "X ended the stream for a rule that is not valid",
        "delete or mend the rule, then connect again",
    ),
    Signs::problem("operational-disconnect").because("ClientApplicationStateDegraded").mean(
        "stream-ended-for-app",
        "X ended the stream for the state that the App is in",
        "look at the App and its credits in the developer console, then connect again",
    ),
    Signs::problem("operational-disconnect").mean(
        "stream-ended",
        "X ended the stream on its side",
        "connect again: at once, then after longer and longer pauses",
    ),
    Signs::problem("client-disconnected").mean(
        "stream-left",
        "the connection was ended on this side",
        "connect again",
    ),
    Signs::problem("conflict").mean(
        "conflict",
        "another change got in the way",
        "look at how it is now, then send the change again if it is still wanted",
    ),
    Signs::problem("duplicate-rules").mean(
        "rule-exists",
        "the rule exists already",
        "go on: nothing is left to do",
    ),
    Signs::problem("invalid-rules").mean(
        "rule-malformed",
        "the rule cannot be read",
        "mend the rule as the details say",
    ),
    Signs::problem("noncompliant-rules").mean(
        "rule-not-allowed",
        "the rule is against X's terms",
        "change the rule",
    ),
    Signs::problem("rule-cap").mean(
        "too-many-rules",
        "there are as many rules as there may be",
        "delete rules that are not needed, or join some with OR",
    ),
    // Parameters. The words are 3p; that media are the uploader's, for a day, is documented.
    Signs::problem("invalid-request").words("media ids are invalid").mean(
        "media-not-usable",
        "X has no such media that this user can use now",
        "upload the file as the same user, wait until it is processed, and use it within a day",
    ),
    Signs::problem("invalid-request").mean(
        "invalid-request",
        "a parameter is wrong",
        "check the parameters against the operation's reference",
    ),
];
