//! The error bodies that X's documentation shows, where they lie beside the checkout.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::refused;

/// Each file, the status that such an answer has, and what its explanation says.
const EXAMPLES: &[(&str, u16, &str)] = &[
    ("220.json", 403, "use a user's credential"),
    ("415.json", 403, "add the callback URL"),
    ("88.json", 429, "wait until the window resets"),
    ("93.json", 403, "allow direct messages"),
    ("Common-errors.json", 403, "the credential may not do this"),
    ("ConnectionException.json", 429, "close the other connection"),
    ("Invalid-Request.2.json", 400, "check the parameters"),
    ("Invalid-Request.json", 400, "check the parameters"),
    ("Unauthorized.json", 401, "check that the keys"),
    ("operational-disconnect.json", 503, "X has a problem of its own"),
];

#[test]
fn documented_errors_are_understood() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("X_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("x-api/examples/errors");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: no {} (set X_SHARED to the shared folder)", folder.display());
        return;
    };
    for entry in entries {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap();
        let example = EXAMPLES.iter().find(|example| example.0 == name);
        let &(_, status, next) = example.unwrap_or_else(|| panic!("list {name} here"));
        let error = refused(status, &[], fs::read(&file).unwrap());
        assert!(error.explain().starts_with(next), "{name}: {error}");
        let [problem] = &error.problems[..] else { panic!("{name}: {error:?}") };
        assert!(problem.text().is_some() && problem.extra.is_empty(), "{name}: {problem:?}");
    }
}
