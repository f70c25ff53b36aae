//! Uploading a file: which request comes next, without a socket, a clock or the file's bytes.
//!
//! An [`Upload`] says what to send and which part of the file goes into it, several requests at
//! once; what became of them can come back in any order. It repeats what failed, waits until X has
//! processed the file, and adds alt text and subtitles. Both clients drive it by their `upload`,
//! and so can others:
//!
//! ```
//! use twitter_types::endpoint::Moment;
//! use twitter_types::upload::{Options, Step, Target, Upload};
//!
//! let file = b"\x89PNG\r\n\x1a\n and so on";
//! let options = Options::new(Target::Post).alt_text("A sandcastle");
//! let mut upload = Upload::new(file, file.len() as u64, options, Moment::now().time)?;
//! match upload.step(&Moment::now()) {
//!     Step::Send(job) => {
//!         let range = job.range.start as usize..job.range.end as usize;
//!         let number = job.number;
//!         let request = job.into_request(file[range].into());
//!         // Send it by a `Call`, and hand the outcome to `upload.receive`, with the number.
//!         # let _ = (number, request);
//!     }
//!     Step::Wait(_) => {}
//!     Step::Done(outcome) => println!("{}", outcome?.id),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod machine;
mod media_type;
mod options;
mod request;
mod session;
mod task;

pub use error::UploadError;
pub use machine::{Progress, Step, Upload};
pub use media_type::{HEAD, media_type};
pub use options::{Options, Subtitles, Target};
pub use request::{Answer, Request};
pub use session::Stage;
pub use task::Job;
