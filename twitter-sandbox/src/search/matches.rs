//! Whether a post is what a query asks for.

use super::{Has, Is, Query, Term};
use crate::text::{Entity, folded, unspaced, words};
use crate::world::{MediaKind, Post, World};

impl Query {
    pub(crate) fn matches(&self, post: &Post, world: &World) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(post, world)),
            Self::Any(branches) => branches.iter().any(|branch| branch.matches(post, world)),
            Self::Not(query) => !query.matches(post, world),
            Self::Term(term) => term.matches(post, world),
        }
    }
}

impl Term {
    fn matches(&self, post: &Post, world: &World) -> bool {
        // A long post is searched as a whole.
        let (text, entities) = match &post.note {
            Some((text, entities)) => (text, entities),
            None => (&post.text, &post.entities),
        };
        let named = |id: Option<u64>, name: &str| {
            let user = id.and_then(|id| world.users.get(&id));
            user.is_some_and(|user| folded(&user.username) == *name || user.id.to_string() == *name)
        };
        let any = |list: &[Entity], wanted: &str| {
            list.iter().any(|entity| folded(&entity.value) == *wanted)
        };
        match self {
            Self::Words(wanted) => has_words(text, wanted),
            Self::Hashtag(tag) => any(&entities.hashtags, tag),
            Self::Cashtag(tag) => any(&entities.cashtags, tag),
            Self::Mention(name) => any(&entities.mentions, name),
            Self::From(name) => named(Some(post.author), name),
            Self::To(name) => named(post.reply_to.map(|(_, user)| user), name),
            Self::RepostsOf(name) => {
                let original = post.reposted.and_then(|id| world.posts.get(&id));
                named(original.map(|original| original.author), name)
            }
            Self::Url(part) => {
                entities.urls.iter().any(|url| folded(&url.value).contains(part.as_str()))
            }
            Self::Lang(lang) => post.lang == lang,
            Self::Conversation(id) => post.conversation == *id,
            Self::ReplyToPost(id) => post.reply_to.is_some_and(|(parent, _)| parent == *id),
            Self::QuoteOf(id) => post.quoted == Some(*id),
            Self::Has(what) => what.matches(post, world),
            Self::Is(what) => what.matches(post, world),
        }
    }
}

impl Has {
    fn matches(self, post: &Post, world: &World) -> bool {
        let media = |wanted: &[MediaKind]| {
            let known = post.media.iter().filter_map(|key| world.media.get(key));
            known.into_iter().any(|media| wanted.contains(&media.kind))
        };
        match self {
            Self::Media => !post.media.is_empty(),
            Self::Images => media(&[MediaKind::Photo]),
            Self::Videos => media(&[MediaKind::Video]),
            Self::Links => !post.entities.urls.is_empty(),
            Self::Mentions => !post.entities.mentions.is_empty(),
            Self::Hashtags => !post.entities.hashtags.is_empty(),
            Self::Cashtags => !post.entities.cashtags.is_empty(),
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
            Self::Verified => {
                world.users.get(&post.author).is_some_and(|user| user.verified_type != "none")
            }
        }
    }
}

/// Whether these words follow each other in the text.
fn has_words(text: &str, wanted: &[String]) -> bool {
    if wanted.iter().any(|word| unspaced(word)) {
        return folded(text).contains(&wanted.join(" "));
    }
    words(text).windows(wanted.len()).any(|window| window == wanted)
}
