//! What to ask a user for.

use std::{collections::BTreeSet, fmt};

use crate::endpoint::{Endpoint, Operation};

/// A set of scopes: the rights that a user grants to an App.
///
/// Displays as an authorization request has it: sorted, with spaces between.
///
/// ```
/// use twitter_types::{auth::Scopes, posts, scopes_for, users};
///
/// let scopes: Scopes = scopes_for![posts::Create, users::Me];
/// assert_eq!(scopes.to_string(), "tweet.read tweet.write users.read");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<&'static str>);

impl Scopes {
    /// No scope.
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Adds the scopes that an operation needs.
    #[must_use]
    pub fn and<E: Endpoint>(self) -> Self {
        self.with(E::SCOPES)
    }

    /// The scopes that operations need, where a program learns only at run time which they are.
    pub fn for_operations<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Self {
        operations.into_iter().fold(Self::new(), |scopes, next| scopes.with(next.scopes))
    }

    /// The scopes, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    fn with(mut self, scopes: &[&'static str]) -> Self {
        self.0.extend(scopes);
        self
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, scope) in self.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope)?;
        }
        Ok(())
    }
}

/// The least [`Scopes`](crate::auth::Scopes) to ask a user for, so that operations can be called.
#[macro_export]
macro_rules! scopes_for {
    ($($operation:ty),+ $(,)?) => {
        $crate::auth::Scopes::new()$(.and::<$operation>())+
    };
}
