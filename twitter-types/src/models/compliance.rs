//! Compliance jobs: which posts or users still exist.

use crate::id::ComplianceJobId;
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
        /// The kind.
        kind = "type": Option<ComplianceJobKind>,
        /// Until when the ids can be uploaded.
        upload_expires_at: Option<Timestamp>,
        /// Where to upload the ids, without a credential.
        upload_url: Option<String>,
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
