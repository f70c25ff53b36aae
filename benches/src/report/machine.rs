//! Where it was measured.

use std::{env, fs, process::Command};

use serde::{Deserialize, Serialize};

/// A machine, and what is installed on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor, and how many of it this process may use.
    pub processor: String,
    /// In GiB.
    pub memory: String,
    /// The kernel.
    pub kernel: String,
    /// As `rustc --version` has it, and its target.
    pub compiler: String,
    /// The C library, and valgrind.
    pub counter: String,
    /// The commit, and whether the files are as it has them.
    pub commit: String,
    /// The day, of UTC.
    pub date: String,
    /// How many processes ran or waited when it began, over the last minute: a quiet machine has near to none.
    pub load: String,
}

/// Whether files are not as the commit has them, but for what is written of measurements.
const CHANGED: [&str; 7] = [
    "status",
    "--porcelain",
    "--untracked-files=no",
    "--",
    ":(top)",
    ":(top,exclude)docs/measurements",
    ":(top,exclude)docs/measurements.md",
];

impl Machine {
    /// This one, now. What cannot be found out is a question mark.
    pub fn here() -> Self {
        let file = |path| fs::read_to_string(path).unwrap_or_default();
        let (processors, memory) = (file("/proc/cpuinfo"), file("/proc/meminfo"));
        let model = behind(&processors, "model name").unwrap_or("an unknown processor");
        let count = std::thread::available_parallelism().map_or(0, usize::from);
        let kilobytes: f64 = behind(&memory, "MemTotal")
            .and_then(|text| text.trim_end_matches(" kB").parse().ok())
            .unwrap_or(f64::NAN);
        let changed = said("git", &CHANGED);
        let changed = if changed.is_some() { ", with changes" } else { "" };
        let or = |text: Option<String>| text.unwrap_or_else(|| "?".into());
        Self {
            processor: format!("{model}, {count} of it"),
            memory: format!("{:.1} GiB", kilobytes / 1024.0 / 1024.0),
            kernel: or(said("uname", &["-sr"])),
            compiler: compiler(),
            counter: format!(
                "{}, {}",
                or(said("getconf", &["GNU_LIBC_VERSION"])),
                or(said("valgrind", &["--version"]))
            ),
            commit: or(said("git", &["rev-parse", "--short", "HEAD"])) + changed,
            date: or(said("date", &["-u", "+%Y-%m-%d"])),
            load: file("/proc/loadavg").split(' ').next().unwrap_or("?").into(),
        }
    }
}

fn compiler() -> String {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let verbose = said(&rustc, &["-vV"]).unwrap_or_default();
    let host = behind(&verbose, "host").unwrap_or("?");
    format!("{}, {host}", verbose.lines().next().unwrap_or("rustc ?"))
}

/// What a command says, if it succeeds and says something.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// What stands behind a label and a colon.
fn behind<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(label))?;
    line.split_once(':').map(|(_, value)| value.trim())
}

/// The version of a crate in the lock file, as it was when this was compiled.
pub fn version(name: &str) -> &'static str {
    let lock = include_str!("../../../Cargo.lock");
    let entries = lock.split("[[package]]\n");
    let of = |entry: &'static str| {
        let rest = entry.strip_prefix("name = \"")?.strip_prefix(name)?;
        rest.strip_prefix("\"\nversion = \"")?.split('"').next()
    };
    // The newest of several is the one that this crate depends on.
    entries.filter_map(of).last().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::{Machine, behind, version};

    #[test]
    fn labels_are_found() {
        let text = "processor\t: 0\nmodel name\t: Some (R) @ 2 GHz\nhost: x86_64-unknown-linux-gnu";
        assert_eq!(behind(text, "model name"), Some("Some (R) @ 2 GHz"));
        assert_eq!(behind(text, "host"), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(behind(text, "cache"), None);
    }

    #[test]
    fn this_machine_has_a_compiler() {
        let compiler = Machine::here().compiler;
        assert!(compiler.starts_with("rustc 1."), "{compiler}");
    }

    #[test]
    fn versions_are_those_of_the_lock_file() {
        assert!(version("ureq").starts_with("3."));
        assert_eq!(version("no-such-crate"), "?");
    }
}
