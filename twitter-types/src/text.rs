//! Texts as X counts them: how long one is, whether it may be posted, and what becomes a link.
//!
//! X weighs characters. Those of Latin, Greek, Cyrillic, Arabic and a few more scripts weigh 1, all
//! others 2, among them those of Chinese, Japanese and Korean. An emoji weighs 2 however many code
//! points it is written with, and a link weighs 23 however long it is. A post holds 280.
//!
//! ```
//! use twitter_types::text;
//!
//! assert_eq!(text::weighted_length("Hello, world! 👋"), 16);
//! assert_eq!(text::weighted_length("一二三 👨‍👩‍👧‍👦"), 9);
//! assert_eq!(text::weighted_length("docs.x.com/fundamentals/counting-characters"), 23);
//! assert!(!text::is_valid_post(&"二".repeat(141)));
//!
//! // Where to cut what is too long.
//! let long = "二".repeat(141);
//! let measured = text::measure(&long);
//! assert_eq!(measured.weighted_length, 282);
//! assert_eq!(&long[..measured.valid_end], "二".repeat(140));
//! ```
//!
//! The rules are those of version 3 of the configuration of twitter-text, X's own counter;
//! [`Config`] has others, and takes another limit for accounts that may write longer posts. Media
//! weighs nothing, nor do the mentions that X puts before a reply by itself: leave both out.
//!
//! Beyond posts, [`is_valid_hashtag()`], [`is_valid_list()`] and [`is_valid_url()`] say whether a
//! whole text is one of these.
//!
//! Texts are counted in Unicode's Normalization Form C; they need not be in it.

mod addresses;
mod config;
mod emoji;
mod host;
mod names;
mod normalized;
mod path;
mod tlds;
mod urls;

pub use addresses::{UrlRules, is_valid_url};
pub use config::Config;
pub use names::{is_valid_hashtag, is_valid_list};
pub use urls::{Url, Urls, urls};

/// The weight that a post may have.
pub const MAX_WEIGHTED_LENGTH: u32 = 280;

/// The weight of a link, however long it is: that of the `t.co` address that X puts in its place.
pub const URL_LENGTH: u32 = 23;

/// What X would find when it counts a text, made by [`measure()`] or [`Config::measure()`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Measured {
    /// The weight of the text.
    pub weighted_length: u32,
    /// How much of a post it fills, in thousandths, rounded down; more than 1000 if it is too long.
    pub permillage: u32,
    /// Whether X would take it: it is not empty, not too long, and has no invalid character, which
    /// are U+FEFF, U+FFFE and U+FFFF.
    pub is_valid: bool,
    /// How much of it is valid, in bytes: `text[..valid_end]` is a valid post, or empty. It never
    /// ends inside a link, an emoji that counts as one or a letter with its accents.
    pub valid_end: usize,
}

/// Counts a text as X does: by [`Config::V3`].
pub fn measure(text: &str) -> Measured {
    Config::V3.measure(text)
}

/// The weight of a text, as X counts it. A post may have [`MAX_WEIGHTED_LENGTH`].
pub fn weighted_length(text: &str) -> u32 {
    measure(text).weighted_length
}

/// Whether X would take a text as a post: [`Measured::is_valid`].
pub fn is_valid_post(text: &str) -> bool {
    measure(text).is_valid
}

/// Whether X refuses a post for a character.
fn is_invalid(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
