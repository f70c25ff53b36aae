//! The media of a new post.

use std::{error, fmt};

use serde::{Deserialize, Serialize};

use super::buttons::{AppInstall, Buttons, Link};
use crate::id::{MediaId, UserId};

/// Uploaded media to be shown with a post: up to four photos, or one GIF, or one video.
///
/// ```
/// use twitter_types::posts::{NewMedia, NewPost};
///
/// let film = NewMedia::new([1146654567674912769])?.title("Crabs").tag([2244994945])?;
/// let post = NewPost::media(film.visit_site("https://example.com/crabs")).with_text("Look!");
/// # let _ = post;
/// # Ok::<(), twitter_types::posts::InvalidMedia>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMedia {
    media_ids: Vec<MediaId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tagged_user_ids: Vec<UserId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview_media_id: Option<MediaId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    embeddable: Option<bool>,
    #[serde(default, skip_serializing_if = "Buttons::is_empty")]
    call_to_actions: Buttons,
}

impl NewMedia {
    /// One to four files, by the ids that their upload gave. Files of one post are uploaded by the
    /// user who posts.
    ///
    /// # Errors
    ///
    /// [`InvalidMedia::Files`] for any other number.
    pub fn new(
        media_ids: impl IntoIterator<Item = impl Into<MediaId>>,
    ) -> Result<Self, InvalidMedia> {
        let media_ids: Vec<_> = media_ids.into_iter().map(Into::into).collect();
        if !(1..=4).contains(&media_ids.len()) {
            return Err(InvalidMedia::Files);
        }
        Ok(Self {
            media_ids,
            tagged_user_ids: Vec::new(),
            title: None,
            description: None,
            preview_media_id: None,
            embeddable: None,
            call_to_actions: Buttons::default(),
        })
    }

    pub(super) fn ids(&self) -> &[MediaId] {
        &self.media_ids
    }

    /// Tags the users who are to be seen, up to ten.
    ///
    /// # Errors
    ///
    /// [`InvalidMedia::Tags`] for more.
    pub fn tag(
        self,
        users: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Result<Self, InvalidMedia> {
        let tagged_user_ids: Vec<_> = users.into_iter().map(Into::into).collect();
        if tagged_user_ids.len() > 10 {
            return Err(InvalidMedia::Tags);
        }
        Ok(Self { tagged_user_ids, ..self })
    }

    /// A title to show on a video.
    #[must_use]
    pub fn title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// A description to show on a video.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// Another uploaded file, to be the picture that stands for the video.
    #[must_use]
    pub fn preview(self, preview_media_id: impl Into<MediaId>) -> Self {
        Self { preview_media_id: Some(preview_media_id.into()), ..self }
    }

    /// Whether other sites may show the files, at addresses that do not expire.
    #[must_use]
    pub fn embeddable(self, embeddable: bool) -> Self {
        Self { embeddable: Some(embeddable), ..self }
    }

    /// Puts a button on the media that leads to a page, at an `https` address.
    #[must_use]
    pub fn visit_site(mut self, url: impl Into<String>) -> Self {
        self.call_to_actions.visit_site = Some(Link { url: url.into() });
        self
    }

    /// Puts a button on the media that leads to a film, at an `https` address.
    #[must_use]
    pub fn watch_now(mut self, url: impl Into<String>) -> Self {
        self.call_to_actions.watch_now = Some(Link { url: url.into() });
        self
    }

    /// Puts a button on the media that leads to an app in the stores.
    #[must_use]
    pub fn app_install(mut self, app: AppInstall) -> Self {
        self.call_to_actions.app_install = Some(app);
        self
    }
}

/// Which bound the media of a post break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidMedia {
    /// No file, or more than four.
    Files,
    /// More than ten users.
    Tags,
}

impl fmt::Display for InvalidMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Files => "a post shows one to four files: leave some out",
            Self::Tags => "up to ten users can be tagged in media: leave some out",
        })
    }
}

impl error::Error for InvalidMedia {}
