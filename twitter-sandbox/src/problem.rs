//! Error bodies, in the shapes that X sends.

use serde_json::{Value, json};

use crate::exchange::{Answer, Content};
use crate::html;
use crate::keys::{APP_ID, OWNER_ID};

/// What the type of a problem begins with.
pub(crate) const PREFIX: &str = "https://api.x.com/2/problems/";

/// A refusal: a status, a body, and what to tell the person who runs the sandbox.
#[derive(Debug)]
pub(crate) struct Problem {
    status: u16,
    body: Body,
    /// Never part of the reply, unless it is a page: X does not say why either.
    pub(crate) reason: String,
}

#[derive(Debug)]
enum Body {
    Json(Value),
    /// A page for a person, which shows the reason.
    Page,
}

impl Problem {
    fn new(status: u16, body: Value, reason: impl Into<String>) -> Self {
        Self { status, body: Body::Json(body), reason: reason.into() }
    }

    /// The reply.
    pub(crate) fn answer(&self) -> Answer {
        match &self.body {
            Body::Page => html::error(self.status, &self.reason),
            Body::Json(body) if body.get("type").is_some() => {
                Answer::new(self.status, Content::problem(body))
            }
            Body::Json(body) => Answer::json(self.status, body),
        }
    }

    /// A page in the browser, which is the one kind of reply that says what is wrong.
    pub(crate) fn page(reason: impl Into<String>) -> Self {
        Self { status: 400, body: Body::Page, reason: reason.into() }
    }

    /// The shape of RFC 6749, section 5.2.
    pub(crate) fn oauth2(status: u16, error: &str, description: &str) -> Self {
        let body = json!({ "error": error, "error_description": description });
        Self::new(status, body, description)
    }

    /// The sandbox itself failed.
    pub(crate) fn internal(error: impl ToString) -> Self {
        Self::blank(500, "Internal Server Error", "Internal Server Error")
            .because(error.to_string())
    }

    /// A problem that X gives no type of its own.
    pub(crate) fn blank(status: u16, title: &str, detail: &str) -> Self {
        let body = json!({
            "title": title, "detail": detail, "type": "about:blank", "status": status,
        });
        Self::new(status, body, detail)
    }

    pub(crate) fn unauthorized(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { reason, ..Self::blank(401, "Unauthorized", "Unauthorized") }
    }

    pub(crate) fn forbidden(detail: &str) -> Self {
        Self::blank(403, "Forbidden", detail)
    }

    /// The credential may do less than the operation asks; X does not say which scope is missing.
    pub(crate) fn missing_scope(scope: &str) -> Self {
        let reason = format!("the token lacks the scope {scope}");
        Self { reason, ..Self::forbidden("Forbidden") }
    }

    pub(crate) fn unsupported_authentication(used: &str, supported: &str) -> Self {
        let detail = format!(
            "Authenticating with {used} is forbidden for this endpoint.  \
             Supported authentication types are [{supported}]."
        );
        let body = json!({
            "title": "Unsupported Authentication",
            "detail": detail,
            "type": format!("{PREFIX}unsupported-authentication"),
            "status": 403,
        });
        Self::new(403, body, detail)
    }

    /// The App's permission was too low when the OAuth 1.0a token was made.
    pub(crate) fn app_permission(has: &str, needs: &str) -> Self {
        let body = json!({
            "title": "Forbidden",
            "detail": "Your client app is not configured with the appropriate oauth1 app \
                       permissions for this endpoint.",
            "type": "https://api.twitter.com/2/problems/oauth1-permissions",
            "status": 403,
        });
        Self::new(403, body, format!("the token's permission is {has}, and {needs} is needed"))
    }

    /// The App belongs to no Project with access.
    pub(crate) fn not_enrolled() -> Self {
        let body = json!({
            "client_id": APP_ID,
            "detail": "When authenticating requests to the Twitter API v2 endpoints, you must use \
                       keys and tokens from a Twitter developer App that is attached to a Project. \
                       You can create a project via the developer portal.",
            "registration_url": "https://developer.twitter.com/en/docs/projects/overview",
            "title": "Client Forbidden",
            "required_enrollment": "Appropriate Level of API Access",
            "reason": "client-not-enrolled",
            "type": "https://api.twitter.com/2/problems/client-forbidden",
        });
        Self::new(403, body, "the App is not enrolled: Sandbox::set_enrolled says so")
    }

