//! Every operation of this crate against X's OpenAPI document, where that lies beside the checkout:
//! method, path, credentials, scopes, each parameter with its range and its values, and the bodies.
//!
//! `X_OPENAPI=FILE cargo test -p twitter-types --all-features --test specification -- --nocapture`
//! compares with another document, and says operation by operation what to add.

#[path = "support/beside.rs"]
mod beside;
#[path = "specification/bodies.rs"]
mod bodies;
#[path = "specification/deviations.rs"]
mod deviations;
#[path = "specification/openapi.rs"]
mod openapi;
#[path = "specification/problems.rs"]
mod problems;
#[path = "specification/wire.rs"]
mod wire;

use std::collections::BTreeSet;

use deviations::{DEVIATIONS, OWN_RANGES, deviation_of};
use openapi::{Api, Parameter, Place, Specified};
use twitter_types::{
    OPERATIONS, OperationVisitor,
    auth::{AnyCredential, AppToken, Kind},
    endpoint::{
        BaseUrl, Endpoint, Error, Operation, ParameterKind, Request, SampleOperation, Stamp,
        request,
    },
    posts::{InvalidMedia, InvalidPoll, NewMedia, NewPoll},
    sample::Sampler,
    visit_operations,
};
use wire::Sent;

#[test]
fn operations_are_those_of_the_specification() {
    let Some(api) = Api::load() else { return };
    let mut differences = Differences { api: &api, found: Vec::new(), used: BTreeSet::new() };
    visit_operations(&mut differences);
    let ids: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(ids.len(), OPERATIONS.len(), "an operation is listed twice");
    for missing in api.operations().iter().filter(|id| !ids.contains(&***id)) {
        differences.found.push(api.operation(missing).unwrap().outline());
    }
    for (index, deviation) in DEVIATIONS.iter().enumerate() {
        let (operation, property) = (deviation.operation, deviation.property);
        if differences.used.contains(&index) {
            println!("{operation} leaves out {property}: {}", deviation.reason);
        } else {
            differences.found.push(format!("{operation}: does not leave out {property}"));
        }
    }
    let Differences { found, .. } = differences;
    println!("{} operations compared, {} differences", OPERATIONS.len(), found.len());
    assert!(found.is_empty(), "differences from the specification:\n{}", found.join("\n"));
}

/// What differs, one line each, and which deviations were met.
struct Differences<'a> {
    api: &'a Api,
    found: Vec<String>,
    used: BTreeSet<usize>,
}

impl OperationVisitor for Differences<'_> {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let operation = Operation::find(E::OPERATION).expect("every operation is listed");
        let Some(specified) = self.api.operation(operation.id) else {
            return self.found.push(format!("{}: not in the specification", operation.id));
        };
        let mut found = Vec::new();
        head(operation, &specified, &mut found);
        described(operation, &specified, &mut found);
        required::<E>(&specified, &mut found);
        self.parameters::<E>(&specified, &mut found);
        ranges::<E>(&specified, &mut found);
        bodies::compare(self.api, operation, &specified, &mut found);
        self.found.extend(found.into_iter().map(|line| format!("{}: {line}", operation.id)));
    }
}

impl Differences<'_> {
    /// Each parameter and property can be sent, no other is, and enums have the same values.
    fn parameters<E: SampleOperation>(
        &mut self,
        specified: &Specified<'_>,
        found: &mut Vec<String>,
    ) {
        let mut all = Sent::new();
        for turn in 0..specified.turns() {
            match build(&E::fullest(Sampler::new().at(turn))) {
                Ok(request) => {
                    for (key, values) in wire::sent(specified, &request) {
                        all.entry(key).or_default().extend(values);
                    }
                }
                Err(error) => return found.push(format!("cannot be sent: {error}")),
            }
        }
        for ((place, name), parameter) in &specified.parameters {
            if all.contains_key(&(*place, name.clone())) {
                continue;
            }
            match deviation_of(specified.id, name).filter(|_| *place == Place::Body) {
                Some(index) => drop(self.used.insert(index)),
                None => found.push(format!("{place:?} {name} cannot be sent: add {parameter:?}")),
            }
        }
        for ((place, name), values) in all {
            let Some(parameter) = specified.parameters.get(&(place, name.clone())) else {
                found.push(format!("{place:?} {name} is not in the specification"));
                continue;
            };
            if let Some(known) = parameter.values.as_ref().filter(|known| **known != values) {
                found.push(format!("{place:?} {name} takes {known:?}, and {values:?} are sent"));
            }
        }
    }
}

