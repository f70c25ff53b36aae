//! Compliance jobs: what was asked, and what will be found.

use crate::time::{DAY, MINUTE, Time};

/// One job.
pub(crate) struct Job {
    pub(crate) id: u64,
    /// `tweets` or `users`.
    pub(crate) kind: String,
    pub(crate) name: Option<String>,
    pub(crate) resumable: bool,
    pub(crate) created: Time,
    /// What the signed URLs end with.
    pub(crate) signature: String,
    pub(crate) stage: JobStage,
}

/// How far a job is.
pub(crate) enum JobStage {
    /// Its ids have not come.
    Created,
    /// It has these ids, and works on them until then.
    Running { ids: Vec<u64>, until: Time, fails: bool },
}

/// What a sandbox knows and decides of jobs.
pub(crate) struct Jobs {
    pub(crate) list: Vec<Job>,
    /// Milliseconds that a job takes.
    pub(crate) takes: i64,
    /// How many of the next jobs fail.
    pub(crate) failing: u32,
}

impl Job {
    /// X's samples: a quarter of an hour to upload, a week to download.
    pub(crate) fn upload_expires(&self) -> Time {
        self.created.plus(15 * MINUTE)
    }

    pub(crate) fn download_expires(&self) -> Time {
        self.created.plus(7 * DAY)
    }

    pub(crate) fn status(&self, now: Time) -> &'static str {
        match &self.stage {
            JobStage::Created if now >= self.upload_expires() => "expired",
            JobStage::Created => "created",
            JobStage::Running { until, .. } if now < *until => "in_progress",
            JobStage::Running { fails: true, .. } => "failed",
            JobStage::Running { .. } => "complete",
        }
    }
}
