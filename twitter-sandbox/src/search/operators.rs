//! The operators of the query language, and what each takes.

use super::{Counter, Has, Is, Region, Term};
use crate::text::{Fold, words};

/// What differs between a query of search and a rule.
#[derive(Clone, Copy)]
pub(super) struct Language {
    pub(super) fold: Fold,
    pub(super) rule: bool,
}

/// How far words may lie apart at most.
const FARTHEST: usize = 6;

/// Operators of X that ask for what nothing in the sandbox has: pages behind links, meanings, Lists.
const ONLY_AT_X: [&str; 5] =
    ["embedding", "embedding_threshold", "list", "url_description", "url_title"];

/// Reads the value of an operator, or a term that has none.
pub(super) fn term(
    operator: Option<&str>,
    value: &str,
    language: Language,
) -> Result<Term, String> {
    let fold = language.fold;
    let name = || fold(value.trim_start_matches('@'));
    let words = || some_words(value, fold);
    if let Some(distance) = operator.and_then(|operator| operator.strip_prefix('~')) {
        let distance = distance.parse().ok().filter(|distance| *distance <= FARTHEST);
        let distance =
            distance.ok_or_else(|| format!("words are near within {FARTHEST} others"))?;
        return Ok(Term::Near(words()?, distance));
    }
    let number = || value.parse().map_err(|_| format!("'{value}' is not an id"));
    Ok(match operator {
        None => bare(value, fold)?,
        Some("from") => Term::From(name()),
        Some("to") => Term::To(name()),
        Some("retweets_of") => Term::RepostsOf(name()),
        Some("retweets_of_tweet_id") => Term::RepostOf(number()?),
        Some("from_affiliate_of") => Term::FromAffiliateOf(name()),
        Some("to_affiliate_of") => Term::ToAffiliateOf(name()),
        Some("source") if language.rule => Term::Source(fold(value)),
        Some("url" | "url_contains") => Term::Url(fold(value)),
        Some("lang") => Term::Lang(fold(value)),
        Some("context") => Term::Context(value.to_owned()),
        Some("entity") => Term::Entity(fold(value)),
        Some("place") => Term::Place(fold(value)),
        Some("place_country") => Term::PlaceCountry(value.to_uppercase()),
        Some("point_radius") => {
            let wrong = "'point_radius:' takes [longitude latitude radius], less than 25mi";
            Term::Within(Region::circle(value).ok_or(wrong)?)
        }
        Some("bounding_box") => {
            let wrong = "'bounding_box:' takes [west south east north], less than 25mi apart";
            Term::Within(Region::rectangle(value).ok_or(wrong)?)
        }
        Some("bio") => Term::Bio(words()?),
        Some("bio_name") => Term::BioName(words()?),
        Some("bio_location") => Term::BioLocation(words()?),
        Some("min_followers") => match value.parse() {
            Ok(least) => Term::Count(Counter::Followers, least, u64::MAX),
            Err(_) => return Err(format!("'{value}' is not a number")),
        },
        Some("followers_count") => count(Counter::Followers, value)?,
        Some("following_count") => count(Counter::Following, value)?,
        Some("listed_count") => count(Counter::Listed, value)?,
        Some("tweets_count") => count(Counter::Posts, value)?,
        Some("sample") if language.rule => {
            let percent = value.parse().ok().filter(|percent| (1..=100).contains(percent));
            Term::Sample(percent.ok_or_else(|| format!("'{value}' is not from 1 to 100"))?)
        }
        Some("conversation_id") => Term::Conversation(number()?),
        Some("in_reply_to_tweet_id") => Term::ReplyToPost(number()?),
        Some("quotes_of_tweet_id") => Term::QuoteOf(number()?),
        Some("has") => Term::Has(has(value).ok_or_else(|| unknown("has", value))?),
        Some("is") => Term::Is(is(value).ok_or_else(|| unknown("is", value))?),
        Some(other) if ONLY_AT_X.contains(&other) => {
            return Err(format!("the sandbox does not know '{other}:', which is an operator of X"));
        }
        Some(other) => return Err(format!("reference to invalid operator '{other}'")),
    })
}

/// A term without a colon: a tag, a mention, a quoted phrase or a word.
fn bare(value: &str, fold: Fold) -> Result<Term, String> {
    let marked = |mark: &[char]| value.strip_prefix(mark).filter(|rest| !rest.is_empty());
    if let Some(tag) = marked(&['#', '＃']) {
        return Ok(Term::Hashtag(fold(tag)));
    }
    if let Some(name) = marked(&['@', '＠']) {
        return Ok(Term::Mention(fold(name)));
    }
    let ticker = marked(&['$']).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if let Some(ticker) = ticker {
        return Ok(Term::Cashtag(fold(ticker)));
    }
    let signs = value.trim_start_matches('"');
    if words(value, fold).is_empty() && !signs.is_empty() && !signs.is_ascii() {
        return Ok(Term::Signs(signs.to_owned()));
    }
    some_words(value, fold).map(Term::Words)
}

fn some_words(value: &str, fold: Fold) -> Result<Vec<String>, String> {
    let words = words(value, fold);
    if words.is_empty() { Err(format!("'{value}' is no word")) } else { Ok(words) }
}

/// A number and more, or from one number to another.
fn count(counter: Counter, value: &str) -> Result<Term, String> {
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match value.split_once("..") {
        Some((low, high)) => number(low).zip(number(high)),
        None => number(value).map(|low| (low, u64::MAX)),
    };
    let (low, high) = range.ok_or_else(|| format!("'{value}' is neither a number nor a range"))?;
    Ok(Term::Count(counter, low, high))
}

fn has(value: &str) -> Option<Has> {
    Some(match value {
        "media" => Has::Media,
        "images" => Has::Images,
        "videos" | "video_link" => Has::Videos,
        "links" => Has::Links,
        "mentions" => Has::Mentions,
        "hashtags" => Has::Hashtags,
        "cashtags" => Has::Cashtags,
        "geo" => Has::Geo,
        _ => return None,
    })
}

fn is(value: &str) -> Option<Is> {
    Some(match value {
        "reply" => Is::Reply,
        "retweet" => Is::Repost,
        "quote" => Is::Quote,
        "verified" => Is::Verified,
        "nullcast" => Is::Nullcast,
        _ => return None,
    })
}

fn unknown(operator: &str, value: &str) -> String {
    format!("the operator '{operator}:' has no value '{value}'")
}
