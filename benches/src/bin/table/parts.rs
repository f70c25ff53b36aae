//! The parts of the measurements, each of which is measured by a process of its own.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use benches::report::{Chapter, Part};

use crate::{USAGE, calls, correctness, decoding, memory, signing, sizes, streaming};

/// The hidden argument: `--part NAME DEPTH`, which prints the part as JSON.
pub(crate) const CHILD: &str = "--part";

/// How much is measured.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Depth {
    /// All.
    All,
    /// What checks go by: no time, no script, and nobody who is in no figure.
    Counted,
}

impl Depth {
    /// Whether a contestant is measured; `held` are those who are in a figure or in the baseline.
    pub(crate) fn wants(self, held: &[&str], name: &str) -> bool {
        self == Self::All || held.contains(&name)
    }
}

/// Starts the arguments behind the first, which is the processor, with as many files as there may be.
const ONE_PROCESSOR: &str = r#"ulimit -Sn "$(ulimit -Hn)"; exec taskset -c "$0" "$@""#;

const ALL: &str = "all";
const COUNTED: &str = "counted";

/// What the baseline is of.
pub(crate) const COUNTED_PARTS: [&str; 4] = ["signing", "decoding", "streaming", "calls"];
/// What is measured without a word, and checked.
pub(crate) const CHECKED: [&str; 5] = ["signing", "decoding", "streaming", "calls", "memory"];

/// All of them, in the order of the page.
pub(crate) static CHAPTERS: [Chapter; 7] = [
    Chapter {
        name: "signing",
        title: "Signing",
        about: "From URL, form body and keys to the `Authorization` header of OAuth 1.0a, HMAC-SHA1.",
    },
    Chapter {
        name: "decoding",
        title: "Decoding",
        about: "A reply to a search: 100 posts with all fields, and what they refer to.",
    },
    Chapter {
        name: "streaming",
        title: "Streams",
        about: "From the bytes of a filtered stream, in pieces of 16 KB, to its posts.",
    },
    Chapter {
        name: "calls",
        title: "Calls",
        about: "A user looked up with every field, signed, over a kept connection on loopback. Raw clients send what \
                ours sends but the credential, and take the body as bytes.",
    },
    Chapter {
        name: "memory",
        title: "Memory",
        about: "What many calls at once and a large upload hold.",
    },
    Chapter {
        name: "sizes",
        title: "Dependencies, build time and size",
        about: "What each crate brings along, and what a small program comes to, alone and beside its peers.",
    },
    Chapter {
        name: "correctness",
        title: "Right signatures, and bodies that are read",
        about: "Requests whose signatures are known, and the documentation's own JSON.",
    },
];

/// Prints parts, and returns whether all their figures hold.
pub(crate) fn print(names: &[&str]) -> Result<bool, String> {
    let mut held = true;
    for name in names {
        let part = measure(name, Depth::All)?;
        println!("{}", part.text(name));
        held &= part.holds();
    }
    Ok(held)
}

/// Measures a part, in a process of its own: calls and crowds in one that has one processor.
pub(crate) fn measure(name: &str, depth: Depth) -> Result<Part, String> {
    if !CHAPTERS.iter().any(|chapter| chapter.name == name) {
        return Err(USAGE.into());
    }
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let mut command = if name == "calls" || name == "memory" {
        let mut command = Command::new("sh");
        command.args(["-c", ONE_PROCESSOR, &processor()?]).arg(program);
        command
    } else {
        Command::new(program)
    };
    let depth = if depth == Depth::All { ALL } else { COUNTED };
    let output = command
        .args([CHILD, name, depth])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{:?} does not start: {error}", command.get_program()))?;
    if !output.status.success() {
        return Err(format!("{name} could not be measured: {}", output.status));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{name}: {error}"))
}

/// The first processor that this process may use.
fn processor() -> Result<String, String> {
    let status = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let allowed = allowed.ok_or("Linux does not say which processors may be used")?.trim();
    Ok(allowed.chars().take_while(char::is_ascii_digit).collect())
}

/// The process of a part.
pub(crate) fn child(name: &str, depth: &str) -> Result<(), String> {
    let depth = if depth == COUNTED { Depth::Counted } else { Depth::All };
    let part = match name {
        "signing" => signing::part(depth),
        "decoding" => decoding::part(depth),
        "streaming" => streaming::part(depth),
        "calls" => calls::part(depth),
        "memory" => memory::part(),
        "sizes" => sizes::part(),
        _ => Ok(correctness::part()),
    }?;
    println!("{}", serde_json::to_string(&part).map_err(|error| error.to_string())?);
    Ok(())
}
