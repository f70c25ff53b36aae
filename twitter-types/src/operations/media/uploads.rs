//! Uploads.

use crate::{
    endpoint::endpoint,
    envelope::One,
    id::{MediaId, UserId},
    models::{MediaCategory, UploadCommand, UploadMediaType, UploadedMedia},
};

endpoint! {
    /// Tells how far X is with an uploaded file.
    GET "/2/media/upload" getMediaUploadStatus
    (AnyUser: "media.write") -> One<UploadedMedia>;
    pub struct UploadStatus {
        require {
            /// The file.
            media_id: MediaId,
        }
        query {
            /// What to ask for.
            command: UploadCommand,
        }
    }
}

endpoint! {
    /// Begins the upload of a file in segments.
    POST "/2/media/upload/initialize" initializeMediaUpload
    (AnyUser: "media.write") -> One<UploadedMedia>;
    pub struct InitializeUpload {
        json {
        } optional {
            /// Users besides the owner who may use the file.
            additional_owners: Vec<UserId>,
            /// What the file is for.
            media_category: MediaCategory,
            /// The media type.
            media_type: UploadMediaType,
            /// Whether others may use the file.
            shared: bool,
            /// Size of the file, in bytes.
            total_bytes: u64 [0..=17179869184],
        }
    }
}

endpoint! {
    /// Ends the upload of a file in segments.
    POST "/2/media/upload/{id}/finalize" finalizeMediaUpload
    (AnyUser: "media.write") -> One<UploadedMedia>;
    pub struct FinalizeUpload {
        path {
            /// Which file.
            id: MediaId,
        }
    }
}
