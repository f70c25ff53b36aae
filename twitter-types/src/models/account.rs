//! Developer accounts.

use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// A developer account.
    pub struct DeveloperAccount {
        /// Identifies the account.
        account_id: Option<String>,
        /// Whether it was made just now.
        created: Option<bool>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The name that is shown.
        name: Option<String>,
    }
}
