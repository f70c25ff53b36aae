//! What the App's project has used of its cap.

use crate::{
    endpoint::{Parameter, Query, endpoint},
    envelope::One,
    fields::{Fields, UsageField},
    models::Usage,
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
            fields: UsageFields,
        }
    }
}

/// What to return of the usage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsageFields {
    /// `usage.fields`.
    pub usage: Fields<UsageField>,
}

impl<F: Into<Fields<UsageField>>> From<F> for UsageFields {
    fn from(fields: F) -> Self {
        Self { usage: fields.into() }
    }
}

impl Parameter for UsageFields {
    fn append(&self, _: &str, query: &mut Query) {
        self.usage.append("usage.fields", query);
    }
}
