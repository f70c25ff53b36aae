//! Developer accounts.

use crate::{endpoint::endpoint, envelope::One, models::DeveloperAccount};

endpoint! {
    /// Reads the developer account of the App.
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
            /// What to say of it.
            metadata: String [0..=64],
        }
    }
}
