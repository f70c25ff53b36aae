//! `twitter upload`: a file on its way to a media id, also over several runs of the command.

mod bar;

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use twitter_client_blocking::Client;
use twitter_types::auth::AnyCredential;
use twitter_types::models::{MediaCategory, UploadMediaType, UploadedMedia};
use twitter_types::upload::{Options, Subtitles, Target, UploadError};

use self::bar::Bar;
use crate::args::{self, Purpose};
use crate::context::Context;
use crate::failure::Failure;
use crate::home;
use crate::output::{self, note};

/// Uploads a file, and prints what X says of it: its id, above all.
pub(crate) fn run(context: &Context, upload: &args::Upload) -> Result<(), Failure> {
    let options = options(upload)?;
    let client = context.client()?;
    let kept = Kept::of(context, upload)?;
    let outcome = match kept.read()? {
        None => send(&client, upload, options, &kept),
        Some(saved) => {
            note!("An earlier upload of the file was interrupted: going on with it.");
            match send(&client, upload, options.clone().resume(saved), &kept) {
                Err(error) if is_of_no_use(&error) => {
                    note!("It cannot be gone on with, so it begins anew.");
                    send(&client, upload, options, &kept)
                }
                outcome => outcome,
            }
        }
    };
    match outcome {
        Ok(media) => {
            kept.delete();
            Ok(output::line(&media)?)
        }
        Err(error) => {
            let may_go_on = may_go_on(&error);
            let failure = match error {
                UploadError::Call(error) => context.failure(error),
                error => error.into(),
            };
            if !may_go_on {
                kept.delete();
            } else if kept.file.exists() {
                return Err(failure.and("the same command goes on from here"));
            }
            Err(failure)
        }
    }
}

fn send(
    client: &Client<AnyCredential>,
    upload: &args::Upload,
    options: Options,
    kept: &Kept,
) -> Result<UploadedMedia, UploadError> {
    let file = fs::File::open(&upload.file)?;
    let mut bar = Bar::new();
    let mut not_kept = None;
    let outcome = client.upload_with(file, options, |upload| {
        bar.show(&upload.progress());
        // Before X has named an id, there is nothing to go on with.
        if not_kept.is_none() && upload.media_id().is_some() {
            not_kept = kept.write(&upload.save()).err();
        }
    });
    drop(bar);
    if let Some(failure) = not_kept {
        note!("How far the upload was could not be kept: {failure}");
    }
    outcome
}

/// What was kept of an earlier upload belongs to another file by now, or X has forgotten it.
fn is_of_no_use(error: &UploadError) -> bool {
    use UploadError::{Expired, OtherFile, Unreadable};
    matches!(error, Unreadable(_) | OtherFile | Expired) || knows_not(error)
}

/// Whether the same upload may succeed later.
fn may_go_on(error: &UploadError) -> bool {
    use UploadError::{Call, Late, NoData, Read};
    matches!(error, Call(_) | Late { .. } | NoData | Read(_)) && !knows_not(error)
}

/// Whether X does not know what it shall go on with.
fn knows_not(error: &UploadError) -> bool {
    let status = if let UploadError::Call(error) = error { error.status() } else { None };
    status.is_some_and(|status| matches!(status.as_u16(), 400 | 404))
}

fn options(upload: &args::Upload) -> Result<Options, Failure> {
    let mut options = Options::new(match upload.purpose {
        Purpose::Post => Target::Post,
        Purpose::Dm => Target::DirectMessage,
        Purpose::Subtitles => Target::Subtitles,
        Purpose::Amplify => Target::Amplify,
    });
    if let Some(category) = &upload.category {
        options = options.category(MediaCategory::from(category.as_str()));
    }
    if let Some(media_type) = &upload.media_type {
        options = options.media_type(UploadMediaType::from(media_type.as_str()));
    }
    if let Some(text) = &upload.alt_text {
        options = options.alt_text(text);
    }
    for given in &upload.subtitles {
        options = options.subtitles(subtitles(given)?);
    }
    Ok(options)
}

/// Reads `EN=FILE` or `EN:English=FILE`.
fn subtitles(given: &str) -> Result<Subtitles, Failure> {
    let wrong = || {
        Failure::usage(format!(
            "--subtitles {given:?} is not LANGUAGE=FILE, such as EN=film.srt or EN:English=film.srt"
        ))
    };
    let (language, file) = given.split_once('=').ok_or_else(wrong)?;
    let (code, name) = language.split_once(':').unwrap_or((language, language));
    let content = fs::read(file).map_err(|error| Failure::file(file, &error))?;
    Ok(Subtitles::new(content, code, name))
}

/// What is kept of an upload until it is done, in a file of the profile.
struct Kept {
    folder: PathBuf,
    file: PathBuf,
}

impl Kept {
    fn of(context: &Context, upload: &args::Upload) -> Result<Self, Failure> {
        let name = upload.file.display();
        let path = fs::canonicalize(&upload.file).map_err(|error| Failure::file(name, &error))?;
        let (purpose, category) = (upload.purpose, &upload.category);
        let what = format!("{path:?} {purpose:?} {category:?} {}", context.base_url);
        let folder = context.folder.join("uploads");
        let file = folder.join(format!("{}.json", home::name_for(&what)));
        Ok(Self { folder, file })
    }

    fn read(&self) -> Result<Option<String>, Failure> {
        match fs::read_to_string(&self.file) {
            Ok(saved) => Ok(Some(saved)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::file(self.file.display(), &error)),
        }
    }

    fn write(&self, saved: &str) -> Result<(), Failure> {
        home::make(&self.folder)?;
        home::write(&self.file, saved.as_bytes())
    }

    fn delete(&self) {
        // What is left behind does no harm: the next upload of the file looks whether it fits.
        let _ = fs::remove_file(&self.file).and_then(|()| fs::remove_dir(&self.folder));
    }
}
