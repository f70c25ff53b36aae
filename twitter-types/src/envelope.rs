//! What surrounds the objects of a reply.
//!
//! X leaves out what is empty, so an object that has none of these fields is an empty page, or says
//! that something was done. Whatever else is in it is kept in `extra`.
//!
//! ```
//! use twitter_types::{envelope::Page, models::Post};
//!
//! let body = r#"{
//!     "data": [{"id": "20", "text": "just setting up my twttr", "author_id": "12"}],
//!     "includes": {"users": [{"id": "12", "name": "jack", "username": "jack"}]},
//!     "errors": [{"title": "Not Found Error", "resource_id": "21"}],
//!     "meta": {"next_token": "b26v89c19zqg8o3f"}
//! }"#;
//! let page: Page<Post> = serde_json::from_str(body)?;
//! let author = page.data[0].author_id.and_then(|id| page.includes().user(id));
//! assert_eq!(author.and_then(|user| user.username.as_deref()), Some("jack"));
//! assert_eq!(page.errors[0].resource_id.as_deref(), Some("21"));
//! assert_eq!(page.next_token(), Some("b26v89c19zqg8o3f"));
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::{
    id::RuleId,
    model::model,
    models::{Includes, Joins, Meta},
    problem::Problem,
};

model! {
    /// A reply about one thing.
    pub struct One<T> {
        /// The thing; absent when it does not exist or may not be seen, and then `errors` says
        /// which.
        data: Option<T>,
        /// The objects that the expansions asked for.
        includes: Option<Includes>,
        /// What X could not answer of a call that succeeded otherwise.
        errors: Vec<Problem>,
    }
}

model! {
    /// A reply about several things: a list asked for by ids, or one page of a longer list.
    pub struct Page<T> {
        /// The things, in X's order.
        data: Vec<T>,
        /// The objects that the expansions asked for, each once.
        includes: Option<Includes>,
        /// What X could not answer of a call that succeeded otherwise, such as ids that do not
        /// exist.
        errors: Vec<Problem>,
        /// How many things there are, and where the list goes on.
        meta: Option<Meta>,
    }
}

model! {
    /// An item of the filtered stream.
    pub struct Matched<T> {
        /// The item.
        data: Option<T>,
        /// The objects that the expansions asked for.
        includes: Option<Includes>,
        /// What X could not give of it; or, without an item, why the stream ends.
        errors: Vec<Problem>,
        /// The rules that it matches.
        matching_rules: Vec<MatchingRule>,
    }
}

model! {
    /// A rule that an item matches.
    pub struct MatchingRule {
        /// Identifies the rule.
        id: Option<RuleId>,
        /// The tag that the rule was given.
        tag: Option<String>,
    }
}

impl<T> Matched<T> {
    /// The objects that came along, indexed.
    pub fn includes(&self) -> Joins<'_> {
        self.includes.iter().collect()
    }
}

impl<T> One<T> {
    /// The objects that came along, indexed.
    pub fn includes(&self) -> Joins<'_> {
        self.includes.iter().collect()
    }
}

impl<T> Page<T> {
    /// The objects that came along, indexed. For those of several pages, collect their `includes`.
    pub fn includes(&self) -> Joins<'_> {
        self.includes.iter().collect()
    }

    /// The token of the next page; `None` on the last.
    pub fn next_token(&self) -> Option<&str> {
        self.meta.as_ref()?.next_token.as_deref().filter(|token| !token.is_empty())
    }
}
