//! X's six shapes of a problem, and what it calls its kinds.

use serde_json::{Value, json};
use twitter_types::{
    One,
    models::User,
    problem::{Problem, ProblemKind},
};

use super::refused;

fn problem(body: &Value) -> Problem {
    serde_json::from_value(body.clone()).unwrap()
}

#[test]
fn a_problem_of_the_whole_call() {
    let body = json!({
        "title": "Not Found Error", "detail": "Could not find it.", "status": 404,
        "type": "https://api.x.com/2/problems/resource-not-found",
        "parameter": "id", "value": "2", "resource_type": "user", "resource_id": "2",
    });
    let error = refused(404, &[], body.to_string());
    let [problem] = &error.problems[..] else { panic!("{error:?}") };
    assert_eq!(problem.kind(), ProblemKind::ResourceNotFound);
    assert_eq!(problem.text(), Some("Could not find it."));
    assert_eq!(problem.resource_id.as_deref(), Some("2"));
    assert_eq!(error.body(), body.to_string().as_bytes());
    assert_eq!(
        error.to_string(),
        "getUsersMe: 404 Not Found: Could not find it. (it does not exist, or no longer: \
         check the id or name)"
    );
}

#[test]
fn an_invalid_request_names_its_parameters() {
    let body = json!({
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
        "errors": [
            {"parameters": {"max_results": ["5"]}, "message": "max_results [5] is below 10."},
            {"parameters": {"query": [""]}, "message": "query is empty."},
        ],
    });
    let error = refused(400, &[], body.to_string());
    let [whole, first, second] = &error.problems[..] else { panic!("{error:?}") };
    assert_eq!(whole.kind(), ProblemKind::InvalidRequest);
    assert!(whole.errors.is_empty());
    assert_eq!(
        (first.kind(), first.text()),
        (ProblemKind::Unnamed, Some("max_results [5] is below 10."))
    );
    let values = first.parameters.as_ref().unwrap().get("max_results").unwrap();
    assert_eq!(values.as_array().unwrap()[0].as_str(), Some("5"));
    assert_eq!(second.text(), Some("query is empty."));
    let text = "invalid. max_results [5] is below 10. query is empty. (a parameter is wrong: ";
    assert!(error.to_string().contains(text), "{error}");
}

#[test]
fn partial_errors_stand_beside_the_data() {
    let body = json!({
        "data": {"id": "1"},
        "errors": [{
            "title": "Not Found Error", "resource_type": "tweet", "parameter": "pinned_tweet_id",
            "type": "https://api.x.com/2/problems/resource-not-found", "value": "20",
        }],
    });
    let reply: One<User> = serde_json::from_value(body).unwrap();
    assert_eq!(reply.data.unwrap().id, 1.into());
    assert_eq!(reply.errors[0].kind(), ProblemKind::ResourceNotFound);
    assert_eq!(reply.errors[0].value.as_ref().unwrap().as_str(), Some("20"));

    let nothing = json!({"errors": [{"detail": "Could not find user."}]});
    let reply: One<User> = serde_json::from_value(nothing).unwrap();
    assert!(reply.data.is_none() && reply.errors.len() == 1);
}

#[test]
fn codes_of_the_older_api() {
    for (status, code, id) in [
        (401, 32, "signature-not-accepted"),
        (401, 89, "token-ended"),
        (403, 93, "direct-messages-not-allowed"),
        (403, 99, "keys-not-accepted"),
        (401, 135, "clock-off"),
        (403, 187, "post-repeated"),
        (400, 215, "credential-not-understood"),
        (403, 220, "user-needed"),
        (403, 415, "callback-not-approved"),
        (403, 453, "access-level-too-low"),
        (403, 999, "forbidden"),
    ] {
        let nested = json!({"errors": [{"code": code, "message": "So it is.", "label": "so"}]});
        let bare = json!({"code": code.to_string(), "message": "So it is."});
        for body in [nested, bare] {
            let error = refused(status, &[], body.to_string());
            assert!(error.has_code(code) && !error.has_code(code + 1));
            assert_eq!(error.problems[0].kind(), ProblemKind::Unnamed);
            assert!(error.to_string().contains(": So it is. ("), "{error}");
            assert_eq!(error.why().id, id, "{error}");
        }
    }
}

