//! Communities.

use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// A community.
    pub struct Community {
        /// Who can see the community.
        access: Option<String>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// What it is about.
        description: Option<String>,
        /// Identifies it: digits; in older documents, Base64 of a name and digits.
        id: Option<String>,
        /// Who may join.
        join_policy: Option<String>,
        /// How many members there are.
        member_count: Option<u64>,
        /// The name.
        name: Option<String>,
    }
}
