//! The exchange, step by step.

use std::{collections::BTreeMap, time::Duration};

use http::StatusCode;

use super::{
    Answer, Job, Options, Request, Stage, UploadError,
    session::Session,
    task::{Task, Verdict, What, verdict},
};
use crate::{
    endpoint::{Error, Moment, Reply},
    id::MediaId,
    media::{
        AppendUpload, CreateMetadata, CreateSubtitles, FinalizeUpload, InitializeUpload,
        SmallMediaCategory, Upload as SmallUpload, UploadStatus,
    },
    models::{
        MediaCategory, MediaMetadataAltText, MediaProcessingState, NewMediaMetadata, NewSubtitles,
        SubtitleCategory, UploadCommand, UploadMediaType, UploadedMedia,
    },
    timestamp::Timestamp,
};

/// The upload of one file. See the [module](super) for what it does, and how to drive it.
#[derive(Debug)]
pub struct Upload {
    session: Session,
    options: Options,
    todo: Vec<Task>,
    /// What is on its way, by number.
    flying: BTreeMap<u64, Task>,
    last_number: u64,
    /// What X last said of the file.
    media: Option<UploadedMedia>,
    /// When to give up waiting for X to process the file.
    deadline: Option<Timestamp>,
    /// X's refusal of an end that it may have carried out before.
    doubt: Option<UploadError>,
    failure: Option<UploadError>,
}

/// What an upload needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives an upload must know every step")]
pub enum Step {
    /// Send this, and ask for a step again at once: there may be more to send beside it.
    Send(Job),
    /// Wait for the outcome of what is on its way, but no longer than this, and ask again.
    Wait(Option<Duration>),
    /// This is the outcome; nothing is on its way.
    Done(Result<UploadedMedia, UploadError>),
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many bytes X has.
    pub sent: u64,
    /// The size of the file, in bytes.
    pub total: u64,
    /// How far X is with processing, of 100.
    pub processed: Option<u64>,
}

impl Upload {
    /// An upload of a file of this size, whose first [`HEAD`](super::HEAD) bytes are `head`, or all
    /// if it is shorter. With [`Options::resume`], it goes on with what was saved.
    ///
    /// # Errors
    ///
    /// If X would not take the file, an option cannot be used, or what was saved does not fit.
    pub fn new(
        head: &[u8],
        size: u64,
        options: Options,
        now: Timestamp,
    ) -> Result<Self, UploadError> {
        let session = Session::new(head, size, &options, now)?;
        let mut upload = Self {
            session,
            options,
            todo: Vec::new(),
            flying: BTreeMap::new(),
            last_number: 0,
            media: None,
            deadline: None,
            doubt: None,
            failure: None,
        };
        upload.deadline = Some(now.saturating_add(upload.options.processing_deadline));
        upload.enter(upload.session.stage);
        if let (Stage::Finalize, Some(task)) = (upload.session.stage, upload.todo.first_mut()) {
            // The process before this one may have sent it.
            task.in_doubt = true;
        }
        Ok(upload)
    }

    /// What to do next. After [`Step::Done`] there is no further step.
    pub fn step(&mut self, moment: &Moment<'_>) -> Step {
        loop {
            if self.failure.is_some() || self.session.stage == Stage::Complete {
                return if self.flying.is_empty() {
                    Step::Done(self.failure.take().map_or_else(|| Ok(self.media()), Err))
                } else {
                    Step::Wait(None)
                };
            }
            if !self.todo.is_empty() || !self.flying.is_empty() {
                return self.pick(moment);
            }
            self.enter(next(self.session.stage));
        }
    }

    /// Takes what became of the request of that number. A number that is not on its way is ignored.
    pub fn receive(
        &mut self,
        moment: &Moment<'_>,
        number: u64,
        outcome: Result<Reply<Answer>, UploadError>,
    ) {
        let Some(task) = self.flying.remove(&number) else { return };
        match outcome {
            Ok(reply) => self.apply(task.what, reply.body, moment.time),
            // Each request may be carried out twice: what a single call leaves open is tried again.
            Err(UploadError::Call(Error::OutcomeUnknown { source })) => {
                self.failed(task, UploadError::Call(*source), moment);
            }
            Err(error) => self.failed(task, error, moment),
        }
    }

