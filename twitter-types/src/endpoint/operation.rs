//! What may be said of an operation without its parameters.

use http::Method;

use crate::{
    OPERATIONS,
    auth::{Accepted, Kind},
    endpoint::{Endpoint, ParameterInfo, Shape},
};

/// An operation's metadata, as values.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId` in X's OpenAPI document.
    pub id: &'static str,
    /// The module of this crate that it stands in, such as `posts`.
    pub module: &'static str,
    /// The name of its type in there, such as `SearchRecent`.
    pub type_name: &'static str,
    /// What it does, in a sentence, and perhaps more behind an empty line.
    pub about: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path as X's reference writes it, with `{names}` in it.
    pub path: &'static str,
    /// The credential kinds that it accepts.
    pub credentials: &'static [Kind],
    /// The scopes that an OAuth 2.0 user token needs, all of them.
    pub scopes: &'static [&'static str],
    /// What a successful reply holds.
    pub response: Shape,
    /// What the request's body holds.
    pub body: Shape,
    parameters: fn() -> Vec<ParameterInfo>,
}

impl Operation {
    pub(crate) const fn of<E: Endpoint>(module: &'static str, type_name: &'static str) -> Self {
        Self {
            id: E::OPERATION,
            module,
            type_name,
            about: E::ABOUT,
            method: E::METHOD,
            path: E::PATH,
            credentials: E::Auth::KINDS,
            scopes: E::SCOPES,
            response: Shape::of::<E::Response>(),
            body: Shape::of::<E::Body>(),
            parameters: E::parameters,
        }
    }

    /// The operation with this name or with this `operationId`.
    ///
    /// ```
    /// use twitter_types::endpoint::Operation;
    ///
    /// let search = Operation::find("posts.search_recent").unwrap();
    /// assert_eq!(search.id, "searchPostsRecent");
    /// assert_eq!(Operation::find("searchPostsRecent").unwrap().name(), "posts.search_recent");
    /// ```
    pub fn find(name: &str) -> Option<&'static Self> {
        let by_id = OPERATIONS.iter().find(|operation| operation.id == name);
        by_id.or_else(|| OPERATIONS.iter().find(|operation| operation.name() == name))
    }

    /// Its name for people: the module and, in small letters, the type, such as
    /// `posts.search_recent`.
    pub fn name(&self) -> String {
        let mut name = String::from(self.module);
        for (at, letter) in self.type_name.char_indices() {
            match at {
                0 => name.push('.'),
                _ if letter.is_uppercase() => name.push('_'),
                _ => {}
            }
            name.extend(letter.to_lowercase());
        }
        name
    }

    /// The parameters of its path and of its query.
    pub fn parameters(&self) -> Vec<ParameterInfo> {
        (self.parameters)()
    }
}
