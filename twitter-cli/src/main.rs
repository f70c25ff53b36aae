//! The command `twitter`: access to the X (Twitter) API, and every operation of it as a pipe.

mod args;
mod call;
mod context;
mod doctor;
mod failure;
mod home;
mod login;
mod logout;
mod output;
mod post;
mod sandbox;
mod whoami;

use std::io;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command};
use context::Context;
use failure::Failure;
use output::note;

fn main() -> ExitCode {
    let matches = command().get_matches();
    let outcome = Arguments::from_arg_matches(&matches)
        .map_err(|error| Failure::usage(error.to_string()))
        .and_then(|arguments| run(&arguments, &matches));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            note!("twitter: {failure}");
            failure.code()
        }
    }
}

/// The command line; the operations below `call` are made only where somebody asks for them.
fn command() -> clap::Command {
    Arguments::command().mut_subcommand("call", |call| call.defer(call::with_operations))
}

fn run(arguments: &Arguments, matches: &ArgMatches) -> Result<(), Failure> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Sandbox(options) => sandbox::run(options),
        Command::Completions { shell } => {
            let mut command = command();
            command.build();
            clap_complete::generate(*shell, &mut command, "twitter", &mut io::stdout());
            Ok(())
        }
        Command::Man => Ok(clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout())?),
        Command::Login(options) => login::run(Context::to_log_in(common, options)?, options),
        Command::Logout => logout::run(&Context::new(common)?),
        Command::Whoami => whoami::run(&Context::new(common)?),
        Command::Doctor(options) => doctor::run(&Context::new(common)?, options),
        Command::Call => {
            let matches = matches.subcommand_matches("call").expect("clap has found it");
            call::run(&Context::new(common)?, matches)
        }
        Command::Post(options) => post::post(&Context::new(common)?, options),
        Command::Search(options) => post::search(&Context::new(common)?, options),
    }
}
