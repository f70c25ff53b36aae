//! Where a stream stands, in a file of the profile, from one run to the next.

use std::collections::VecDeque;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use twitter_types::endpoint::BaseUrl;
use twitter_types::stream::Cursor;

use crate::context::Context;
use crate::failure::Failure;
use crate::home::{self, Lock};

/// The file of a stream. Nobody else has it meanwhile.
pub(super) struct Kept {
    file: PathBuf,
    _lock: Lock,
}

/// What is kept.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Saved {
    /// Where the stream stands.
    pub(super) cursor: Option<Cursor>,
    /// What tells the latest items from others: those that come again are not printed again.
    pub(super) seen: VecDeque<u64>,
}

/// As many items are known again by a later run. A backfill is of whole minutes and of the ten seconds
/// that X may take to deliver an item: that is 280 items a second, and a filtered stream has 250 at
/// most.
const SEEN: usize = 20_000;

impl Kept {
    /// The file of a stream, or of a part of one.
    pub(super) fn of(
        context: &Context,
        name: &str,
        partition: Option<&str>,
    ) -> Result<Self, Failure> {
        let mut name = name.to_owned();
        if let Some(partition) = partition {
            name = format!("{name}-{partition}");
        }
        // One profile may be of X and of servers that stand in for it.
        if context.base_url != BaseUrl::default() {
            name = format!("{name}-{}", home::name_for(&context.base_url.to_string()));
        }
        let file = context.folder.join("streams").join(format!("{name}.json"));
        let lock = home::try_lock(&file)?.ok_or_else(|| {
            Failure::here(
                "the same stream is followed by another command of this profile: end that one \
                 first, since both would keep where they are in one file",
            )
        })?;
        Ok(Self { file, _lock: lock })
    }

    pub(super) fn read(&self) -> Result<Option<Saved>, Failure> {
        let file = self.file.display();
        match fs::read(&self.file) {
            Ok(saved) => serde_json::from_slice(&saved).map(Some).map_err(|error| {
                Failure::here(format!("{file}: {error}"))
                    .and("where the last run ended cannot be read; --no-resume begins now")
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::file(file, &error)),
        }
    }

    pub(super) fn write(&self, saved: &[u8]) -> Result<(), Failure> {
        home::write(&self.file, saved)
    }
}

impl Saved {
    /// Remembers an item, if something tells it from others.
    pub(super) fn seen(&mut self, identity: Option<u64>) {
        if self.seen.len() == SEEN {
            self.seen.pop_front();
        }
        self.seen.extend(identity);
    }
}
