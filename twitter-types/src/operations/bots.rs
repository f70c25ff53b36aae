//! Bots: accounts that act by a token.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::UserId,
    models::{BotCredentials, BotDmPermission, Deleted, Revoked, Updated, User},
    operations::users::UserFields,
};

endpoint! {
    /// Lists the bots of the App's project.
    GET "/2/bots" getBots
    (AppOnly:) -> Page<User>;
    pub struct All {
        query {
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Creates a bot account, and the token that acts for it.
    ///
    /// The same username again gives the bot a new token, so that a call whose answer was lost can
    /// be repeated.
    POST "/2/bots" createBot
    (AppOrOAuth2User:) -> One<BotCredentials>;
    pub struct Create {
        json {
            /// The username, of 5 to 15 letters, digits and underscores.
            handle: String [5..=15],
        } optional {
            /// The name that is shown; the username if not set.
            display_name: String [1..=50],
            /// What the token may do; if not set, all that XChat asks for.
            scopes: Vec<String>,
        }
    }
}

endpoint! {
    /// Deletes a bot account.
    DELETE "/2/bots/{id}" deleteBot
    (AppOnly:) -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which bot.
            id: UserId,
        }
    }
}

endpoint! {
    /// Changes a bot's names, or who may write to it.
    PUT "/2/bots/{id}" updateBot
    (AppOnly:) -> One<Updated>;
    pub struct Update {
        path {
            /// Which bot.
            id: UserId,
        }
        json {
        } optional {
            /// The name that is shown.
            display_name: String [1..=50],
            /// Who may write to the bot.
            dm_permission: BotDmPermission,
            /// The username, of 5 to 15 letters, digits and underscores.
            handle: String [5..=15],
        }
    }
}

endpoint! {
    /// Takes a bot's token out of use; the bot stays.
    DELETE "/2/bots/{id}/token" revokeBotToken
    (AppOnly:) -> One<Revoked>;
    pub struct RevokeToken {
        path {
            /// Which bot.
            id: UserId,
        }
    }
}

endpoint! {
    /// Gives a bot a new token, and takes the old one out of use.
    POST "/2/bots/{id}/token" rotateBotToken
    (AppOrOAuth2User:) -> One<BotCredentials>;
    pub struct RotateToken {
        path {
            /// Which bot.
            id: UserId,
        }
        json {
        } optional {
            /// What the token may do; if not set, all that XChat asks for.
            scopes: Vec<String>,
        }
    }
}