    /// All that another process needs to go on, by [`Options::resume`], as JSON: the file's id,
    /// size and purpose, and the segments that X has. Nothing in it is secret.
    pub fn save(&self) -> String {
        self.session.save()
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let info = self.media.as_ref().and_then(|media| media.processing_info.as_ref());
        Progress {
            stage: self.session.stage,
            sent: self.session.sent(),
            total: self.session.size,
            processed: info.and_then(|info| info.progress_percent),
        }
    }

    /// X's id of the file, once there is one.
    pub const fn media_id(&self) -> Option<MediaId> {
        self.session.media_id
    }

    /// The file's type.
    pub const fn media_type(&self) -> &UploadMediaType {
        &self.session.media_type
    }

    fn enter(&mut self, stage: Stage) {
        self.session.stage = stage;
        self.todo = match stage {
            Stage::Initialize => vec![Task::new(What::Initialize)],
            Stage::Append => {
                self.session.missing().map(|index| Task::new(What::Append(index))).collect()
            }
            Stage::Finalize => vec![Task::new(What::Finalize)],
            Stage::Process => vec![Task::new(What::Status)],
            Stage::Describe => {
                let alt_text = self.options.alt_text.iter().map(|_| What::Describe);
                let subtitles = (0..self.options.subtitles.len()).map(What::Subtitles);
                alt_text.chain(subtitles).map(Task::new).collect()
            }
            Stage::Complete => Vec::new(),
        };
    }

    /// The task that has waited longest, if one may fly now.
    fn pick(&mut self, moment: &Moment<'_>) -> Step {
        let parallel = self.options.parallel.max(1);
        let width = if self.session.stage == Stage::Append { parallel } else { 1 };
        let first = self.todo.iter().enumerate().min_by_key(|(_, task)| task.due);
        let Some((at, task)) = first.filter(|_| self.flying.len() < width) else {
            return Step::Wait(None);
        };
        if let Some(due) = task.due.filter(|due| *due > moment.time) {
            return Step::Wait(Some(due.saturating_since(moment.time)));
        }
        let mut task = self.todo.remove(at);
        task.attempts += 1;
        let range = match task.what {
            What::Append(index) => self.session.range(index),
            _ => 0..0,
        };
        self.last_number += 1;
        let job = Job::new(self.last_number, range, self.request(task.what));
        self.flying.insert(self.last_number, task);
        Step::Send(job)
    }

    fn request(&self, what: What) -> Request {
        let id = || self.session.media_id.expect("X has named the file before this stage");
        match what {
            What::Initialize => Request::Initialize(self.initialize()),
            What::Append(index) => Request::Append(AppendUpload::new(id(), Vec::new(), index)),
            What::Finalize => Request::Finalize(FinalizeUpload::new(id())),
            What::Status => Request::Status(UploadStatus::new(id()).command(UploadCommand::Status)),
            What::Describe => {
                let text = self.options.alt_text.clone().unwrap_or_default();
                let alt_text = Some(MediaMetadataAltText::new(text));
                let metadata = NewMediaMetadata { alt_text, ..NewMediaMetadata::default() };
                Request::Describe(Box::new(CreateMetadata::new(id(), metadata)))
            }
            What::Subtitles(place) => {
                let content = self.options.subtitles[place].content.as_slice();
                Request::Subtitles(SmallUpload::new(content, SmallMediaCategory::Subtitles))
            }
            What::AddSubtitles(place, file) => {
                let subtitles = &self.options.subtitles[place];
                let new = NewSubtitles {
                    id: Some(file),
                    language_code: Some(subtitles.language_code.clone()),
                    display_name: Some(subtitles.display_name.clone()),
                    ..NewSubtitles::default()
                };
                let category = match &self.session.category {
                    Some(MediaCategory::AmplifyVideo) => SubtitleCategory::AmplifyVideo,
                    _ => SubtitleCategory::TweetVideo,
                };
                Request::AddSubtitles(CreateSubtitles::new(id(), category, new))
            }
        }
    }

    fn initialize(&self) -> InitializeUpload {
        let Session { media_type, category, size, .. } = &self.session;
        let mut initialize = InitializeUpload::new();
        initialize.media_type = Some(media_type.clone());
        initialize.media_category.clone_from(category);
        initialize.total_bytes = Some(*size);
        let owners = &self.options.additional_owners;
        initialize.additional_owners = (!owners.is_empty()).then(|| owners.clone());
        initialize
    }

