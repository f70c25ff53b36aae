//! Whether a post is what a query asks for.

use super::{Counter, Has, Is, Query, Term};
use crate::text::{Entities, Entity, Fold, folded, lowered, unspaced, words};
use crate::view::{CONTEXT_IDS, SOURCE};
use crate::world::{MediaKind, Post, World};

impl Query {
    /// Whether search finds the post.
    pub(crate) fn matches(&self, post: &Post, world: &World) -> bool {
        self.holds(post, world, folded)
    }

    /// Whether the filtered stream carries the post. It minds accents.
    pub(crate) fn matches_rule(&self, post: &Post, world: &World) -> bool {
        self.holds(post, world, lowered)
    }

    fn holds(&self, post: &Post, world: &World, fold: Fold) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(post, world, fold)),
            Self::Any(branches) => branches.iter().any(|branch| branch.holds(post, world, fold)),
            Self::Not(query) => !query.holds(post, world, fold),
            Self::Term(term) => term.holds(post, world, fold),
        }
    }
}

impl Term {
    fn holds(&self, post: &Post, world: &World, fold: Fold) -> bool {
        // A long post is searched as a whole.
        let (text, entities) = match &post.note {
            Some((text, entities)) => (text, entities),
            None => (&post.text, &post.entities),
        };
        let named = |id: Option<u64>, name: &str| {
            let user = id.and_then(|id| world.users.get(&id));
            user.is_some_and(|user| fold(&user.username) == *name || user.id.to_string() == *name)
        };
        let any = |list: &[Entity], wanted: &str| {
            list.iter().any(|entity| fold(&entity.value) == *wanted)
        };
        let author = world.users.get(&post.author);
        let place = post.place.and_then(|id| world.places.get(id));
        match self {
            Self::Words(wanted) => has_words(text, wanted, fold),
            Self::Near(wanted, distance) => near(&words(text, fold), wanted, *distance),
            Self::Signs(signs) => text.contains(signs.as_str()),
            Self::Hashtag(tag) => any(&entities.hashtags, tag),
            Self::Cashtag(tag) => any(&entities.cashtags, tag),
            Self::Mention(name) => any(&entities.mentions, name),
            Self::From(name) => named(Some(post.author), name),
            Self::To(name) => named(post.reply_to.map(|(_, user)| user), name),
            Self::RepostsOf(name) => {
                let original = post.reposted.and_then(|id| world.posts.get(&id));
                named(original.map(|original| original.author), name)
            }
            Self::FromAffiliateOf(name) => named(author.and_then(|user| user.affiliation), name),
            Self::ToAffiliateOf(name) => {
                let to = post.reply_to.and_then(|(_, user)| world.users.get(&user));
                named(to.and_then(|user| user.affiliation), name)
            }
            Self::Source(name) => fold(SOURCE) == *name,
            Self::Url(part) => {
                entities.urls.iter().any(|url| fold(&url.value).contains(part.as_str()))
            }
            Self::Context(ids) => {
                let [domain, entity] = CONTEXT_IDS;
                let wanted = ids.split_once('.');
                post.topic.is_some()
                    && (wanted == Some((domain, entity)) || wanted == Some((domain, "*")))
            }
            Self::Entity(name) => post.topic.is_some_and(|(_, entity)| fold(entity) == *name),
            Self::Place(name) => {
                place.is_some_and(|place| fold(place.name) == *name || place.id == name)
            }
            Self::Within(region) => place.is_some_and(|place| region.holds(place.bounds)),
            Self::PlaceCountry(code) => place.is_some_and(|place| place.country_code == code),
            Self::Bio(wanted) => {
                author.is_some_and(|user| has_words(&user.description, wanted, fold))
            }
            Self::BioName(wanted) => author.is_some_and(|user| has_words(&user.name, wanted, fold)),
            Self::BioLocation(wanted) => author
                .and_then(|user| user.location)
                .is_some_and(|location| has_words(location, wanted, fold)),
            Self::Count(counter, low, high) => {
                (*low..=*high).contains(&counter.of(post.author, world))
            }
            Self::RepostOf(id) => post.reposted == Some(*id),
            Self::Sample(percent) => (post.id >> 22).wrapping_add(post.id) % 100 < *percent,
            Self::Lang(lang) => post.lang == lang,
            Self::Conversation(id) => post.conversation == *id,
            Self::ReplyToPost(id) => post.reply_to.is_some_and(|(parent, _)| parent == *id),
            Self::QuoteOf(id) => post.quoted == Some(*id),
            Self::Has(what) => what.matches(post, entities, world),
            Self::Is(what) => what.matches(post, world),
        }
    }
}

impl Has {
    fn matches(self, post: &Post, entities: &Entities, world: &World) -> bool {
        let media = |wanted: &[MediaKind]| {
            let known = post.media.iter().filter_map(|key| world.media.get(key));
            known.into_iter().any(|media| wanted.contains(&media.kind))
        };
        match self {
            Self::Media => !post.media.is_empty(),
            Self::Images => media(&[MediaKind::Photo]),
            Self::Videos => media(&[MediaKind::Video]),
            Self::Links => !entities.urls.is_empty(),
            Self::Mentions => !entities.mentions.is_empty(),
            Self::Hashtags => !entities.hashtags.is_empty(),
            Self::Cashtags => !entities.cashtags.is_empty(),
            Self::Geo => post.place.is_some(),
        }
    }
}

impl Is {
    fn matches(self, post: &Post, world: &World) -> bool {
        match self {
            Self::Reply => post.reply_to.is_some(),
            Self::Repost => post.reposted.is_some(),
            Self::Quote => post.quoted.is_some(),
            Self::Nullcast => false,
            Self::Verified => {
                world.users.get(&post.author).is_some_and(|user| user.verified_type != "none")
            }
        }
    }
}

impl Counter {
    fn of(self, user: u64, world: &World) -> u64 {
        match self {
            Self::Followers => world.follows.to(user).count() as u64,
            Self::Following => world.follows.from(user).count() as u64,
            Self::Listed => world.users.get(&user).map_or(0, |user| user.listed),
            Self::Posts => world.posts_of(user).count() as u64,
        }
    }
}

/// Whether these words follow each other in the text.
fn has_words(text: &str, wanted: &[String], fold: Fold) -> bool {
    if wanted.iter().any(|word| unspaced(word)) {
        return fold(text).contains(&wanted.join(" "));
    }
    words(text, fold).windows(wanted.len()).any(|window| window == wanted)
}

/// Whether a stretch of the text has all these words, and at most so many others.
fn near(words: &[String], wanted: &[String], distance: usize) -> bool {
    words.iter().enumerate().any(|(start, _)| {
        let end = words.len().min(start + wanted.len() + distance);
        wanted.iter().all(|word| words[start..end].contains(word))
    })
}
