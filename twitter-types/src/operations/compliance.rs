//! Compliance jobs: which posts or users still exist.

use http::Method;

use crate::{
    auth::AppOnly,
    endpoint::{Body, Bytes, Endpoint, Query, endpoint, parameter_by_display, segment},
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
            /// The kind.
            kind = "type": ComplianceJobKind,
        }
        query {
            /// How it stands.
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
            /// The kind.
            kind = "type": ComplianceJobKind,
        } optional {
            /// The name.
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
    /// Deletes a compliance job.
    DELETE "/2/compliance/jobs/{id}" deleteComplianceJobsById
    (AppOnly:) -> One<ComplianceJob>;
    pub struct DeleteJob {
        path {
            /// Which.
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
            /// Which.
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
            /// Which.
            id: ComplianceJobId,
        }
        require {
            /// The token.
            token: String,
        }
        query {
            /// What to return.
            fields = "compliance_job.fields": Fields<ComplianceJobField>,
        }
    }
}

parameter_by_display!(ComplianceJobKind, ComplianceJobStatus);

/// Uploads the ids that a job is to check, one a line.
///
/// `PUT /2/compliance/jobs/{id}/upload`
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Upload {
    /// Which.
    pub id: ComplianceJobId,
    /// The token of the job's `upload_url`.
    pub token: String,
    /// The ids, one a line.
    pub ids: Bytes,
    /// What to return.
    pub fields: Option<Fields<ComplianceJobField>>,
}

impl Upload {
    /// The upload of ids.
    pub fn new(
        id: impl Into<ComplianceJobId>,
        token: impl Into<String>,
        ids: impl Into<Bytes>,
    ) -> Self {
        Self { id: id.into(), token: token.into(), ids: ids.into(), fields: None }
    }

    /// What to return.
    #[must_use]
    pub fn fields(self, fields: impl Into<Fields<ComplianceJobField>>) -> Self {
        Self { fields: Some(fields.into()), ..self }
    }
}

impl Endpoint for Upload {
    type Response = One<ComplianceJob>;
    type Body = Bytes;
    type Auth = AppOnly;
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/2/compliance/jobs/{id}/upload";
    const OPERATION: &'static str = "uploadComplianceJobSubmission";
    const SCOPES: &'static [&'static str] = &[];

    fn path(&self) -> String {
        let id = segment(&self.id);
        format!("/2/compliance/jobs/{id}/upload")
    }

    fn query(&self, query: &mut Query) {
        query.add("token", &self.token);
        query.add("compliance_job.fields", &self.fields);
    }

    fn body(&self) -> Body {
        Body::bytes(self.ids.as_slice())
    }
}

#[cfg(feature = "samples")]
impl crate::endpoint::SampleOperation for Upload {
    fn least(_: crate::sample::Sampler<'_>) -> Self {
        Self::new(1, "sample", "1".as_bytes())
    }

    fn fullest(from: crate::sample::Sampler<'_>) -> Self {
        Self::least(from).fields(Fields::all())
    }
}
