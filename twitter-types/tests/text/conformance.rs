//! The conformance files of twitter-text, X's own counter.

use std::collections::BTreeMap;

use twitter_types::{
    Username,
    text::{self, Config, UrlRules},
};
use yaml_rust2::{Yaml, YamlLoader};

use crate::beside::shared;

/// The groups of a file, each with its cases.
type Groups = BTreeMap<String, Vec<Yaml>>;

fn load(name: &str) -> Option<Groups> {
    let file = shared(&format!("text/{name}"))?;
    let text = std::fs::read_to_string(file).unwrap();
    let documents = YamlLoader::load_from_str(&text).unwrap();
    let groups = documents[0]["tests"].as_hash().unwrap();
    let group = |(name, cases): (&Yaml, &Yaml)| {
        (name.as_str().unwrap().to_owned(), cases.as_vec().unwrap().clone())
    };
    Some(groups.iter().map(group).collect())
}

/// Runs a check over the cases of a group, and says how many there were.
fn run(groups: &Groups, group: &str, check: impl Fn(&str, &Yaml) -> Result<(), String>) {
    let cases = &groups[group];
    assert!(!cases.is_empty());
    let failed: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let failed = check(case["text"].as_str().unwrap(), &case["expected"]).err()?;
            Some(format!("{}: {failed}", case["description"].as_str().unwrap()))
        })
        .collect();
    println!("{group}: {} cases", cases.len());
    assert!(failed.is_empty(), "{group}: {failed:#?}");
}

fn equal<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{found:?} instead of {expected:?}")) }
}

#[test]
fn links() {
    let Some(groups) = load("extract.yml") else { return };
    for group in ["urls", "tco_urls_with_params"] {
        run(&groups, group, |text, expected| {
            let expected = expected.as_vec().unwrap().iter();
            equal(
                text::urls(text).map(|url| url.text).collect::<Vec<_>>(),
                expected.map(|url| url.as_str().unwrap()).collect(),
            )
        });
    }
    for group in ["urls_with_indices", "urls_with_directional_markers"] {
        run(&groups, group, |text, expected| {
            let expected = expected.as_vec().unwrap().iter().map(|url| {
                let index = |at: usize| url["indices"][at].as_i64().unwrap();
                (url["url"].as_str().unwrap(), index(0), index(1))
            });
            let found = text::urls(text).map(|url| (url.text, url.start.into(), url.end.into()));
            equal(found.collect::<Vec<_>>(), expected.collect())
        });
    }
    // The others are about mentions, replies and tags.
    let about_links = groups.keys().filter(|group| group.contains("url"));
    assert_eq!(about_links.count(), 4);
}

/// Each group is of a version of the configuration.
#[test]
fn weights() {
    let Some(groups) = load("validate.yml") else { return };
    for (group, config) in [
        ("WeightedTweetsCounterTest", Config::V2),
        ("WeightedTweetsWithDiscountedEmojiCounterTest", Config::V3),
        ("UnicodeDirectionalMarkerCounterTest", Config::V3),
    ] {
        run(&groups, group, |text, expected| measures_as(config, text, expected));
    }
    run(&groups, "tweets", |text, expected| {
        equal(Some(Config::V1.measure(text).is_valid), expected.as_bool())
    });
}

/// Compares what X reports of a text. Its ranges count UTF-16, and end with the last unit; the range
/// that it calls displayed is the whole text.
fn measures_as(config: Config, text: &str, expected: &Yaml) -> Result<(), String> {
    let number = |name: &str| expected[name].as_i64().unwrap();
    let measured = config.measure(text);
    let last = text[..measured.valid_end].encode_utf16().count() as i64 - 1;
    equal(
        (measured.weighted_length.into(), measured.is_valid, measured.permillage.into(), last),
        (
            number("weightedLength"),
            expected["valid"].as_bool().unwrap(),
            number("permillage"),
            number("validRangeEnd"),
        ),
    )
}

#[test]
fn names_and_addresses() {
    let Some(groups) = load("validate.yml") else { return };
    let judge = |group, is_valid: &dyn Fn(&str) -> bool| {
        run(&groups, group, |text, expected| equal(Some(is_valid(text)), expected.as_bool()));
    };
    judge("usernames", &|text| {
        text.strip_prefix('@').is_some_and(|name| Username::new(name).is_ok())
    });
    judge("lists", &text::is_valid_list);
    judge("hashtags", &text::is_valid_hashtag);
    judge("urls", &text::is_valid_url);
    let mut rules = UrlRules::default();
    rules.scheme_optional = true;
    judge("urls_without_protocol", &|text| rules.is_valid(text));
    judge("urls_without_protocol", &|text| text::urls(text).any(|url| url.text == text));
}

/// What X finds as a tag in a text is one.
#[test]
fn tags() {
    let Some(groups) = load("extract.yml") else { return };
    for group in ["hashtags", "hashtags_from_astral"] {
        run(&groups, group, |_, expected| {
            let tags = expected.as_vec().unwrap().iter().map(|tag| tag.as_str().unwrap());
            let is_invalid = |tag: &&str| !text::is_valid_hashtag(&format!("#{tag}"));
            equal(tags.filter(is_invalid).collect::<Vec<_>>(), vec![])
        });
    }
}

#[test]
fn no_other_group_is_left_out() {
    let Some(groups) = load("validate.yml") else { return };
    assert_eq!(groups.len(), 9);
}
