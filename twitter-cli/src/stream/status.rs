//! How a stream does, for whoever watches a terminal.

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use super::told::Change;
use crate::output::{self, note};

/// A line on standard error that is drawn over itself, if that is a terminal.
pub(super) struct Status {
    is_watched: bool,
    is_shown: bool,
    pub(super) items: u64,
    gaps: u64,
    unreadable: u64,
    connected: Option<Instant>,
    /// How many items there were at the last look.
    last: (Instant, u64),
}

impl Status {
    pub(super) fn new() -> Self {
        Self {
            is_watched: output::is_watched(),
            is_shown: false,
            items: 0,
            gaps: 0,
            unreadable: 0,
            connected: None,
            last: (Instant::now(), 0),
        }
    }

    /// Makes room for what is printed next.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }

    /// Takes in what happened, and says it.
    pub(super) fn tell(&mut self, words: Option<&str>, change: Option<Change>) {
        let mut count = None;
        match change {
            Some(Change::Connected) => self.connected = Some(Instant::now()),
            Some(Change::Disconnected) => self.connected = None,
            Some(Change::Gap) => self.gaps += 1,
            Some(Change::Unreadable) => {
                self.unreadable += 1;
                count = Some(self.unreadable);
            }
            None => {}
        }
        let Some(words) = words else { return };
        self.clear();
        match count {
            None | Some(1) => note!("{words}"),
            // A stream of such lines is told by fewer and fewer.
            Some(count) if is_power_of_ten(count) => note!("{words} The {count}th such line."),
            Some(_) => {}
        }
    }

    /// Draws the line, if somebody watches: once a second.
    pub(super) fn draw(&mut self) {
        if !self.is_watched {
            return;
        }
        let (then, before) = std::mem::replace(&mut self.last, (Instant::now(), self.items));
        let rate = (self.items - before) as f64 / then.elapsed().as_secs_f64().max(0.001);
        let line = line(self.items, rate, self.connected.map(|since| since.elapsed()), self.gaps);
        output::draw(&line);
        self.is_shown = true;
    }

    /// Leaves the line as it is; whatever is said next stands on one of its own.
    pub(super) fn end(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = writeln!(io::stderr());
        }
    }
}

fn line(items: u64, rate: f64, connected: Option<Duration>, gaps: u64) -> String {
    let plural = |count: u64, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let state = connected.map_or_else(
        || "not connected".to_owned(),
        |time| {
            let seconds = time.as_secs();
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            format!("connected for {hours}:{minutes:02}:{:02}", seconds % 60)
        },
    );
    format!("{}, {rate:.1} a second, {state}, {}", plural(items, "item"), plural(gaps, "gap"))
}

fn is_power_of_ten(count: u64) -> bool {
    count.checked_ilog10().is_some_and(|digits| 10_u64.pow(digits) == count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_the_stream_does() {
        let time = Duration::from_secs(3723);
        let said = line(1234, 12.34, Some(time), 1);
        assert_eq!(said, "1234 items, 12.3 a second, connected for 1:02:03, 1 gap");
        assert_eq!(line(1, 0.0, None, 0), "1 item, 0.0 a second, not connected, 0 gaps");
    }

    #[test]
    fn unreadable_lines_are_told_by_fewer_and_fewer() {
        let told: Vec<_> = (0..2000).filter(|count| is_power_of_ten(*count)).collect();
        assert_eq!(told, [1, 10, 100, 1000]);
    }
}