    /// There are no credits left to pay for the request.
    pub(crate) fn credits_depleted() -> Self {
        let detail = format!(
            "Your enrolled account [{OWNER_ID}] does not have any credits to fulfill this request."
        );
        let body = json!({
            "account_id": OWNER_ID,
            "title": "CreditsDepleted",
            "detail": detail,
            "type": "https://api.twitter.com/2/problems/credits",
        });
        Self::new(402, body, detail)
    }

    pub(crate) fn too_many_requests() -> Self {
        Self::blank(429, "Too Many Requests", "Too Many Requests")
    }

    /// A stream that cannot be connected to.
    pub(crate) fn connection(status: u16, issue: &str, detail: &str) -> Self {
        let body = json!({
            "title": "ConnectionException",
            "detail": detail,
            "connection_issue": issue,
            "type": format!("{PREFIX}streaming-connection"),
        });
        Self::new(status, body, detail)
    }

    /// There would be more rules than an App may have.
    pub(crate) fn rule_cap(cap: usize) -> Self {
        let detail = format!("Your App may have {cap} rules.");
        let body = json!({
            "title": "RulesCapExceeded",
            "detail": detail,
            "type": format!("{PREFIX}rule-cap"),
        });
        Self::new(400, body, detail)
    }

    /// One parameter that cannot be used, with the message that names it.
    pub(crate) fn invalid(parameter: &str, value: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let mut parameters = serde_json::Map::new();
        parameters.insert(parameter.to_owned(), json!([value]));
        Self::invalid_request(
            json!([{ "parameters": parameters, "message": message }]),
            message.clone(),
        )
    }

    /// A body that cannot be used.
    pub(crate) fn invalid_body(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::invalid_request(json!([{ "parameters": {}, "message": message }]), message.clone())
    }

    fn invalid_request(errors: Value, reason: String) -> Self {
        let body = json!({
            "errors": errors,
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": format!("{PREFIX}invalid-request"),
        });
        Self::new(400, body, reason)
    }

    /// The whole reply is about one resource that does not exist.
    pub(crate) fn missing(resource: &str, parameter: &str, value: &str) -> Self {
        let mut body = not_found(resource, parameter, value);
        body["status"] = json!(404);
        Self::new(404, body, format!("no {resource} {value}"))
    }

    /// A token that is known no longer.
    pub(crate) fn invalid_token(reason: impl Into<String>) -> Self {
        Self::legacy(401, 89, "Invalid or expired token", None).because(reason)
    }

    /// The clock of who signed the request is off.
    pub(crate) fn timestamp(reason: impl Into<String>) -> Self {
        Self::legacy(401, 135, "Timestamp out of bounds.", None).because(reason)
    }

    /// The older shape, which the token endpoints still use.
    pub(crate) fn legacy(status: u16, code: u16, message: &str, label: Option<&str>) -> Self {
        let mut error = json!({ "code": code, "message": message });
        if let Some(label) = label {
            error["label"] = json!(label);
        }
        Self::new(status, json!({ "errors": [error] }), message)
    }

    pub(crate) fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), ..self }
    }
}

/// A resource that does not exist, for the `errors` beside data.
pub(crate) fn not_found(resource: &str, parameter: &str, value: &str) -> Value {
    json!({
        "value": value,
        "detail": format!("Could not find {resource} with {parameter}: [{value}]."),
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": format!("{PREFIX}resource-not-found"),
    })
}

/// A resource that the reader may not see, for the `errors` beside data.
pub(crate) fn not_authorized(resource: &str, parameter: &str, value: &str) -> Value {
    json!({
        "value": value,
        "detail": format!(
            "Sorry, you are not authorized to see the {resource} with {parameter}: [{value}]."
        ),
        "title": "Authorization Error",
        "section": "data",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": format!("{PREFIX}not-authorized-for-resource"),
    })
}

/// A field that only the author may read, for the `errors` beside data.
pub(crate) fn not_authorized_for_field(resource: &str, id: &str, field: &str) -> Value {
    json!({
        "value": id,
        "detail": format!(
            "Sorry, you are not authorized to access '{field}' on the {resource} with id: [{id}]."
        ),
        "title": "Field Authorization Error",
        "section": "data",
        "field": field,
        "resource_type": resource,
        "parameter": "id",
        "resource_id": id,
        "type": format!("{PREFIX}not-authorized-for-field"),
    })
}
