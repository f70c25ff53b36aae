//! Uploads whose bodies are files.

use http::Method;

use super::SmallMediaCategory;
use crate::{
    auth::AnyUser,
    endpoint::{Body, Bytes, Endpoint, Query, segment},
    envelope::One,
    id::MediaId,
    model::model,
    models::{AppendedMedia, UploadedMedia},
};

/// Uploads a small file in one request: a picture, or subtitles.
///
/// `POST /2/media/upload`
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Upload {
    /// The file.
    pub media: Bytes,
    /// What the file is for.
    pub media_category: SmallMediaCategory,
    /// Users besides the owner who may use the file, joined by commas.
    pub additional_owners: Option<String>,
}

impl Upload {
    /// The upload of a file.
    pub fn new(media: impl Into<Bytes>, media_category: SmallMediaCategory) -> Self {
        Self { media: media.into(), media_category, additional_owners: None }
    }

    /// Users besides the owner who may use the file, joined by commas.
    #[must_use]
    pub fn additional_owners(self, additional_owners: impl Into<String>) -> Self {
        Self { additional_owners: Some(additional_owners.into()), ..self }
    }
}

model! {
    /// The body of an [`Upload`], where it is JSON.
    pub struct UploadBody {
        /// Users besides the owner who may use the file, joined by commas.
        additional_owners: Option<String>,
        /// The file, in Base64.
        media: Option<String>,
        /// What the file is for.
        media_category: Option<SmallMediaCategory>,
    }
}

impl Endpoint for Upload {
    type Response = One<UploadedMedia>;
    type Body = UploadBody;
    type Auth = AnyUser;
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/2/media/upload";
    const OPERATION: &'static str = "mediaUpload";
    const SCOPES: &'static [&'static str] = &["media.write"];
    const ABOUT: &'static str = "Uploads a small file in one request: a picture, or subtitles.";

    fn path(&self) -> String {
        Self::PATH.into()
    }

    fn body(&self) -> Body {
        let mut fields: Vec<(&str, &dyn std::fmt::Display)> =
            vec![("media_category", &self.media_category)];
        if let Some(owners) = &self.additional_owners {
            fields.push(("additional_owners", owners));
        }
        Body::multipart(&fields, ("media", self.media.as_slice()))
    }
}

/// Uploads one segment of a file.
///
/// `POST /2/media/upload/{id}/append`
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AppendUpload {
    /// Which upload.
    pub id: MediaId,
    /// The segment.
    pub media: Bytes,
    /// The segment's place in the file. From 0 to 9999.
    pub segment_index: u32,
}

impl AppendUpload {
    /// The upload of a segment.
    pub fn new(id: impl Into<MediaId>, media: impl Into<Bytes>, segment_index: u32) -> Self {
        Self { id: id.into(), media: media.into(), segment_index }
    }
}

model! {
    /// The body of an [`AppendUpload`], where it is JSON.
    pub struct AppendUploadBody {
        /// The segment, in Base64.
        media: Option<String>,
        /// The segment's place in the file.
        segment_index: Option<u32>,
    }
}

impl Endpoint for AppendUpload {
    type Response = One<AppendedMedia>;
    type Body = AppendUploadBody;
    type Auth = AnyUser;
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/2/media/upload/{id}/append";
    const OPERATION: &'static str = "appendMediaUpload";
    const SCOPES: &'static [&'static str] = &["media.write"];
    const ABOUT: &'static str = "Uploads one segment of a file.";

    fn path(&self) -> String {
        let id = segment(&self.id);
        format!("/2/media/upload/{id}/append")
    }

    fn query(&self, query: &mut Query) {
        query.check("segment_index", &self.segment_index, 0..=9999);
    }

    fn body(&self) -> Body {
        Body::multipart(&[("segment_index", &self.segment_index)], ("media", self.media.as_slice()))
    }
}

#[cfg(feature = "samples")]
mod samples {
    use super::{AppendUpload, Upload};
    use crate::{
        endpoint::SampleOperation,
        sample::{Sample, Sampler},
    };

    impl SampleOperation for Upload {
        fn least(from: Sampler<'_>) -> Self {
            Self::new("sample".as_bytes(), Sample::sample(from))
        }

        fn fullest(from: Sampler<'_>) -> Self {
            Self::least(from).additional_owners("1")
        }
    }

    impl SampleOperation for AppendUpload {
        fn least(from: Sampler<'_>) -> Self {
            let segment_index = Sample::sample(from.parameter("segment_index", Some(0)));
            Self::new(1, "sample".as_bytes(), segment_index)
        }

        fn fullest(from: Sampler<'_>) -> Self {
            Self::least(from)
        }
    }
}
