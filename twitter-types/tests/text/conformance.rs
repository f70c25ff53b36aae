//! The conformance files of twitter-text, X's own counter.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use twitter_types::{Username, text};
use yaml_rust2::{Yaml, YamlLoader};

/// The groups of a file, each with its cases.
type Groups = BTreeMap<String, Vec<Yaml>>;

fn load(name: &str) -> Option<Groups> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("X_SHARED").map_or_else(beside, PathBuf::from);
    let file = folder.join("text").join(name);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: no {} (set X_SHARED to the shared folder)", file.display());
        return None;
    };
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

#[test]
fn weights() {
    let Some(groups) = load("validate.yml") else { return };
    for group in
        ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"]
    {
        run(&groups, group, measures_as);
    }
}

/// Compares what X reports of a text. Its ranges count UTF-16, and end with the last unit; the range
/// that it calls displayed is the whole text.
fn measures_as(text: &str, expected: &Yaml) -> Result<(), String> {
    let number = |name: &str| expected[name].as_i64().unwrap();
    let measured = text::measure(text);
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

/// The group of version 2 of the configuration, which takes every code point of an emoji for itself.
/// Its cases hold today as well, but for two whose emoji are joined or have a skin tone.
#[test]
fn weights_of_version_2() {
    let Some(groups) = load("validate.yml") else { return };
    run_but_for_two(&groups, "WeightedTweetsCounterTest", measures_as, |case| {
        case["text"].as_str().unwrap().contains(['\u{1F3FD}', '👨'])
    });
}

/// The group of version 1, in which a post held 140 characters of any kind, and a link 20 of them.
/// Its cases hold today as well, but for two that were one character too long.
#[test]
fn posts_of_version_1() {
    let Some(groups) = load("validate.yml") else { return };
    let is_valid =
        |text: &str, expected: &Yaml| equal(Some(text::is_valid_post(text)), expected.as_bool());
    run_but_for_two(&groups, "tweets", is_valid, |case| {
        case["description"].as_str().unwrap().contains("141 characters")
    });
}

/// Runs a check over a group, of which two cases no longer hold.
fn run_but_for_two(
    groups: &Groups,
    group: &str,
    check: impl Fn(&str, &Yaml) -> Result<(), String>,
    is_outdated: impl Fn(&Yaml) -> bool,
) {
    let (outdated, cases): (Vec<_>, Vec<_>) = groups[group].iter().cloned().partition(is_outdated);
    assert_eq!(outdated.len(), 2);
    for case in outdated {
        assert!(check(case["text"].as_str().unwrap(), &case["expected"]).is_err());
    }
    run(&Groups::from([(group.to_owned(), cases)]), group, check);
}

#[test]
fn usernames() {
    let Some(groups) = load("validate.yml") else { return };
    run(&groups, "usernames", |text, expected| {
        let is_valid = text.strip_prefix('@').is_some_and(|name| Username::new(name).is_ok());
        equal(Some(is_valid), expected.as_bool())
    });
}

#[test]
fn addresses_without_a_scheme() {
    let Some(groups) = load("validate.yml") else { return };
    run(&groups, "urls_without_protocol", |text, expected| {
        equal(Some(text::urls(text).any(|url| url.text == text)), expected.as_bool())
    });
}

/// The rest is about functions that this crate does not have: whether a name is one of a list or a
/// tag, and whether an address obeys RFC 3986, even if X would make no link of it.
#[test]
fn no_other_group_is_left_out() {
    let Some(mut groups) = load("validate.yml") else { return };
    groups.retain(|group, _| !["lists", "hashtags", "urls"].contains(&&**group));
    assert_eq!(groups.len(), 6);
}
