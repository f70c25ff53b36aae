//! News stories.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, NewsField},
    id::NewsId,
    models::News,
};

endpoint! {
    /// Finds news stories by words.
    GET "/2/news/search" searchNews
    (Anyone: "tweet.read" "users.read") -> Page<News>;
    pub struct Search {
        require {
            /// Words and operators.
            query: String [1..=2048],
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// How old a story may be, in hours; 168 if not set.
            max_age_hours: u16 [1..=720],
            /// What to return.
            fields = "news.fields": Fields<NewsField>,
        }
    }
}

endpoint! {
    /// Looks up a news story.
    GET "/2/news/{id}" getNews
    (Anyone: "tweet.read" "users.read") -> One<News>;
    pub struct ById {
        path {
            /// Which story.
            id: NewsId,
        }
        query {
            /// What to return.
            fields = "news.fields": Fields<NewsField>,
        }
    }
}
