//! XChat: encrypted conversations.

mod conversations;
mod groups;
mod keys;
mod media;
mod messages;
mod requests;
mod segments;
mod settings;

pub use conversations::{
    Archive, ChatConversationFields, ConversationById, Conversations, CreateGroup,
    DeleteConversation, DeleteMessageTtl, MarkRead, MarkUnread, Mute, Unarchive, Unmute,
    UpdateMessageTtl, UpdateScreenCapture,
};
pub use groups::{
    AddAdmins, AddMembers, AdminRequests, ApproveAdmin, DisableInvite, EnableInvite,
    InitializeGroup, Invite, RejectAdmin, RejectJoins, RemoveAdmins, RemoveMembers, RequestAdmin,
    RequestJoin, UpdateAdminSettings, UpdateGroup,
};
pub use keys::{AddKeys, AddPublicKey, PublicKeys, PublicKeysOfUsers};
pub use media::{DownloadMedia, FinalizeUpload, InitializeUpload};
pub use messages::{DeleteMessages, Events, PinnedMessages, SendMessage, SendTyping};
pub use requests::{AcceptMessageRequest, MessageRequestById, MessageRequests};
pub use segments::{AppendUpload, AppendUploadBody};
pub use settings::{Settings, UpdateSettings};
