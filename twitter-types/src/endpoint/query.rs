//! Writing a query, encoded once: the URL sent is the URL signed.

use std::{
    error,
    fmt::{self, Display},
    ops::RangeInclusive,
};

use oauth1_sign::percent_encode;

use crate::endpoint::{Measured, Parameter};

/// A path and the query that grows behind it.
#[derive(Clone, Debug)]
pub struct Query {
    url: String,
    separator: char,
    out_of_range: Option<OutOfRange>,
}

impl Query {
    pub(crate) const fn new(path: String) -> Self {
        Self { url: path, separator: '?', out_of_range: None }
    }

    /// Adds a parameter, if it is set.
    pub fn add(&mut self, name: &str, value: &impl Parameter) {
        value.append(name, self);
    }

    /// Keeps the request from being built if a value is out of its range.
    pub fn check(&mut self, name: &'static str, value: &impl Measured, range: RangeInclusive<u64>) {
        if let Some(size) = value.size()
            && !range.contains(&size)
        {
            self.out_of_range.get_or_insert(OutOfRange { name, size, range });
        }
    }

    /// Adds a parameter, percent-encoded.
    pub fn push(&mut self, name: &str, value: impl Display) {
        self.url.push(self.separator);
        self.separator = '&';
        self.url.push_str(&percent_encode(name));
        self.url.push('=');
        self.url.push_str(&percent_encode(&value.to_string()));
    }

    /// What is written so far, whatever it is worth.
    pub(crate) fn as_str(&self) -> &str {
        &self.url
    }

    pub(crate) fn finish(self) -> Result<String, OutOfRange> {
        self.out_of_range.map_or(Ok(self.url), Err)
    }
}

/// A value in a path, with what would end its segment encoded.
pub(crate) fn segment(value: &impl Display) -> String {
    percent_encode(&value.to_string())
}

/// A parameter was set to what X does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutOfRange {
    /// The parameter's name on the wire.
    pub name: &'static str,
    /// The number that it was set to, or the length of the list or text.
    pub size: u64,
    /// What X takes.
    pub range: RangeInclusive<u64>,
}

impl Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, size, range } = self;
        write!(
            f,
            "{name} is {size}, as a number or a length: X takes from {} to {}; nothing was sent",
            range.start(),
            range.end()
        )
    }
}

impl error::Error for OutOfRange {}
