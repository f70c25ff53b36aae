//! Lists of users.

mod of_user;
mod own;
mod reading;

pub use of_user::{Follow, FollowedBy, OwnedBy, Pin, PinnedBy, Unfollow, Unpin, With};
pub use own::{AddMember, Create, Delete, RemoveMember, Update};
pub use reading::{ById, Followers, ListFields, Members, Posts};
