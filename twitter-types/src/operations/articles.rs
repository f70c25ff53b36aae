//! Articles: long texts, in the form of DraftJS.

use crate::{
    endpoint::endpoint,
    envelope::One,
    id::ArticleId,
    models::{ArticleContent, ArticleDraft, ArticleMedia, PublishedArticle},
};

endpoint! {
    /// Writes the draft of an article.
    POST "/2/articles/draft" articleCreateDraft
    (AnyUser:) -> One<ArticleDraft>;
    pub struct CreateDraft {
        json {
            /// The text, in the form of DraftJS.
            content_state: ArticleContent,
            /// The title.
            title: String,
        } optional {
            /// The picture on top.
            cover_media: ArticleMedia,
        }
    }
}

endpoint! {
    /// Publishes a draft.
    POST "/2/articles/{article_id}/publish" articlePublish
    (AnyUser: "tweet.write") -> One<PublishedArticle>;
    pub struct Publish {
        path {
            /// Which draft.
            article_id: ArticleId,
        }
    }
}
