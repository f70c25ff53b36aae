//! The page of all measurements, and its pictures.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use benches::report::{Machine, Page, Taken};

use crate::{
    USAGE,
    parts::{CHAPTERS, Depth, measure},
};

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs");

/// Measures these parts, or all; writes the page of what was measured now or before, and returns whether no part
/// failed.
pub(crate) fn write(names: &[&str]) -> Result<bool, String> {
    if names.iter().any(|name| !CHAPTERS.iter().any(|chapter| chapter.name == *name)) {
        return Err(USAGE.into());
    }
    let kept = kept()?;
    let (machine, mut failed) = (Machine::here(), Vec::new());
    for (index, chapter) in CHAPTERS.iter().enumerate() {
        let path = kept.join(chapter.name).with_extension("json");
        if !names.is_empty() && !names.contains(&chapter.name) {
            continue;
        }
        eprintln!("--- {} of {}: {}", index + 1, CHAPTERS.len(), chapter.name);
        let start = Instant::now();
        let part = match measure(chapter.name, Depth::All) {
            Ok(part) => part,
            Err(why) => {
                eprintln!("{why}");
                failed.push(chapter.name);
                continue;
            }
        };
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("--- {}: {seconds:.0} s", chapter.name);
        let taken = Taken { part, machine: machine.clone(), seconds };
        let text = serde_json::to_string(&taken).map_err(|error| error.to_string())?;
        write_file(&path, &text)?;
        // After each, so that what stops the run takes nothing that is there.
        render(&kept)?;
    }
    render(&kept)?;
    for name in &failed {
        eprintln!("{name} failed; to measure it again: table page {name}");
    }
    Ok(failed.is_empty())
}

fn render(kept: &Path) -> Result<(), String> {
    let taken = |name: &str| {
        let path = kept.join(name).with_extension("json");
        let text = fs::read_to_string(path).map_err(|_| format!("`page {name}` does it"))?;
        serde_json::from_str::<Taken>(&text)
            .map_err(|error| format!("it is of another version: {error}"))
    };
    let parts = CHAPTERS.iter().map(|chapter| (chapter, taken(chapter.name))).collect();
    let page = Page { parts };
    let folder = Path::new(DOCS).join("measurements");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (name, svg) in page.plots() {
        write_file(&folder.join(name).with_extension("svg"), &svg)?;
    }
    write_file(&folder.with_extension("md"), &page.markdown())
}

/// Where parts are kept between runs: beside this program.
fn kept() -> Result<PathBuf, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let folder = program.with_file_name("measurements");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn write_file(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
