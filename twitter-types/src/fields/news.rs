//! Fields of news stories.

use crate::model::open_enum;

open_enum! {
    /// Fields of [`News`](crate::models::News): `news.fields`.
    pub enum NewsField {
        /// `category`.
        Category = "category",
        /// `cluster_posts_results`.
        ClusterPostsResults = "cluster_posts_results",
        /// `contexts`.
        Contexts = "contexts",
        /// `disclaimer`.
        Disclaimer = "disclaimer",
        /// `hook`.
        Hook = "hook",
        /// `id`.
        Id = "id",
        /// `keywords`.
        Keywords = "keywords",
        /// `name`.
        Name = "name",
        /// `summary`.
        Summary = "summary",
        /// `updated_at`.
        UpdatedAt = "updated_at",
    }
}
