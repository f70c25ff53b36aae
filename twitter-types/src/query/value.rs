//! Values of operators, as they can stand in a query.

use super::QueryError;

/// A word or several, in quotation marks unless it is one plain word. X takes texts apart at
/// punctuation, so the signs that would end a quotation can be left out.
pub(super) fn text(operator: &'static str, text: &str) -> Result<String, QueryError> {
    let is_word = text.chars().all(char::is_alphanumeric)
        && !["or", "and", "not"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let quoted = quoted(operator, text)?;
    Ok(if is_word { text.to_owned() } else { quoted })
}

/// The same, always in quotation marks.
pub(super) fn quoted(operator: &'static str, text: &str) -> Result<String, QueryError> {
    let is_left_out = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '"' | '\\' | '“' | '”')
    };
    let words: Vec<_> = text.split(is_left_out).filter(|word| !word.is_empty()).collect();
    let says_something = |letter: char| !letter.is_ascii_punctuation();
    if !words.iter().any(|word| word.contains(says_something)) {
        let expected = "a text with a letter, a digit or a symbol in it";
        return Err(QueryError::InvalidValue { operator, expected });
    }
    Ok(format!("\"{}\"", words.join(" ")))
}

/// A hashtag, with or without its sign: letters, digits and underscores, not only digits.
pub(super) fn hashtag(text: &str) -> Result<String, QueryError> {
    let tag = text.strip_prefix(['#', '＃']).unwrap_or(text);
    let belongs = |letter: char| {
        letter == '_' || !(letter.is_ascii() || letter.is_whitespace() || letter.is_control())
    };
    let is_tag = tag.chars().all(|letter| letter.is_ascii_alphanumeric() || belongs(letter))
        && tag.contains(|letter: char| !letter.is_ascii_digit());
    let expected = "a hashtag of letters, digits and underscores";
    let error = QueryError::InvalidValue { operator: "#", expected };
    if is_tag { Ok(format!("#{tag}")) } else { Err(error) }
}

/// A cashtag, with or without its sign: up to six letters, and perhaps one or two more behind a dot
/// or an underscore.
pub(super) fn cashtag(text: &str) -> Result<String, QueryError> {
    let tag = text.strip_prefix('$').unwrap_or(text);
    let (name, suffix) = tag.split_once(['.', '_']).unwrap_or((tag, "a"));
    let is_of = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let expected = "a cashtag of one to six letters";
    let error = QueryError::InvalidValue { operator: "$", expected };
    if is_of(name, 6) && is_of(suffix, 2) { Ok(format!("${tag}")) } else { Err(error) }
}

/// A code of ASCII letters and hyphens.
pub(super) fn code(
    operator: &'static str,
    code: &str,
    lengths: std::ops::RangeInclusive<usize>,
    expected: &'static str,
) -> Result<String, QueryError> {
    let is_code = code.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let error = QueryError::InvalidValue { operator, expected };
    if is_code && lengths.contains(&code.len()) { Ok(code.to_owned()) } else { Err(error) }
}

/// Whether these are a longitude and a latitude, in degrees.
pub(super) fn is_point(longitude: f64, latitude: f64) -> bool {
    (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude)
}
