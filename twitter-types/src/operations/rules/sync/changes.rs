//! What the rules of a request have to do with each other.

use std::collections::HashMap;

use crate::{
    endpoint::ApiError,
    models::{NewRule, Rule},
    problem::{Problem, ProblemKind},
};

/// Rules that one request names at most, as many as a page has,
pub(super) const CHUNK: usize = 1000;
/// and the bytes of their texts.
const CHUNK_BYTES: usize = 256 * 1024;

/// Value and tag: two rules that have the same are one.
pub(super) type Key<'a> = (&'a str, &'a str);

pub(super) fn key<'a>(value: &'a str, tag: &'a Option<String>) -> Key<'a> {
    (value.trim(), tag.as_deref().unwrap_or_default())
}

pub(super) fn key_of(rule: &Rule) -> Key<'_> {
    key(rule.value.as_deref().unwrap_or_default(), &rule.tag)
}

pub(super) fn owned((value, tag): Key<'_>) -> (String, String) {
    (value.to_owned(), tag.to_owned())
}

/// The rules, as many in each request as it takes.
pub(super) fn chunks(
    rules: impl IntoIterator<Item = NewRule>,
) -> impl Iterator<Item = Vec<NewRule>> {
    let mut rules = rules.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let mut chunk = Vec::new();
        while let Some(rule) = rules.next_if(|rule| {
            bytes += rule.value.len() + rule.tag.as_ref().map_or(0, String::len);
            chunk.is_empty() || (chunk.len() < CHUNK && bytes <= CHUNK_BYTES)
        }) {
            chunk.push(rule);
        }
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// The kinds of problem that rules have.
const KINDS: [ProblemKind; 4] = [
    ProblemKind::DuplicateRules,
    ProblemKind::InvalidRules,
    ProblemKind::NoncompliantRules,
    ProblemKind::RuleCap,
];

/// Whether X refused a request for what is in it, and not for who sent it or when.
pub(super) fn is_about_rules(error: &ApiError) -> bool {
    matches!(error.status.as_u16(), 400 | 413 | 422) || KINDS.iter().any(|kind| error.is(kind))
}

/// X's problems with the rules of a request, without that of the whole request if there are others;
/// at least one.
pub(super) fn refusal(error: ApiError) -> Vec<Problem> {
    let is_of_rule = |it: &Problem| it.value.is_some() || KINDS.contains(&it.kind());
    let mut problems = error.problems;
    if problems.iter().any(is_of_rule) {
        problems.retain(is_of_rule);
    }
    if problems.is_empty() { vec![Problem::new()] } else { problems }
}

/// Missing rules that can be added at once, and others, in turns: X may take a value once only, so
/// one with the value of an unwanted rule, or of another missing one, has to wait, and to be
/// refused alone.
pub(super) fn by_turn(
    missing: Vec<NewRule>,
    unwanted: &[Rule],
) -> (Vec<NewRule>, Vec<Vec<NewRule>>) {
    let values = unwanted.iter().filter_map(|rule| rule.value.as_deref());
    let mut turns: HashMap<_, _> = values.map(|value| (value.trim().to_owned(), 1)).collect();
    let mut later: Vec<Vec<NewRule>> = Vec::new();
    let mut new = Vec::new();
    for rule in missing {
        let turn = turns.entry(rule.value.trim().to_owned()).or_insert(0_usize);
        match turn.checked_sub(1) {
            None => new.push(rule),
            Some(at) if at < later.len() => later[at].push(rule),
            Some(_) => later.push(vec![rule]),
        }
        *turn += 1;
    }
    (new, later)
}
