//! The keys of the developer console, from variables, a file or a text. Nothing else in this crate
//! reads any of them.

mod credentials;
mod error;
mod file;
mod name;
mod shape;

pub use error::KeysError;
pub use name::KeyName;
pub use shape::{KeyWarning, Suspicion};

use std::{
    env::{self, VarError},
    fmt,
    path::Path,
};

use crate::auth::Secret;

/// The keys of one App, and of one user of it, with where each was found.
///
/// | Key | Variable | Also read |
/// |---|---|---|
/// | API key | `X_API_KEY` | `X_CONSUMER_KEY`, `API_KEY`, `CONSUMER_KEY`, `TWITTER_…` |
/// | API secret | `X_API_SECRET` | `X_API_KEY_SECRET`, `X_CONSUMER_SECRET`, `API_SECRET`, `API_KEY_SECRET`, `CONSUMER_SECRET`, `TWITTER_…` |
/// | access token | `X_ACCESS_TOKEN` | `ACCESS_TOKEN`, `TWITTER_ACCESS_TOKEN` |
/// | access token secret | `X_ACCESS_TOKEN_SECRET` | `ACCESS_TOKEN_SECRET`, `TWITTER_ACCESS_TOKEN_SECRET` |
/// | bearer token | `X_BEARER_TOKEN` | `X_API_BEARER_TOKEN`, `BEARER_TOKEN`, `TWITTER_BEARER_TOKEN` |
/// | Client ID | `X_CLIENT_ID` | `CLIENT_ID`, `TWITTER_CLIENT_ID` |
/// | Client Secret | `X_CLIENT_SECRET` | `CLIENT_SECRET`, `TWITTER_CLIENT_SECRET` |
///
/// An empty variable is one that is not set, and white space around a value is none of it. Two
/// variables that hold different values for one key are an error.
///
/// ```
/// use twitter_types::auth::{KeyName, Keys};
///
/// // Keys::from_env() does the same with the environment's.
/// let keys = Keys::from_variables([
///     ("X_API_KEY".to_owned(), "xvz1evFS4wEEPTGEFPHBog".to_owned()),
///     ("CONSUMER_SECRET".to_owned(), "L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg".to_owned()),
///     ("X_ACCESS_TOKEN".to_owned(), "7-abcdefghijklmnopqrst".to_owned()),
/// ])?;
/// assert_eq!(keys.source(KeyName::ApiSecret), Some("CONSUMER_SECRET"));
/// let app = keys.app()?.expect("both of its keys are there");
/// # let _ = app;
///
/// let error = keys.credential().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "X_ACCESS_TOKEN_SECRET is missing beside X_ACCESS_TOKEN: set it in the environment"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Files
///
/// A file has `NAME=value` lines as in a `.env` file: `#` begins a comment, `export` may stand
/// before a name, and quotation marks around a value. Nothing is expanded, and names that are not
/// in the table are skipped. Sections are profiles, for several Apps and users:
///
/// ```text
/// X_API_KEY=...            # above the first section: the profile `default`
/// X_API_SECRET=...
///
/// [bot]
/// X_BEARER_TOKEN=...
/// ```
///
/// A profile has the keys of its section and no others, so that no request is sent in the name of
/// another profile's user.
#[derive(Clone)]
pub struct Keys {
    place: Place,
    found: [Option<Found>; KeyName::ALL.len()],
}

#[derive(Clone)]
struct Found {
    value: Secret,
    variable: &'static str,
    source: String,
}

/// Where was looked.
#[derive(Clone)]
enum Place {
    Environment,
    File { path: String, profile: String },
}

impl Keys {
    /// The keys of the environment's variables; none, if there are none.
    ///
    /// # Errors
    ///
    /// If two variables hold different values for one key, or a variable is not UTF-8.
    pub fn from_env() -> Result<Self, KeysError> {
        let mut variables = Vec::new();
        for name in KeyName::ALL.into_iter().flat_map(KeyName::variables) {
            variables.extend(variable(name)?.map(|value| ((*name).to_owned(), value)));
        }
        Self::from_variables(variables)
    }

