//! Checks files of known answers: `cargo run -q -p oauth1-sign --example vectors -- FILE…`
//!
//! Every vector is signed and verified, and every table of the file is gone through. Each failure is
//! named; the last line is `N passed, M failed`.

mod checker;

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let (mut passed, mut failed) = (0, 0);
    let mut files = env::args().skip(1).peekable();
    if files.peek().is_none() {
        eprintln!("usage: vectors FILE…");
        return ExitCode::FAILURE;
    }
    for file in files {
        checker::check(&file, |name, outcome| match outcome {
            Ok(()) => passed += 1,
            Err(error) => {
                failed += 1;
                println!("{file}: {name}: {error}");
            }
        });
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