fn head(operation: &Operation, specified: &Specified<'_>, found: &mut Vec<String>) {
    if operation.method.as_str() != specified.method || operation.path != specified.path {
        let Operation { method, path, .. } = operation;
        found.push(format!("{method} {path} is {} {}", specified.method, specified.path));
    }
    let kinds: BTreeSet<_> = operation.credentials.iter().map(security_scheme).collect();
    if kinds != specified.credentials {
        found.push(format!("accepts {:?}, not {kinds:?}", specified.credentials));
    }
    if operation.about.trim().is_empty() {
        found.push("says nothing of itself".into());
    }
    let scopes: BTreeSet<_> = operation.scopes.iter().copied().collect();
    if scopes != specified.scopes {
        found.push(format!("needs the scopes {:?}, not {scopes:?}", specified.scopes));
    }
}

/// What the registry says of each parameter is what the specification says.
fn described(operation: &Operation, specified: &Specified<'_>, found: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    for info in operation.parameters() {
        let place = if info.in_path { Place::Path } else { Place::Query };
        let Some(parameter) = specified.parameters.get(&(place, info.name.to_owned())) else {
            found.push(format!("{} is described, and not in the specification", info.name));
            continue;
        };
        names.insert((place, info.name));
        let range = parameter.low.unwrap_or_default()..=parameter.high.unwrap_or_default();
        let has_range = parameter.high.is_some() && !info.in_path;
        let values: BTreeSet<_> = info.values.iter().cloned().collect();
        // Of some lists the specification says nothing but that they are there.
        let is_list = parameter.is_list || info.name.ends_with(".fields");
        let is_described = !info.about.is_empty()
            && info.required == parameter.required
            && (info.kind == ParameterKind::List) == is_list
            && (!has_range || info.range == Some(range))
            && parameter.values.as_ref().is_none_or(|known| info.in_path || *known == values);
        if !is_described {
            found.push(format!("{} is described as {info:?}, and is {parameter:?}", info.name));
        }
    }
    let all = specified.parameters.keys().filter(|(place, _)| *place != Place::Body);
    for (place, name) in all.filter(|(place, name)| !names.contains(&(*place, name.as_str()))) {
        found.push(format!("{place:?} {name} is not described"));
    }
}

/// The security scheme of the specification that a kind of credential is.
fn security_scheme(kind: &Kind) -> &'static str {
    match kind {
        Kind::AppToken => "BearerToken",
        Kind::OAuth1User => "UserToken",
        Kind::OAuth2User => "OAuth2UserToken",
        kind => panic!("{kind:?} has no security scheme"),
    }
}

/// What `new` asks for is what X requires, in the path and in the query.
fn required<E: SampleOperation>(specified: &Specified<'_>, found: &mut Vec<String>) {
    let sent = match build(&E::least(Sampler::new())) {
        Ok(request) => wire::sent(specified, &request),
        Err(error) => return found.push(format!("cannot be sent: {error}")),
    };
    for ((place, name), parameter) in &specified.parameters {
        if parameter.required && !sent.contains_key(&(*place, name.clone())) {
            found.push(format!("{place:?} {name} is required, and not sent"));
        }
    }
    for (place, name) in sent.keys().filter(|(place, _)| *place != Place::Body) {
        let parameter = specified.parameters.get(&(*place, name.clone()));
        if parameter.is_some_and(|parameter| !parameter.required) {
            found.push(format!("{place:?} {name} is sent, and not required"));
        }
    }
}

