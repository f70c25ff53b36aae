//! How a text is counted, and the counting.

use super::{
    MAX_WEIGHTED_LENGTH, Measured, URL_LENGTH, emoji, is_invalid, normalized::Normalized, urls,
};

/// How X counts a text: what twitter-text calls its configuration.
///
/// ```
/// use twitter_types::text::{self, Config};
///
/// let text = "二".repeat(200);
/// assert!(!text::is_valid_post(&text));
///
/// let mut config = Config::V3;
/// config.max_weighted_length = 25_000;
/// assert!(config.measure(&text).is_valid);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Config {
    /// The weight that a post may have.
    pub max_weighted_length: u32,
    /// The weight of a link.
    pub url_length: u32,
    /// The weight of a character that is not of Latin, Greek, Cyrillic, Arabic and the like, which
    /// weigh 1.
    pub default_weight: u32,
    /// Whether an emoji weighs `default_weight` however many code points it is written with, and
    /// not as much as these.
    pub counts_emoji_whole: bool,
}

impl Config {
    /// Version 1: 140 characters of any kind.
    pub const V1: Self = Self {
        max_weighted_length: 140,
        url_length: URL_LENGTH,
        default_weight: 1,
        counts_emoji_whole: false,
    };

    /// Version 2, of 2017: 280, and what is not of a light script weighs 2.
    pub const V2: Self =
        Self { max_weighted_length: MAX_WEIGHTED_LENGTH, default_weight: 2, ..Self::V1 };

    /// Version 3, of 2018 and in force: an emoji weighs 2, however it is written.
    pub const V3: Self = Self { counts_emoji_whole: true, ..Self::V2 };

    /// Counts a text.
    pub fn measure(&self, text: &str) -> Measured {
        let normalized = Normalized::new(text);
        let tally = self.tally(&normalized.text);
        let limit = u64::from(self.max_weighted_length).max(1);
        let permillage = u64::from(tally.weight) * 1000 / limit;
        Measured {
            weighted_length: tally.weight,
            permillage: u32::try_from(permillage).unwrap_or(u32::MAX),
            is_valid: tally.valid_end == normalized.text.len() && tally.weight > 0,
            valid_end: self.valid_end(&normalized, tally.valid_end),
        }
    }

    /// Where to cut the original of a text of which so much is valid.
    fn valid_end(&self, normalized: &Normalized<'_>, valid: usize) -> usize {
        let (mut end, mut original) = normalized.cut(valid);
        // A cut can make a link of what was none, `a.com` of `a.comb`, and the link may be too
        // long.
        loop {
            let valid = self.tally(&normalized.text[..end]).valid_end;
            if valid == end {
                return original;
            }
            (end, original) = normalized.cut(valid);
        }
    }

    fn tally(&self, text: &str) -> Tally {
        let mut urls = urls::ranges(text).peekable();
        let mut tally = Tally { weight: 0, valid_end: 0 };
        let mut is_valid = true;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let weight;
            if let Some(url) = urls.next_if(|url| url.start == at) {
                (weight, at) = (self.url_length, url.end);
            } else if let Some(length) = self.emoji(&text[at..]) {
                (weight, at) = (self.default_weight, at + length);
            } else {
                (weight, at) = (self.weight_of(c), at + c.len_utf8());
                is_valid &= !is_invalid(c);
            }
            tally.weight = tally.weight.saturating_add(weight);
            if is_valid && tally.weight <= self.max_weighted_length {
                tally.valid_end = at;
            }
        }
        tally
    }

    /// The bytes of an emoji of several code points that counts as one.
    fn emoji(&self, text: &str) -> Option<usize> {
        if self.counts_emoji_whole { emoji::sequence(text) } else { None }
    }

    fn weight_of(&self, c: char) -> u32 {
        let is_light = matches!(c, '\0'..='\u{10FF}' | '\u{2000}'..='\u{200D}'
            | '\u{2010}'..='\u{201F}' | '\u{2032}'..='\u{2037}');
        if is_light { 1 } else { self.default_weight }
    }
}

/// The weight of a normalized text, and where its valid part ends.
struct Tally {
    weight: u32,
    valid_end: usize,
}
