//! Keys and signatures.

use crate::id::{ChatConversationId, UserId};
use crate::json::Json;
use crate::model::model;

model! {
    /// The signature over an event.
    pub struct ChatEventSignature {
        required {
            /// The version of the key that signed.
            public_key_version: String,
            /// The signature.
            signature: String,
            /// The version of the way of signing.
            signature_version: String,
        }
        /// The keys that may have signed.
        message_signing_key_info_list: Vec<ChatSigningKey>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
    }
}

model! {
    /// The answer to making or changing a conversation.
    pub struct ChatKeyChange {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// The event that changed the conversation's key.
        conversation_key_change_sequence_id: Option<String>,
        /// The change, as an event.
        sequence_id: Option<String>,
        /// Whether it was changed.
        updated: Option<bool>,
    }
}

model! {
    /// A new key for those who stay in a group.
    pub struct ChatKeyRotation {
        /// The change of the key tree, in Base64.
        base64_encoded_key_rotation: Option<String>,
        /// The version of the conversation's key.
        conversation_key_version: Option<String>,
        /// The conversation's key, encrypted for each participant.
        conversation_participant_keys: Vec<ChatParticipantKey>,
        /// The group's picture, encrypted by the new key.
        encrypted_avatar: Option<String>,
        /// The group's description, encrypted by the new key.
        encrypted_description: Option<String>,
        /// The group's name, encrypted by the new key.
        encrypted_title: Option<String>,
        /// The keys of messages, encrypted by the new key.
        rotated_pmk_bundle: Vec<ChatMessageKey>,
    }
}

model! {
    /// The key of a message, encrypted by a conversation's new key.
    pub struct ChatMessageKey {
        required {
            /// The message's key, encrypted by the conversation's new one, in Base64.
            base64_encoded_encrypted_pmk: String,
            /// The message.
            message_sequence_id: String,
        }
        /// The event that the message's key is from.
        pme_sequence_id: Option<String>,
    }
}

model! {
    /// A conversation's key, encrypted for one participant.
    pub struct ChatParticipantKey {
        /// The key, encrypted for the participant.
        encrypted_conversation_key: Option<String>,
        /// The version of the participant's public key.
        public_key_version: Option<String>,
        /// The participant.
        user_id: Option<UserId>,
    }
}

model! {
    /// The signature over a change of a conversation.
    pub struct ChatSignature {
        required {
            /// What is signed, encoded.
            encoded_message_event_detail: String,
            /// The signature.
            message_event_signature: ChatEventSignature,
            /// The message, by an id of the sender's own.
            message_id: String,
        }
        /// What was signed, for X's log.
        signature_payload: Option<String>,
    }
}

model! {
    /// A key that may have signed.
    pub struct ChatSigningKey {
        /// Whose key it is.
        member_id: Option<UserId>,
        /// The version of the key.
        public_key_version: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
    }
}

model! {
    /// A public key to be registered.
    pub struct NewPublicKey {
        /// The signature over the identity's key.
        identity_public_key_signature: Option<String>,
        /// The key of the identity, in Base64.
        public_key: Option<String>,
        /// The fingerprint of the key.
        public_key_fingerprint: Option<String>,
        /// How the key is registered.
        registration_method: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
        /// The signature over that key.
        signing_public_key_signature: Option<String>,
    }
}

model! {
    /// A public key of a user.
    pub struct PublicKey {
        /// The signature over the identity's key.
        identity_public_key_signature: Option<String>,
        /// Where the key is kept safe, of a form that X does not describe.
        juicebox_config: Option<Json>,
        /// The key of the identity, in Base64.
        public_key: Option<String>,
        /// The version of the key.
        public_key_version: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
    }
}
