//! Topics: what a Space is about.

use crate::id::TopicId;
use crate::model::model;

model! {
    /// A topic.
    pub struct Topic {
        required {
            /// Identifies the topic.
            id: TopicId,
        }
        /// What the topic covers.
        description: Option<String>,
        /// The topic's name.
        name: Option<String>,
    }
}
