//! Posts.

use super::{Entities, Point, PostPrivateMetrics, PostPublicMetrics, SourceLink};
use crate::id::{
    CommunityId, ContextDomainId, ContextEntityId, MediaKey, NoteId, PlaceId, PollId, PostId,
    SuggestionId, UserId,
};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A post. X sends `id`, `text` and the edit history; the rest on request, by `post.fields` and
    /// `expansions`.
    pub struct Post {
        required {
            /// Identifies the post. Each edit makes a new one.
            id: PostId,
        }
        /// The long-form article that the post is, of a form that X does not describe.
        article: Option<Json>,
        /// What X says of the article's title, of a form that it does not describe.
        article_title: Option<Json>,
        /// What is attached to the post.
        attachments: Option<Box<Attachments>>,
        /// The author, to be found in [`Includes`](super::Includes).
        author_id: Option<UserId>,
        /// The card shown below the text.
        card_uri: Option<String>,
        /// The Community that it was posted to.
        community_id: Option<CommunityId>,
        /// What X thinks the post is about.
        context_annotations: Vec<ContextAnnotation>,
        /// The post that started the conversation.
        conversation_id: Option<PostId>,
        /// When the post was created.
        created_at: Option<Timestamp>,
        /// The part of the text that is shown: first code point, and the one after the last.
        display_text_range: Option<[u32; 2]>,
        /// Whether the post can still be edited.
        edit_controls: Option<EditControls>,
        /// Every version of the post, oldest first.
        edit_history_post_ids | edit_history_tweet_ids: Vec<PostId>,
        /// What X has found in the text.
        entities: Option<Entities>,
        /// Where the author tagged the post.
        geo: Option<Box<PostGeo>>,
        /// The user whom the post answers, to be found in [`Includes`](super::Includes).
        in_reply_to_user_id: Option<UserId>,
        /// The language that X has detected, as BCP 47 tag; `und` for none.
        lang: Option<String>,
        /// Community Notes on media like the post's.
        matched_media_notes: Vec<MatchedMediaNote>,
        /// What is known of the attached media.
        media_metadata: Vec<MediaMetadata>,
        /// Counts that only the author may ask for.
        non_public_metrics: Option<Box<PostPrivateMetrics>>,
        /// The whole text of a post that is longer than 280 characters.
        note_post | note_tweet: Option<Box<NotePost>>,
        /// Requests for a Community Note.
        note_request_suggestions: Vec<NoteRequestSuggestion>,
        /// Counts from unpaid views; only the author may ask for them.
        organic_metrics: Option<Box<PostPrivateMetrics>>,
        /// Whether the author says that the post was paid for.
        paid_partnership: Option<bool>,
        /// Whether a link in the post leads to what not everyone should see.
        possibly_sensitive: Option<bool>,
        /// Counts from paid views; only the author may ask for them.
        promoted_metrics: Option<Box<PostPrivateMetrics>>,
        /// Counts that anyone may ask for.
        public_metrics: Option<PostPublicMetrics>,
        /// The posts that this one answers, quotes or repeats.
        referenced_posts | referenced_tweets: Vec<ReferencedPost>,
        /// Who may answer.
        reply_settings: Option<ReplySettings>,
        /// Who sees the post.
        scopes: Option<PostScopes>,
        /// The app that the post was written with. X has deprecated it.
        source: Option<String>,
        /// Addresses that people suggest as sources for a Community Note.
        suggested_source_links: Vec<SourceLink>,
        /// The same, with how often each was suggested.
        suggested_source_links_with_counts: Vec<CountedSourceLink>,
        /// The text, cut at 280 characters; [`full_text`](Self::full_text) is whole.
        text: Option<String>,
        /// The author's handle without its `@`.
        username: Option<String>,
        /// Where the post is withheld, and why.
        withheld: Option<Box<Withheld>>,
    }
}

impl Post {
    /// The whole text, also of a long post; empty if no text came.
    pub fn full_text(&self) -> &str {
        let note = self.note_post.as_ref().and_then(|note| note.text.as_deref());
        note.or(self.text.as_deref()).unwrap_or_default()
    }

    /// The entities of [`full_text`](Self::full_text).
    pub fn full_entities(&self) -> Option<&Entities> {
        match &self.note_post {
            Some(note) if note.text.is_some() => note.entities.as_ref(),
            _ => self.entities.as_ref(),
        }
    }

    /// The post that this one answers, quotes or repeats.
    pub fn referenced(&self, kind: &ReferenceKind) -> Option<PostId> {
        self.referenced_posts.iter().find(|post| post.kind.as_ref() == Some(kind))?.id
    }
}

