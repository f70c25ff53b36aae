//! News stories.

use super::PublishedArticle;
use crate::id::NewsId;
use crate::json::Json;
use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// A news story.
    pub struct News {
        /// The kind of news.
        category: Option<String>,
        /// Posts of the story.
        cluster_posts_results: Vec<PublishedArticle>,
        /// What the story is about, of a form that X does not describe.
        contexts: Option<Json>,
        /// What X warns of.
        disclaimer: Option<String>,
        /// A sentence that makes people read on.
        hook: Option<String>,
        /// Identifies it.
        id: Option<NewsId>,
        /// What the story names, of a form that X does not describe.
        keywords: Option<Json>,
        /// The name.
        name: Option<String>,
        /// The story in short.
        summary: Option<String>,
        /// When it last changed.
        updated_at: Option<Timestamp>,
    }
}
