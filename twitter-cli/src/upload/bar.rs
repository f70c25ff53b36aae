//! How far an upload is, for whoever watches a terminal.

use std::io::{self, Write as _};

use twitter_types::upload::{Progress, Stage};

use crate::output;

/// A line on standard error that is drawn over itself, if that is a terminal.
pub(super) struct Bar {
    is_watched: bool,
    shown: String,
}

impl Bar {
    pub(super) fn new() -> Self {
        Self { is_watched: output::is_watched(), shown: String::new() }
    }

    pub(super) fn show(&mut self, progress: &Progress) {
        if !self.is_watched {
            return;
        }
        let line = line(progress);
        if line != self.shown {
            output::draw(&line);
            self.shown = line;
        }
    }
}

impl Drop for Bar {
    /// Whatever is said next stands on a line of its own.
    fn drop(&mut self) {
        if !self.shown.is_empty() {
            let _ = writeln!(io::stderr());
        }
    }
}

fn line(progress: &Progress) -> String {
    let Progress { stage, sent, total, processed, .. } = *progress;
    match stage {
        Stage::Initialize | Stage::Append => bar("Sending", sent, total) + &size(sent, total),
        Stage::Finalize | Stage::Process => bar("Processed by X", processed.unwrap_or(0), 100),
        Stage::Describe => "Adding what describes it".into(),
        _ => "Done".into(),
    }
}

fn bar(what: &str, done: u64, all: u64) -> String {
    const WIDTH: u64 = 20;
    let part = |of: u64| u128::from(done) * u128::from(of) / u128::from(all.max(1));
    let full = usize::try_from(part(WIDTH)).map_or(20, |full| full.min(20));
    format!("{what} [{:<20}] {:3} %", "#".repeat(full), part(100))
}

fn size(sent: u64, total: u64) -> String {
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    format!(", {:.1} of {:.1} MiB", mib(sent), mib(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_grows_from_nothing_to_all() {
        const MIB: u64 = 1 << 20;
        assert_eq!(bar("Sending", 0, 0), "Sending [                    ]   0 %");
        assert_eq!(bar("Sending", MIB, 3 * MIB), "Sending [######              ]  33 %");
        assert_eq!(bar("Sending", u64::MAX, u64::MAX), "Sending [####################] 100 %");
        assert_eq!(size(MIB / 2, 512 * MIB), ", 0.5 of 512.0 MiB");
    }
}
