//! The operations of the API, by what they are about.

pub mod account;
pub mod account_activity;
pub mod activity;
pub mod articles;
pub mod bookmarks;
pub mod bots;
pub mod broadcasts;
pub mod calls;
pub mod chat;
pub mod communities;
pub mod community_notes;
pub mod compliance;
pub mod connections;
pub mod direct_messages;
pub mod lists;
pub mod media;
pub mod news;
pub mod openapi;
pub mod posts;
pub mod rules;
pub mod spaces;
pub mod streams;
pub mod trends;
pub mod usage;
pub mod users;
pub mod webhooks;

#[cfg(feature = "samples")]
use crate::endpoint::SampleOperation;
use crate::endpoint::{Endpoint, Operation};

/// What to do with every operation, as a type: see [`visit_operations`].
#[cfg(feature = "samples")]
pub trait OperationVisitor {
    /// Takes one operation.
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self);
}

/// Where an operation stands.
pub(crate) struct Place {
    id: &'static str,
    /// The module of this crate.
    pub(crate) module: &'static str,
    /// As X's reference writes it, with `{names}` in it.
    pub(crate) path: &'static str,
}

impl Place {
    /// That of the operation with this `operationId`.
    pub(crate) fn of(id: &str) -> Option<&'static Self> {
        PLACES.iter().find(|place| place.id == id)
    }
}

macro_rules! operations {
    ($($module:ident: $($operation:ident)+;)+) => {
        /// Every operation of this crate.
        pub const OPERATIONS: &[Operation] = &[
            $($(Operation::of::<$module::$operation>(
                stringify!($module), stringify!($operation)),)+)+
        ];

        /// The same without what holds code: whoever touches [`OPERATIONS`] has every decoder in the
        /// program.
        static PLACES: &[Place] = &[
            $($(Place {
                id: <$module::$operation as Endpoint>::OPERATION,
                module: stringify!($module),
                path: <$module::$operation as Endpoint>::PATH,
            },)+)+
        ];

        /// Goes through every operation, in the order of [`OPERATIONS`].
        #[cfg(feature = "samples")]
        pub fn visit_operations(visitor: &mut impl OperationVisitor) {
            $($(visitor.visit::<$module::$operation>();)+)+
        }
    };
}

operations! {
    account: Ensure Get;
    account_activity: Count IsSubscribed Subscribe Subscriptions Unsubscribe;
    activity: Delete DeleteByIds Subscribe Subscriptions Update;
    articles: CreateDraft Publish;
    bookmarks: All Create CreateFolder Delete Folders InFolder;
    bots: All Create Delete RevokeToken RotateToken Update;
    broadcasts: AddModerator All ById Chat Create CreateSource CreateSourceOfUser Delete DeleteChatMessage DeleteOfUser DeleteScheduled DeleteSource DeleteSourceOfUser GoLive Moderators MuteInChat MuteUser MutedUsers OfUser OfUserById NearestRegion RemoveModerator Schedule Scheduled ScheduledById SendChat SetState SetStateOfUser SourceById SourceOfUserById Sources UserSources UnmuteInChat UnmuteUser UpdateScheduled UpdateSource UpdateSourceOfUser;
    calls: ById Cancel Create Join Leave Respond Schedule Scheduled ScheduledById UpdateScheduled;
    chat: AcceptMessageRequest AddAdmins AddKeys AddMembers AddPublicKey AdminRequests AppendUpload ApproveAdmin Archive ConversationById Conversations CreateGroup DeleteConversation DeleteMessageTtl DeleteMessages DisableInvite DownloadMedia EnableInvite Events FinalizeUpload InitializeGroup InitializeUpload Invite MarkRead MarkUnread MessageRequestById MessageRequests Mute PinnedMessages PublicKeys PublicKeysOfUsers RejectAdmin RejectJoins RemoveAdmins RemoveMembers RequestAdmin RequestJoin SendMessage SendTyping Settings Unarchive Unmute UpdateAdminSettings UpdateGroup UpdateMessageTtl UpdateScreenCapture UpdateSettings;
    communities: ById Search;
    community_notes: Create Delete EligiblePosts Evaluate Written;
    compliance: CreateJob DeleteJob Download JobById Jobs Upload;
    connections: DeleteAll DeleteByEndpoint DeleteByIds History;
    direct_messages: CreateGroup Delete DownloadMedia EventById Events EventsOf EventsWith Send SendTo;
    lists: AddMember ById Create Delete Follow FollowedBy Followers Members OwnedBy Pin PinnedBy Posts RemoveMember Unfollow Unpin Update With;
    media: Analytics AppendUpload ByKey ByKeys CreateMetadata CreateSubtitles DeleteSubtitles FinalizeUpload InitializeUpload Upload UploadStatus;
    news: ById Search;
    openapi: Document;
    posts: Analytics ById ByIds CountAll CountRecent Create Delete HideReply HomeTimeline Like LikedBy LikingUsers Mentioning OfUser Quotes Repost RepostedBy Reposts RepostsOfMe SearchAll SearchRecent Unlike Unrepost;
    rules: All Counts Update;
    spaces: Buyers ByCreators ById ByIds Posts Search;
    streams: Activity Filtered LabelsCompliance LikesCompliance LikesFirehose LikesSample10 PostsCompliance PostsFirehose PostsFirehoseEn PostsFirehoseJa PostsFirehoseKo PostsFirehosePt PostsSample PostsSample10 UsersCompliance;
    trends: ByWoeid Personalized;
    usage: Credits Posts;
    users: Affiliates Block BlockDms BlockedUsers ById ByIds ByUsername ByUsernames Follow Followers Following Me Mute MutedUsers MyFollowers MyFollowing Search Unblock UnblockDms Unfollow Unmute;
    webhooks: All Create Delete LinkStream Replay StreamLinks UnlinkStream Validate;
}
