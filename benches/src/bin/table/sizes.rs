//! The tables of what a crate brings along: crates, time to build, and size.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use benches::report::{Part, Table, grouped};

use crate::{
    programs::{GROUPS, Group, NOTHING, Program},
    shown,
};

const COLUMNS: [&str; 4] = ["crates", "build, CPU s", "x serde", "program, KB"];

const NOTES: &str = "
crates: how many are compiled for the program, its own not among them, without those that only build others (`cargo tree -e
normal`). build: a clean `cargo build --release` into an empty folder, once, everything downloaded before, in
seconds of a processor, all processors together: what else the machine does counts little. x serde: times what serde, with
its derive, and serde_json took in this run. program: stripped, by the default release profile; for a library that has no
program of its own there is none.

Each program is a package of its own below `target`, with the lock file of the workspace, so that no peer turns on features of
another's dependencies. Raw ureq and raw reqwest have the features that our clients ask of them. They print the answer as it
is, while ours, xdk-rs and twitter-v2 read it. Features are the default ones where none are named, but for twitter-v2, which
is built with rustls as the others are. xdk-rs builds aws-lc, which is in C, and others ring.";

/// Builds everything.
pub(crate) fn part() -> Result<Part, String> {
    let folder = folder()?;
    let mut part = Part { notes: NOTES.into(), ..Part::default() };
    let mut serde = None;
    for group in &GROUPS {
        let table = table(group, &folder, &mut serde);
        let columns = ["crates", "build, CPU s", "program, KB"];
        let panels =
            columns.map(|column| table.panel(format!("{}: {column}", table.title), column));
        part.panels.extend(panels.into_iter().filter(|panel| panel.bars.len() > 1));
        part.tables.push(table);
    }
    Ok(part)
}

/// What cannot be built says so, and takes nothing from the others.
fn table(group: &Group, folder: &Path, serde: &mut Option<f64>) -> Table {
    let mut table = Table::new(group.title, &COLUMNS);
    for program in group.programs {
        eprintln!("building {}", program.name);
        let cells = build(program, folder).map(|Built { crates, seconds, bytes }| {
            let serde = *serde.get_or_insert(seconds);
            vec![
                crates.to_string(),
                grouped(seconds, 1),
                grouped(seconds / serde, 1),
                shown((program.source != NOTHING).then_some(bytes / 1000.0), 0),
            ]
        });
        if let Err(why) = &cells {
            eprintln!("{why}");
        }
        let short = |why: String| format!("not built: {}", why.lines().last().unwrap_or_default());
        table.push(program.name, program.is_ours, cells.map_err(short));
    }
    table
}

struct Built {
    crates: usize,
    seconds: f64,
    bytes: f64,
}

fn build(program: &Program, folder: &Path) -> Result<Built, String> {
    let text = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(text)?;
    }
    fs::create_dir_all(folder.join("src")).map_err(text)?;
    fs::write(folder.join("src/main.rs"), program.source).map_err(text)?;
    fs::write(folder.join("Cargo.toml"), manifest(program)).map_err(text)?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(text)?;
    let (target, package) = (folder.join("target"), program.member.unwrap_or("program"));
    let place = if program.member.is_some() { workspace() } else { folder.into() };
    let run = |arguments: &[&str]| cargo(&place, &target, arguments);
    // This also downloads what is to be built.
    let tree = run(&["tree", "--quiet", "-p", package, "-e", "normal", "--prefix", "none"])?;
    let start = seconds_of_children()?;
    run(&["build", "--quiet", "--release", "-p", package])?;
    let seconds = seconds_of_children()? - start;
    let binary = if program.member.is_some() { "release/twitter" } else { "release/program" };
    let binary = fs::metadata(target.join(binary)).map_err(text)?;
    fs::remove_dir_all(folder).map_err(text)?;
    Ok(Built { crates: crates(&tree), seconds, bytes: binary.len() as f64 })
}

/// Seconds of a processor that all programs have taken which this one has started, and which have ended.
fn seconds_of_children() -> Result<f64, String> {
    const TICKS: f64 = 100.0; // a second, whatever the machine: `man 5 proc`
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| error.to_string())?;
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(13).take(2);
    let ticks: Vec<f64> = ticks.filter_map(|field| field.parse().ok()).collect();
    match ticks[..] {
        [user, system] => Ok((user + system) / TICKS),
        _ => Err("/proc/self/stat is of another form".into()),
    }
}

/// How many crates a tree has below its root.
fn crates(tree: &str) -> usize {
    // A crate that was shown before has a mark behind it.
    let names = tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|l| !l.is_empty());
    names.collect::<BTreeSet<_>>().len() - 1
}

fn manifest(program: &Program) -> String {
    let root = workspace().display().to_string();
    format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[dependencies]\n{}\n",
        program.dependencies.replace("../", &format!("{root}/"))
    )
}

fn cargo(place: &Path, target: &Path, arguments: &[&str]) -> Result<String, String> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(&cargo)
        .current_dir(place)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTC_WRAPPER")
        .args(arguments)
        .output()
        .map_err(|error| format!("{cargo} does not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<_> = said.lines().filter(|line| line.contains("error")).collect();
    Err(format!("cargo {} failed: {}", arguments[0], said.join("; ")))
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Below the target folder, whatever that is.
fn folder() -> Result<PathBuf, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    Ok(program.with_file_name("program-of-its-own"))
}
