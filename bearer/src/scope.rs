//! Scopes: the rights that a user grants to an App (RFC 6749 section 3.3).

use std::{
    borrow::{Borrow, Cow},
    collections::{BTreeSet, btree_set},
    error, fmt,
    str::FromStr,
};

/// Longer than any scope of X.
const MAX_LENGTH: usize = 256;

/// The text is not one scope: it is empty, longer than 256 bytes, or has a character other than
/// the visible ASCII without `"` and `\\` that RFC 6749 section 3.3 allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidScope;

impl fmt::Display for InvalidScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a scope: write scopes like tweet.read, with a space between two")
    }
}

impl error::Error for InvalidScope {}

/// One right that a user grants to an App, such as `tweet.read`.
///
/// X adds scopes, so any well-formed one is taken. The constants are the 36 of X's OpenAPI document
/// 2.173, and one more that only its authentication page knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(Cow<'static, str>);

impl Scope {
    /// A scope that is known when the program is written.
    ///
    /// # Panics
    ///
    /// If the text is not a scope; in a constant this is an error of the compiler.
    ///
    /// ```
    /// const SCOPE: bearer::Scope = bearer::Scope::from_static("tweet.read");
    /// assert_eq!(SCOPE, bearer::Scope::TWEET_READ);
    /// ```
    pub const fn from_static(text: &'static str) -> Self {
        assert!(is_scope(text), "not a scope");
        Self(Cow::Borrowed(text))
    }

    /// The scope as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a constant per scope, and the list of them:
///
/// ```text
/// /// Read all posts …
/// pub const TWEET_READ: Scope = Scope::from_static("tweet.read");
/// pub const ALL: &'static [Scope] = &[…, Scope::TWEET_READ, …];
/// ```
macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        impl Scope {
            $($(#[$doc])* pub const $name: Self = Self::from_static($text);)+

            /// Every scope of X's OpenAPI document, sorted.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Read the user's e-mail address. X's authentication page lists it; the OpenAPI
            /// document does not.
            pub const USERS_EMAIL: Self = Self::from_static("users.email");
        }
    };
}

scopes! {
    /// Read which accounts the user blocks.
    BLOCK_READ = "block.read";
    /// Block and unblock accounts.
    BLOCK_WRITE = "block.write";
    /// Read the user's bookmarks.
    BOOKMARK_READ = "bookmark.read";
    /// Create and delete bookmarks.
    BOOKMARK_WRITE = "bookmark.write";
    /// Read the user's live broadcasts and their chat.
    BROADCAST_READ = "broadcast.read";
    /// Manage live broadcasts and write in their chat.
    BROADCAST_WRITE = "broadcast.write";
    /// Join calls: listen, speak, write, admit others.
    CALLS_JOIN = "calls.join";
    /// Read the user's calls and the calendar of them.
    CALLS_READ = "calls.read";
    /// Start, schedule, change and cancel calls, and answer invitations.
    CALLS_WRITE = "calls.write";
    /// Read the user's developer accounts and Apps.
    DEVELOPER_READ = "developer.read";
    /// Create and manage the user's developer account.
    DEVELOPER_WRITE = "developer.write";
    /// Read all Direct Messages of the user.
    DM_READ = "dm.read";
    /// Send and manage Direct Messages.
    DM_WRITE = "dm.write";
    /// Read whom the user follows, and who follows the user.
    FOLLOWS_READ = "follows.read";
    /// Follow and unfollow accounts.
    FOLLOWS_WRITE = "follows.write";
    /// Read the user's likes and the likes the user can see.
    LIKE_READ = "like.read";
    /// Like posts and take likes back.
    LIKE_WRITE = "like.write";
    /// Read the user's Lists, private ones too.
    LIST_READ = "list.read";
    /// Create and manage Lists.
    LIST_WRITE = "list.write";
    /// Read the media library and its settings.
    MEDIA_LIBRARY_READ = "media.library.read";
    /// Add media to the library and manage its settings.
    MEDIA_LIBRARY_WRITE = "media.library.write";
    /// Upload media.
    MEDIA_WRITE = "media.write";
    /// Read which accounts the user mutes.
    MUTE_READ = "mute.read";
    /// Mute and unmute accounts.
    MUTE_WRITE = "mute.write";
    /// Receive a refresh token, so that access outlasts two hours.
    OFFLINE_ACCESS = "offline.access";
    /// Read saved searches.
    SAVED_SEARCH_READ = "saved_search.read";
    /// Create and delete saved searches.
    SAVED_SEARCH_WRITE = "saved_search.write";
    /// Read the account's settings.
    SETTINGS_READ = "settings.read";
    /// Change the account's settings.
    SETTINGS_WRITE = "settings.write";
    /// Read the Spaces that the user can see.
    SPACE_READ = "space.read";
    /// Read the Custom Timelines that the user can see.
    TIMELINE_READ = "timeline.read";
    /// Hide and unhide replies to the user's posts.
    TWEET_MODERATE_WRITE = "tweet.moderate.write";
    /// Read all posts that the user can see, protected ones too.
    TWEET_READ = "tweet.read";
    /// Post and repost.
    TWEET_WRITE = "tweet.write";
    /// Read all accounts that the user can see, protected ones too.
    USERS_READ = "users.read";
    /// Change the profile: name, description, images.
    USERS_WRITE = "users.write";
}

/// The scope-token of RFC 6749 section 3.3: `1*( %x21 / %x23-5B / %x5D-7E )`.
const fn is_scope(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], 0x21 | 0x23..=0x5b | 0x5d..=0x7e) {
            return false;
        }
        at += 1;
    }
    !text.is_empty() && text.len() <= MAX_LENGTH
}

