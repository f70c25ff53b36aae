//! The signers of npm and PyPI, as child processes that read the file of vectors and print what they signed.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::vectors::Vector;
use super::{Outcome, Row};

/// A script beside this file.
pub(super) struct Child {
    name: &'static str,
    script: &'static str,
    program: fn() -> String,
}

pub(super) static CHILDREN: [Child; 2] = [
    Child { name: "oauth-1.0a (npm)", script: "with_oauth_1_0a.js", program: || "node".to_owned() },
    Child {
        name: "oauthlib (PyPI)",
        script: "with_oauthlib.py",
        program: || env::var("X_PYTHON").unwrap_or_else(|_| "python3".to_owned()),
    },
];

#[derive(Deserialize)]
struct Printed {
    version: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Case {
    Signature(String),
    Cannot(String),
    Error(String),
}

impl Child {
    pub(super) fn row(&self, file: &str, vectors: &[Vector]) -> Row {
        match self.run(file) {
            Ok(printed) => {
                let cases = vectors.iter().zip(printed.cases).map(|(vector, case)| {
                    let outcome = match case {
                        Case::Signature(signature) => vector.judge(&signature),
                        Case::Cannot(reason) => Outcome::Cannot(reason),
                        Case::Error(error) => Outcome::Failed(error),
                    };
                    (vector.name.clone(), outcome)
                });
                let name = format!("{} {}", self.name, printed.version);
                Row { name, cases: Ok(cases.collect()) }
            }
            Err(reason) => Row { name: self.name.to_owned(), cases: Err(reason) },
        }
    }

    fn run(&self, file: &str) -> Result<Printed, String> {
        let program = (self.program)();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/correctness");
        let mut process = Command::new(&program)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(Path::new(folder).join(self.script))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program} does not start: {error}"))?;
        // A child that ends before it has read all says why itself.
        let _ = process.stdin.take().map(|mut input| input.write_all(file.as_bytes()));
        let output = process.wait_with_output().map_err(|error| format!("{program}: {error}"))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let said = text.lines().find(|line| line.contains("Error")).unwrap_or("it failed");
            return Err(format!("{program}: {said}"));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| format!("{program}: {error}"))
    }
}
