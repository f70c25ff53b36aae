//! Error bodies, in the shapes that X sends.

use serde_json::{Value, json};

const PREFIX: &str = "https://api.x.com/2/problems/";

/// A refusal: a status, a body, and what to tell the person who runs the sandbox.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// Never part of the reply: X does not say why either.
    pub(crate) reason: String,
}

impl Problem {
    fn new(status: u16, body: Value, reason: impl Into<String>) -> Self {
        Self { status, body, reason: reason.into() }
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

    pub(crate) fn too_many_requests() -> Self {
        Self::blank(429, "Too Many Requests", "Too Many Requests")
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
