//! XChat: encrypted conversations.

mod answers;
mod conversations;
mod keys;
mod messages;
mod requests;
mod settings;

pub use answers::{Accepted, Added, Approved, Archived, Disabled, Rejected, Removed, Requested};
pub use conversations::{
    ChatAdminSettings, ChatConversation, ChatGroupValue, ChatInvite, ChatJoinState, ChatKind,
    ChatPinnedMessage, ChatScreenCapture,
};
pub use keys::{
    ChatEventSignature, ChatKeyChange, ChatKeyRotation, ChatMessageKey, ChatParticipantKey,
    ChatSignature, ChatSigningKey, NewPublicKey, PublicKey,
};
pub use messages::{ChatDeletion, ChatMessageEvent, ChatUpload, SentChatMessage};
pub use requests::{ChatInbox, ChatMessageRequest, ChatMessageRequestDetail, ChatRequestState};
pub use settings::{
    ChatAudience, ChatCallPermissions, ChatCallSettings, ChatQualityFilter, ChatReceipts,
    ChatSettings,
};
