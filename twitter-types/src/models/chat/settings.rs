//! Who may write to a user and call the user.

use crate::model::{model, open_enum};

model! {
    /// Who may call a user.
    pub struct ChatCallPermissions {
        /// Whether people of the address book may call.
        accept_calls_from_addressbook: Option<bool>,
        /// Whether anyone may call.
        accept_calls_from_everyone: Option<bool>,
        /// Whether those whom the user follows may call.
        accept_calls_from_following: Option<bool>,
        /// Whether verified users may call.
        accept_calls_from_verified: Option<bool>,
    }
}

model! {
    /// A user's settings for calls.
    pub struct ChatCallSettings {
        /// Who may call the user.
        av_call_permissions: Option<ChatCallPermissions>,
        /// Whether the user takes calls.
        has_av_calls_enabled: Option<bool>,
        /// Whether calls hide the user's address.
        has_enhanced_call_privacy_enabled: Option<bool>,
    }
}

model! {
    /// A user's settings for messages.
    pub struct ChatSettings {
        /// Who may write to the user.
        allow_dms_from: Option<ChatAudience>,
        /// Whether subscribers may write in any case.
        always_allow_dms_from_subscribers: Option<bool>,
        /// The settings for calls.
        av_settings: Option<ChatCallSettings>,
        /// Whether low-quality requests are filtered.
        dm_quality_filter: Option<ChatQualityFilter>,
        /// Whether the user sends and receives read receipts.
        dm_receipt_settings: Option<ChatReceipts>,
    }
}

open_enum! {
    /// Who may write to a user.
    pub enum ChatAudience {
        /// `all`.
        All = "all",
        /// `verified`.
        Verified = "verified",
        /// `following`.
        Following = "following",
    }
}

open_enum! {
    /// Whether low-quality requests are filtered.
    pub enum ChatQualityFilter {
        /// `enabled`.
        Enabled = "enabled",
        /// `disabled`.
        Disabled = "disabled",
    }
}

open_enum! {
    /// Whether read receipts are sent and received.
    pub enum ChatReceipts {
        /// `all_enabled`.
        AllEnabled = "all_enabled",
        /// `all_disabled`.
        AllDisabled = "all_disabled",
    }
}
