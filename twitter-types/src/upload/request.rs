//! The requests of an upload, and what their replies tell it.

use crate::{
    auth::Kind,
    endpoint::{self, Ask, BaseUrl, Error, Reply, Response},
    media::{
        AppendUpload, CreateMetadata, CreateSubtitles, FinalizeUpload, InitializeUpload,
        Upload as SmallUpload, UploadStatus,
    },
    models::UploadedMedia,
};

/// One request of an upload, to be sent by a [`Call`](crate::endpoint::Call) like any operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Request {
    /// Begins the upload.
    Initialize(InitializeUpload),
    /// Sends a segment of the file.
    Append(AppendUpload),
    /// Ends the upload.
    Finalize(FinalizeUpload),
    /// Asks how far X is with the file.
    Status(UploadStatus),
    /// Adds the alt text.
    Describe(Box<CreateMetadata>),
    /// Sends a file of subtitles.
    Subtitles(SmallUpload),
    /// Adds the subtitles to the video.
    AddSubtitles(CreateSubtitles),
}

/// What a reply tells an upload.
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// What X knows of a file.
    Media(Box<UploadedMedia>),
    /// It was done, and there is nothing more to know.
    Done,
}

/// The same for whichever operation it is.
macro_rules! each {
    ($request:expr, $ask:ident => $do:expr) => {
        match $request {
            Request::Initialize($ask) => $do,
            Request::Append($ask) => $do,
            Request::Finalize($ask) => $do,
            Request::Status($ask) => $do,
            Request::Describe($ask) => $do,
            Request::Subtitles($ask) => $do,
            Request::AddSubtitles($ask) => $do,
        }
    };
}

impl Ask for Request {
    type Body = Answer;

    fn operation(&self) -> &'static str {
        each!(self, ask => ask.operation())
    }

    fn accepted(&self) -> &'static [Kind] {
        each!(self, ask => ask.accepted())
    }

    fn unauthorized(&self, base: &BaseUrl) -> Result<endpoint::Request, Error> {
        each!(self, ask => ask.unauthorized(base))
    }

    fn read(&self, response: Response) -> Result<Reply<Answer>, Error> {
        let media =
            |media: Option<_>| media.map_or(Answer::Done, |media| Answer::Media(Box::new(media)));
        Ok(match self {
            Self::Initialize(ask) => ask.read(response)?.map(|body| media(body.data)),
            Self::Finalize(ask) => ask.read(response)?.map(|body| media(body.data)),
            Self::Status(ask) => ask.read(response)?.map(|body| media(body.data)),
            Self::Subtitles(ask) => ask.read(response)?.map(|body| media(body.data)),
            Self::Append(ask) => ask.read(response)?.map(|_| Answer::Done),
            Self::Describe(ask) => ask.read(response)?.map(|_| Answer::Done),
            Self::AddSubtitles(ask) => ask.read(response)?.map(|_| Answer::Done),
        })
    }
}
