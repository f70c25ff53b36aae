//! Measures what a signature, a decoded page, a stream and a call cost, what memory they take, and what a crate brings
//! along, ours beside its peers; prints that, or writes it into a page, and holds it to figures and to a baseline.

use std::{env, process::ExitCode};

mod calls;
mod clock;
mod correctness;
mod decoding;
mod memory;
mod page;
mod parts;
mod programs;
mod regressions;
mod signing;
mod sizes;
mod streaming;
mod valgrind;

use self::parts::Depth;

const USAGE: &str = "usage: table [--check | --accept | page [PART...] | PART]
PART: signing, decoding, streaming, calls, memory, sizes, correctness; without any, the first five
page writes docs/measurements.md and its pictures, with PART these parts of it anew
--check fails where a figure is missed, or something grew since the baseline; --accept writes the baseline";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = |()| true;
    let held = match arguments[..] {
        [] => parts::print(&parts::CHECKED).map(|_held| true),
        ["--check"] => regressions::check(),
        ["--accept"] => regressions::accept().map(done),
        ["page", ref parts @ ..] => page::write(parts),
        ["correctness"] => parts::print(&["correctness"]),
        [part] if !part.starts_with('-') => parts::print(&[part]).map(|_held| true),
        [parts::CHILD, part, depth] => parts::child(part, depth).map(done),
        [signing::CHILD, case, contestant, runs] => signing::run(case, contestant, runs).map(done),
        [decoding::CHILD, page, decoder, runs] => decoding::run(page, decoder, runs).map(done),
        [streaming::CHILD, reader, recording, runs] => {
            streaming::run(reader, recording, runs).map(done)
        }
        [calls::CHILD, url, contestant, calls] => calls::run(url, contestant, calls).map(done),
        [memory::CROWD, url, member, calls, waves] => {
            memory::crowd(url, member, calls, waves).map(done)
        }
        [memory::UPLOAD_CHILD, uploader, url, token, path] => {
            memory::run_upload(uploader, [url, token, path]).map(done)
        }
        _ => Err(USAGE.into()),
    };
    match held {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// An argument of a child that is an index, or how often to run.
fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}

/// A cell, of what may not have been measured.
fn shown(number: Option<f64>, digits: usize) -> String {
    number.map_or_else(|| "-".into(), |number| benches::report::grouped(number, digits))
}
