//! Pages of a list, and the opaque tokens that lead from one to another.

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::problem::Problem;

/// One page of a list that is sorted by falling keys.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    next: Option<String>,
    previous: Option<String>,
}

/// Where a token leads: to what lies below a key, or above it.
enum Cursor {
    Below(u128),
    Above(u128),
}

impl<T> Page<T> {
    /// The page that the call asks for. `entries` must be sorted by falling keys.
    ///
    /// Tokens hold the key of an item instead of a count, so that pages neither repeat nor skip
    /// items when the list grows between two calls.
    pub(crate) fn of(
        call: &Call<'_>,
        mut entries: Vec<(u128, T)>,
        size: u32,
    ) -> Result<Self, Problem> {
        let size = size as usize;
        let list = list_name(call);
        let cursor = cursor(call, &list)?;
        let start = match cursor {
            None => 0,
            Some(Cursor::Below(key)) => entries.partition_point(|(other, _)| *other >= key),
            Some(Cursor::Above(key)) => {
                entries.partition_point(|(other, _)| *other > key).saturating_sub(size)
            }
        };
        let end = match cursor {
            Some(Cursor::Above(key)) => entries.partition_point(|(other, _)| *other > key),
            _ => entries.len().min(start + size),
        };
        let (more_above, more_below) = (start > 0, end < entries.len());
        let shown: Vec<(u128, T)> = entries.drain(start..end).collect();
        let (first, last) = (shown.first().map(|(key, _)| *key), shown.last().map(|(key, _)| *key));
        Ok(Self {
            next: last.filter(|_| more_below).map(|key| token(&list, b'n', key)),
            previous: first.filter(|_| more_above).map(|key| token(&list, b'p', key)),
            items: shown.into_iter().map(|(_, item)| item).collect(),
        })
    }

    /// The `meta` of the reply.
    pub(crate) fn meta(&self) -> Map<String, Value> {
        let mut meta = Map::new();
        meta.insert("result_count".to_owned(), json!(self.items.len()));
        for (name, token) in [("next_token", &self.next), ("previous_token", &self.previous)] {
            if let Some(token) = token {
                meta.insert(name.to_owned(), json!(token));
            }
        }
        meta
    }
}

/// What a token belongs to: it leads nowhere in another list.
fn list_name(call: &Call<'_>) -> String {
    let path = call.path.iter().map(|(_, value)| value.as_str());
    let mut parts = vec![call.operation.id];
    parts.extend(path);
    for parameter in ["query", "sort_order", "exclude"] {
        parts.push(call.text(parameter).unwrap_or_default());
    }
    parts.join("\n")
}

fn cursor(call: &Call<'_>, list: &str) -> Result<Option<Cursor>, Problem> {
    let mut given = ["pagination_token", "next_token"]
        .into_iter()
        .filter_map(|name| call.text(name).map(|text| (name, text)));
    let Some((name, text)) = given.next() else { return Ok(None) };
    read(list, text).map(Some).ok_or_else(|| {
        let message = format!("The `{name}` query parameter value [{text}] is not valid");
        Problem::invalid(name, text, message)
    })
}

fn token(list: &str, direction: u8, key: u128) -> String {
    format!("{}{key:032x}{:08x}", char::from(direction), checksum(list, direction, key))
}

fn read(list: &str, text: &str) -> Option<Cursor> {
    let direction = *text.as_bytes().first()?;
    let key = u128::from_str_radix(text.get(1..33)?, 16).ok()?;
    let same = token(list, direction, key) == text;
    match direction {
        b'n' if same => Some(Cursor::Below(key)),
        b'p' if same => Some(Cursor::Above(key)),
        _ => None,
    }
}

/// Tells a token that was made for this list from any other text.
fn checksum(list: &str, direction: u8, key: u128) -> u32 {
    let bytes = list.bytes().chain([direction]).chain(key.to_be_bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
