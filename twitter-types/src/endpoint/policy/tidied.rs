//! Tables of users who come and go.

use std::collections::HashMap;

/// How much was left when a table was last gone through for what says nothing any more: it is done again
/// when there is twice as much, so that users who come and go take no memory for good.
#[derive(Default)]
pub(super) struct Tidied(usize);

impl Tidied {
    /// No table is gone through for less than this.
    const LEAST: usize = 512;

    pub(super) fn retain<K, V>(
        &mut self,
        table: &mut HashMap<K, V>,
        mut says_something: impl FnMut(&K, &V) -> bool,
    ) {
        if table.len() >= 2 * self.0.max(Self::LEAST) {
            table.retain(|key, value| says_something(key, value));
            self.0 = table.len();
        }
    }
}
