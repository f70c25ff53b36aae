//! What expansions bring along, and how much of it.

use super::Item;

/// What one expansion brings along for each object of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brings {
    Posts(Option<u64>),
    Users(Option<u64>),
    /// What the price table has no row for.
    Unpriced,
}

impl Brings {
    /// The row, and the most for each object where there is a most.
    pub(super) fn item(self) -> Option<(Item, Option<u64>)> {
        match self {
            Self::Posts(most) => Some((Item::PostRead, most)),
            Self::Users(most) => Some((Item::UserRead, most)),
            Self::Unpriced => None,
        }
    }
}

/// By the name on the wire; `None` if this crate does not know the expansion.
pub(super) fn brings(expansion: &str) -> Option<Brings> {
    Some(match expansion {
        "author_id"
        | "username"
        | "in_reply_to_user_id"
        | "affiliation"
        | "owner_id"
        | "creator_id"
        | "sender_id"
        | "liked_tweet_author_id"
        | "liked_post_author_id" => Brings::Users(Some(1)),
        "pinned_post_id"
        | "pinned_tweet_id"
        | "most_recent_post_id"
        | "most_recent_tweet_id"
        | "liked_tweet_id"
        | "liked_post_id" => Brings::Posts(Some(1)),
        // A post refers to one of each kind at most: the one it answers, quotes or repeats.
        "referenced_posts" | "referenced_posts.id" | "referenced_tweets.id" => {
            Brings::Posts(Some(3))
        }
        "referenced_posts.id.author_id" | "referenced_tweets.id.author_id" => {
            Brings::Users(Some(3))
        }
        // A post has four media items at most.
        "attachments.media_source_post" | "attachments.media_source_tweet" => {
            Brings::Posts(Some(4))
        }
        "edit_history_post_ids" | "edit_history_tweet_ids" => Brings::Posts(None),
        "entities.mentions.username"
        | "entities.note.mentions.username"
        | "participant_ids"
        | "host_ids"
        | "invited_user_ids"
        | "speaker_ids" => Brings::Users(None),
        "article.cover_media"
        | "article.media_entities"
        | "attachments.media_keys"
        | "referenced_tweets.id.attachments.media_keys"
        | "attachments.poll_ids"
        | "geo.place_id"
        | "topic_ids" => Brings::Unpriced,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        OPERATIONS,
        spending::{Charge, charge_of},
    };

    #[test]
    fn every_expansion_of_a_billed_read_is_known() {
        let mut known = 0;
        for operation in OPERATIONS {
            let Charge::Resource(..) = charge_of(operation.id) else { continue };
            let parameters = operation.parameters();
            let expansions = parameters.iter().filter(|info| info.name == "expansions");
            for value in expansions.flat_map(|info| &info.values) {
                assert!(brings(value).is_some(), "{}: {value}", operation.id);
                known += 1;
            }
        }
        assert!(known > 100, "{known}");
    }
}
