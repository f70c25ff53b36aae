//! Settings for messages.

use crate::{
    endpoint::endpoint,
    envelope::One,
    fields::{ChatSettingsField, Fields},
    models::{ChatAudience, ChatCallSettings, ChatQualityFilter, ChatReceipts, ChatSettings},
};

endpoint! {
    /// Reads the user's settings for messages.
    GET "/2/chat/settings" getChatSettings
    (AnyUser: "dm.read" "tweet.read" "users.read") -> One<ChatSettings>;
    pub struct Settings {
        query {
            /// What to return.
            fields = "chat_settings.fields": Fields<ChatSettingsField>,
        }
    }
}

endpoint! {
    /// Changes the user's settings for messages.
    PUT "/2/chat/settings" updateChatSettings
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatSettings>;
    pub struct UpdateSettings {
        json {
        } optional {
            /// Who may write to the user.
            allow_dms_from: ChatAudience,
            /// Whether subscribers may write in any case.
            always_allow_dms_from_subscribers: bool,
            /// The settings for calls.
            av_settings: ChatCallSettings,
            /// Whether low-quality requests are filtered.
            dm_quality_filter: ChatQualityFilter,
            /// Whether the user sends and receives read receipts.
            dm_receipt_settings: ChatReceipts,
        }
    }
}
