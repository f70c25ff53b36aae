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
mod rules;
mod sandbox;
mod signals;
mod stream;
mod upload;
mod webhook;
mod whoami;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command};
use context::Context;
use failure::Failure;
use output::note;

fn main() -> ExitCode {
    let matches =
        command().try_get_matches().unwrap_or_else(|error| with_best_suggestions(error).exit());
    let outcome = Arguments::from_arg_matches(&matches)
        .map_err(|error| Failure::usage(error.to_string()))
        .and_then(|arguments| run(&arguments, &matches));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_silent() {
                note!("twitter: {failure}");
            }
            failure.code()
        }
    }
}

/// The command line; the operations below `call` and `stream` are made only where somebody asks for
/// them.
fn command() -> clap::Command {
    Arguments::command()
        .mut_subcommand("call", |call| call.defer(call::with_operations))
        .mut_subcommand("stream", |stream| stream.defer(stream::with_streams))
}

/// Of 257 operations, clap finds many alike, and names the best ones last.
fn with_best_suggestions(mut error: clap::Error) -> clap::Error {
    const MOST: usize = 3;
    if let Some(ContextValue::Strings(alike)) = error.get(ContextKind::SuggestedSubcommand) {
        let best = alike.iter().rev().take(MOST).cloned().collect();
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(best));
    }
    error
}

fn run(arguments: &Arguments, matches: &ArgMatches) -> Result<(), Failure> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Sandbox(options) => sandbox::run(options),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command(), "twitter", &mut script);
            Ok(output::print(&script)?)
        }
        Command::Man { command } => man(command),
        Command::Login(options) => login::run(Context::to_log_in(common, options)?, options),
        Command::Logout => logout::run(&Context::new(common)?),
        Command::Whoami => whoami::run(&Context::new(common)?),
        Command::Doctor(options) => doctor::run(&Context::new(common)?, options),
        Command::Call => {
            let matches = matches.subcommand_matches("call").expect("clap has found it");
            call::run(&Context::new(common)?, matches)
        }
        Command::Post(options) => post::post(&Context::new(common)?, options),
        Command::Upload(options) => upload::run(&Context::new(common)?, options),
        Command::Search(options) => post::search(&Context::new(common)?, options),
        Command::Stream => {
            let matches = matches.subcommand_matches("stream").expect("clap has found it");
            stream::run(&Context::new(common)?, matches)
        }
        Command::Rules(rules) => rules::run(&Context::new(common)?, rules),
        Command::Webhook(args::Webhook::Listen(options)) => {
            webhook::listen(&Context::new(common)?, options)
        }
    }
}

/// Prints the manual page of the command, or of one of those below it.
fn man(path: &[String]) -> Result<(), Failure> {
    let mut command = command();
    command.build();
    let mut page = &command;
    for name in path {
        page = page.find_subcommand(name).ok_or_else(|| {
            Failure::usage(format!("there is no command {name:?}: see `twitter help`"))
        })?;
    }
    // The one word that a page is found by: twitter-call-users.me.
    let name = page.get_display_name().unwrap_or("twitter").to_owned();
    let mut text = Vec::new();
    clap_mangen::Man::new(page.clone()).title(name).render(&mut text)?;
    Ok(output::print(&text)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_and_operation_can_be_said() {
        let mut command = super::command();
        // clap checks names, aliases and defaults of what is built, all the way down.
        command.build();
        let call = command.find_subcommand("call").unwrap();
        for operation in twitter_types::OPERATIONS {
            let found = call.find_subcommand(operation.name());
            assert!(found.is_some(), "{}", operation.name());
            assert!(call.find_subcommand(operation.id).is_some(), "{}", operation.id);
        }
    }
}
