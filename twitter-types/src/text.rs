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
//! The rules are those of version 3 of the configuration of twitter-text, X's own counter. Media
//! weighs nothing, nor do the mentions that X puts before a reply by itself: leave both out. Posts
//! longer than 280, which some accounts may write, are not valid here.
//!
//! Texts are counted in Unicode's Normalization Form C; they need not be in it.

mod emoji;
mod host;
mod normalized;
mod path;
mod tlds;
mod urls;

use normalized::Normalized;
pub use urls::{Url, Urls, urls};

/// The weight that a post may have.
pub const MAX_WEIGHTED_LENGTH: u32 = 280;

/// The weight of a link, however long it is: that of the `t.co` address that X puts in its place.
pub const URL_LENGTH: u32 = 23;

/// What X would find when it counts a text, made by [`measure()`].
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
    /// ends inside a link, an emoji or a letter with its accents.
    pub valid_end: usize,
}

/// Counts a text as X does.
pub fn measure(text: &str) -> Measured {
    let normalized = Normalized::new(text);
    let tally = tally(&normalized.text);
    let permillage = u64::from(tally.weight) * 1000 / u64::from(MAX_WEIGHTED_LENGTH);
    Measured {
        weighted_length: tally.weight,
        permillage: u32::try_from(permillage).unwrap_or(u32::MAX),
        is_valid: tally.valid_end == normalized.text.len() && tally.weight > 0,
        valid_end: valid_end(&normalized, tally.valid_end),
    }
}

/// The weight of a text, as X counts it. A post may have [`MAX_WEIGHTED_LENGTH`].
pub fn weighted_length(text: &str) -> u32 {
    measure(text).weighted_length
}

/// Whether X would take a text as a post: [`Measured::is_valid`].
pub fn is_valid_post(text: &str) -> bool {
    measure(text).is_valid
}

/// Where to cut the original of a text of which so much is valid.
fn valid_end(normalized: &Normalized<'_>, valid: usize) -> usize {
    let (mut end, mut original) = normalized.cut(valid);
    // A cut can make a link of what was none, `a.com` of `a.comb`, and the link may be too long.
    loop {
        let valid = tally(&normalized.text[..end]).valid_end;
        if valid == end {
            return original;
        }
        (end, original) = normalized.cut(valid);
    }
}

/// The weight of a normalized text, and where its valid part ends.
struct Tally {
    weight: u32,
    valid_end: usize,
}

fn tally(text: &str) -> Tally {
    let mut urls = urls::ranges(text).peekable();
    let mut tally = Tally { weight: 0, valid_end: 0 };
    let mut is_valid = true;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let weight;
        if let Some(url) = urls.next_if(|url| url.start == at) {
            (weight, at) = (URL_LENGTH, url.end);
        } else if let Some(length) = emoji::sequence(&text[at..]) {
            (weight, at) = (DEFAULT_WEIGHT, at + length);
        } else {
            (weight, at) = (weight_of(c), at + c.len_utf8());
            is_valid &= !is_invalid(c);
        }
        tally.weight = tally.weight.saturating_add(weight);
        if is_valid && tally.weight <= MAX_WEIGHTED_LENGTH {
            tally.valid_end = at;
        }
    }
    tally
}

const DEFAULT_WEIGHT: u32 = 2;

fn weight_of(c: char) -> u32 {
    let is_light = matches!(c, '\0'..='\u{10FF}' | '\u{2000}'..='\u{200D}' | '\u{2010}'..='\u{201F}'
        | '\u{2032}'..='\u{2037}');
    if is_light { 1 } else { DEFAULT_WEIGHT }
}

/// Whether X refuses a post for a character.
fn is_invalid(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
