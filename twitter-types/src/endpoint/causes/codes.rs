//! The causes of refusals that a code tells. What the documentation does not say, but others report, is
//! marked "3p".

use super::{Cause, Signs};
use crate::auth::Kind::{OAuth1User, OAuth2User};

/// What is told by a code.
pub(super) const ROWS: &[Cause] = &[
    // The token endpoints, by RFC 6749; their words are 3p.
    Signs::error("invalid_request")
        .words("value passed for the authorization code was invalid")
        .mean(
            "login-code-spent",
            "the code of the login is used up: it lasts 30 seconds and works once",
            "begin the login again, and exchange the code at once",
        ),
    Signs::error("invalid_request").words("value passed for the token was invalid").mean(
        "refresh-token-spent",
        "the refresh token no longer works: it was used, revoked, or is too old",
        "log the user in again, and keep one store for each user",
    ),
    Signs::error("invalid_grant").mean(
        "grant-spent",
        "the code or the refresh token no longer works",
        "log the user in again",
    ),
    Signs::error("invalid_client").mean(
        "client-secret-wrong",
        "Client ID and Client Secret are no pair, or the secret is missing or was regenerated",
        "copy the Client ID and Client Secret again; a Native App or Single Page App has no secret",
    ),
    Signs { status: Some((401, 401)), ..Signs::error("unauthorized_client") }.mean(
        "client-secret-missing",
        "the Client Secret is wrong or missing, or one was sent for an App without",
        "copy the Client ID and Client Secret again; a Native App or Single Page App has no secret",
    ),
    Signs::error("unauthorized_client").mean(
        "user-authentication-not-set-up",
        "the App is not set up for logins by OAuth 2.0",
        "set up user authentication for the App in the developer console",
    ),
    Signs::error("invalid_scope").mean(
        "scope-unknown",
        "a scope is unknown, or more than the App's permissions allow",
        "ask for scopes that exist, and for no more than the App's permissions in the developer \
         console allow",
    ),
    Signs::error("unsupported_grant_type").mean(
        "grant-unknown",
        "the server does not know this kind of login",
        "check that the base URL leads to the X API",
    ),
    ACCESS_DENIED,
    // The codes that the documentation names.
    Signs::code(89).by(OAuth2User).mean(
        "user-token-ended",
        "the access token has expired or was revoked",
        "renew it, or log the user in again",
    ),
    Signs::code(89).by(OAuth1User).mean(
        "access-token-ended",
        "the access token was revoked or regenerated",
        "copy access token and secret again from the developer console, or log the user in again",
    ),
    TOKEN_ENDED,
    Signs::code(93).mean(
        "direct-messages-not-allowed",
        "the App may not read or send direct messages",
        "allow direct messages in the App's permissions, then log the user in again",
    ),
    BAD_KEYS,
    Signs::code(220).mean(
        "user-needed",
        "the operation needs a user, and this credential stands for none",
        "use a user's credential: this operation does not accept an app-only token",
    ),
    CALLBACK,
    // 3p, and X's older reference of codes.
    Signs::code(32).mean(
        "signature-not-accepted",
        "X could not tell who signs: a key is mixed up or regenerated",
        "check API key and secret, access token and secret: regenerating them in the console ended \
         the old ones",
    ),
    CLOCK_OFF,
    Signs::code(215).mean(
        "credential-not-understood",
        "X saw no credential that it understands",
        "check how the request is authorized, and that no proxy drops the Authorization header",
    ),
    Signs::code(187).mean(
        "post-repeated",
        "the account has just posted the same text",
        "change the text; look first whether an earlier attempt has posted it",
    ),
    Signs::status(403).words("duplicate content").mean(
        "duplicate-content",
        "the account has just posted the same text",
        "change the text; look first whether an earlier attempt has posted it",
    ),
    Signs::code(453).mean(
        "access-level-too-low",
        "the App's access does not include this operation",
        "compare what the operation needs with the App's access in the developer console",
    ),
    Signs::code(64).mean(
        "account-suspended",
        "the user's account is suspended",
        "let the user appeal at X, or use another account",
    ),
    Signs::code(326).mean(
        "account-locked",
        "X has locked the user's account until the user confirms it",
        "let the user sign in at x.com and unlock it",
    ),
    Signs::code(226).mean(
        "held-to-be-automated",
        "X holds the request to be spam",
        "send less, more slowly, and of more kinds, and tell X that the account is automated",
    ),
    Signs::code(185).mean(
        "posts-of-day-spent",
        "the account has posted as much as it may in a day",
        "post again later",
    ),
    Signs::code(186).mean("post-too-long", "the text is too long for the account", "shorten it"),
    Signs::code(261).mean(
        "app-may-not-write",
        "the App may not write",
        "look at the App's permissions, and for messages about the App, in the developer console",
    ),
    Signs::code(130).mean(
        "over-capacity",
        "X has too much to do",
        "send it again in a while, after longer and longer pauses",
    ),
    Signs::code(131).mean(
        "older-internal-error",
        "X has a problem of its own",
        "send it again in a while",
    ),
];

pub(super) const ACCESS_DENIED: Cause = Signs::error("access_denied").mean(
    "access-denied",
    "the user denied access",
    "tell the user what the App needs it for, and begin the login again",
);
pub(super) const TOKEN_ENDED: Cause = Signs::code(89).mean(
    "token-ended",
    "the token has expired, or was revoked or regenerated",
    "obtain a new one",
);
pub(super) const BAD_KEYS: Cause = Signs::code(99).mean(
    "keys-not-accepted",
    "API key and secret are no pair or were regenerated, or tokens were asked for too often",
    "check API key and secret: regenerating them in the console ended the old ones; keep the token \
     that X gives",
);
pub(super) const CALLBACK: Cause = Signs::code(415).mean(
    "callback-not-approved",
    "the callback URL is not in the App's settings",
    "add the callback URL, to the letter, to the App's settings in the console",
);
// 3p: the code.
pub(in crate::endpoint) const CLOCK_OFF: Cause = Signs::code(135).mean(
    "clock-off",
    "the signature carries a time that is too far from X's",
    "set this machine's clock by a time server",
);
