//! What it costs to make a call: a user's reply of 2 KB over a kept connection on loopback.

mod contestants;
mod crowd;
mod scripts;
mod server;

pub use contestants::{
    ASYNC, BLOCKING, Contestant, DECODING, Problem, RAW_REQWEST, RAW_UREQ, SIGNING, TIMED_UREQ,
    XDK_RS, contestants,
};
pub use crowd::{Crowd, Member};
pub use scripts::{SCRIPTS, Script};
pub use server::{Server, reply};
