//! Why there are no keys, or no credential among them.

use std::{error, fmt, io};

use super::{KeyName, KeyWarning};

/// Why keys cannot be read, or make no credential. It never holds a value.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeysError {
    /// Two variables hold different values for one key.
    #[non_exhaustive]
    Conflict {
        /// Which key.
        key: KeyName,
        /// The variable that is preferred, and where it was found.
        first: String,
        /// The other one.
        second: String,
    },
    /// A variable of the environment is not UTF-8.
    #[non_exhaustive]
    NotUnicode {
        /// Its name.
        variable: &'static str,
    },
    /// The file cannot be read.
    #[non_exhaustive]
    Io {
        /// Which file.
        path: String,
        /// Why not.
        error: io::Error,
    },
    /// Other users of this machine can read the file.
    #[non_exhaustive]
    Exposed {
        /// Which file.
        path: String,
        /// Its permissions, such as `0o644`.
        mode: u32,
    },
    /// A line of the file or text cannot be read.
    #[non_exhaustive]
    Syntax {
        /// The file and the number of the line.
        source: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The file or text has no section of this name.
    #[non_exhaustive]
    NoProfile {
        /// Which file.
        path: String,
        /// The name.
        profile: String,
        /// The names that it has.
        known: Vec<String>,
    },
    /// A key cannot work.
    Unusable(KeyWarning),
    /// A key is there, but not one that belongs to it.
    #[non_exhaustive]
    Missing {
        /// What is missing.
        missing: Vec<KeyName>,
        /// The variable that is there, and where it was found.
        beside: String,
        /// Where was looked.
        place: String,
    },
    /// There is no key of which a credential can be made.
    #[non_exhaustive]
    NoCredential {
        /// The variables that are there, and where they were found.
        found: Vec<String>,
        /// Where was looked.
        place: String,
    },
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { key, first, second } => write!(
                f,
                "{first} and {second} hold different values for the {key}: remove one of them"
            ),
            Self::NotUnicode { variable } => {
                write!(f, "the variable {variable} is not UTF-8: set it again")
            }
            Self::Io { path, .. } => {
                write!(f, "the file {path} cannot be read: its source says why")
            }
            Self::Exposed { path, mode } => write!(
                f,
                "other users of this machine can read the keys in {path} (mode {mode:03o}): run \
                 chmod 600 {path}, and if others may have read it, regenerate the keys in the \
                 developer console"
            ),
            Self::Syntax { source, reason } => write!(f, "{source}: {reason}"),
            Self::NoProfile { path, profile, known } => write!(
                f,
                "{path} has no section [{profile}], but {}: choose one of these, or add it",
                known.join(", ")
            ),
            Self::Unusable(warning) => warning.fmt(f),
            Self::Missing { missing, beside, place } => {
                let variables = list(missing.iter().map(|name| name.variable()));
                let (verb, it) = if missing.len() > 1 { ("are", "them") } else { ("is", "it") };
                write!(f, "{variables} {verb} missing beside {beside}: set {it} in {place}")
            }
            Self::NoCredential { found, place } => {
                write!(f, "there is no credential in {place}: looked for ")?;
                let names = KeyName::BearerToken.variables();
                write!(f, "{} (or {}), and for ", names[0], names[1..].join(", "))?;
                let user = &KeyName::ALL[..4];
                f.write_str(&list(user.iter().map(|name| name.variable())))?;
                f.write_str(" (or CONSUMER_KEY and the like); found ")?;
                if found.is_empty() {
                    f.write_str("none")
                } else {
                    f.write_str(&list(found.iter().map(String::as_str)))
                }
            }
        }
    }
}

impl error::Error for KeysError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        if let Self::Io { error, .. } = self { Some(error) } else { None }
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
