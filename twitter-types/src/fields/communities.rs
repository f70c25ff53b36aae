//! Fields of communities.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`Community`](crate::models::Community): `community.fields`.
    pub enum CommunityField {
        /// `access`.
        Access = "access",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `description`.
        Description = "description",
        /// `id`.
        Id = "id",
        /// `join_policy`.
        JoinPolicy = "join_policy",
        /// `member_count`.
        MemberCount = "member_count",
        /// `name`.
        Name = "name",
    }
}
