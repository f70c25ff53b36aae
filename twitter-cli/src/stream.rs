//! `twitter stream`: what happens, as it happens, a line of JSON for each item.

mod desk;
mod feed;
mod kept;
mod status;
mod told;

use std::sync::atomic::Ordering;

use clap::{Arg, ArgAction, ArgMatches, Command};
use twitter_client_blocking::{Client, Stream};
use twitter_types::Error;
use twitter_types::auth::{AnyCredential, AppOnly};
use twitter_types::endpoint::{Dynamic, Endpoint as _, Operation};
use twitter_types::models::NewRule;
use twitter_types::posts::{PostFields, SearchRecent};
use twitter_types::stream::{Event, Item as _, Options, Recovery, Streamed};
use twitter_types::streams;

use self::desk::Desk;
use self::feed::Feed;
use self::kept::Kept;
use crate::call;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;
use crate::rules;
use crate::signals;

/// A stream by the name that it has on the command line.
struct Source {
    name: &'static str,
    id: &'static str,
    follow: fn(&Context, &Self, &ArgMatches) -> Result<(), Failure>,
}

macro_rules! sources {
    ($($name:literal $operation:ident)+) => {
        /// Every stream that X has.
        const SOURCES: &[Source] = &[$(Source {
            name: $name,
            id: streams::$operation::OPERATION,
            follow: follow::<streams::$operation>,
        },)+];
    };
}

sources! {
    "filtered" Filtered
    "sample" PostsSample
    "sample10" PostsSample10
    "firehose" PostsFirehose
    "firehose-en" PostsFirehoseEn
    "firehose-ja" PostsFirehoseJa
    "firehose-ko" PostsFirehoseKo
    "firehose-pt" PostsFirehosePt
    "likes-firehose" LikesFirehose
    "likes-sample10" LikesSample10
    "posts-compliance" PostsCompliance
    "users-compliance" UsersCompliance
    "likes-compliance" LikesCompliance
    "labels" LabelsCompliance
    "activity" Activity
}

const RULE: &str = "rule";
const TAG: &str = "tag";
const RECOVER: &str = "recover";
const NO_RESUME: &str = "no-resume";
const EVENTS: &str = "events";

/// The streams as subcommands, made only when `stream` is asked for.
pub(crate) fn with_streams(stream: Command) -> Command {
    stream.subcommands(SOURCES.iter().map(subcommand))
}

fn subcommand(source: &Source) -> Command {
    let operation = source.operation();
    Command::new(source.name)
        .alias(operation.name())
        .alias(operation.id)
        .about(call::short_about(operation))
        .defer(with_parameters)
}

/// What a stream takes, made only when that stream is asked for.
fn with_parameters(command: Command) -> Command {
    let source = Source::named(command.get_name());
    let operation = source.operation();
    let is_filtered = source.is_filtered();
    let recoveries: &[&str] = match source.name {
        "filtered" => &["none", "backfill", "replay", "search"],
        // X replays every stream but this one.
        "sample" => &["none", "backfill"],
        _ => &["none", "backfill", "replay"],
    };
    let recover = "How to get what was missed, as the App's access allows: `backfill`, the last five \
                   minutes at most, or `replay`, 24 hours (Enterprise)";
    let search = if is_filtered { "; or `search`, seven days, one for each rule" } else { "" };
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let mut command = command
        .long_about(call::about(operation))
        .args(operation.parameters().iter().map(call::argument))
        .arg(
            Arg::new(RECOVER)
                .long(RECOVER)
                .value_name("HOW")
                .value_parser(recoveries.to_vec())
                .default_value("none")
                .help(format!("{recover}{search}")),
        )
        .arg(flag(NO_RESUME).help("Begin now, and not where the last run ended"))
        .arg(flag(EVENTS).help(
            "Print what happens to the stream, such as gaps, as lines of JSON with an `event`, too",
        ));
    if is_filtered {
        let rule = Arg::new(RULE).long(RULE).value_name("RULE").action(ArgAction::Append);
        let tag = Arg::new(TAG).long(TAG).value_name("TAG").requires(RULE);
        command = command
            .arg(rule.allow_hyphen_values(true).help(
                "Add this rule first, such as `cats has:images`, unless it is there; it stays when \
                 the command ends. Can be said again",
            ))
            .arg(tag.help("The name of those rules"));
    }
    command
}

impl Source {
    fn named(name: &str) -> &'static Self {
        let source = SOURCES.iter().find(|source| source.name == name);
        source.expect("clap has the names from there")
    }

    fn operation(&self) -> &'static Operation {
        Operation::find(self.id).expect("every stream is an operation")
    }

    fn is_filtered(&self) -> bool {
        self.id == streams::Filtered::OPERATION
    }
}

/// Follows the stream that the command line names.
pub(crate) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let (name, matches) = matches.subcommand().expect("clap asks for a stream");
    let source = Source::named(name);
    (source.follow)(context, source, matches)
}

