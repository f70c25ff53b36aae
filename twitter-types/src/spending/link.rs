//! Links, which make a post dearer.

use std::fmt;

use super::{Item, Prices, Usd};

/// Whether X would find a link in a text, and bill the post that it is for as one with a link.
///
/// Without the feature `text` this takes every text with a `.` between two other characters for one
/// with a link: no link goes without.
pub fn has_link(text: &str) -> bool {
    #[cfg(feature = "text")]
    return crate::text::urls(text).next().is_some();
    #[cfg(not(feature = "text"))]
    text.split('.').zip(text.split('.').skip(1)).any(|(before, after)| {
        let is_part = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        is_part(before.chars().next_back()) && is_part(after.chars().next())
    })
}

/// A post has a link, and costs so much more for it. Both amounts are estimates.
///
/// ```
/// # #[cfg(feature = "text")] {
/// use twitter_types::spending::Prices;
///
/// let warning = Prices::default().link_warning("See docs.x.com").unwrap();
/// assert_eq!(
///     warning.to_string(),
///     "the post has a link, which makes it 13 times dearer: an estimated $0.2000 instead of $0.0150"
/// );
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinkWarning {
    /// What the post costs.
    pub with: Usd,
    /// What it would cost without a link.
    pub without: Usd,
}

impl Prices {
    /// A warning, if a post of this text has a link and is dearer for it.
    pub fn link_warning(&self, text: &str) -> Option<LinkWarning> {
        let with = self.price(&Item::PostCreateWithLink)?;
        let without = self.price(&Item::PostCreate)?;
        (with > without && has_link(text)).then_some(LinkWarning { with, without })
    }
}

impl fmt::Display for LinkWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { with, without } = self;
        f.write_str("the post has a link, which makes it ")?;
        match with.as_micros().checked_div(without.as_micros()) {
            Some(times @ 2..) => write!(f, "{times} times dearer")?,
            _ => f.write_str("dearer")?,
        }
        write!(f, ": an estimated {with} instead of {without}")
    }
}
