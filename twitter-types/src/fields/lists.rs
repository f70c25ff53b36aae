//! Fields and expansions of lists of users.

use crate::model::open_enum;

open_enum! {
    /// What a [`List`](crate::models::List) can bring along: `expansions`.
    pub enum ListExpansion {
        /// `owner_id`.
        OwnerId = "owner_id",
    }
}

open_enum! {
    /// Fields of a [`List`](crate::models::List): `list.fields`.
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
