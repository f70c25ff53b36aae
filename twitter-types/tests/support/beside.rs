//! What lies beside the checkout, or below `X_SHARED`: X's specification, examples and cases.

use std::path::{Path, PathBuf};

/// A file or a folder of it, or `None` and a word about what is skipped.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let path = std::env::var_os("X_SHARED").map_or_else(beside, PathBuf::from).join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no {} (set X_SHARED to the shared folder)", path.display());
    None
}
