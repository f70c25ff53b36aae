//! Prints what a signature, a decoded page, a stream and a call cost, ours beside its peers', and the figures that ours
//! is held to. With `--check` it fails where one is missed by more than 2 %: another processor has
//! another `memcpy`, and so counts a little differently.

use std::{env, process::ExitCode};

mod calls;
mod clock;
mod correctness;
mod decoding;
mod figure;
mod signing;
mod streaming;
mod valgrind;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let met = match arguments[..] {
        [] => tables().map(|_met| true),
        ["--check"] => tables(),
        ["correctness"] => Ok(correctness::table()),
        ["signing"] => signing::table().map(|_met| true),
        ["decoding"] => decoding::table().map(|_met| true),
        ["streaming"] => streaming::table().map(|_met| true),
        ["calls"] => calls::table().map(|_met| true),
        [signing::CHILD, case, contestant, runs] => {
            signing::run(case, contestant, runs).map(|()| true)
        }
        [decoding::CHILD, page, decoder, runs] => decoding::run(page, decoder, runs).map(|()| true),
        [streaming::CHILD, reader, recording, runs] => {
            streaming::run(reader, recording, runs).map(|()| true)
        }
        [calls::PINNED] => calls::pinned(),
        [calls::CHILD, url, contestant, calls] => calls::run(url, contestant, calls).map(|()| true),
        [calls::CROWD, url, member, calls, waves] => {
            calls::crowd(url, member, calls, waves).map(|()| true)
        }
        _ => {
            Err("usage: table [--check | correctness | signing | decoding | streaming | calls]"
                .into())
        }
    };
    match met {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints all tables, and returns whether every figure is met, or nearly.
fn tables() -> Result<bool, String> {
    let signing = signing::table()?;
    println!();
    let decoding = decoding::table()?;
    println!();
    let streaming = streaming::table()?;
    println!();
    Ok(calls::table()? && streaming && decoding && signing)
}

/// An argument of a child that is an index, or how often to run.
fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}
