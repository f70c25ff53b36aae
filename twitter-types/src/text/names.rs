//! Names of tags and of lists, as they are written in a text.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whether a whole text is a tag with its `#`.
///
/// A tag is made of letters, digits and `_` in any script, and has a letter. A few marks that stand
/// inside words may too, such as `·` of Catalan and the joiners of Persian.
///
/// ```
/// use twitter_types::text;
///
/// assert!(text::is_valid_hashtag("#1st"));
/// assert!(text::is_valid_hashtag("#ひらがな"));
/// assert!(!text::is_valid_hashtag("#2026"));
/// assert!(!text::is_valid_hashtag("#c++"));
/// ```
pub fn is_valid_hashtag(hashtag: &str) -> bool {
    let Some(name) = hashtag.strip_prefix(['#', '＃']) else { return false };
    // A `#` with these is an emoji.
    !name.starts_with(['\u{FE0F}', '\u{20E3}'])
        && name.contains(is_letter)
        && name.chars().all(|c| is_letter(c) || is_digit(c) || joins_words(c))
}

/// Whether a whole text names a list with its owner, as in `@XDevelopers/team`.
///
/// A name of a list begins with a letter, and has up to 25 letters, digits, `_` and `-`. The owner
/// may have 20 characters here, since some usernames are older than today's limit of 15.
///
/// ```
/// use twitter_types::text;
///
/// assert!(text::is_valid_list("@XDevelopers/team-1"));
/// assert!(!text::is_valid_list("@XDevelopers/1st-team"));
/// assert!(!text::is_valid_list("@XDevelopers"));
/// ```
pub fn is_valid_list(list: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let parts = list.strip_prefix(['@', '＠']).and_then(|names| names.split_once('/'));
    parts.is_some_and(|(owner, name)| {
        (1..=20).contains(&owner.len())
            && owner.chars().all(is_part)
            && (1..=25).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| is_part(c) || c == '-')
    })
}

/// Whether a character is a letter, or a mark on one.
fn is_letter(c: char) -> bool {
    let group = c.general_category_group();
    matches!(group, GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
}

fn is_digit(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber
}

/// Whether a character that is neither letter nor digit may stand in a tag.
fn joins_words(c: char) -> bool {
    // Latin, Cyrillic, Hebrew, joiners, Tibetan, Japanese.
    matches!(
        c,
        '_' | '·'
            | '\u{A67E}'
            | '\u{5BE}'
            | '\u{5F3}'
            | '\u{5F4}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{F0B}'
            | '\u{F0C}'
            | '〃'
            | '〜'
            | '\u{309B}'
            | '\u{309C}'
            | '\u{30A0}'
            | '・'
            | '～'
    )
}
