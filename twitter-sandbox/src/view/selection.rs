//! Which fields and expansions a request asks for.

use std::collections::BTreeSet;

use super::dialect::Dialect;
use super::expansion::{self, Link};
use crate::call::Call;
use crate::problem::Problem;

/// The fields to send of each kind of object, in the current vocabulary.
pub(crate) struct Selection {
    pub(crate) dialect: Dialect,
    pub(crate) post: BTreeSet<String>,
    pub(crate) user: BTreeSet<String>,
    pub(crate) media: BTreeSet<String>,
    pub(crate) poll: BTreeSet<String>,
    pub(crate) place: BTreeSet<String>,
    links: Vec<Link>,
}

/// Fields of posts that only the expansions name in the current vocabulary.
const EXPANSION_ONLY_POST: [&str; 5] =
    ["author_id", "in_reply_to_user_id", "referenced_posts", "edit_history_post_ids", "username"];

/// The same for users.
const EXPANSION_ONLY_USER: [&str; 3] = ["affiliation", "pinned_post_id", "most_recent_post_id"];

impl Selection {
    /// Reads the request's parameters. Names that nobody knows are skipped, as X does.
    pub(crate) fn of(call: &Call<'_>) -> Result<Self, Problem> {
        let users = call.list("user.fields")?.unwrap_or_default();
        let expansions = call.list("expansions")?.unwrap_or_default();
        let given = |name| call.text(name).is_some();
        Self::read(call, dialect(given("post.fields"), given("tweet.fields"), &users, &expansions))
    }

    /// The same for a stream, whose parameters have the old vocabulary only.
    pub(crate) fn of_stream(call: &Call<'_>) -> Result<Self, Problem> {
        Self::read(call, Dialect::Tweet)
    }

    /// What events show of posts and users.
    pub(crate) fn of_event() -> Self {
        let mut selection = Self::default();
        selection.post.extend(set(&[
            "author_id",
            "conversation_id",
            "created_at",
            "display_text_range",
            "edit_controls",
            "entities",
            "in_reply_to_user_id",
            "lang",
            "paid_partnership",
            "possibly_sensitive",
            "public_metrics",
            "referenced_posts",
            "reply_settings",
        ]));
        selection.user.extend(set(&[
            "created_at",
            "description",
            "location",
            "protected",
            "public_metrics",
            "url",
            "verified",
            "verified_type",
        ]));
        selection
    }

    fn read(call: &Call<'_>, dialect: Dialect) -> Result<Self, Problem> {
        let mut selection = Self { dialect, ..Self::default() };
        let (posts, tweets) = (call.list("post.fields")?, call.list("tweet.fields")?);
        let named = match dialect {
            Dialect::Post => posts,
            Dialect::Tweet => tweets,
        };
        for field in named.unwrap_or_default() {
            selection.add_post_field(&field);
        }
        for field in call.list("user.fields")?.unwrap_or_default() {
            let current = dialect.current(&field);
            if dialect == Dialect::Tweet || !EXPANSION_ONLY_USER.contains(&current) {
                selection.user.insert(current.to_owned());
            }
        }
        selection.media.extend(call.list("media.fields")?.unwrap_or_default());
        selection.poll.extend(call.list("poll.fields")?.unwrap_or_default());
        selection.place.extend(call.list("place.fields")?.unwrap_or_default());
        for name in call.list("expansions")?.unwrap_or_default() {
            selection.expand(&name);
        }
        Ok(selection)
    }

    pub(crate) fn expands(&self, link: Link) -> bool {
        self.links.contains(&link)
    }

    fn add_post_field(&mut self, field: &str) {
        let current = self.dialect.current(field);
        let renamed = self.dialect == Dialect::Tweet && self.dialect.written(field) != field;
        let moved = self.dialect == Dialect::Post && EXPANSION_ONLY_POST.contains(&current);
        if !renamed && !moved {
            self.post.insert(current.to_owned());
        }
    }

    fn expand(&mut self, name: &str) {
        let Some((link, field, only)) = expansion::find(name) else { return };
        if only.is_some_and(|only| only != self.dialect) {
            return;
        }
        self.links.push(link);
        if EXPANSION_ONLY_USER.contains(&field) {
            self.user.insert(field.to_owned());
        } else {
            self.post.insert(field.to_owned());
        }
    }
}

/// The fields that X sends unasked, in the old vocabulary.
impl Default for Selection {
    fn default() -> Self {
        Self {
            dialect: Dialect::Tweet,
            post: set(&["id", "text", "edit_history_post_ids"]),
            user: set(&["id", "name", "username"]),
            media: set(&["media_key", "type"]),
            poll: set(&["id", "options"]),
            place: set(&["id", "full_name"]),
            links: Vec::new(),
        }
    }
}

/// The vocabulary of the request; the current one if it gives no sign.
fn dialect(posts: bool, tweets: bool, users: &[String], expansions: &[String]) -> Dialect {
    let old_user_field = |field: &String| field.ends_with("_tweet_id");
    let old_expansion = |name: &String| {
        expansion::find(name).is_some_and(|(_, _, only)| only == Some(Dialect::Tweet))
    };
    let old = tweets || users.iter().any(old_user_field) || expansions.iter().any(old_expansion);
    if old && !posts { Dialect::Tweet } else { Dialect::Post }
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
