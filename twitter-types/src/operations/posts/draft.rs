//! What a new post is made of.

mod buttons;
mod likeness;
mod media;
mod poll;

pub use buttons::AppInstall;
pub use media::{InvalidMedia, NewMedia};
pub use poll::{InvalidPoll, NewPoll};

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::payload_by_serde,
    id::{CommunityId, PlaceId, PostId, UserId},
    models::ReplySettings,
};

/// A post to be published: text, media, a poll or a quoted post, and how it may be answered.
///
/// ```
/// use twitter_types::posts::{NewMedia, NewPoll, NewPost};
///
/// let hello = NewPost::text("Hello, world!");
/// let answer = NewPost::text("Hello back!").reply_to(20);
/// let photo = NewPost::media(NewMedia::new([1146654567674912769])?).with_text("Look!");
/// let poll = NewPost::poll("Tabs or spaces?", NewPoll::new(["Tabs", "Spaces"], 60)?);
/// # let _ = (hello, answer, photo, poll);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(default = "NewPost::empty")]
pub struct NewPost {
    /// The text, always sent. X counts it by weight, and takes 280 from most users.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<NewMedia>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll: Option<NewPoll>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote_tweet_id: Option<PostId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit_options: Option<Edit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
    /// Who may answer. [`ReplySettings::Everyone`] is not sent: it is what X does by itself, and
    /// not one of the values that it takes.
    #[serde(skip_serializing_if = "is_for_everyone")]
    pub reply_settings: Option<ReplySettings>,
    /// The community to post to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community_id: Option<CommunityId>,
    /// Whether to show a post to a community to all followers too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_with_followers: Option<bool>,
    /// A card to show below the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_uri: Option<String>,
    /// A link that opens a direct message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_message_deep_link: Option<String>,
    /// Whether only subscribers see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_super_followers_only: Option<bool>,
    /// Whether to keep it out of timelines, as an advertisement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nullcast: Option<bool>,
    /// Whether somebody paid for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_partnership: Option<bool>,
    /// Whether its media are made by artificial intelligence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_with_ai: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reply {
    in_reply_to_tweet_id: PostId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    exclude_reply_user_ids: Vec<UserId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Edit {
    previous_post_id: PostId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Geo {
    place_id: PlaceId,
}

impl NewPost {
    /// A post of a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::empty() }
    }

    /// A post that shows uploaded media.
    pub fn media(media: NewMedia) -> Self {
        Self::empty().with_media(media)
    }

    /// A post that asks a question.
    pub fn poll(question: impl Into<String>, poll: NewPoll) -> Self {
        Self { poll: Some(poll), ..Self::text(question) }
    }

    /// A post that shows another one.
    pub fn quote(post: impl Into<PostId>) -> Self {
        Self::empty().with_quote(post)
    }

    /// Sets the text.
    #[must_use]
    pub fn with_text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// Attaches uploaded media.
    #[must_use]
    pub fn with_media(self, media: NewMedia) -> Self {
        Self { media: Some(media), ..self }
    }

    /// Shows another post below the text.
    #[must_use]
    pub fn with_quote(self, post: impl Into<PostId>) -> Self {
        Self { quote_tweet_id: Some(post.into()), ..self }
    }

    /// Answers another post.
    #[must_use]
    pub fn reply_to(self, post: impl Into<PostId>) -> Self {
        let in_reply_to_tweet_id = post.into();
        Self { reply: Some(Reply { in_reply_to_tweet_id, exclude_reply_user_ids: vec![] }), ..self }
    }

    /// Leaves users out of the mentions that an answer inherits; without
    /// [`reply_to`](Self::reply_to) it does nothing.
    #[must_use]
    pub fn exclude(mut self, users: impl IntoIterator<Item = impl Into<UserId>>) -> Self {
        if let Some(reply) = &mut self.reply {
            reply.exclude_reply_user_ids.extend(users.into_iter().map(Into::into));
        }
        self
    }

    /// Replaces an earlier version of the post.
    #[must_use]
    pub fn edit(self, previous: impl Into<PostId>) -> Self {
        Self { edit_options: Some(Edit { previous_post_id: previous.into() }), ..self }
    }

    /// Says where it was written.
    #[must_use]
    pub fn at(self, place_id: impl Into<PlaceId>) -> Self {
        Self { geo: Some(Geo { place_id: place_id.into() }), ..self }
    }

    /// Sets who may answer.
    #[must_use]
    pub fn reply_settings(self, reply_settings: ReplySettings) -> Self {
        Self { reply_settings: Some(reply_settings), ..self }
    }

    fn empty() -> Self {
        Self {
            text: String::new(),
            media: None,
            poll: None,
            quote_tweet_id: None,
            reply: None,
            edit_options: None,
            geo: None,
            reply_settings: None,
            community_id: None,
            share_with_followers: None,
            card_uri: None,
            direct_message_deep_link: None,
            for_super_followers_only: None,
            nullcast: None,
            paid_partnership: None,
            made_with_ai: None,
        }
    }
}

payload_by_serde!(NewPost);

// All that a post can have, though X would not take it all at once.
#[cfg(feature = "samples")]
crate::sample::sample! {
    NewPost: |from| {
        let media = NewMedia::new([1]).and_then(|media| media.tag([2])).expect("one of each");
        let media = media.title("Crabs").description("Two").preview(9).embeddable(true);
        let app = AppInstall {
            app_store_id: Some("10".into()),
            ipad_app_store_id: Some("11".into()),
            play_store_id: Some("com.example.crabs".into()),
        };
        let media = media.visit_site("https://example.com").watch_now("https://example.com/two");
        let media = media.app_install(app);
        let poll = NewPoll::new(["this", "that"], 60).expect("two options");
        // Only replies have `Other`, and `Everyone` is not sent.
        let known = ReplySettings::ALL.iter().filter(|&value| *value != ReplySettings::Other);
        let reply_settings = known.cycle().nth(from.turn()).cloned();
        Self {
            community_id: Some(7.into()),
            share_with_followers: Some(true),
            card_uri: Some("card://8".into()),
            direct_message_deep_link: Some("https://x.com/messages".into()),
            for_super_followers_only: Some(true),
            nullcast: Some(true),
            paid_partnership: Some(true),
            made_with_ai: Some(true),
            reply_settings,
            ..Self::poll("Which?", poll)
        }
        .with_media(media)
        .with_quote(3)
        .reply_to(4)
        .exclude([5])
        .edit(6)
        .at(PlaceId::new("01a9a39529b27f36").expect("letters and digits"))
    };
}

fn is_for_everyone(reply_settings: &Option<ReplySettings>) -> bool {
    matches!(reply_settings, None | Some(ReplySettings::Everyone))
}

impl From<&str> for NewPost {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for NewPost {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
