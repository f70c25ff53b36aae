//! Whether a walk through pages goes on, by the tokens and pages that it has seen.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hasher},
    io,
};

use serde::Serialize;

use crate::endpoint::Error;

/// Whether a walk goes on. It holds a few hundred numbers, however long the walk is: a circle of up
/// to [`RECENT`](Self::RECENT) pages is noticed when it closes, a longer one before it was walked
/// three times.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    /// The last tokens, the newest at the end.
    recent: VecDeque<u64>,
    landmark: Landmark,
    last_items: Option<u64>,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    GoesOn,
    /// The page after the last one is one that was asked for before.
    GoesInCircles,
    Ended,
}

impl Progress {
    const RECENT: usize = 256;

    pub(crate) const fn new() -> Self {
        Self {
            recent: VecDeque::new(),
            landmark: Landmark { token: None, age: 0, lifetime: 1 },
            last_items: None,
            state: State::GoesOn,
        }
    }

    /// Whether there is a page to ask for; an error once, if the walk goes in circles.
    pub(crate) fn next(&mut self) -> Option<Result<(), Error>> {
        match self.state {
            State::GoesOn => Some(Ok(())),
            State::GoesInCircles => {
                self.end();
                Some(Err(Error::NoProgress))
            }
            State::Ended => None,
        }
    }

    pub(crate) const fn end(&mut self) {
        self.state = State::Ended;
    }

    pub(super) const fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Takes the next page's token and a fingerprint of this page's items, if it has any; gives the
    /// token to go on with.
    pub(crate) fn receive(
        &mut self,
        next_token: Option<&str>,
        items: Option<u64>,
    ) -> Result<Option<String>, Error> {
        let Some(token) = next_token else {
            self.end();
            return Ok(None);
        };
        if items.is_some() && items == self.last_items {
            self.end();
            return Err(Error::NoProgress);
        }
        self.last_items = items;
        if self.pass(fingerprint(token)) {
            Ok(Some(token.into()))
        } else {
            self.state = State::GoesInCircles;
            Ok(None)
        }
    }

    /// Whether this is the first time that the walk comes by, as far as is known.
    pub(super) fn pass(&mut self, token: u64) -> bool {
        if self.recent.contains(&token) || self.landmark.token == Some(token) {
            return false;
        }
        if self.recent.len() == Self::RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(token);
        self.landmark.move_on(token);
        true
    }
}

/// The token that a long circle leads back to: one of the walk's, moved on ever more seldom, which
/// is R. P. Brent's way to find a circle of any length ("An improved Monte Carlo factorization
/// algorithm", 1980).
#[derive(Clone, Debug)]
struct Landmark {
    token: Option<u64>,
    age: u64,
    lifetime: u64,
}

impl Landmark {
    const fn move_on(&mut self, token: u64) {
        self.age += 1;
        if self.age == self.lifetime {
            self.token = Some(token);
            self.age = 0;
            self.lifetime = self.lifetime.saturating_mul(2);
        }
    }
}

/// A number that is the same for the same value, and hardly ever for two.
pub(crate) fn fingerprint(value: &(impl Serialize + ?Sized)) -> u64 {
    let mut hasher = Fingerprint(DefaultHasher::new());
    serde_json::to_writer(&mut hasher, value).expect("hashing cannot fail");
    hasher.0.finish()
}

struct Fingerprint(DefaultHasher);

impl io::Write for Fingerprint {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_every_length_are_noticed() {
        for before in [0, 1, 300, 5000] {
            for length in [1, 2, 3, 255, 256, 257, 1000, 12_345] {
                let mut progress = Progress::new();
                let token = |step: u64| {
                    if step < before { step } else { before + (step - before) % length }
                };
                let noticed = (0..).find(|&step| !progress.pass(token(step))).unwrap();
                assert!(noticed >= before + length, "too early: {before} {length} {noticed}");
                if length <= Progress::RECENT as u64 {
                    assert_eq!(noticed, before + length);
                } else {
                    assert!(
                        noticed <= 2 * before.max(length) + length,
                        "{before} {length} {noticed}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_long_walk_holds_no_more_than_a_short_one() {
        let mut progress = Progress::new();
        assert!((0..1_000_000_u64).all(|token| progress.pass(token)));
        assert!(progress.recent.capacity() <= 2 * Progress::RECENT);
    }
}