    fn apply(&mut self, what: What, answer: Answer, now: Timestamp) {
        match (what, answer) {
            (What::Append(index), _) => {
                self.session.done.insert(index);
            }
            (What::Subtitles(place), Answer::Media(file)) => {
                self.todo.insert(0, Task::new(What::AddSubtitles(place, file.id)));
            }
            (What::Initialize, Answer::Media(media)) => {
                self.session.media_id = Some(media.id);
                self.know(*media, now);
            }
            (What::Finalize | What::Status, Answer::Media(media)) => {
                let is_there = media.size.is_some() || media.processing_info.is_some();
                if let Some(refusal) = self.doubt.take().filter(|_| !is_there) {
                    self.failure = self.failure.take().or(Some(refusal));
                    return;
                }
                if self.session.stage == Stage::Finalize {
                    self.session.stage = Stage::Process;
                    self.deadline = Some(now.saturating_add(self.options.processing_deadline));
                }
                self.know(*media, now);
                self.processed(now);
            }
            (What::Describe | What::AddSubtitles(..), _) => {}
            (_, Answer::Done) => self.failure = self.failure.take().or(Some(UploadError::NoData)),
        }
    }

    fn know(&mut self, media: UploadedMedia, now: Timestamp) {
        if let Some(seconds) = media.expires_after_secs {
            let expires = now.saturating_add(Duration::from_secs(seconds));
            self.session.expires_at = Some(expires.as_seconds());
        }
        if media.media_key.is_some() {
            self.session.media_key.clone_from(&media.media_key);
        }
        self.media = Some(media);
    }

    /// Looks at what X says of processing: it is done, it failed, or X is to be asked again.
    fn processed(&mut self, now: Timestamp) {
        let media = self.media();
        let Some(info) = media.processing_info else { return };
        match &info.state {
            None | Some(MediaProcessingState::Succeeded) => {}
            Some(MediaProcessingState::Failed) => {
                self.failure =
                    Some(UploadError::Processing { media_id: media.id, info: Box::new(info) });
            }
            Some(_) => {
                let deadline = self.deadline.unwrap_or(Timestamp::MAX);
                if now >= deadline {
                    let deadline = self.options.processing_deadline;
                    self.failure = Some(UploadError::Late { media_id: media.id, deadline });
                    return;
                }
                let pause = Duration::from_secs(info.check_after_secs.unwrap_or(1).max(1));
                let due = now.saturating_add(pause).min(deadline);
                self.todo.push(Task { due: Some(due), ..Task::new(What::Status) });
            }
        }
    }

    fn failed(&mut self, mut task: Task, error: UploadError, moment: &Moment<'_>) {
        let verdict = verdict(&error, task.attempts, moment);
        let may_repeat = task.attempts < self.options.attempts && self.failure.is_none();
        match verdict {
            Verdict::Again(due) | Verdict::Pause(due) if may_repeat => {
                if matches!(verdict, Verdict::Pause(_)) {
                    let later = |task: &mut Task| task.due = task.due.max(Some(due));
                    self.todo.iter_mut().for_each(later);
                } else {
                    task.in_doubt = true;
                }
                task.due = Some(due);
                self.todo.push(task);
            }
            _ => self.refused(&task, error),
        }
    }

    /// An end that X refuses, after one that was lost, may be there: X knows.
    fn refused(&mut self, task: &Task, error: UploadError) {
        if self.failure.is_some() {
            return;
        }
        let is_refusal = matches!(&error, UploadError::Call(Error::Api(error))
            if matches!(error.status, StatusCode::BAD_REQUEST | StatusCode::CONFLICT));
        if matches!(task.what, What::Finalize) && task.in_doubt && is_refusal {
            self.doubt = Some(error);
            self.todo.push(Task::new(What::Status));
        } else {
            self.failure = Some(self.doubt.take().unwrap_or(error));
        }
    }

    fn media(&self) -> UploadedMedia {
        if let Some(media) = &self.media {
            return media.clone();
        }
        let id = self.session.media_id.expect("X has named the file before this stage");
        let mut media = UploadedMedia::new(id);
        media.media_key.clone_from(&self.session.media_key);
        media
    }
}

const fn next(stage: Stage) -> Stage {
    match stage {
        Stage::Initialize => Stage::Append,
        Stage::Append => Stage::Finalize,
        // A file that needs no processing, or was asked for, is past it already.
        Stage::Finalize | Stage::Process => Stage::Describe,
        Stage::Describe | Stage::Complete => Stage::Complete,
    }
}
