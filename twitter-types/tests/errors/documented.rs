//! The error bodies that X's documentation shows, where they lie beside the checkout.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::refused;

/// Each file, the status that such an answer has, and its cause.
const EXAMPLES: &[(&str, u16, &str)] = &[
    ("220.json", 403, "user-needed"),
    ("415.json", 403, "callback-not-approved"),
    ("88.json", 429, "window-spent"),
    ("93.json", 403, "direct-messages-not-allowed"),
    ("Common-errors.json", 403, "forbidden"),
    ("ConnectionException.json", 429, "stream-too-many-connections"),
    ("Invalid-Request.2.json", 400, "invalid-request"),
    ("Invalid-Request.json", 400, "invalid-request"),
    ("Unauthorized.json", 401, "not-authenticated"),
    ("operational-disconnect.json", 503, "stream-ended"),
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
        let &(_, status, id) = example.unwrap_or_else(|| panic!("list {name} here"));
        let error = refused(status, &[], fs::read(&file).unwrap());
        assert_eq!(error.why().id, id, "{name}: {error}");
        let [problem] = &error.problems[..] else { panic!("{name}: {error:?}") };
        assert!(problem.text().is_some() && problem.extra.is_empty(), "{name}: {problem:?}");
    }
}
