//! Rules of the filtered stream.

use crate::id::{AppId, RuleId};
use crate::model::{Quoted, model};

model! {
    /// How many rules an App has.
    pub struct AppRuleCount {
        /// The App.
        client_app_id: Option<AppId>,
        /// The number of rules.
        rule_count: Option<u64>,
    }
}

model! {
    /// A rule to be added.
    pub struct NewRule {
        required {
            /// What posts it matches, as module `query` writes it.
            value: String,
        }
        /// A name of your own for it.
        tag: Option<String>,
    }
}

impl NewRule {
    /// Gives it a name of your own, which the posts that it matches bring along.
    ///
    /// ```
    /// use twitter_types::models::NewRule;
    ///
    /// let rule = NewRule::new("cats has:images".into()).tag("cats");
    /// assert_eq!(rule.tag.as_deref(), Some("cats"));
    /// ```
    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        Self { tag: Some(tag.into()), ..self }
    }
}

model! {
    /// Rules to be deleted, by id or by value.
    pub struct OldRules {
        /// The rules, by their ids.
        ids: Vec<RuleId>,
        /// The rules, by what they say.
        values: Vec<String>,
    }
}

model! {
    /// A rule of the filtered stream.
    pub struct Rule {
        /// Identifies it.
        id: Option<RuleId>,
        /// A name of your own for it.
        tag: Option<String>,
        /// What posts it matches.
        value: Option<String>,
    }
}

model! {
    /// How many rules there are, and may be.
    pub struct RuleCounts {
        /// The counts of each App of the project.
        all_project_client_apps: Vec<AppRuleCount>,
        /// Rules that an App may have.
        cap_per_client_app: Option<u64> as Quoted,
        /// Rules that the project's Apps may have together.
        cap_per_project: Option<u64> as Quoted,
        /// The count of this App.
        client_app_rules_count: Option<AppRuleCount>,
        /// Rules of all the project's Apps.
        project_rules_count: Option<u64> as Quoted,
    }
}
