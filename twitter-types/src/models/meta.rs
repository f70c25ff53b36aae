//! What a reply says about itself: counts, and tokens of other pages.

use crate::id::PostId;
use crate::model::model;
use crate::timestamp::Timestamp;

model! {
    /// The `meta` of a reply: one type for all of X's, each of which has a few of these fields.
    pub struct Meta {
        /// Key events of an XChat conversation, as base64.
        conversation_key_events: Vec<String>,
        /// Whether XChat has message requests.
        has_message_requests: Option<bool>,
        /// Whether there are more conversations of XChat.
        has_more: Option<bool>,
        /// The most bots that the App's project may have.
        max_bots: Option<u64>,
        /// The latest post of the page; the next poll's `since_id`, if the page is the first.
        newest_id: Option<PostId>,
        /// The token of the next page; absent on the last.
        next_token: Option<String>,
        /// The oldest post of the page.
        oldest_id: Option<PostId>,
        /// The token of the page before.
        previous_token: Option<String>,
        /// Items on the page.
        result_count: Option<u64>,
        /// When X took a change of stream rules.
        sent: Option<Timestamp>,
        /// What a change of stream rules did.
        summary: Option<RulesSummary>,
        /// Items in all.
        total_count: Option<u64>,
        /// Posts in all, of a count over time.
        total_post_count | total_tweet_count: Option<u64>,
        /// Subscriptions in all.
        total_subscriptions: Option<u64>,
    }
}

model! {
    /// What a change of stream rules did. The specification leaves it open; the fields are those
    /// of X's examples.
    pub struct RulesSummary {
        /// Rules that were added.
        created: Option<u64>,
        /// Rules that were removed.
        deleted: Option<u64>,
        /// Rules that could not be parsed.
        invalid: Option<u64>,
        /// Rules that were not added.
        not_created: Option<u64>,
        /// Rules that were not removed.
        not_deleted: Option<u64>,
        /// Rules that could be parsed.
        valid: Option<u64>,
    }
}
