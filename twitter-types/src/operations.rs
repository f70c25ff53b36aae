//! The operations of the API, by what they are about.

pub mod posts;
pub mod usage;
pub mod users;

use crate::endpoint::Operation;

macro_rules! operations {
    ($($module:ident: $($operation:ident)+;)+) => {
        /// Every operation of this crate.
        pub const OPERATIONS: &[Operation] = &[
            $($(Operation::of::<$module::$operation>(),)+)+
        ];
    };
}

operations! {
    posts: ById ByIds Create Delete Like SearchRecent Unlike;
    usage: Posts;
    users: ById ByIds ByUsername ByUsernames Followers Following Me;
}
