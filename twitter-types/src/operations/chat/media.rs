//! Encrypted files.

use crate::{
    endpoint::{Bytes, endpoint},
    envelope::One,
    id::{ChatConversationId, ChatMediaKey, ChatUploadId},
    model::Digits,
    models::{ChatUpload, Done},
};

endpoint! {
    /// Begins the upload of an encrypted file.
    POST "/2/chat/media/upload/initialize" chatMediaUploadInitialize
    (AnyUser: "media.write") -> One<ChatUpload>;
    pub struct InitializeUpload {
        json {
            /// The conversation.
            conversation_id: ChatConversationId,
            /// Size of the file, in bytes.
            total_bytes: u64,
        }
    }
}

endpoint! {
    /// Ends the upload of an encrypted file.
    POST "/2/chat/media/upload/{id}/finalize" chatMediaUploadFinalize
    (AnyUser: "media.write") -> One<Done>;
    pub struct FinalizeUpload {
        path {
            /// Which upload.
            id: ChatUploadId,
        }
        json {
            /// The conversation.
            conversation_id: ChatConversationId,
            /// The key that `InitializeUpload` gave.
            media_hash_key: ChatMediaKey,
            /// The number of segments.
            num_parts: Digits,
        } optional {
            /// The message that shows the file.
            message_id: String,
            /// How long it stays, in milliseconds.
            ttl_msec: Digits,
        }
    }
}

endpoint! {
    /// Downloads an encrypted file.
    GET "/2/chat/media/{id}/{media_hash_key}" chatMediaDownload
    (AnyUser: "media.write") -> Bytes;
    pub struct DownloadMedia {
        path {
            /// Which conversation.
            id: ChatConversationId,
            /// The key of the encrypted file.
            media_hash_key: ChatMediaKey,
        }
    }
}
