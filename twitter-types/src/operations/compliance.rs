//! Compliance jobs: which posts or users still exist.

use crate::{
    endpoint::{Bytes, endpoint},
    envelope::{One, Page},
    fields::{ComplianceJobField, Fields},
    id::ComplianceJobId,
    models::{ComplianceJob, ComplianceJobKind, ComplianceJobStatus},
};

endpoint! {
    /// Lists compliance jobs of the last seven days.
    GET "/2/compliance/jobs" getComplianceJobs
    (AppOnly:) -> Page<ComplianceJob>;
    pub struct Jobs {
        require {
            /// Jobs of this kind alone.
            kind = "type": ComplianceJobKind,
        }
        query {
            /// Jobs that stand so alone.
            status: ComplianceJobStatus,
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

endpoint! {
    /// Makes a job that checks which posts or users still exist.
    POST "/2/compliance/jobs" createComplianceJobs
    (AppOnly:) -> One<ComplianceJob>;
    pub struct CreateJob {
        json {
            /// What to check.
            kind = "type": ComplianceJobKind,
        } optional {
            /// A name of your own for it.
            name: String [0..=64],
            /// Whether the upload can be resumed.
            resumable: bool,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

endpoint! {
    /// Calls off a job that is not complete, so that another of its kind can be made.
    DELETE "/2/compliance/jobs/{id}" deleteComplianceJobsById
    (AppOnly:) -> One<ComplianceJob>;
    pub struct DeleteJob {
        path {
            /// Which job.
            id: ComplianceJobId,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

endpoint! {
    /// Looks up a compliance job.
    GET "/2/compliance/jobs/{id}" getComplianceJobsById
    (AppOnly:) -> One<ComplianceJob>;
    pub struct JobById {
        path {
            /// Which job.
            id: ComplianceJobId,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

endpoint! {
    /// Downloads what a job has found, one JSON object a line.
    GET "/2/compliance/jobs/{id}/download" downloadComplianceJobResults
    (AppOnly:) -> Bytes;
    pub struct Download {
        path {
            /// Which job.
            id: ComplianceJobId,
        }
        require {
            /// The token of the job's `download_url`.
            token: String,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

endpoint! {
    /// Uploads the ids that a job is to check, one a line.
    PUT "/2/compliance/jobs/{id}/upload" uploadComplianceJobSubmission
    (AppOnly:) -> One<ComplianceJob>;
    pub struct Upload {
        path {
            /// Which job.
            id: ComplianceJobId,
        }
        require {
            /// The token of the job's `upload_url`.
            token: String,
        }
        body {
            /// The ids, one a line.
            ids: Bytes,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}
