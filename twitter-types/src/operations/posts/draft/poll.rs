//! The poll of a new post.

use std::{error, fmt};

use serde::{Deserialize, Serialize};

/// A poll to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPoll {
    options: Vec<String>,
    duration_minutes: u16,
}

impl NewPoll {
    /// Two to four choices of 1 to 25 characters, open for 5 to 10,080 minutes, which is a week.
    ///
    /// # Errors
    ///
    /// Says which bound is broken.
    pub fn new(
        options: impl IntoIterator<Item = impl Into<String>>,
        duration_minutes: u16,
    ) -> Result<Self, InvalidPoll> {
        let options: Vec<String> = options.into_iter().map(Into::into).collect();
        let is_short = |option: &String| (1..=25).contains(&option.chars().count());
        if !(2..=4).contains(&options.len()) {
            Err(InvalidPoll::Options)
        } else if !options.iter().all(is_short) {
            Err(InvalidPoll::Length)
        } else if !(5..=10_080).contains(&duration_minutes) {
            Err(InvalidPoll::Duration)
        } else {
            Ok(Self { options, duration_minutes })
        }
    }
}

/// Which bound a poll breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPoll {
    /// Fewer than two choices, or more than four.
    Options,
    /// A choice without a character, or with more than 25.
    Length,
    /// Less than 5 minutes, or more than 10,080.
    Duration,
}

impl fmt::Display for InvalidPoll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Options => "a poll has two to four choices",
            Self::Length => "a choice of a poll has 1 to 25 characters",
            Self::Duration => "a poll is open for 5 to 10,080 minutes",
        })
    }
}

impl error::Error for InvalidPoll {}
