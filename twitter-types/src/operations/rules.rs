//! Rules of the filtered stream.

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
            /// Which.
            ids: Vec<RuleId> [0..=1000],
        }
    }
}

endpoint! {
    /// Adds rules to the filtered stream, or deletes some.
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
