//! The list of fields that goes into a query.

use core::fmt;

use crate::model::OpenEnum;

/// A list of fields or expansions, each once, in the order in which they were added.
///
/// Empty, it asks for nothing beyond what X sends by itself. Displays as X wants it in a query:
/// joined by commas.
///
/// ```
/// use twitter_types::fields::{Fields, UserField};
///
/// let fields = Fields::from([UserField::Description, UserField::PublicMetrics]);
/// assert_eq!(fields.to_string(), "description,public_metrics");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fields<F>(Vec<F>);

impl<F: OpenEnum> Fields<F> {
    /// An empty list.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Every field that this crate knows. X answers fields that the credential may not see, such
    /// as another author's private counts, with a partial error per object; leave them out with
    /// [`without`](Self::without).
    pub fn all() -> Self {
        Self(F::ALL.to_vec())
    }

    /// The list with one field more.
    #[must_use]
    pub fn with(mut self, field: F) -> Self {
        self.insert(field);
        self
    }

    /// The list without some fields.
    #[must_use]
    pub fn without(mut self, fields: impl IntoIterator<Item = F>) -> Self {
        for field in fields {
            self.0.retain(|known| *known != field);
        }
        self
    }

    /// Adds a field, unless it is there already; tells whether it was added.
    pub fn insert(&mut self, field: F) -> bool {
        let new = !self.contains(&field);
        if new {
            self.0.push(field);
        }
        new
    }

    /// Whether a field is on the list.
    pub fn contains(&self, field: &F) -> bool {
        self.0.contains(field)
    }

    /// The fields, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, F> {
        self.0.iter()
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<F> Default for Fields<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F: fmt::Display> fmt::Display for Fields<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, field) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            field.fmt(f)?;
        }
        Ok(())
    }
}

impl<F: fmt::Debug> fmt::Debug for Fields<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.0).finish()
    }
}

impl<F: OpenEnum> Extend<F> for Fields<F> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, fields: I) {
        for field in fields {
            self.insert(field);
        }
    }
}

impl<F: OpenEnum> FromIterator<F> for Fields<F> {
    fn from_iter<I: IntoIterator<Item = F>>(fields: I) -> Self {
        let mut list = Self::new();
        list.extend(fields);
        list
    }
}

impl<F: OpenEnum, const N: usize> From<[F; N]> for Fields<F> {
    fn from(fields: [F; N]) -> Self {
        fields.into_iter().collect()
    }
}

impl<F> IntoIterator for Fields<F> {
    type Item = F;
    type IntoIter = std::vec::IntoIter<F>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, F: OpenEnum> IntoIterator for &'a Fields<F> {
    type Item = &'a F;
    type IntoIter = core::slice::Iter<'a, F>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
