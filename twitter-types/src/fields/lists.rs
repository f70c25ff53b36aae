//! Fields and expansions: lists of users.

use crate::model::open_enum;

open_enum! {
    /// What to bring along: `expansions`.
    pub enum ListExpansion {
        /// `owner_id`.
        OwnerId = "owner_id",
    }
}

open_enum! {
    /// What to return: `list.fields`.
    pub enum ListField {
        /// `created_at`.
        CreatedAt = "created_at",
        /// `description`.
        Description = "description",
        /// `follower_count`.
        FollowerCount = "follower_count",
        /// `id`.
        Id = "id",
        /// `member_count`.
        MemberCount = "member_count",
        /// `name`.
        Name = "name",
        /// `private`.
        Private = "private",
    }
}
