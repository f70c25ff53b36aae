//! Developer accounts.

use crate::{endpoint::endpoint, envelope::One, models::DeveloperAccount};

endpoint! {
    /// Reads the developer account of the user whose credential it is.
    GET "/2/account" getDeveloperAccount
    (OAuth2UserOnly: "developer.read") -> One<DeveloperAccount>;
    pub struct Get {
    }
}

endpoint! {
    /// Makes sure that the user has a developer account: makes one where there is none.
    POST "/2/account" ensureAccount
    (OAuth2UserOnly: "developer.write") -> One<DeveloperAccount>;
    pub struct Ensure {
        json {
        } optional {
            /// What tells X of credits that the account is to get, such as a tier of subscription.
            metadata: String [0..=64],
        }
    }
}
