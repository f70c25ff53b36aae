//! `twitter call`: every operation, by its name.

mod example;

use std::io::Read as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use twitter_types::OPERATIONS;
use twitter_types::endpoint::{Dynamic, DynamicBody, Operation, ParameterInfo, ParameterKind};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{self, note};

/// The operations as subcommands, made only when `call` is asked for.
pub(crate) fn with_operations(call: Command) -> Command {
    call.subcommands(OPERATIONS.iter().map(subcommand))
}

fn subcommand(operation: &'static Operation) -> Command {
    Command::new(operation.name())
        .alias(operation.id)
        .about(short_about(operation))
        .defer(with_parameters)
}

/// What an operation takes, made only when that operation is asked for.
fn with_parameters(command: Command) -> Command {
    let id = command.get_all_aliases().next().expect("the operationId is an alias");
    let operation = Operation::find(id).expect("it is that of an operation");
    let parameters = operation.parameters();
    let pages = parameters.iter().any(|info| PAGE_TOKENS.contains(&info.name));
    let mut command = command.long_about(about(operation));
    command = command.args(parameters.iter().map(argument));
    if operation.body.content_type().is_some() {
        let body = Arg::new(BODY).long(BODY).value_name("JSON").help(ABOUT_BODY);
        command = command.arg(match example::body(operation.id) {
            Some(json) => {
                body.long_help(format!("{ABOUT_BODY}\n\nEach key that it may have:\n\n{json}"))
            }
            None => body,
        });
    }
    if pages {
        let all = Arg::new(ALL_PAGES).long(ALL_PAGES).action(ArgAction::SetTrue);
        command = command.arg(all.help("Every page from here on, a line each"));
    }
    command
}

const BODY: &str = "body";
const ABOUT_BODY: &str = "The body; `@FILE` reads a file, `-` standard input";
const ALL_PAGES: &str = "all-pages";

/// The parameters that name a page.
const PAGE_TOKENS: [&str; 2] = ["pagination_token", "next_token"];

/// What an operation does, on one line and without a full stop, as clap writes it.
pub(crate) fn short_about(operation: &Operation) -> &'static str {
    operation.about.lines().next().unwrap_or_default().trim().trim_end_matches('.')
}

/// What an operation does, and who may do it. A manual page has lines of their own for what is indented.
pub(crate) fn about(operation: &Operation) -> String {
    let text = operation.about.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let kinds = output::kinds(operation.credentials);
    let scopes = operation.scopes.join(" ");
    format!(
        "{}\n\n  {} {}\n  operationId: {}\n  Credentials: {kinds}\n  Scopes of OAuth 2.0: {}",
        text.trim(),
        operation.method,
        operation.path,
        operation.id,
        if scopes.is_empty() { "none" } else { &scopes },
    )
}

/// A parameter of an operation.
pub(crate) fn argument(info: &ParameterInfo) -> Arg {
    let value = match info.kind {
        ParameterKind::Number => "NUMBER",
        ParameterKind::Truth => "true|false",
        ParameterKind::List => "LIST",
        _ => "TEXT",
    };
    let mut help = info.about.trim_end_matches('.').to_owned();
    if let Some(range) = &info.range {
        help.push_str(&format!(". From {} to {}", range.start(), range.end()));
    }
    let values = match &*info.values {
        [] => String::new(),
        values => format!("{help}\n\nOf: {}", values.join(", ")),
    };
    let argument = Arg::new(info.name).long(info.name).value_name(value).required(info.required);
    let argument = argument.allow_hyphen_values(true).help(help);
    let other = info.name.replace(['_', '.'], "-");
    let argument = if other == info.name { argument } else { argument.alias(other) };
    if values.is_empty() { argument } else { argument.long_help(values) }
}

/// Calls the operation that the command line names.
pub(crate) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let (name, matches) = matches.subcommand().expect("clap asks for an operation");
    let mut operation = Dynamic::new(name)?;
    for info in operation.operation().parameters() {
        if let Some(value) = matches.get_one::<String>(info.name) {
            operation.set(info.name, value.as_str())?;
            warn_of_unknown(&info, value);
        }
    }
    let has_body = operation.operation().body.content_type().is_some();
    if let Some(body) = has_body.then(|| matches.get_one::<String>(BODY)).flatten() {
        operation.set_body(read(body)?)?;
    }
    let has_pages = matches.try_contains_id(ALL_PAGES).unwrap_or(false);
    let all_pages = has_pages && matches.get_flag(ALL_PAGES);
    let client = if operation.operation().credentials.is_empty() {
        context.client_of(context.credential()?)
    } else {
        context.client()?
    };
    let mut next = None;
    loop {
        let reply = client.call(&operation).map_err(|error| {
            let resume = next.iter().map(|token| format!("go on later with {token}"));
            resume.fold(context.failure(error), Failure::and)
        })?;
        output::body(&reply.body)?;
        if !all_pages || !operation.next_page(&reply.body)? {
            return Ok(());
        }
        next = resumption(&operation, &reply.body);
    }
}

/// Says which values X does not document: it skips such ones without a word, and new ones may be right.
pub(crate) fn warn_of_unknown(info: &ParameterInfo, given: &str) {
    if info.values.is_empty() {
        return;
    }
    let is_unknown = |value: &&str| !info.values.iter().any(|known| known == value);
    for value in given.split(',').map(str::trim).filter(is_unknown) {
        note!(
            "--{}: {value:?} is not among the values that --help lists; X may skip it.",
            info.name
        );
    }
}

/// How to ask for the page after this one, on the command line.
fn resumption(operation: &Dynamic, page: &DynamicBody) -> Option<String> {
    let DynamicBody::Json(page) = page else { return None };
    let token = page.get("meta")?.get("next_token")?.as_str()?;
    let parameters = operation.operation().parameters();
    let mut names = PAGE_TOKENS.iter().filter(|name| parameters.iter().any(|p| p.name == **name));
    Some(format!("--{} {token}", names.next()?))
}

fn read(body: &str) -> Result<Vec<u8>, Failure> {
    if body == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    match body.strip_prefix('@') {
        Some(file) => std::fs::read(file).map_err(|error| Failure::file(file, &error)),
        None => Ok(body.as_bytes().into()),
    }
}
