//! Groups: members, admins, invitations.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{ChatGroupInviteField, Fields},
    id::{ChatConversationId, ChatInviteToken, UserId},
    model::{Digits, UnixMillis},
    models::{
        Added, Approved, ChatGroupValue, ChatInvite, ChatKeyChange, ChatKeyRotation,
        ChatMessageKey, ChatParticipantKey, ChatSignature, Disabled, Post, Rejected, Removed,
        Requested, Updated, User,
    },
    operations::users::UserFields,
};

endpoint! {
    /// Reserves the id of a group that `CreateGroup` makes.
    POST "/2/chat/conversations/group/initialize" initializeChatGroup
    (AnyUser: "dm.write") -> One<ChatKeyChange>;
    pub struct InitializeGroup {
    }
}

endpoint! {
    /// Changes a group's name, picture or description.
    ///
    /// Each is encrypted by the conversation's key.
    PUT "/2/chat/conversations/{id}" updateChatGroup
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatKeyChange>;
    pub struct UpdateGroup {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The version of the key that they are encrypted by.
            conversation_key_version: String,
            /// What is changed.
            modified_fields: Vec<ChatGroupValue>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The change of the key tree, in Base64.
            base64_encoded_key_rotation: String,
            /// The conversation's key, encrypted for each participant.
            conversation_participant_keys: Vec<ChatParticipantKey>,
            /// The address of the group's picture, encrypted.
            group_avatar_url: String,
            /// The group's description, encrypted.
            group_description: String,
            /// The group's name, encrypted.
            group_name: String,
            /// The keys of messages, encrypted by the new key.
            rotated_pmk_bundle: Vec<ChatMessageKey>,
        }
    }
}

endpoint! {
    /// Lists the users who ask to become admins of a group.
    GET "/2/chat/conversations/{id}/admin_requests" getChatGroupAdminRequests
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<User>;
    pub struct AdminRequests {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        query {
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Asks to become an admin of a group.
    POST "/2/chat/conversations/{id}/admin_requests" createChatGroupAdminRequest
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Requested>;
    pub struct RequestAdmin {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Makes an admin of a user who asked for it.
    POST "/2/chat/conversations/{id}/admin_requests/{user_id}/approve" approveChatGroupAdminRequest
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Approved>;
    pub struct ApproveAdmin {
        path {
            /// Which conversation.
            id: ChatConversationId,
            /// Who asked.
            user_id: UserId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Turns down a user who asked to become an admin.
    POST "/2/chat/conversations/{id}/admin_requests/{user_id}/reject" rejectChatGroupAdminRequest
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Rejected>;
    pub struct RejectAdmin {
        path {
            /// Which conversation.
            id: ChatConversationId,
            /// Who asked.
            user_id: UserId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Changes what only admins of a group may do; what is not set stays.
    PUT "/2/chat/conversations/{id}/admin_settings" updateChatGroupAdminSettings
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Updated>;
    pub struct UpdateAdminSettings {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// Whether only admins add members.
            add_member: bool,
            /// Whether only admins prevent screenshots. By the API they alone do, whatever this
            /// says.
            block_screen_capture: bool,
            /// Whether only admins change name, picture and description.
            edit_group_info: bool,
            /// Whether only admins change how long messages stay.
            edit_message_ttl: bool,
            /// Whether only admins write.
            send_message: bool,
            /// Whether only admins call.
            start_call: bool,
        }
    }
}

endpoint! {
    /// Makes members of a group its admins.
    POST "/2/chat/conversations/{id}/admins" addChatGroupAdmins
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Added>;
    pub struct AddAdmins {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The users.
            user_ids: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Makes admins of a group plain members.
    POST "/2/chat/conversations/{id}/admins/remove" removeChatGroupAdmins
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Removed>;
    pub struct RemoveAdmins {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The users.
            user_ids: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Turns off the link by which people join a group.
    DELETE "/2/chat/conversations/{id}/invite" disableChatGroupInvite
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Disabled>;
    pub struct DisableInvite {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Turns on a link by which people join a group.
    POST "/2/chat/conversations/{id}/invite" enableChatGroupInvite
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatInvite>;
    pub struct EnableInvite {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The affiliate whose link it is.
            affiliate_user_id: UserId,
            /// The group's picture, for the invitation's page.
            decrypted_avatar_url: String [0..=2048],
            /// The group's name, for the invitation's page.
            decrypted_title: String [0..=1024],
            /// The link, which the sender makes: `https://x.com/i/chat/group_join/`, the group,
            /// `/`, and a token of ten letters, digits, `-` or `_`. Needed with signatures.
            invite_url: String,
            /// How long the link lasts, in milliseconds; with signatures, the next is needed
            /// instead.
            validity_duration_msec: Digits,
            /// Until when the link lasts.
            validity_expiry_timestamp_msec: UnixMillis,
            /// What people read who open the link.
            welcome_message: String [0..=1024],
        }
    }
}

endpoint! {
    /// Shows what a group's invite link leads to.
    GET "/2/chat/conversations/{id}/invites/{token}" getChatGroupInvite
    (AnyUser: "dm.read" "tweet.read" "users.read") -> One<ChatInvite>;
    pub struct Invite {
        path {
            /// Which conversation.
            id: ChatConversationId,
            /// The token in the link.
            token: ChatInviteToken,
        }
        query {
            /// What to return.
            fields = "chat_group_invite.fields": Fields<ChatGroupInviteField>,
        }
    }
}

endpoint! {
    /// Asks to join a group.
    POST "/2/chat/conversations/{id}/join_requests" createChatGroupJoinRequest
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Requested>;
    pub struct RequestJoin {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The token in the link.
            token: String,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Turns down users who asked to join a group; `AddMembers` takes them in.
    POST "/2/chat/conversations/{id}/join_requests/reject" rejectChatGroupJoinRequests
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Rejected>;
    pub struct RejectJoins {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The users.
            user_ids: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Adds users to a group.
    ///
    /// Those who asked to join are added so too. The specification has a post as the answer.
    POST "/2/chat/conversations/{id}/members" addChatGroupMembers
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Post>;
    pub struct AddMembers {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The users.
            user_ids: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The version of the new key.
            conversation_key_version: String,
            /// The conversation's key, encrypted for each participant.
            conversation_participant_keys: Vec<ChatParticipantKey>,
            /// The address of the group's picture, encrypted by the new key.
            encrypted_avatar_url: String,
            /// The group's name, encrypted by the new key.
            encrypted_title: String,
        }
    }
}

endpoint! {
    /// Removes users from a group, or oneself.
    POST "/2/chat/conversations/{id}/members/remove" removeChatGroupMembers
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Removed>;
    pub struct RemoveMembers {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The users.
            user_ids: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The new key, if the removal brings one.
            group_key_rotation_data: ChatKeyRotation,
        }
    }
}
