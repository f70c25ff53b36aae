//! What it costs to read a recorded stream: posts with all fields, each with its author.

mod readers;
mod recording;

pub use readers::{FRAMES, MACHINE, RAW, READERS, Reader};
pub use recording::recording;
