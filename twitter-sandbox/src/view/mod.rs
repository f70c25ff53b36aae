//! Objects as JSON: their fields, the fields that were asked for, and what they expand to.

mod attachment;
mod dialect;
mod expansion;
mod post;
mod reader;
mod selection;
mod user;

pub(crate) use self::post::{CONTEXT_IDS, SOURCE};
pub(crate) use self::reader::Reader;
pub(crate) use self::selection::Selection;
