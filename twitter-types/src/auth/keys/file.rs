//! Keys in a file: `KEY=value` lines, in sections.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use zeroize::Zeroizing;

use super::{KeyName, Keys, KeysError, Place};

/// Longer than any keys: a file that is larger is something else.
const MAX_LENGTH: u64 = 1 << 20;

/// What stands above the first section.
const DEFAULT: &str = "default";

/// Reads one profile of a file.
pub(super) fn read(path: &Path, profile: Option<&str>) -> Result<Keys, KeysError> {
    let text = read_text(path)?;
    parse(&text, &path.display().to_string(), profile)
}

#[expect(clippy::disallowed_types, reason = "the edge: `Keys::from_text` reads no file")]
fn read_text(path: &Path) -> Result<Zeroizing<String>, KeysError> {
    let place = path.display().to_string();
    let failed = |error| KeysError::Io { path: place.clone(), error };
    let file = fs::File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let mode = metadata.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeysError::Exposed { path: place, mode });
        }
    }
    if metadata.len() > MAX_LENGTH {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, "more than 1 MiB")));
    }
    // Room for all at once: a text that grows leaves copies behind that nothing wipes.
    let capacity = usize::try_from(metadata.len()).unwrap_or_default() + 1;
    let mut text = Zeroizing::new(String::with_capacity(capacity));
    file.take(MAX_LENGTH).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// Reads one profile of a file's text. `path` is what errors call the file.
pub(super) fn parse(text: &str, path: &str, profile: Option<&str>) -> Result<Keys, KeysError> {
    let wanted = profile.unwrap_or(DEFAULT);
    let (mut current, mut profiles) = (DEFAULT, vec![DEFAULT]);
    let mut keys = Keys::empty(Place::File { path: path.to_owned(), profile: wanted.to_owned() });
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
    for (index, line) in lines.enumerate() {
        let source = format!("{path}:{}", index + 1);
        match Line::read(line) {
            Err(reason) => return Err(KeysError::Syntax { source, reason }),
            Ok(Line::Empty) => {}
            Ok(Line::Section(name)) => {
                current = name;
                if !profiles.contains(&name) {
                    profiles.push(name);
                }
            }
            Ok(Line::Value(variable, value)) => {
                let known = KeyName::of_variable(variable);
                if let Some((key, variable)) = known.filter(|_| current == wanted) {
                    keys.insert(key, variable, source, value)?;
                }
            }
        }
    }
    if !profiles.contains(&wanted) {
        let known = profiles.into_iter().map(str::to_owned).collect();
        return Err(KeysError::NoProfile { path: path.into(), profile: wanted.into(), known });
    }
    Ok(keys)
}

/// A line of a file.
enum Line<'a> {
    Empty,
    Section(&'a str),
    Value(&'a str, &'a str),
}

impl<'a> Line<'a> {
    /// Reads a line. The error says what is wrong with it, without quoting it.
    fn read(line: &'a str) -> Result<Self, &'static str> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(Self::Empty);
        }
        if let Some(rest) = line.strip_prefix('[') {
            let (name, rest) = rest.split_once(']').ok_or("the section has no `]` at its end")?;
            let name = name.trim();
            return if name.is_empty() {
                Err("the section has no name")
            } else {
                nothing_more(rest).map(|()| Self::Section(name))
            };
        }
        let (name, value) =
            line.split_once('=').ok_or("a line is NAME=value, and this has no `=`")?;
        let name = name.trim_end();
        let name = match name.strip_prefix("export") {
            Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim_start(),
            _ => name,
        };
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_part) {
            return Err("what stands before the `=` is no name of a variable");
        }
        Ok(Self::Value(name, unquoted(value.trim_start())?))
    }
}

/// A value without its quotation marks, and without the comment behind it. Nothing in it is
/// expanded.
fn unquoted(value: &str) -> Result<&str, &'static str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let (value, rest) =
                rest.split_once(quote).ok_or("the value has no quotation mark at its end")?;
            return nothing_more(rest).map(|()| value);
        }
    }
    if value.starts_with('#') {
        return Ok("");
    }
    let comment = value.match_indices('#').find(|(at, _)| value[..*at].ends_with([' ', '\t']));
    Ok(comment.map_or(value, |(at, _)| &value[..at]).trim_end())
}

fn nothing_more(rest: &str) -> Result<(), &'static str> {
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with('#') {
        Ok(())
    } else {
        Err("something stands behind the end of the value")
    }
}
