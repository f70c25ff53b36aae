//! Bots: accounts that act by a token.

use crate::id::UserId;
use crate::model::{Millis, SecretText, model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A bot and its token, which X shows once.
    pub struct BotCredentials {
        required {
            /// The bot's account.
            id: UserId,
        }
        /// The name that is shown.
        name: Option<String>,
        /// What the token may do.
        scopes: Vec<String>,
        /// The token.
        token: Option<SecretText>,
        /// Until when the token lasts.
        token_expires_at_ms: Option<Timestamp> as Millis,
        /// The handle without its `@`.
        username: Option<String>,
    }
}

model! {
    /// The answer to taking a token out of use.
    pub struct Revoked {
        /// Whether the token is out of use now.
        revoked: Option<bool>,
    }
}

open_enum! {
    /// Who may write to a bot.
    pub enum BotDmPermission {
        /// `everyone`.
        Everyone = "everyone",
        /// `premium`.
        Premium = "premium",
        /// `no_one`.
        NoOne = "no_one",
    }
}
