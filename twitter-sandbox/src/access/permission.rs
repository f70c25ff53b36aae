//! What an App asks of its users in the console, which OAuth 1.0a tokens keep.

use crate::operations::Operation;

/// The permission of an App, as its settings in the console have it.
///
/// An OAuth 1.0a token keeps the permission that the App had when the token was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AppPermission {
    /// "Read": no writing, and no Direct Messages.
    Read,
    /// "Read and write": no Direct Messages.
    ReadWrite,
    /// "Read and write and Direct message".
    #[default]
    ReadWriteDirectMessages,
}

impl AppPermission {
    /// What an operation asks of an OAuth 1.0a token.
    pub(crate) fn needed(operation: &Operation) -> Self {
        if operation.scopes.iter().any(|scope| scope.starts_with("dm.")) {
            Self::ReadWriteDirectMessages
        } else if operation.method == "GET" {
            Self::Read
        } else {
            Self::ReadWrite
        }
    }

    /// As the header `x-access-level` writes it.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadWrite => "read-write",
            Self::ReadWriteDirectMessages => "read-write-directmessages",
        }
    }

    /// What a consent page says of it.
    pub(crate) fn rights(self) -> Vec<(&'static str, &'static str)> {
        let all = [
            "See posts, profiles and lists that you can see",
            "Post, like, repost and follow for you",
            "Read and send Direct Messages for you",
        ];
        all.into_iter().take(self as usize + 1).map(|phrase| ("", phrase)).collect()
    }
}
