//! Which list a cursor is a place in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::CursorError;
use crate::{
    checksum::checksum,
    endpoint::{Endpoint, Query},
};

/// A checksum of the parameters that say which list it is. A change of how it is made ends every walk that
/// was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) struct List(u64);

impl List {
    /// That of an operation, whichever page it asks for, and however much of it: a set of all fields
    /// grows from release to release.
    pub(super) fn of(endpoint: &impl Endpoint) -> Self {
        let mut query = Query::new(endpoint.path());
        endpoint.query(&mut query);
        let (path, query) = query.as_str().split_once('?').unwrap_or((query.as_str(), ""));
        let says_which = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            !matches!(name, "pagination_token" | "next_token" | "max_results" | "expansions")
                && !name.ends_with(".fields")
        };
        let mut pairs: Vec<_> = query.split('&').filter(says_which).collect();
        pairs.sort_unstable();
        Self(checksum(format!("{path}?{}", pairs.join("&")).bytes()))
    }

    /// Whether a cursor of that operation and list is one of this list.
    pub(super) fn check<E: Endpoint>(self, operation: &str, list: Self) -> Result<(), CursorError> {
        let expected = E::OPERATION;
        if operation != expected {
            let found = operation.chars().take(60).collect();
            return Err(CursorError::OtherOperation { found, expected });
        }
        if list != self {
            return Err(CursorError::OtherParameters { operation: expected });
        }
        Ok(())
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for List {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let number = u64::from_str_radix(text, 16).ok().map(Self);
        number.filter(|list| list.to_string() == text).ok_or(CursorError::Unreadable)
    }
}

impl From<List> for String {
    fn from(list: List) -> Self {
        list.to_string()
    }
}

impl TryFrom<String> for List {
    type Error = CursorError;

    fn try_from(text: String) -> Result<Self, CursorError> {
        text.parse()
    }
}
