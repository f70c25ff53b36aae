//! The operations that can be polled.

use super::Paged;
use crate::{
    id::PostId,
    models::Post,
    posts::{HomeTimeline, Mentioning, OfUser, SearchAll, SearchRecent},
};

/// An operation that can be asked for what is newer than a post, newest first.
pub trait Polled: Paged<Item = Post> + Clone {
    /// The post that everything is newer than, if one is set.
    fn since_id(&self) -> Option<PostId>;

    /// Asks for the first page of what is newer than one post and older than another, newest first. X
    /// heeds no time beside a post.
    fn begin_round(&mut self, since_id: Option<PostId>, until_id: Option<PostId>);
}

macro_rules! polled {
    ($($operation:ident: $($unset:ident)+;)+) => {$(
        impl Polled for $operation {
            fn since_id(&self) -> Option<PostId> {
                self.since_id
            }

            fn begin_round(&mut self, since_id: Option<PostId>, until_id: Option<PostId>) {
                self.since_id = since_id;
                if since_id.is_some() {
                    self.start_time = None;
                }
                if until_id.is_some() {
                    let end = self.end_time.take().and_then(PostId::first_at);
                    self.until_id = [self.until_id, end, until_id].into_iter().flatten().min();
                }
                $(self.$unset = None;)+
            }
        }
    )+};
}

// Searches give the newest first unless they are told otherwise, timelines always do.
polled! {
    HomeTimeline: pagination_token;
    Mentioning: pagination_token;
    OfUser: pagination_token;
    SearchAll: next_token pagination_token sort_order;
    SearchRecent: next_token pagination_token sort_order;
}
