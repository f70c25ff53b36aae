//! `twitter rules`: what the filtered stream delivers.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use twitter_client_blocking::Client;
use twitter_types::Page;
use twitter_types::auth::AnyCredential;
use twitter_types::models::{NewRule, Rule};
use twitter_types::problem::{Problem, ProblemKind};
use twitter_types::rules::{All, Update};

use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{self, note};

pub(crate) fn run(context: &Context, rules: &args::Rules) -> Result<(), Failure> {
    use args::Rules::{Add, Delete, List, Sync};
    match rules {
        List => list(context),
        Add { rules, tag } => {
            let rules = rules.iter().map(|value| rule(value, tag.clone()));
            for rule in add(context, &context.client()?, rules.collect())? {
                output::line(&rule)?;
            }
            Ok(())
        }
        Delete { ids, all } => {
            let ids = ids.iter().copied();
            delete(context, &if *all { Update::clear() } else { Update::delete(ids) })
        }
        Sync { file, dry_run } => sync(context, file, *dry_run),
    }
}

/// A rule that X may not have yet.
pub(crate) fn rule(value: &str, tag: Option<String>) -> NewRule {
    let mut rule = NewRule::new(value.to_owned());
    rule.tag = tag;
    rule
}

fn list(context: &Context) -> Result<(), Failure> {
    let rules = all(context, &context.client()?)?;
    if rules.is_empty() {
        note!("The App has no rule.");
    }
    Ok(rules.iter().try_for_each(output::line)?)
}

/// Every rule of the App.
pub(crate) fn all(context: &Context, client: &Client<AnyCredential>) -> Result<Vec<Rule>, Failure> {
    let rules = client.pages(All::new().max_results(1000)).items();
    rules.collect::<Result<_, _>>().map_err(|error| context.failure(error))
}

/// Adds those of the rules that are not there.
pub(crate) fn ensure(
    context: &Context,
    client: &Client<AnyCredential>,
    wanted: &[NewRule],
) -> Result<(), Failure> {
    if wanted.is_empty() {
        return Ok(());
    }
    let there = all(context, client)?;
    let known: HashSet<_> = there
        .iter()
        .map(|rule| key(rule.value.as_deref().unwrap_or_default(), &rule.tag))
        .collect();
    let mut seen = known.clone();
    let missing = wanted.iter().filter(|rule| seen.insert(key(&rule.value, &rule.tag)));
    let missing: Vec<_> = missing.cloned().collect();
    if !missing.is_empty() {
        for rule in add(context, client, missing)? {
            let (value, id) = (rule.value.unwrap_or_default(), rule.id.map(|id| id.to_string()));
            let id = id.unwrap_or_default();
            let delete = context.command(&format!("rules delete {id}"));
            note!("Added the rule {value:?}, which stays: {delete} ends it.");
        }
    }
    let wanted: HashSet<_> = wanted.iter().map(|rule| key(&rule.value, &rule.tag)).collect();
    match known.difference(&wanted).count() {
        0 => {}
        others => {
            note!(
                "The App has {others} more: {} prints all of them.",
                context.command("rules list")
            );
        }
    }
    Ok(())
}

/// Value and tag: two rules that have the same are one.
fn key<'a>(value: &'a str, tag: &'a Option<String>) -> (&'a str, &'a str) {
    (value.trim(), tag.as_deref().unwrap_or_default())
}

/// Adds rules, and gives those that X made of them.
fn add(
    context: &Context,
    client: &Client<AnyCredential>,
    rules: Vec<NewRule>,
) -> Result<Vec<Rule>, Failure> {
    let reply = client.send(&Update::add(rules)).map_err(|error| context.failure(error))?;
    let Page { data, errors, .. } = reply.body;
    match refusal("X refuses", &errors) {
        None => Ok(data),
        Some(failure) if data.is_empty() => Err(failure),
        Some(failure) => {
            data.iter().try_for_each(output::line)?;
            Err(failure.and("the rules that are printed were added"))
        }
    }
}

fn delete(context: &Context, update: &Update) -> Result<(), Failure> {
    let reply = context.client()?.send(update).map_err(|error| context.failure(error))?;
    output::line(&reply.body.meta)?;
    refusal("X did not delete every rule:", &reply.body.errors).map_or(Ok(()), Err)
}