    /// The keys of these variables, whose names and values may come from anywhere; others are
    /// skipped.
    ///
    /// # Errors
    ///
    /// If two variables hold different values for one key.
    pub fn from_variables(
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, KeysError> {
        let mut keys = Self::empty(Place::Environment);
        for (variable, value) in variables {
            let value = Secret::new(value);
            if let Some((key, variable)) = KeyName::of_variable(&variable) {
                keys.insert(key, variable, variable.to_owned(), value.expose())?;
            }
        }
        Ok(keys)
    }

    /// The keys of a file, or of one profile in it: `default` where none is named.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or has no such profile; on Unix also if anybody but its owner can
    /// read it (`chmod 600` helps). If a line is malformed, or two lines of the profile hold
    /// different values for one key.
    pub fn from_file(path: impl AsRef<Path>, profile: Option<&str>) -> Result<Self, KeysError> {
        file::read(path.as_ref(), profile)
    }

    /// The keys of a text that is written like a [file](Self#files), from wherever it comes: standard
    /// input, or a store of secrets. `name` is what errors and [`source`](Self::source) call it.
    ///
    /// ```
    /// use twitter_types::auth::{KeyName, Keys};
    ///
    /// let keys = Keys::from_text("export X_API_KEY='xvz1evFS4wEEPTGEFPHBog'", "the vault", None)?;
    /// assert_eq!(keys.source(KeyName::ApiKey), Some("the vault:1"));
    /// # Ok::<(), twitter_types::auth::KeysError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text has no such profile, a line is malformed, or two lines of the profile hold different
    /// values for one key.
    pub fn from_text(text: &str, name: &str, profile: Option<&str>) -> Result<Self, KeysError> {
        file::parse(text, name, profile)
    }

    /// The keys of the environment, or else of a file.
    ///
    /// A profile that is named, by the argument or else by the variable `X_PROFILE`, is read from the
    /// file. Where none is named, the environment wins: the file's `default` is read only if no
    /// variable holds a key, and a file that does not exist then is an empty one. The keys of the
    /// two are never mixed.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env) and [`from_file`](Self::from_file).
    pub fn from_env_or_file(
        path: impl AsRef<Path>,
        profile: Option<&str>,
    ) -> Result<Self, KeysError> {
        let chosen = variable("X_PROFILE")?.filter(|name| !name.is_empty());
        if let Some(profile) = profile.or(chosen.as_deref()) {
            return Self::from_file(path, Some(profile));
        }
        let keys = Self::from_env()?;
        if !keys.is_empty() {
            return Ok(keys);
        }
        match Self::from_file(path, None) {
            Err(KeysError::Io { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(keys)
            }
            from_file => from_file,
        }
    }

    /// These keys, and of the others those that are missing among these. See to it that both are of
    /// one App and one user.
    #[must_use]
    pub fn or(mut self, others: Self) -> Self {
        for (key, other) in self.found.iter_mut().zip(others.found) {
            *key = key.take().or(other);
        }
        self
    }

    fn empty(place: Place) -> Self {
        Self { place, found: Default::default() }
    }

    fn insert(
        &mut self,
        key: KeyName,
        variable: &'static str,
        source: String,
        value: &str,
    ) -> Result<(), KeysError> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        let new = Found { value: Secret::new(value), variable, source };
        let rank = |found: &Found| key.variables().iter().position(|name| *name == found.variable);
        match &mut self.found[key as usize] {
            Some(old) if old.value.expose() != value => {
                let (first, second) =
                    if rank(&new) < rank(old) { (&new, &*old) } else { (&*old, &new) };
                let (first, second) = (first.to_string(), second.to_string());
                Err(KeysError::Conflict { key, first, second })
            }
            Some(old) if rank(old) <= rank(&new) => Ok(()),
            slot => {
                *slot = Some(new);
                Ok(())
            }
        }
    }

    /// Whether there is no key at all.
    pub fn is_empty(&self) -> bool {
        self.found.iter().all(Option::is_none)
    }

    /// The keys that are there.
    pub fn names(&self) -> impl Iterator<Item = KeyName> {
        KeyName::ALL.into_iter().filter(|name| self.value(*name).is_some())
    }

    /// A key.
    pub fn value(&self, name: KeyName) -> Option<&Secret> {
        self.found(name).map(|found| &found.value)
    }

    /// Where a key was found: the variable, or the file and the number of the line.
    pub fn source(&self, name: KeyName) -> Option<&str> {
        self.found(name).map(|found| found.source.as_str())
    }

    fn found(&self, name: KeyName) -> Option<&Found> {
        self.found[name as usize].as_ref()
    }

    /// What is suspicious about the keys, such as two that were mixed up. X documents no shapes: all
    /// but what [is certain](Suspicion::is_certain) may be fine.
    pub fn warnings(&self) -> Vec<KeyWarning> {
        self.names().filter_map(|name| self.warning(name)).collect()
    }

    fn warning(&self, key: KeyName) -> Option<KeyWarning> {
        let Found { value, variable, source } = self.found(key)?;
        let suspicion = Suspicion::of(key, value.expose())?;
        Some(KeyWarning { key, variable, source: source.clone(), suspicion })
    }
}

fn variable(name: &'static str) -> Result<Option<String>, KeysError> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(KeysError::NotUnicode { variable: name }),
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys ")?;
        let found = KeyName::ALL.into_iter().filter_map(|name| Some((name, self.found(name)?)));
        f.debug_map().entries(found.map(|(name, found)| (name, &found.source))).finish()
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.variable)?;
        if self.source == self.variable { Ok(()) } else { write!(f, " ({})", self.source) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("the environment"),
            Self::File { path, profile } => write!(f, "[{profile}] of {path}"),
        }
    }
}
