//! Fields of compliance jobs: which posts or users still exist.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`ComplianceJob`](crate::models::ComplianceJob): `compliance_job.fields`.
    pub enum ComplianceJobField {
        /// `created_at`.
        CreatedAt = "created_at",
        /// `download_expires_at`.
        DownloadExpiresAt = "download_expires_at",
        /// `download_url`.
        DownloadUrl = "download_url",
        /// `id`.
        Id = "id",
        /// `name`.
        Name = "name",
        /// `resumable`.
        Resumable = "resumable",
        /// `status`.
        Status = "status",
        /// `type`.
        Type = "type",
        /// `upload_expires_at`.
        UploadExpiresAt = "upload_expires_at",
        /// `upload_url`.
        UploadUrl = "upload_url",
    }
}
