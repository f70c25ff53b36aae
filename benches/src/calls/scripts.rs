//! Peers in other languages, which measure themselves.

use std::{
    env,
    process::{Command, Output},
};

/// A peer that a script measures.
#[derive(Debug)]
pub struct Script {
    /// As it stands in the table.
    pub name: &'static str,
    /// The variable that names the interpreter, and what it is called without that.
    interpreter: (&'static str, &'static str),
    file: &'static str,
    how: &'static str,
}

/// All of them.
pub static SCRIPTS: [Script; 2] = [
    Script {
        name: "tweepy 4.17, get_me",
        interpreter: ("X_PYTHON", "python3"),
        file: "with_tweepy.py",
        how: "pip install -r twitter-sandbox/tests/judges/requirements.txt, and X_PYTHON",
    },
    Script {
        name: "npm twitter-api-v2 1.29, v2.me",
        interpreter: ("X_NODE", "node"),
        file: "with_twitter_api_v2.js",
        how: "npm install twitter-api-v2@1.29.1, and NODE_PATH",
    },
];

impl Script {
    /// The median time of a call, in microseconds.
    ///
    /// # Errors
    ///
    /// Why it was skipped.
    pub fn microseconds(&self, base_url: &str, calls: usize) -> Result<f64, String> {
        let (variable, usual) = self.interpreter;
        let interpreter = env::var(variable).unwrap_or_else(|_| usual.into());
        let script = format!("{}/peers/{}", env!("CARGO_MANIFEST_DIR"), self.file);
        let mut command = Command::new(&interpreter);
        command.arg(script).arg(base_url).arg(calls.to_string());
        let Output { status, stdout, stderr } =
            command.output().map_err(|error| format!("{interpreter} does not start: {error}"))?;
        let printed = String::from_utf8_lossy(&stdout);
        match printed.trim().parse() {
            Ok(microseconds) if status.success() => Ok(microseconds),
            _ => {
                let why = String::from_utf8_lossy(&stderr);
                let why = why.lines().find(|line| line.contains("Error")).unwrap_or("no number");
                Err(format!("{why}; it needs {}", self.how))
            }
        }
    }
}
