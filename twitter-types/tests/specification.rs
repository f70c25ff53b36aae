//! Every operation of this crate against X's OpenAPI document, where that lies beside the checkout:
//! method, path, credentials, scopes, and each parameter with its range and its values.

#[path = "specification/calls.rs"]
mod calls;
#[path = "specification/openapi.rs"]
mod openapi;
#[path = "specification/sample.rs"]
mod sample;
#[path = "specification/wire.rs"]
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use calls::{CALLS, Call};
use openapi::{Api, Parameter, Place, Specified};
use sample::Source;
use twitter_types::{
    OPERATIONS,
    auth::Kind,
    endpoint::{Error, Operation},
    posts::{InvalidMedia, InvalidPoll, NewMedia, NewPoll},
};
use wire::Sent;

/// A property that this crate does not send, and why.
struct Deviation {
    operation: &'static str,
    /// The property, or a group of them.
    property: &'static str,
    reason: &'static str,
}

const DEVIATIONS: &[Deviation] = &[
    deviation("createPosts", "media.call_to_actions", "for advertisements, whose API is another"),
    deviation("createPosts", "poll.reply_settings", "X drops it, the specification says"),
    deviation("createPosts", "reply.auto_populate_reply_metadata", "X drops it too"),
];

const fn deviation(
    operation: &'static str,
    property: &'static str,
    reason: &'static str,
) -> Deviation {
    Deviation { operation, property, reason }
}

impl Deviation {
    fn covers(&self, operation: &str, property: &str) -> bool {
        let rest = property.strip_prefix(self.property);
        operation == self.operation
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

#[test]
fn every_operation_has_a_call() {
    let operations: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let calls: BTreeSet<_> = CALLS.iter().map(|call| call.id).collect();
    assert_eq!(operations, calls, "list every operation in tests/specification/calls.rs");
    assert_eq!((OPERATIONS.len(), CALLS.len()), (operations.len(), calls.len()), "listed twice");
}

#[test]
fn methods_paths_and_credentials() {
    for_each(|specified, operation, _| {
        assert_eq!(operation.method.as_str(), specified.method);
        assert_eq!(operation.path, specified.path);
        let kinds: BTreeSet<_> = operation.credentials.iter().map(security_scheme).collect();
        assert_eq!(kinds, specified.credentials);
        let scopes: BTreeSet<_> = operation.scopes.iter().copied().collect();
        assert_eq!(scopes, specified.scopes);
    });
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

#[test]
fn a_new_operation_sends_what_is_required() {
    for_each(|specified, _, call| {
        let sent = wire::sent(specified, &(call.least)(&specified.source()).unwrap());
        for (key, parameter) in &specified.parameters {
            assert!(sent.contains_key(key) || !parameter.required, "{key:?} is required");
        }
        for key in sent.keys().filter(|(place, _)| *place != Place::Body) {
            assert!(specified.parameters[key].required, "{key:?} is not required");
        }
    });
}

#[test]
fn every_parameter_and_property_can_be_sent() {
    let mut used = BTreeSet::new();
    for_each(|specified, _, call| {
        let deviates = |property: &str| {
            let mut deviations = DEVIATIONS.iter().enumerate();
            let found = deviations.find(|(_, deviation)| deviation.covers(specified.id, property));
            found.map(|(index, _)| index)
        };
        let sent = everything(specified, call);
        let keys: BTreeSet<_> = sent.keys().cloned().collect();
        let known: BTreeSet<_> = specified.parameters.keys().cloned().collect();
        let surplus: Vec<_> = keys.difference(&known).collect();
        assert!(surplus.is_empty(), "not in the specification: {surplus:?}");
        for (place, name) in known.difference(&keys) {
            let deviation = deviates(name).filter(|_| *place == Place::Body);
            used.insert(deviation.unwrap_or_else(|| panic!("{place:?} {name} cannot be sent")));
        }
    });
    if used.is_empty() {
        return; // The specification is not there.
    }
    for (index, Deviation { operation, property, reason }) in DEVIATIONS.iter().enumerate() {
        assert!(used.contains(&index), "{operation} sends {property} after all");
        println!("{operation} does not send {property}: {reason}");
    }
}

#[test]
fn enums_have_the_values_of_the_specification() {
    for_each(|specified, _, call| {
        for (key, values) in everything(specified, call) {
            if let Some(known) = &specified.parameters[&key].values {
                assert_eq!(values, *known, "{key:?}");
            }
        }
    });
}

#[test]
fn ranges_are_those_of_the_specification() {
    let mut probes = 0;
    for_each(|specified, _, call| {
        let parameters = specified.parameters.iter();
        for ((place, name), parameter) in
            parameters.filter(|((place, _), _)| *place == Place::Query)
        {
            for (size, is_taken) in edges(parameter) {
                let source = specified.source().with(name, size);
                probes += 1;
                match (call.fullest)(&source) {
                    Ok(_) => assert!(is_taken, "{place:?} {name}: {size} was taken"),
                    Err(Error::OutOfRange(error)) => {
                        assert!(!is_taken, "{error}");
                        assert_eq!((error.name, error.size), (name.as_str(), size));
                        assert!(error.to_string().starts_with(&format!("{name} is {size},")));
                    }
                    Err(error) => panic!("{place:?} {name}: {size}: {error}"),
                }
            }
        }
    });
    println!("{probes} values probed");
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

/// A new post's numbers are not in its query, and one of them is an error of its own.
#[test]
fn polls_have_the_bounds_of_the_specification() {
    let Some(api) = Api::load() else { return };
    let specified = api.operation("createPosts");
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
    let specified = api.operation("createPosts");
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

/// All that the fullest calls send: the values of each parameter, over enough turns to see every
/// value of an enum.
fn everything(specified: &Specified<'_>, call: &Call) -> Sent {
    let mut all = BTreeMap::new();
    for turn in 0..Source::TURNS {
        let request = (call.fullest)(&specified.source().at(turn)).unwrap();
        for (key, values) in wire::sent(specified, &request) {
            all.entry(key).or_insert_with(BTreeSet::new).extend(values);
        }
    }
    all
}

/// Runs a check of every operation, if there is a specification to check it by.
fn for_each(mut check: impl FnMut(&Specified<'_>, &Operation, &Call)) {
    let Some(api) = Api::load() else { return };
    for operation in OPERATIONS {
        println!("{}", operation.id); // Shown when a check fails.
        let call = CALLS.iter().find(|call| call.id == operation.id).expect("tested above");
        check(&api.operation(operation.id), operation, call);
    }
}
