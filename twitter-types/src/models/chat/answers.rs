//! What X answers to a change.

use crate::model::model;

model! {
    /// The answer to accepting a conversation.
    pub struct Accepted {
        /// Whether the conversation is accepted now.
        accepted: Option<bool>,
    }
}

model! {
    /// The answer to making members admins.
    pub struct Added {
        /// Whether they are admins now.
        added: Option<bool>,
    }
}

model! {
    /// The answer to making an admin of a user who asked.
    pub struct Approved {
        /// Whether the user is an admin now.
        approved: Option<bool>,
    }
}

model! {
    /// The answer to archiving a conversation, or to taking it back.
    pub struct Archived {
        /// Whether the conversation is in the archive now.
        archived: Option<bool>,
    }
}

model! {
    /// The answer to turning off a link.
    pub struct Disabled {
        /// Whether the link is off now.
        disabled: Option<bool>,
    }
}

model! {
    /// The answer to turning users down.
    pub struct Rejected {
        /// Whether they are turned down.
        rejected: Option<bool>,
    }
}

model! {
    /// The answer to removing users.
    pub struct Removed {
        /// Whether they are removed.
        removed: Option<bool>,
    }
}

model! {
    /// The answer to asking to join, or to become an admin.
    pub struct Requested {
        /// Whether it is asked for now.
        requested: Option<bool>,
    }
}