/// The first and the last size that X takes are taken, and those just outside are not.
fn ranges<E: SampleOperation>(specified: &Specified<'_>, found: &mut Vec<String>) {
    let is_checked = |place: Place, name: &str| match place {
        Place::Query => true,
        Place::Body => !name.contains('.') && !OWN_RANGES.contains(&specified.id),
        Place::Path => false,
    };
    let parameters = specified.parameters.iter();
    for ((place, name), parameter) in
        parameters.filter(|((place, name), _)| is_checked(*place, name))
    {
        for (size, is_taken) in edges(parameter) {
            let sizes = [(name.as_str(), size)];
            match build(&E::fullest(Sampler::new().with_sizes(&sizes))) {
                Ok(_) if is_taken => {}
                Err(Error::OutOfRange(error)) if !is_taken && error.name == name => {
                    assert_eq!(error.size, size);
                    assert!(error.to_string().starts_with(&format!("{name} is {size},")));
                }
                Ok(_) => found.push(format!("{place:?} {name}: {size} is out of range, and taken")),
                Err(error) => found.push(format!("{place:?} {name}: {size}: {error}")),
            }
        }
    }
}

/// The first and last sizes that the specification takes, and those just outside.
fn edges(parameter: &Parameter) -> Vec<(u64, bool)> {
    let low = parameter.low.map_or_else(Vec::new, |low| {
        let below = low.checked_sub(1).map(|below| (below, false));
        below.into_iter().chain([(low, true)]).collect()
    });
    let high = parameter.high.map_or_else(Vec::new, |high| vec![(high, true), (high + 1, false)]);
    [low, high].concat()
}

fn build<E: Endpoint>(operation: &E) -> Result<Request, Error> {
    let everything = AnyCredential::new()
        .with_app(AppToken::new("app").unwrap())
        .with_oauth2(twitter_types::auth::OAuth2User::new("user").unwrap());
    request(&BaseUrl::default(), operation, &everything, &Stamp::none())
}

/// A new post's numbers are not in its query, and one of them is an error of its own.
#[test]
fn polls_have_the_bounds_of_the_specification() {
    let Some(api) = Api::load() else { return };
    let specified = api.operation("createPosts").unwrap();
    let of = |name: &str| &specified.parameters[&(Place::Body, format!("poll.{name}"))];
    for (minutes, is_taken) in edges(of("duration_minutes")) {
        let poll = NewPoll::new(["a", "b"], minutes.try_into().unwrap());
        assert_eq!(poll.err(), (!is_taken).then_some(InvalidPoll::Duration), "{minutes}");
    }
    let options = of("options");
    for (length, is_taken) in edges(options) {
        let poll = NewPoll::new(vec!["a"; length.try_into().unwrap()], 5);
        assert_eq!(poll.err(), (!is_taken).then_some(InvalidPoll::Options), "{length}");
    }
    for (length, is_taken) in edges(options.item.as_ref().unwrap()) {
        let poll = NewPoll::new(["é".repeat(length.try_into().unwrap()), "b".into()], 5);
        assert_eq!(poll.err(), (!is_taken).then_some(InvalidPoll::Length), "{length}");
    }
}

#[test]
fn media_have_the_bounds_of_the_specification() {
    let Some(api) = Api::load() else { return };
    let specified = api.operation("createPosts").unwrap();
    let of = |name: &str| &specified.parameters[&(Place::Body, format!("media.{name}"))];
    for (length, is_taken) in edges(of("media_ids")) {
        let media = NewMedia::new(0..length);
        assert_eq!(media.err(), (!is_taken).then_some(InvalidMedia::Files), "{length}");
    }
    for (length, is_taken) in edges(of("tagged_user_ids")) {
        let media = NewMedia::new([1]).unwrap().tag(0..length);
        assert_eq!(media.err(), (!is_taken).then_some(InvalidMedia::Tags), "{length}");
    }
}