fn follow<E: Streamed<Auth = AppOnly>>(
    context: &Context,
    source: &Source,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let parameters = parameters(source, matches)?;
    let partition = matches.try_get_one::<String>("partition").ok().flatten();
    let feed = Feed::<E>::new(parameters.clone())
        .map_err(|error| Failure::usage(format!("start_time and end_time: {error}")))?;
    let client = context.client()?;
    // A replay has an end of its own.
    let kept = match feed.span() {
        Some(_) => None,
        None => Some(Kept::of(context, source.name, partition.map(String::as_str))?),
    };
    let mut desk = Desk::new(kept, matches.get_flag(NO_RESUME), matches.get_flag(EVENTS))?;
    // Behind everything that may fail on this machine.
    if source.is_filtered() {
        rules::ensure(context, &client, &wanted_rules(matches))?;
    }
    let recovery = recovery(context, &client, matches, &parameters)?;
    let mut stream = client.stream(feed).with_options(Options::new().recovery(recovery));
    if let Some(cursor) = desk.cursor() {
        note!("Going on from {}, where the last run was.", cursor.time);
        stream = stream.since(&cursor).map_err(|error| Failure::here(error.to_string()))?;
    }
    let (stopper, is_ending) = (stream.stopper(), desk.is_ending());
    signals::on_end(move || {
        is_ending.store(true, Ordering::Relaxed);
        stopper.stop();
    })?;
    desk.open(|desk| pump(context, &mut stream, desk))
}

/// Takes everything from a stream.
fn pump<E: Streamed<Auth = AppOnly>>(
    context: &Context,
    stream: &mut Stream<AnyCredential, Feed<E>>,
    desk: &mut Desk,
) -> Result<(), Failure> {
    let failure = |error: Error| {
        let is_without_rule = E::OPERATION == streams::Filtered::OPERATION
            && error.status().is_some_and(|status| status == 409);
        let add = is_without_rule.then(|| context.command("rules add 'cats has:images'"));
        add.into_iter().fold(context.failure(error), Failure::and)
    };
    while let Some(event) = stream.next() {
        match event.map_err(failure)? {
            Event::Item(item) => desk.item(item.text.get(), item.identity(), stream.cursor())?,
            event => desk.event(told::told(&event), stream.cursor())?,
        }
    }
    Ok(())
}

/// The parameters that the command line has, after a check of each.
fn parameters(
    source: &Source,
    matches: &ArgMatches,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut checked = Dynamic::new(source.id)?;
    let mut parameters = Vec::new();
    for info in source.operation().parameters() {
        if let Some(value) = matches.get_one::<String>(info.name) {
            checked.set(info.name, value.as_str())?;
            call::warn_of_unknown(&info, value);
            parameters.push((info.name, value.clone()));
        }
    }
    Ok(parameters)
}

fn wanted_rules(matches: &ArgMatches) -> Vec<NewRule> {
    let tag = matches.get_one::<String>(TAG);
    let values = matches.get_many::<String>(RULE).into_iter().flatten();
    values.map(|value| rules::rule(value, tag.cloned())).collect()
}

fn recovery(
    context: &Context,
    client: &Client<AnyCredential>,
    matches: &ArgMatches,
    parameters: &[(&'static str, String)],
) -> Result<Recovery, Failure> {
    let name = matches.get_one::<String>(RECOVER).map(String::as_str);
    Ok(match name {
        Some("backfill") => Recovery::Backfill,
        Some("replay") => Recovery::Replay,
        Some("search") => {
            let fields = fields_of_search(parameters);
            let search = |value: String| SearchRecent::new(value).fields(fields.clone());
            let rules = rules::all(context, client)?;
            Recovery::Search(rules.into_iter().filter_map(|rule| rule.value).map(search).collect())
        }
        _ => Recovery::None,
    })
}

/// What a search returns, so that its items are like those of the stream.
fn fields_of_search(parameters: &[(&'static str, String)]) -> PostFields {
    let mut fields = PostFields::default();
    for (name, list) in parameters {
        let values = list.split(',').filter(|value| !value.is_empty());
        match *name {
            "tweet.fields" | "post.fields" => fields.post.extend(values.map(Into::into)),
            "expansions" => fields.expansions.extend(values.map(Into::into)),
            "user.fields" => fields.user.extend(values.map(Into::into)),
            "media.fields" => fields.media.extend(values.map(Into::into)),
            "poll.fields" => fields.poll.extend(values.map(Into::into)),
            "place.fields" => fields.place.extend(values.map(Into::into)),
            _ => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use twitter_types::OPERATIONS;

    use super::*;

    #[test]
    fn every_stream_has_a_name() {
        let streams: Vec<_> =
            OPERATIONS.iter().filter(|operation| operation.module == "streams").collect();
        assert_eq!(streams.len(), SOURCES.len());
        for operation in streams {
            assert!(SOURCES.iter().any(|source| source.id == operation.id), "{}", operation.id);
        }
    }

    /// A search for what was missed asks for what the stream does, whatever the stream calls it.
    #[test]
    fn a_search_has_the_fields_of_the_stream() {
        let source = SOURCES.iter().find(|source| source.is_filtered()).unwrap();
        let parameters = source.operation().parameters();
        let lists = parameters.iter().filter(|info| info.name.ends_with("s"));
        let lists = lists.filter(|info| info.name != "backfill_minutes");
        let lists: Vec<_> = lists.map(|info| (info.name, info.values[0].to_string())).collect();
        assert_eq!(lists.len(), 6, "{lists:?}");
        let fields = fields_of_search(&lists);
        let PostFields { post, expansions, user, media, poll, place, .. } = &fields;
        let asked = [
            post.to_string(),
            expansions.to_string(),
            user.to_string(),
            media.to_string(),
            poll.to_string(),
            place.to_string(),
        ];
        for (name, value) in lists {
            assert!(asked.contains(&value), "{name}={value} is not in {asked:?}");
        }
    }
}
