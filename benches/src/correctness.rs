//! Whether the peers, and ours, sign right and read everything: counted, over vectors and bodies that others wrote.

mod bodies;
mod children;
#[path = "../../twitter-types/examples/decode/documented.rs"]
mod documented;
mod readers;
mod reasons;
mod signers;
mod vectors;

use std::env;
use std::path::PathBuf;

pub use bodies::bodies;
pub use reasons::reason;
pub use vectors::vectors;

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// As expected.
    Passed,
    /// Read, but not all of it is there.
    Lost(String),
    /// Something else came out, or an error.
    Failed(String),
    /// The peer's interface does not take it, which is no failure.
    Cannot(String),
}

/// One signer or reader, and its cases in their order, by their names.
#[derive(Debug)]
pub struct Row {
    /// Its name and version.
    pub name: String,
    /// Its cases, or why it did not run.
    pub cases: Result<Vec<(String, Outcome)>, String>,
}

/// A folder of what is shared beside the checkout, or below `X_SHARED`.
fn shared(path: &str) -> Result<PathBuf, String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let folder = env::var_os("X_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let path = folder.join(path);
    if path.exists() { Ok(path) } else { Err(format!("{} is not there", path.display())) }
}
