//! Peers in other languages, which measure themselves: their own start counts for nothing.

use std::{
    env,
    process::{Command, Output},
};

/// A peer that a script measures.
#[derive(Debug)]
pub struct Script {
    /// Its name, without a version.
    pub name: &'static str,
    /// What of it is measured, as it stands in the table behind the version.
    what: &'static str,
    /// The variable that names the interpreter, and what it is called without that.
    interpreter: (&'static str, &'static str),
    file: &'static str,
    how: &'static str,
}

/// What a script printed.
#[derive(Debug)]
pub struct Measured {
    /// As it stands in the table.
    pub name: String,
    /// What one run took.
    pub microseconds: f64,
    /// What it made, if it says so.
    pub made: String,
}

const PYTHON: (&str, &str) = ("X_PYTHON", "python3");
const NODE: (&str, &str) = ("X_NODE", "node");
const BY_PIP: &str = "pip install -r twitter-sandbox/tests/judges/requirements.txt, and X_PYTHON";
const BY_NPM: &str = "npm ci of twitter-sandbox/tests/judges/npm, and NODE_PATH";

/// Those that make calls. Their arguments: the base URL, how many calls.
pub static CALLERS: [Script; 2] = [
    Script {
        name: "tweepy",
        what: "get_me",
        interpreter: PYTHON,
        file: "with_tweepy.py",
        how: BY_PIP,
    },
    Script {
        name: "npm twitter-api-v2",
        what: "v2.me",
        interpreter: NODE,
        file: "with_twitter_api_v2.js",
        how: BY_NPM,
    },
];

/// Those that sign. Their arguments: method, URL, form body, how many signatures.
pub static SIGNERS: [Script; 2] = [
    Script {
        name: "Python oauthlib",
        what: "Client.sign",
        interpreter: PYTHON,
        file: "sign_with_oauthlib.py",
        how: BY_PIP,
    },
    Script {
        name: "npm oauth-1.0a",
        what: "authorize, toHeader",
        interpreter: NODE,
        file: "sign_with_oauth_1_0a.js",
        how: BY_NPM,
    },
];

impl Script {
    /// Runs it. It prints its version, the microseconds of a run, and maybe what it made.
    ///
    /// # Errors
    ///
    /// Why it was skipped.
    pub fn run(&self, arguments: &[&str]) -> Result<Measured, String> {
        let (variable, usual) = self.interpreter;
        let interpreter = env::var(variable).unwrap_or_else(|_| usual.into());
        let script = format!("{}/peers/{}", env!("CARGO_MANIFEST_DIR"), self.file);
        let mut command = Command::new(&interpreter);
        command.env("PYTHONDONTWRITEBYTECODE", "1").arg(script).args(arguments);
        let Output { status, stdout, stderr } = command
            .output()
            .map_err(|error| format!("skipped: {interpreter} does not start: {error}"))?;
        let printed = String::from_utf8_lossy(&stdout);
        match self.measured(&printed) {
            Some(measured) if status.success() => Ok(measured),
            _ => {
                let why = String::from_utf8_lossy(&stderr);
                let why = why.lines().find(|line| line.contains("Error")).unwrap_or("no number");
                Err(format!("skipped: {why}; it needs {}", self.how))
            }
        }
    }

    fn measured(&self, printed: &str) -> Option<Measured> {
        let mut words = printed.split_whitespace();
        let version = words.next()?;
        let microseconds = words.next()?.parse().ok()?;
        let made = words.next().unwrap_or_default().into();
        let name = format!("{} {version}, {}", self.name, self.what);
        Some(Measured { name, microseconds, made })
    }
}
