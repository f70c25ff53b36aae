//! Fields of rules of the filtered stream.

use crate::model::open_enum;

open_enum! {
    /// Fields of [`RuleCounts`](crate::models::RuleCounts): `rules_count.fields`.
    pub enum RuleCountField {
        /// `all_project_client_apps`.
        AllProjectClientApps = "all_project_client_apps",
        /// `cap_per_client_app`.
        CapPerClientApp = "cap_per_client_app",
        /// `cap_per_project`.
        CapPerProject = "cap_per_project",
        /// `client_app_rules_count`.
        ClientAppRulesCount = "client_app_rules_count",
        /// `project_rules_count`.
        ProjectRulesCount = "project_rules_count",
    }
}
