//! What to ask a user for.

use bearer::Scopes;

use crate::endpoint::Operation;

/// The scopes that operations need, where a program learns only at run time which they are;
/// [`scopes_for!`](crate::scopes_for) is for the others.
pub fn scopes_of<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Scopes {
    let scopes = operations.into_iter().map(|operation| Scopes::from_static(operation.scopes));
    scopes.fold(Scopes::new(), |all, scopes| all.union(&scopes))
}

/// The least [`Scopes`](crate::auth::Scopes) to ask a user for, so that operations can be called.
///
/// Add [`Scope::OFFLINE_ACCESS`](crate::auth::Scope::OFFLINE_ACCESS), so that the access lasts.
///
/// ```
/// use twitter_types::{auth::{Scope, Scopes}, posts, scopes_for, users};
///
/// let mut scopes: Scopes = scopes_for![posts::Create, users::Me];
/// scopes.insert(Scope::OFFLINE_ACCESS);
/// assert_eq!(scopes.to_string(), "offline.access tweet.read tweet.write users.read");
/// ```
#[macro_export]
macro_rules! scopes_for {
    ($($operation:ty),+ $(,)?) => {
        $crate::auth::Scopes::new()
            $(.union(&$crate::auth::Scopes::from_static(
                <$operation as $crate::endpoint::Endpoint>::SCOPES)))+
    };
}
