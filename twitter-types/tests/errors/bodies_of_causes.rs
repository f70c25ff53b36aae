//! A body in the shape of each row of the table of causes.

use serde_json::{Value, json};
use twitter_types::auth::Kind;

pub(super) const APP: Option<Kind> = Some(Kind::AppToken);
pub(super) const OAUTH1: Option<Kind> = Some(Kind::OAuth1User);
pub(super) const OAUTH2: Option<Kind> = Some(Kind::OAuth2User);

/// A problem of its own type, with whatever else it has.
pub(super) fn typed(kind: &str, more: Value) -> Value {
    let mut body = json!({
        "title": "No", "detail": "No.", "type": format!("https://api.x.com/2/problems/{kind}"),
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

pub(super) fn stream(reason: &str) -> Value {
    typed("streaming-connection", json!({ "connection_issue": reason }))
}

/// As it stands in the line of a stream, before it ends.
pub(super) fn disconnect(reason: &str) -> Value {
    json!({ "errors": [typed("operational-disconnect", json!({ "disconnect_type": reason }))] })
}

pub(super) fn code(code: u64) -> Value {
    json!({ "errors": [{ "code": code, "message": "So it is." }] })
}

pub(super) fn oauth2(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

pub(super) fn blank(status: u16, detail: &str) -> Value {
    json!({ "title": "No", "detail": detail, "type": "about:blank", "status": status })
}

/// A body in the shape of each row: its cause, the status, the credential, and the body.
pub(super) fn examples() -> Vec<(&'static str, u16, Option<Kind>, Value)> {
    let invalid = |message: &str| {
        let errors = json!([{ "parameters": { "ids": ["0"] }, "message": message }]);
        typed("invalid-request", json!({ "errors": errors }))
    };
    let more = json!({});
    vec![
        (
            "client-not-enrolled",
            403,
            OAUTH2,
            typed("client-forbidden", json!({ "reason": "client-not-enrolled" })),
        ),
        (
            "client-forbidden",
            403,
            APP,
            typed("client-forbidden", json!({ "reason": "official-client-forbidden" })),
        ),
        ("cap-of-day-spent", 429, APP, typed("usage-capped", json!({ "period": "Daily" }))),
        ("cap-of-cycle-spent", 429, APP, typed("usage-capped", json!({ "period": "Monthly" }))),
        ("cap-of-cycle-spent", 429, None, typed("usage-capped", more.clone())),
        ("credits-depleted", 402, APP, typed("credits", more.clone())),
        ("credits-depleted", 402, APP, json!({ "title": "CreditsDepleted", "detail": "No." })),
        ("app-token-not-accepted", 403, APP, typed("unsupported-authentication", more.clone())),
        ("credential-not-accepted", 403, OAUTH2, typed("unsupported-authentication", more.clone())),
        ("oauth1-permission-too-low", 403, OAUTH1, typed("oauth1-permissions", more.clone())),
        ("not-visible", 403, OAUTH2, typed("not-authorized-for-resource", more.clone())),
        ("field-not-visible", 403, OAUTH2, typed("not-authorized-for-field", more.clone())),
        ("field-unauthorized", 403, OAUTH2, typed("field-unauthorized", more.clone())),
        ("field-not-fetched", 500, OAUTH2, typed("field-hydration-failure", more.clone())),
        ("resource-not-found", 404, APP, typed("resource-not-found", more.clone())),
        ("resource-unavailable", 503, APP, typed("resource-unavailable", more.clone())),
        ("resource-disallowed", 403, APP, typed("disallowed-resource", more.clone())),
        ("internal-error", 500, APP, typed("internal-error", more.clone())),
        ("stream-too-many-connections", 429, APP, stream("TooManyConnections")),
        ("stream-without-rules", 409, APP, stream("RuleConfigurationIssue")),
        ("stream-rules-invalid", 409, APP, stream("RulesInvalidIssue")),
        ("stream-being-set-up", 503, APP, stream("ProvisioningSubscription")),
        ("stream-not-opened", 429, APP, stream("SomethingNew")),
        ("stream-read-too-slowly", 503, APP, disconnect("SlowReader")),
        ("stream-ended-by-force", 503, APP, disconnect("ForceDisconnect")),
        ("stream-ended-for-rules", 503, APP, disconnect("InvalidRules")),
        ("stream-ended-for-app", 503, APP, disconnect("ClientApplicationStateDegraded")),
        ("stream-ended", 503, APP, disconnect("UpstreamOperationalDisconnect")),
        ("stream-left", 400, APP, typed("client-disconnected", more.clone())),
        ("conflict", 409, OAUTH2, typed("conflict", more.clone())),
        ("rule-exists", 400, APP, typed("duplicate-rules", json!({ "id": "1", "value": "cat" }))),
        ("rule-malformed", 400, APP, typed("invalid-rules", json!({ "details": ["at 1"] }))),
        ("rule-not-allowed", 400, APP, typed("noncompliant-rules", more.clone())),
        ("too-many-rules", 400, APP, typed("rule-cap", more)),
        ("media-not-usable", 400, OAUTH2, invalid("Your media IDs are invalid.")),
        ("invalid-request", 400, APP, invalid("ids [0] is no id")),
        (
            "login-code-spent",
            400,
            None,
            oauth2("invalid_request", "Value passed for the authorization code was invalid."),
        ),
        (
            "refresh-token-spent",
            400,
            None,
            oauth2("invalid_request", "Value passed for the token was invalid."),
        ),
        ("grant-spent", 400, None, oauth2("invalid_grant", "")),
        ("client-secret-wrong", 401, None, oauth2("invalid_client", "")),
        ("client-secret-missing", 401, None, oauth2("unauthorized_client", "Missing header")),
        ("user-authentication-not-set-up", 400, None, oauth2("unauthorized_client", "")),
        ("scope-unknown", 400, None, oauth2("invalid_scope", "")),
        ("grant-unknown", 400, None, oauth2("unsupported_grant_type", "")),
        ("access-denied", 400, None, oauth2("access_denied", "")),
        ("user-token-ended", 401, OAUTH2, code(89)),
        ("access-token-ended", 401, OAUTH1, code(89)),
        ("token-ended", 401, APP, code(89)),
        ("direct-messages-not-allowed", 403, OAUTH1, code(93)),
        (
            "keys-not-accepted",
            403,
            None,
            json!({ "errors": [
            { "code": 99, "label": "authenticity_token_error", "message": "No." },
        ] }),
        ),
        ("user-needed", 403, APP, code(220)),
        ("callback-not-approved", 403, None, code(415)),
        ("signature-not-accepted", 401, OAUTH1, code(32)),
        ("clock-off", 401, OAUTH1, code(135)),
        ("credential-not-understood", 400, None, code(215)),
        ("post-repeated", 403, OAUTH1, code(187)),
        (
            "duplicate-content",
            403,
            OAUTH2,
            blank(403, "You are not allowed to create a Tweet with duplicate content."),
        ),
        ("access-level-too-low", 403, OAUTH2, code(453)),
        ("account-suspended", 403, OAUTH2, code(64)),
        ("account-locked", 403, OAUTH2, code(326)),
        ("held-to-be-automated", 403, OAUTH2, code(226)),
        ("posts-of-day-spent", 403, OAUTH2, code(185)),
        ("post-too-long", 403, OAUTH2, code(186)),
        ("app-may-not-write", 403, OAUTH1, code(261)),
        ("over-capacity", 503, APP, code(130)),
        ("older-internal-error", 500, APP, code(131)),
        ("oauth1-not-accepted", 401, OAUTH1, blank(401, "Unauthorized")),
        ("oauth2-not-accepted", 401, OAUTH2, blank(401, "Unauthorized")),
        ("app-token-ended", 401, APP, blank(401, "Unauthorized")),
        ("not-authenticated", 401, None, json!({ "title": "Unauthorized", "status": 401 })),
        ("payment-required", 402, APP, json!({ "message": "Pay." })),
        ("oauth1-forbidden", 403, OAUTH1, blank(403, "Forbidden")),
        ("oauth2-forbidden", 403, OAUTH2, blank(403, "Forbidden")),
        ("app-forbidden", 403, APP, blank(403, "Forbidden")),
        ("forbidden", 403, None, json!({ "detail": "User must be an API Note Writer." })),
        ("redirected", 302, APP, json!({})),
        ("bad-request", 400, APP, json!({ "errors": [{ "message": "No." }] })),
        ("not-found", 404, APP, blank(404, "Not Found")),
        ("not-in-that-state", 409, APP, blank(409, "Conflict")),
        ("body-too-large", 413, OAUTH2, json!({})),
        ("calm-down", 420, APP, json!({})),
        ("server-trouble", 503, APP, blank(503, "Service Unavailable")),
        ("server-trouble", 504, APP, json!({})),
        ("unexplained", 418, APP, json!({ "type": "https://api.x.com/2/problems/too-tired" })),
    ]
}