model! {
    /// What is attached to a post.
    pub struct Attachments {
        /// Media, to be found in [`Includes`](super::Includes).
        media_keys: Vec<MediaKey>,
        /// The posts that the media were first in. The name is X's current one.
        media_source_tweet_id: Vec<PostId>,
        /// Polls, to be found in [`Includes`](super::Includes).
        poll_ids: Vec<PollId>,
    }
}

model! {
    /// A thing that X thinks a post is about. X's page is "Annotations".
    pub struct ContextAnnotation {
        /// The sort of thing.
        domain: Option<ContextDomain>,
        /// The thing.
        entity: Option<ContextEntity>,
    }
}

model! {
    /// A sort of things that posts are about, such as brands.
    pub struct ContextDomain {
        /// What belongs to the sort.
        description: Option<String>,
        /// Identifies the sort.
        id: Option<ContextDomainId>,
        /// The sort's name.
        name: Option<String>,
    }
}

model! {
    /// A thing that posts are about.
    pub struct ContextEntity {
        /// What the thing is.
        description: Option<String>,
        /// Identifies the thing.
        id: Option<ContextEntityId>,
        /// The thing's name.
        name: Option<String>,
    }
}

model! {
    /// Whether a post can be edited.
    pub struct EditControls {
        /// Until when.
        editable_until: Option<Timestamp>,
        /// How many more times; five at first.
        edits_remaining: Option<u32>,
        /// Whether it could be edited when it was posted.
        is_edit_eligible: Option<bool>,
    }
}

model! {
    /// Where the author tagged a post.
    pub struct PostGeo {
        /// The exact place, if the author shared it.
        coordinates: Option<Point>,
        /// The place, to be found in [`Includes`](super::Includes).
        place_id: Option<PlaceId>,
    }
}

model! {
    /// A Community Note on media like a post's.
    pub struct MatchedMediaNote {
        /// How far the match got.
        match_status: Option<String>,
        /// The note.
        note_id: Option<NoteId>,
    }
}

model! {
    /// What is known of a media item attached to a post.
    pub struct MediaMetadata {
        /// What the author says the item shows.
        alt_text: Option<String>,
        /// The item's description.
        description: Option<String>,
        /// The item.
        media_key: Option<MediaKey>,
        /// The item's title.
        title: Option<String>,
    }
}

model! {
    /// The whole text of a long post.
    pub struct NotePost {
        /// What X has found in the text.
        entities: Option<Entities>,
        /// The text.
        text: Option<String>,
    }
}

model! {
    /// A request for a Community Note on a post.
    pub struct NoteRequestSuggestion {
        /// A source for the note.
        source_link: Option<String>,
        /// What the note should say.
        suggestion: Option<String>,
        /// Identifies the request.
        suggestion_id: Option<SuggestionId>,
    }
}

model! {
    /// A post that another answers, quotes or repeats.
    pub struct ReferencedPost {
        /// The post, to be found in [`Includes`](super::Includes).
        id: Option<PostId>,
        /// What the other does with it.
        kind = "type": Option<ReferenceKind>,
    }
}

open_enum! {
    /// What one post does with another. The values kept their names in both vocabularies.
    pub enum ReferenceKind {
        /// Repeats it.
        Reposted = "retweeted",
        /// Quotes it.
        Quoted = "quoted",
        /// Answers it.
        RepliedTo = "replied_to",
    }
}

open_enum! {
    /// Who may answer a post.
    pub enum ReplySettings {
        /// Anyone.
        Everyone = "everyone",
        /// Users whom the author follows.
        Following = "following",
        /// Users whom the post mentions.
        MentionedUsers = "mentionedUsers",
        /// Users who pay for the author's posts.
        Subscribers = "subscribers",
        /// Users with a check mark.
        Verified = "verified",
        /// Anything else.
        Other = "other",
    }
}

open_enum! {
    /// What a list of posts leaves out.
    pub enum Exclude {
        /// `replies`.
        Replies = "replies",
        /// `retweets`.
        Retweets = "retweets",
    }
}

model! {
    /// Who sees a post.
    pub struct PostScopes {
        /// Whether it is the author's followers alone.
        followers: Option<bool>,
    }
}

model! {
    /// Where a post, or all of a user's, is withheld.
    pub struct Withheld {
        /// Whether it is for copyright.
        copyright: Option<bool>,
        /// The countries, as ISO 3166-1 alpha-2 codes.
        country_codes: Vec<String>,
        /// What is withheld.
        scope: Option<WithheldScope>,
    }
}

open_enum! {
    /// What is withheld.
    pub enum WithheldScope {
        /// One post; `tweet` in older replies.
        Post = "post" | "tweet",
        /// A user with all posts.
        User = "user",
    }
}

model! {
    /// An address that people suggest as a source, with how often they do.
    pub struct CountedSourceLink {
        /// Times it was suggested.
        count: Option<u64>,
        /// The address.
        url: Option<SourceLink>,
    }
}
