//! What the App's project has used of its cap.

use crate::{
    endpoint::endpoint,
    envelope::One,
    fields::{Fields, UsageField},
    models::{Credits as Money, Usage},
};

endpoint! {
    /// Counts the posts that the project has read.
    GET "/2/usage/tweets" getUsage
    (AppOnly:) -> One<Usage>;
    pub struct Posts {
        query {
            /// Days to look back; 7 if not set.
            days: u8 [1..=90],
            /// What to return.
            fields = "usage.fields": Fields<UsageField>,
        }
    }
}

endpoint! {
    /// Tells how much money is left for calls.
    GET "/2/usage/credits" getUsageCredits
    (AppOrOAuth2User:) -> One<Money>;
    pub struct Credits {
    }
}
