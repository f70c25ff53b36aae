//! Buttons on the media of a new post.

use serde::{Deserialize, Serialize};

/// The apps that a button offers to install. X asks for one of them at the least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(default)]
pub struct AppInstall {
    /// The app for iPhones, by its id in Apple's App Store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_store_id: Option<String>,
    /// The app for iPads, by its id in Apple's App Store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipad_app_store_id: Option<String>,
    /// The app for Android, by its id in Google Play.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub play_store_id: Option<String>,
}

/// What X calls `call_to_actions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Buttons {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) app_install: Option<AppInstall>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) visit_site: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) watch_now: Option<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) url: String,
}

impl Buttons {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
