//! A user account.

use crate::time::Time;

/// A user, without what can be counted from follows, likes and posts.
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) created: Time,
    pub(crate) description: String,
    pub(crate) location: Option<&'static str>,
    /// The address behind the link of the profile.
    pub(crate) website: Option<String>,
    pub(crate) protected: bool,
    pub(crate) verified_type: &'static str,
    pub(crate) pinned: Option<u64>,
    /// The account whose badge this one wears.
    pub(crate) affiliation: Option<u64>,
    pub(crate) listed: u64,
}
