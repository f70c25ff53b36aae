//! Broadcasts: live video, its sources and its chat.

mod chat;
mod live;
mod schedule;
mod sources;

pub use chat::{
    AddModerator, BroadcastChatFields, BroadcastMuteFields, Chat, DeleteChatMessage, Moderators,
    MuteInChat, MuteUser, MutedUsers, RemoveModerator, SendChat, UnmuteInChat, UnmuteUser,
};
pub use live::{
    All, ById, Create, Delete, DeleteOfUser, OfUser, OfUserById, SetState, SetStateOfUser,
};
pub use schedule::{DeleteScheduled, GoLive, Schedule, Scheduled, ScheduledById, UpdateScheduled};
pub use sources::{
    CreateSource, CreateSourceOfUser, DeleteSource, DeleteSourceOfUser, NearestRegion, SourceById,
    SourceOfUserById, Sources, UpdateSource, UpdateSourceOfUser, UserSources,
};
