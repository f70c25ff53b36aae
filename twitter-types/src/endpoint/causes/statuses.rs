//! The causes of refusals that the limits, or the status and the credential tell.

use super::{Cause, Signs};
use crate::{
    auth::Kind::{AppToken, OAuth1User, OAuth2User},
    endpoint::LimitKind::{AppDay, Cap, UserDay, Window},
};

/// What is told by the limits in the headers.
pub(super) const LIMITS: &[Cause] = &[WINDOW, APP_DAY, USER_DAY, CAP];

pub(super) const WINDOW: Cause = Signs::limit(Window).mean(
    "window-spent",
    "the calls of this window are spent",
    "wait until the window resets, then send it again",
);
pub(super) const APP_DAY: Cause = Signs::limit(AppDay).mean(
    "app-day-spent",
    "the App's limit of 24 hours is spent",
    "wait until it resets, which the window's end is not",
);
pub(super) const USER_DAY: Cause = Signs::limit(UserDay).mean(
    "user-day-spent",
    "the user's limit of 24 hours is spent",
    "wait until it resets, which the window's end is not",
);
pub(super) const CAP: Cause = Signs::limit(Cap).mean(
    "cap-spent",
    "no limit that X names is spent, so it is a cap",
    "look the cap up in the developer console",
);

/// What is told by the status with the credential, then by the status alone.
pub(super) const ROWS: &[Cause] = &[
    Signs::statuses(400..=499).on_page().mean(
        "page-instead-of-refusal",
        "a web page came where X sends JSON",
        "look for a proxy or firewall on the way, and check the base URL",
    ),
    Signs::status(401).by(OAuth1User).mean(
        "oauth1-not-accepted",
        "X does not accept the signature",
        "check that the four keys belong together, that none was regenerated since, and that this \
         machine's clock is right",
    ),
    Signs::status(401).by(OAuth2User).mean(
        "oauth2-not-accepted",
        "the user's token has expired, as it does after two hours, or was revoked",
        "renew it by a session, or log the user in again",
    ),
    Signs::status(401).by(AppToken).mean(
        "app-token-ended",
        "the App's token was regenerated or invalidated, or is not copied whole",
        "copy it again from the developer console, %2F and %3D and all, or obtain a new one",
    ),
    Signs::status(401).mean(
        "not-authenticated",
        "X does not accept the credential",
        "check that the keys are those of this App, that none was regenerated since, and that this \
         machine's clock is right",
    ),
    Signs::status(402).mean(
        "payment-required",
        "X wants to be paid first",
        "buy credits in the developer console, since waiting does not help",
    ),
    // X's changelog of February to April 2026.
    Signs::status(403).of(&["likePost", "followUser"]).mean(
        "not-self-serve",
        "likes and follows are no longer open to self-serve Apps, or this user may not",
        "ask X for other access, or let the user do it at x.com",
    ),
    Signs::status(403).of(&["createPosts"]).mean(
        "post-not-allowed",
        "the credential may not post, or not this: a self-serve App may answer only where its user \
         was mentioned, quote nobody, and use one cashtag",
        "check the post, then the App's permissions and scopes in the developer console, and log the \
         user in again after a change",
    ),
    Signs::status(403).by(OAuth1User).mean(
        "oauth1-forbidden",
        "the access token's permission does not reach that far, or this user may not do it",
        "set the App's permission in the developer console, then log the user in again, or regenerate \
         the access token there",
    ),
    Signs::status(403).by(OAuth2User).mean(
        "oauth2-forbidden",
        "the user did not grant a scope that the operation needs, or may not do it",
        "log the user in again with the scopes of the operation's reference",
    ),
    Signs::status(403).by(AppToken).mean(
        "app-forbidden",
        "the App may not do this by itself",
        "check the App's access in the developer console, or use a user's credential",
    ),
    Signs::status(403).mean(
        "forbidden",
        "the credential may not do this",
        "check the App's permissions and scopes in the developer console, and log the user in again \
         after a change",
    ),
    Signs::statuses(300..=399).mean(
        "redirected",
        "X does not redirect, and the redirect was not followed",
        "check the base URL",
    ),
    Signs::status(400).mean(
        "bad-request",
        "X cannot use the request",
        "check the parameters and the body against the operation's reference",
    ),
    Signs::status(404).mean(
        "not-found",
        "there is nothing at that address",
        "check the id or name, and the base URL",
    ),
    Signs::status(409).mean(
        "not-in-that-state",
        "the resource is not in a state that allows this",
        "look at how it is now, and add a rule if it is a stream",
    ),
    // RFC 9110, section 15.5.14.
    Signs::status(413).mean(
        "body-too-large",
        "the request is larger than X takes",
        "send less at once, and files by an upload in segments",
    ),
    // X's page of its Python SDK alone.
    Signs::status(420).mean(
        "calm-down",
        "X is asked too much at once",
        "wait for a minute, and longer each time",
    ),
    Signs::statuses(500..=599).mean(
        "server-trouble",
        "X has a problem of its own",
        "send it again in a while",
    ),
    UNEXPLAINED,
];

pub(super) const UNEXPLAINED: Cause =
    Signs::ANY.mean("unexplained", "X said nothing that is known", "look at the body");