#[test]
fn bare_texts() {
    for (body, text) in [
        (json!({"title": "Unauthorized", "status": 401, "detail": "No."}), "No."),
        (json!({"title": "Unauthorized", "status": "401"}), "Unauthorized"),
        (json!({"detail": "No."}), "No."),
        (json!({"message": "No."}), "No."),
        (json!({"error": "No."}), "No."),
    ] {
        let error = refused(401, &[], body.to_string());
        assert_eq!(error.problems[0].text(), Some(text));
        assert_eq!(error.why().id, "not-authenticated", "{error}");
    }
}

#[test]
fn refusals_of_oauth_2() {
    let body = json!({
        "error": "invalid_request", "error_description": "Value passed for the token was invalid.",
    });
    let error = refused(400, &[], body.to_string());
    assert_eq!(error.problems[0].error.as_deref(), Some("invalid_request"));
    assert!(error.to_string().contains(": Value passed for the token was invalid. ("), "{error}");
}

#[test]
fn kinds_go_by_the_last_segment_on_either_host() {
    for kind in ProblemKind::ALL {
        for host in ["https://api.x.com", "https://api.twitter.com"] {
            let url = format!("{host}/2/problems/{}", kind.as_str());
            assert_eq!(problem(&json!({ "type": url })).kind(), *kind);
        }
    }
    let generic = problem(&json!({"type": "about:blank", "title": "Too Many Requests"}));
    assert_eq!(generic.kind(), ProblemKind::Generic);
    assert_eq!(problem(&json!({"title": "Unauthorized"})).kind(), ProblemKind::Unnamed);
}

#[test]
fn an_unknown_kind_is_kept() {
    let body = json!({
        "type": "https://api.x.com/2/problems/too-tired", "status": 418, "mood": {"tea": [1]},
    });
    let unknown = problem(&body);
    assert_eq!(unknown.kind(), ProblemKind::Unknown("too-tired".into()));
    assert!(unknown.extra.get("mood").is_some());
    assert_eq!(serde_json::to_value(&unknown).unwrap(), body);
    let error = refused(418, &[], body.to_string());
    assert!(error.is(&ProblemKind::from("too-tired")));
    assert_eq!(error.why().id, "unexplained");
}

/// X has been seen to call it all of these.
#[test]
fn an_app_without_credits() {
    let detail = "Your enrolled account [1] does not have any credits.";
    for body in [
        json!({"title": "CreditsDepleted", "detail": detail}),
        json!({
            "account_id": 1, "title": "CreditsDepleted", "detail": detail,
            "type": "https://api.twitter.com/2/problems/credits",
        }),
        json!({
            "title": "Payment Required", "detail": "credits depleted", "status": 402,
            "type": "https://api.x.com/2/problems/credits-depleted",
        }),
    ] {
        let left = [
            ("x-rate-limit-limit", "900"),
            ("x-rate-limit-remaining", "899"),
            ("x-rate-limit-reset", "1790000000"),
        ];
        let error = refused(402, &left, body.to_string());
        assert!(error.is(&ProblemKind::CreditsDepleted), "{error:?}");
        assert!(error.explain().contains("buy credits"), "{error}");
    }
    assert!(refused(402, &[], "").explain().contains("buy credits"));
}

#[test]
fn an_app_that_is_not_enrolled() {
    let body = json!({
        "title": "Client Forbidden", "reason": "client-not-enrolled", "client_id": "16489123",
        "detail": "Keys must come from an App that is attached to a Project.",
        "required_enrollment": "Appropriate Level of API Access",
        "registration_url": "https://developer.x.com",
        "type": "https://api.twitter.com/2/problems/client-forbidden",
    });
    let error = refused(403, &[], body.to_string());
    assert_eq!(error.explain(), "attach the App to a Project with access in the developer console");
    assert_eq!(error.problems[0].registration_url.as_deref(), Some("https://developer.x.com"));

    let official = json!({
        "reason": "official-client-forbidden",
        "type": "https://api.twitter.com/2/problems/client-forbidden",
    });
    let error = refused(403, &[], official.to_string());
    assert_eq!(error.why().id, "client-forbidden");
}

#[test]
fn every_status_says_what_to_do_next() {
    let explained: Vec<_> = [400, 401, 402, 403, 404, 409, 429, 500, 503, 599, 418]
        .into_iter()
        .map(|status| refused(status, &[], "").explain())
        .collect();
    for (index, text) in explained.iter().enumerate() {
        let is_server = (7..10).contains(&index);
        let same = explained.iter().filter(|other| other == &text).count();
        assert_eq!(same, if is_server { 3 } else { 1 }, "{text}");
    }
}
