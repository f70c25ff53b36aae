//! The rules of the filtered stream.

use serde_json::{Value, json};

use crate::search::{self, Query};
use crate::world::{Post, World};

/// The App's rules.
#[derive(Default)]
pub(crate) struct Rules {
    /// In the order in which they were added.
    pub(crate) list: Vec<Rule>,
}

/// A rule that posts can be held against.
pub(crate) struct Rule {
    pub(crate) id: u64,
    pub(crate) value: String,
    pub(crate) tag: Option<String>,
    query: Query,
}

/// How many rules an App may have, and how many characters a rule.
pub(crate) const RULES: usize = 1_000;
const LENGTH: usize = 1_024;

impl Rule {
    /// Reads a rule; the error says what is wrong with it.
    pub(crate) fn new(id: u64, value: &str, tag: Option<&str>) -> Result<Self, String> {
        let length = value.chars().count();
        if length > LENGTH {
            return Err(format!("the rule has {length} characters, and may have {LENGTH}"));
        }
        let query = search::parse_rule(value)?;
        Ok(Self { id, value: value.to_owned(), tag: tag.map(str::to_owned), query })
    }

    pub(crate) fn json(&self) -> Value {
        let mut rule = json!({ "id": self.id.to_string(), "value": self.value });
        if let Some(tag) = &self.tag {
            rule["tag"] = json!(tag);
        }
        rule
    }
}

impl Rules {
    /// The rules that match a post, as an item of the stream names them.
    pub(super) fn matching(&self, post: &Post, world: &World) -> Vec<Value> {
        let found = self.list.iter().filter(|rule| rule.query.matches_rule(post, world));
        // A rule without a tag has an empty one here: tweepy relies on it.
        let tag = |rule: &Rule| rule.tag.clone().unwrap_or_default();
        found.map(|rule| json!({ "id": rule.id.to_string(), "tag": tag(rule) })).collect()
    }

    /// The rule that says the same.
    pub(crate) fn with_value(&self, value: &str) -> Option<&Rule> {
        self.list.iter().find(|rule| rule.value == value)
    }
}
