//! A reply to a search, and one about a user, made up: every field, in any order, with values of the kind and length that
//! X sends. It is the same in every run.

use serde_json::from_slice;
use twitter_types::{
    One, Page,
    endpoint::Payload,
    json::{Json, Number, Object},
    model::Vocabulary,
    models::{GeoKind, Includes, Meta, Post, ReplySettings, User},
    sample::{Sample, Sampler},
};

/// The page, with the names of one vocabulary.
pub(crate) fn page(vocabulary: Vocabulary) -> Vec<u8> {
    let mut includes = Includes::new();
    includes.users = samples(40);
    includes.posts = posts(10);
    includes.media = samples(30);
    includes.polls = samples(5);
    includes.places = samples(5);
    for place in &mut includes.places {
        let geo = place.geo.as_mut().expect("samples have every field");
        geo.kind = Some(GeoKind::Feature);
        geo.properties = Some(Json::Object(Object::new()));
        geo.geometry.as_mut().expect("samples have every field").kind = Some(GeoKind::Point);
    }
    let mut page = Page::<Post>::new();
    page.data = posts(100);
    page.includes = Some(includes);
    page.meta = Some(Meta::sample(Sampler::new()));
    let page: Json = from_slice(&page.encode(vocabulary)).expect("it was just written");
    serde_json::to_vec(&Filler(2_025).fill("", &page)).expect("a tree of JSON can be written")
}

/// A user, with the current names.
pub(crate) fn user() -> Vec<u8> {
    let mut user = One::<User>::new();
    user.data = Some(User::sample(Sampler::new()));
    let user: Json = from_slice(&user.encode(Vocabulary::Current)).expect("it was just written");
    serde_json::to_vec(&Filler(2_025).fill("", &user)).expect("a tree of JSON can be written")
}

/// Values whose enums take turns.
fn samples<T: Sample>(number: usize) -> Vec<T> {
    (0..number).map(|turn| T::sample(Sampler::new().at(turn))).collect()
}

/// Posts with the values that X sends with the old names too, and that `twitter-v2` knows.
fn posts(number: usize) -> Vec<Post> {
    let mut posts: Vec<Post> = samples(number);
    for post in &mut posts {
        post.reply_settings = Some(ReplySettings::Everyone);
        let point = post.geo.as_mut().and_then(|geo| geo.coordinates.as_mut());
        point.expect("samples have every field").kind = Some(GeoKind::Point);
    }
    posts
}

/// What is there twice of five times.
const SOMETIMES: [&str; 21] = [
    "annotations",
    "article",
    "attachments",
    "cashtags",
    "context_annotations",
    "geo",
    "hashtags",
    "matched_media_notes",
    "media_metadata",
    "mentions",
    "non_public_metrics",
    "note_post",
    "note_request_suggestions",
    "note_tweet",
    "organic_metrics",
    "promoted_metrics",
    "suggested_source_links",
    "suggested_source_links_with_counts",
    "unwound_url",
    "urls",
    "withheld",
];

/// Puts values in the place of the samples, by the name of the field: a generator of numbers,
/// SplitMix64.
struct Filler(u64);

impl Filler {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn fill(&mut self, name: &str, sample: &Json) -> Json {
        match sample {
            Json::Null | Json::Bool(_) => sample.clone(),
            Json::Number(number) => self.number(name, *number),
            Json::String(text) => self.text(name, text).into(),
            Json::Array(values) => Json::Array(values.iter().map(|v| self.fill(name, v)).collect()),
            Json::Object(members) => {
                let members: Vec<_> = members.iter().filter(|(name, _)| self.keeps(name)).collect();
                let mut members: Vec<_> = members
                    .into_iter()
                    .map(|(name, value)| (name, self.fill(name, value)))
                    .collect();
                for last in (1..members.len()).rev() {
                    members.swap(last, self.below(last + 1));
                }
                Json::Object(members.into_iter().collect())
            }
        }
    }

    /// Leaves out some of what only some posts and texts have.
    fn keeps(&mut self, name: &str) -> bool {
        !SOMETIMES.contains(&name) || self.below(5) < 2
    }

    fn number(&mut self, name: &str, sample: Number) -> Json {
        if sample.as_u64().is_none() {
            let fraction = (self.below(2_000_000) as f64 - 1_000_000.0) / 10_000.0;
            return Number::from_f64(fraction).map_or(Json::Null, Json::Number);
        }
        let limit = if name.ends_with("_count") { 1_000_000 } else { 280 };
        (self.below(limit) as u64).into()
    }

    fn text(&mut self, name: &str, sample: &str) -> String {
        let digits = 1_000_000_000_000_000_000 + self.next() % 1_000_000_000_000_000_000;
        match (name, sample) {
            (_, "1") => digits.to_string(),
            ("media_key" | "media_keys", _) => format!("3_{digits}"),
            ("text", "sample") => self.words(18),
            ("description" | "alt_text" | "suggestion", "sample") => self.words(9),
            ("lang" | "country_code" | "country_codes", "sample") => "en".into(),
            (name, "sample") if name.ends_with("url") || name.ends_with("link") => {
                format!("https://example.com/{digits}?utm_source=x&utm_medium=social")
            }
            (_, "sample") => self.words(2),
            // A time, or a value of an enum.
            _ => sample.into(),
        }
    }

    fn words(&mut self, number: usize) -> String {
        const WORDS: [&str; 16] = [
            "the",
            "light",
            "of",
            "morning",
            "über",
            "small",
            "\"quoted\"",
            "streets",
            "and",
            "nobody",
            "hears",
            "it",
            "🎉",
            "coming",
            "again",
            "two\nlines",
        ];
        let words: Vec<_> = (0..number).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}
