//! Public keys, and the keys of conversations.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, PublicKeyField},
    id::{ChatConversationId, UserId},
    models::{ChatKeyChange, ChatParticipantKey, ChatSignature, NewPublicKey, PublicKey},
};

endpoint! {
    /// Gives a conversation a new key.
    ///
    /// It needs one before anything is sent.
    POST "/2/chat/conversations/{id}/keys" addConversationKeys
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatKeyChange>;
    pub struct AddKeys {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The version of the key; as a rule the time, in milliseconds since 1970.
            conversation_key_version: String,
            /// The conversation's key, encrypted for each participant.
            conversation_participant_keys: Vec<ChatParticipantKey>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The change of the key tree, in Base64.
            base64_encoded_key_rotation: String,
        }
    }
}

endpoint! {
    /// Registers a public key of a user.
    POST "/2/users/{id}/public_keys" addUserPublicKey
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<PublicKey>;
    pub struct AddPublicKey {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// The key.
            public_key: NewPublicKey,
        }
    }
}

endpoint! {
    /// Lists the public keys of several users.
    GET "/2/users/public_keys" getUsersPublicKeys
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<PublicKey>;
    pub struct PublicKeysOfUsers {
        require {
            /// Which users.
            ids: Vec<UserId> [1..=100],
        }
        query {
            /// What to return.
            fields = "public_key.fields": Fields<PublicKeyField>,
        }
    }
}

endpoint! {
    /// Lists the public keys of a user.
    GET "/2/users/{id}/public_keys" getUsersPublicKey
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<PublicKey>;
    pub struct PublicKeys {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// What to return.
            fields = "public_key.fields": Fields<PublicKeyField>,
        }
    }
}