impl FromStr for Scope {
    type Err = InvalidScope;

    fn from_str(text: &str) -> Result<Self, InvalidScope> {
        if is_scope(text) { Ok(Self(Cow::Owned(text.to_owned()))) } else { Err(InvalidScope) }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Scope {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Scope {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Scope {
    fn eq(&self, other: &str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<&str> for Scope {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

/// A set of scopes. Displays as a request has it: sorted, with spaces between.
///
/// ```
/// use bearer::{Scope, Scopes};
///
/// let scopes = Scopes::from([Scope::USERS_READ, Scope::TWEET_READ, Scope::OFFLINE_ACCESS]);
/// assert_eq!(scopes.to_string(), "offline.access tweet.read users.read");
/// assert_eq!(scopes, "users.read tweet.read offline.access".parse()?);
/// # Ok::<(), bearer::InvalidScope>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// No scope.
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Scopes that are known when the program is written.
    ///
    /// # Panics
    ///
    /// If one of the texts is not a scope.
    pub fn from_static(scopes: &[&'static str]) -> Self {
        scopes.iter().copied().map(Scope::from_static).collect()
    }

    /// Adds one.
    pub fn insert(&mut self, scope: Scope) {
        self.0.insert(scope);
    }

    /// Whether the scope is in the set.
    ///
    /// ```
    /// assert!(bearer::Scopes::from_static(&["tweet.read"]).contains("tweet.read"));
    /// ```
    pub fn contains(&self, scope: impl AsRef<str>) -> bool {
        self.0.contains(scope.as_ref())
    }

    /// Whether all scopes of the other set are in this one.
    pub fn is_superset(&self, other: &Self) -> bool {
        self.0.is_superset(&other.0)
    }

    /// The scopes that are in this set and not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.0.difference(&other.0).cloned().collect()
    }

    /// The scopes that are in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.0.union(&other.0).cloned().collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Scope> {
        self.0.iter()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, scope) in self.iter().enumerate() {
            f.write_str(if at > 0 { " " } else { "" })?;
            f.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Scopes {
    type Err = InvalidScope;

    /// Reads scopes with spaces between, in any order. No text is no scope.
    fn from_str(text: &str) -> Result<Self, InvalidScope> {
        text.split_ascii_whitespace().map(str::parse).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl Extend<Scope> for Scopes {
    fn extend<I: IntoIterator<Item = Scope>>(&mut self, scopes: I) {
        self.0.extend(scopes);
    }
}

impl<const N: usize> From<[Scope; N]> for Scopes {
    fn from(scopes: [Scope; N]) -> Self {
        scopes.into_iter().collect()
    }
}

impl IntoIterator for Scopes {
    type Item = Scope;
    type IntoIter = btree_set::IntoIter<Scope>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Scopes {
    type Item = &'a Scope;
    type IntoIter = btree_set::Iter<'a, Scope>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
