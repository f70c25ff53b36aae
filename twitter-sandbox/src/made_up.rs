//! The operations without a state behind them. The registry of `twitter-types` says what they
//! accept, and its models make up their replies, with every field filled.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;
use twitter_types::auth::{Accepted, AnyCredential, AppToken, Kind, OAuth2User};
use twitter_types::endpoint::{BaseUrl, Endpoint, Payload, SampleOperation, Shape, Stamp, request};
use twitter_types::model::Vocabulary;
use twitter_types::sample::{Sample, Sampler};
use twitter_types::{OperationVisitor, visit_operations};

use crate::call::Call;
use crate::exchange::{Answer, Content};
use crate::operations::{Limit, Operation};
use crate::problem::Problem;
use crate::record::CredentialKind;
use crate::world::World;

/// What a made-up reply is made of.
struct Recipe {
    /// The names of the query that an operation cannot go without.
    required: BTreeSet<&'static str>,
    /// The shape of a JSON body.
    body: Option<Shape>,
    reply: fn(Vocabulary) -> Vec<u8>,
}

/// Calls per 15 minutes, of the App and of a user: not X's numbers.
const LIMIT: Limit = Limit { per_app: Some(900), per_user: Some(900) };

static RECIPES: LazyLock<HashMap<&'static str, (Operation, Recipe)>> = LazyLock::new(|| {
    let mut recipes = Recipes(HashMap::new());
    visit_operations(&mut recipes);
    recipes.0
});

/// Every operation of the registry.
pub(crate) fn operations() -> impl Iterator<Item = Operation> {
    RECIPES.values().map(|(operation, _)| *operation)
}

/// Answers a call as X would answer one that went well.
fn answer(call: &Call<'_>, _: &mut World) -> Result<Answer, Problem> {
    let (_, recipe) = &RECIPES[call.operation.id];
    for name in &recipe.required {
        call.required(name)?;
    }
    if let Some(body) = &recipe.body {
        check(body, call.body)?;
    }
    let old = call.text("tweet.fields").is_some();
    let reply = (recipe.reply)(if old { Vocabulary::Old } else { Vocabulary::Current });
    Ok(Answer::new(200, content(reply)))
}

/// The reply with nothing gone wrong, and with no page behind it.
fn content(reply: Vec<u8>) -> Content {
    let Ok(mut value) = serde_json::from_slice::<Value>(&reply) else {
        return Content { media_type: "application/octet-stream", bytes: reply, cut: false };
    };
    if let Some(object) = value.as_object_mut() {
        object.remove("errors");
    }
    if let Some(meta) = value.get_mut("meta").and_then(Value::as_object_mut) {
        meta.remove("next_token");
        meta.remove("previous_token");
    }
    Content::json_text(&format!("{value}\r\n"))
}

/// A body must be what the operation takes, and nothing besides.
fn check(shape: &Shape, body: &[u8]) -> Result<(), Problem> {
    let reread = shape.reread(body, Vocabulary::Current);
    let reread = reread.map_err(|error| Problem::invalid_body(format!("$: {error}")))?;
    if reread.debug.contains("extra: {\"") {
        return Err(Problem::invalid_body(
            "$: a property is not defined in the schema and the schema does not allow additional \
             properties",
        ));
    }
    Ok(())
}

struct Recipes(HashMap<&'static str, (Operation, Recipe)>);

impl OperationVisitor for Recipes {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let Some(least) = built(&E::least(Sampler::new())) else { return };
        let parameters: Vec<_> = E::parameters().into_iter().filter(|info| !info.in_path).collect();
        let query: Vec<_> = parameters.iter().map(|info| info.name).collect();
        let required = parameters.iter().filter(|info| info.required).map(|info| info.name);
        let operation = Operation {
            method: method(&E::METHOD),
            path: E::PATH,
            id: E::OPERATION,
            accepts: E::Auth::KINDS.iter().map(kind).collect::<Vec<_>>().leak(),
            scopes: E::SCOPES,
            window: LIMIT,
            day: Limit { per_app: None, per_user: None },
            query: vec![&*query.leak()].leak(),
            handler: answer,
        };
        let json = least.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
        let recipe = Recipe {
            required: required.collect(),
            body: json.then(Shape::of::<E::Body>),
            reply: |vocabulary| E::Response::sample(Sampler::new()).encode(vocabulary),
        };
        self.0.insert(E::OPERATION, (operation, recipe));
    }
}

fn built<E: Endpoint>(operation: &E) -> Option<Request<Vec<u8>>> {
    let credential = AnyCredential::new()
        .with_app(AppToken::new("app").ok()?)
        .with_oauth2(OAuth2User::new("user").ok()?);
    request(&BaseUrl::default(), operation, &credential, &Stamp::none()).ok()
}

fn method(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "GET",
    }
}

fn kind(kind: &Kind) -> CredentialKind {
    match kind {
        Kind::AppToken => CredentialKind::AppOnly,
        Kind::OAuth1User => CredentialKind::OAuth1,
        _ => CredentialKind::OAuth2User,
    }
}
