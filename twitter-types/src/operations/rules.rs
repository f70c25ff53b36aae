//! Rules of the filtered stream.

mod sync;

pub use sync::{RefusedRule, Sync, SyncStep, Synced};

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, RuleCountField},
    id::RuleId,
    models::{NewRule, OldRules, Rule, RuleCounts},
};

endpoint! {
    /// Lists the rules of the filtered stream.
    GET "/2/tweets/search/stream/rules" getRules
    (AppOnly:) -> Page<Rule>;
    pub struct All {
        query {
            /// Results per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String [16..=16],
            /// These rules alone.
            ids: Vec<RuleId> [0..=1000],
        }
    }
}

endpoint! {
    /// Adds rules to the filtered stream, or deletes some.
    ///
    /// ```
    /// use twitter_types::{models::NewRule, rules};
    ///
    /// let rule = NewRule::new("from:XDevelopers has:links".into()).tag("links");
    /// let add = rules::Update::add([rule]).dry_run(true);
    /// let delete = rules::Update::delete([1166895166390583299]);
    /// # let _ = (add, delete);
    /// ```
    POST "/2/tweets/search/stream/rules" updateRules
    (AppOnly:) -> Page<Rule>;
    pub struct Update {
        json {
        } optional {
            /// Rules to add.
            add_rules = "add": Vec<NewRule>,
            /// Rules to delete.
            delete_rules = "delete": OldRules,
        }
        query {
            /// Whether to check the rules and change nothing.
            dry_run: bool,
            /// Whether to delete every rule.
            delete_all: bool,
        }
    }
}

endpoint! {
    /// Counts the rules, and how many there may be.
    GET "/2/tweets/search/stream/rules/counts" getRuleCounts
    (AppOnly:) -> One<RuleCounts>;
    pub struct Counts {
        query {
            /// What to return.
            fields = "rules_count.fields": Fields<RuleCountField>,
        }
    }
}

/// X takes one change at a time: each of these is one, where [`Update::new`] is none yet.
impl Update {
    /// Adds rules.
    pub fn add(rules: impl IntoIterator<Item = NewRule>) -> Self {
        Self::new().add_rules(rules.into_iter().collect::<Vec<_>>())
    }

    /// Deletes rules by id.
    pub fn delete(ids: impl IntoIterator<Item = impl Into<RuleId>>) -> Self {
        let mut rules = OldRules::new();
        rules.ids.extend(ids.into_iter().map(Into::into));
        Self::new().delete_rules(rules)
    }

    /// Deletes rules by what they say.
    pub fn delete_values(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut rules = OldRules::new();
        rules.values.extend(values.into_iter().map(Into::into));
        Self::new().delete_rules(rules)
    }

    /// Deletes every rule.
    pub fn clear() -> Self {
        Self::new().delete_all(true)
    }
}