/// What X says is wrong with rules.
fn refusal(what: &str, errors: &[Problem]) -> Option<Failure> {
    let words: Vec<_> = errors.iter().flat_map(leaves).map(words).collect();
    (!words.is_empty()).then(|| Failure::refused(format!("{what} {}", words.join("; "))))
}

/// The problems that a problem is made of, which say more than it does.
fn leaves(problem: &Problem) -> Vec<&Problem> {
    match &problem.errors[..] {
        [] => vec![problem],
        parts => parts.iter().flat_map(leaves).collect(),
    }
}

fn words(problem: &Problem) -> String {
    let named =
        problem.parameters.as_ref().and_then(|named| Some(named.as_object()?.iter().next()?.1));
    let value = problem.value.as_ref().or_else(|| named?.as_array()?.first());
    let value = value.and_then(|value| value.as_str());
    let text = match (&problem.details[..], problem.kind(), &problem.id) {
        (details @ [_, ..], ..) => details.join(", "),
        ([], ProblemKind::DuplicateRules, Some(id)) => format!("there is such a rule, {id}"),
        _ => problem.text().unwrap_or("no reason given").to_owned(),
    };
    value.map_or_else(|| text.clone(), |value| format!("{value:?}: {text}"))
}

fn sync(context: &Context, file: &Path, is_dry_run: bool) -> Result<(), Failure> {
    let text = match file.to_str() {
        Some("-") => io::read_to_string(io::stdin())?,
        _ => fs::read_to_string(file).map_err(|error| Failure::file(file.display(), &error))?,
    };
    let desired = read(&text)?;
    let client = context.client()?;
    let synced = match is_dry_run {
        true => client.sync_rules_dry_run(&desired),
        false => client.sync_rules(&desired),
    };
    let synced = synced.map_err(|error| context.failure(error))?;
    let refused = synced
        .refused
        .iter()
        .map(|refused| json!({ "rule": refused.rule, "problem": refused.problem }));
    output::line(&json!({
        "added": synced.added,
        "deleted": synced.deleted,
        "kept": synced.kept.len(),
        "refused": refused.collect::<Vec<_>>(),
        "remaining": synced.remaining,
    }))?;
    if synced.is_complete() {
        return Ok(());
    }
    let (refused, remaining) = (synced.refused.len(), synced.remaining.len());
    Err(Failure::refused(format!(
        "the rules are not those of the file: X refused {refused}, and did not delete {remaining}; \
         the line on standard output says which"
    )))
}

/// A line of a file with rules; as `twitter rules list` prints them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    value: String,
    tag: Option<String>,
    /// X names another one if it makes the rule again.
    #[serde(rename = "id")]
    _id: Option<IgnoredAny>,
}

/// Reads a file with a rule on each line, as JSON; lines that are empty or begin with `#` are none.
fn read(text: &str) -> Result<Vec<NewRule>, Failure> {
    let mut rules = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: String| {
            let number = number + 1;
            Failure::usage(format!("line {number} of the rules: {why}")).and(FORM)
        };
        let written: Written =
            serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        if written.value.trim().is_empty() {
            return Err(wrong("the value is empty".into()));
        }
        rules.push(rule(&written.value, written.tag));
    }
    if rules.is_empty() {
        // Perhaps whatever was to write them has failed.
        return Err(Failure::usage(
            "there is no rule in there, and nothing was changed: `twitter rules delete --all` \
             deletes every rule",
        ));
    }
    Ok(rules)
}

const FORM: &str = r#"write one rule a line, such as {"value":"cats has:images","tag":"cats"}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_rule_a_line() {
        let text =
            "# mine\n{\"value\":\"cats\",\"tag\":\"a: b\"}\r\n\n{\"id\":\"1\",\"value\":\"dogs\"}";
        let rules = read(text).unwrap();
        assert_eq!(rules, [rule("cats", Some("a: b".into())), rule("dogs", None)]);
        for (text, words) in [
            ("cats has:images", "line 1 of the rules: "),
            ("\n{\"value\":\"a\",\"tags\":\"b\"}", "line 2 of the rules: unknown field `tags`"),
            ("{\"value\":\" \"}", "the value is empty"),
            ("# nothing\n", "nothing was changed"),
        ] {
            let failure = read(text).unwrap_err().to_string();
            assert!(failure.contains(words), "{failure}");
        }
    }
}
