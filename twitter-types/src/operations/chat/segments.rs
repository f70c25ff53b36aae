//! Uploads of encrypted files whose bodies are files.

use http::Method;

use crate::{
    auth::AnyUser,
    endpoint::{Body, Bytes, Endpoint, Query, segment},
    envelope::One,
    id::{ChatConversationId, ChatMediaKey, ChatUploadId},
    model::model,
    models::AppendedMedia,
};

/// Uploads one segment of an encrypted file.
///
/// `POST /2/chat/media/upload/{id}/append`
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AppendUpload {
    /// Which upload.
    pub id: ChatUploadId,
    /// The conversation.
    pub conversation_id: ChatConversationId,
    /// The key of the encrypted file.
    pub media_hash_key: ChatMediaKey,
    /// The segment.
    pub media: Bytes,
    /// The segment's place in the file. From 0 to 999.
    pub segment_index: u32,
}

impl AppendUpload {
    /// The upload of a segment.
    pub fn new(
        id: impl Into<ChatUploadId>,
        conversation_id: impl Into<ChatConversationId>,
        media_hash_key: impl Into<ChatMediaKey>,
        media: impl Into<Bytes>,
        segment_index: u32,
    ) -> Self {
        Self {
            id: id.into(),
            conversation_id: conversation_id.into(),
            media_hash_key: media_hash_key.into(),
            media: media.into(),
            segment_index,
        }
    }
}

model! {
    /// The body of an [`AppendUpload`], where it is JSON.
    pub struct AppendUploadBody {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// The segment, in Base64.
        media: Option<String>,
        /// The key of the encrypted file.
        media_hash_key: Option<ChatMediaKey>,
        /// The segment's place in the file.
        segment_index: Option<u32>,
    }
}

impl Endpoint for AppendUpload {
    type Response = One<AppendedMedia>;
    type Body = AppendUploadBody;
    type Auth = AnyUser;
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/2/chat/media/upload/{id}/append";
    const OPERATION: &'static str = "chatMediaUploadAppend";
    const SCOPES: &'static [&'static str] = &["media.write"];
    const ABOUT: &'static str = "Uploads one segment of an encrypted file.";

    fn path(&self) -> String {
        let id = segment(&self.id);
        format!("/2/chat/media/upload/{id}/append")
    }

    fn query(&self, query: &mut Query) {
        query.check("segment_index", &self.segment_index, 0..=999);
    }

    fn body(&self) -> Body {
        Body::multipart(
            &[
                ("conversation_id", &self.conversation_id),
                ("media_hash_key", &self.media_hash_key),
                ("segment_index", &self.segment_index),
            ],
            ("media", self.media.as_slice()),
        )
    }
}

#[cfg(feature = "samples")]
impl crate::endpoint::SampleOperation for AppendUpload {
    fn least(from: crate::sample::Sampler<'_>) -> Self {
        use crate::sample::Sample;

        Self::new(
            ChatUploadId::sample(from),
            ChatConversationId::sample(from),
            ChatMediaKey::sample(from),
            "sample".as_bytes(),
            u32::sample(from.parameter("segment_index", Some(0))),
        )
    }

    fn fullest(from: crate::sample::Sampler<'_>) -> Self {
        Self::least(from)
    }
}
