//! Compliance jobs: which posts or users still exist.

use crate::id::{ComplianceJobId, PostId, UserId};
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A job that checks which posts or users still exist.
    pub struct ComplianceJob {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// Until when the results can be downloaded.
        download_expires_at: Option<Timestamp>,
        /// Where to download the results, without a credential.
        download_url: Option<String>,
        /// Identifies it.
        id: Option<ComplianceJobId>,
        /// The name.
        name: Option<String>,
        /// Whether the upload can be resumed.
        resumable: Option<bool>,
        /// How it stands.
        status: Option<ComplianceJobStatus>,
        /// What it checks.
        kind = "type": Option<ComplianceJobKind>,
        /// Until when the ids can be uploaded.
        upload_expires_at: Option<Timestamp>,
        /// Where to upload the ids, without a credential.
        upload_url: Option<String>,
    }
}

model! {
    /// What a compliance job has found: a post or a user that must not be kept as it was. There is
    /// no line for what may be kept.
    pub struct ComplianceResult {
        /// What to do, such as `delete`.
        action: Option<String>,
        /// When the post or the user was made.
        created_at: Option<Timestamp>,
        /// The post, or the user: as the job's kind says.
        id: Option<String>,
        /// Why, such as `deleted`, `deactivated`, `scrub_geo`, `protected` or `suspended`.
        reason: Option<String>,
        /// When that happened.
        redacted_at: Option<Timestamp>,
    }
}

impl ComplianceResult {
    /// The post, if the job was about posts.
    pub fn post_id(&self) -> Option<PostId> {
        self.id.as_deref()?.parse().ok()
    }

    /// The user, if the job was about users.
    pub fn user_id(&self) -> Option<UserId> {
        self.id.as_deref()?.parse().ok()
    }
}

open_enum! {
    /// What a compliance job checks.
    pub enum ComplianceJobKind {
        /// `tweets`.
        Tweets = "tweets",
        /// `users`.
        Users = "users",
    }
}

open_enum! {
    /// How far a compliance job is.
    pub enum ComplianceJobStatus {
        /// `created`.
        Created = "created",
        /// `in_progress`.
        InProgress = "in_progress",
        /// `failed`.
        Failed = "failed",
        /// `complete`.
        Complete = "complete",
    }
}
