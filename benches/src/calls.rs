//! What it costs to make a call: a user's reply of 2 KB over a kept connection on loopback; many at once; and an
//! upload.

mod contestants;
mod crowd;
mod server;
mod upload;

pub use contestants::{
    ASYNC, BLOCKING, Contestant, DECODING, Problem, RAW_REQWEST, RAW_UREQ, SIGNING, TIMED_UREQ,
    XDK_RS, contestants,
};
pub use crowd::{Crowd, Member};
pub use server::{Server, reply};
pub use upload::{UPLOAD, UPLOADERS, Upload, upload};
