//! Prints what a post of the firehose costs on its way from X's bytes to Redis Streams, in processor time
//! of this side and of the server, so that other work on the machine does not count; and the rate at
//! which it went here. It starts `redis-server`, or what `X_REDIS_SERVER` names.

mod clock;
mod post;
mod server;
mod whole;

use std::{env, error::Error, hint::black_box, process::ExitCode, time::Instant};

use twitter_types::{
    endpoint::{Moment, Stamp},
    stream::{
        Event, Machine, Step,
        share::{
            Batching, Entry, Lease, Leases as _, Log as _, RedisLeases, RedisLog, Share,
            Step as ShareStep, Writer, WriterStep,
        },
    },
    streams::PostsFirehose,
};

use self::{clock::Clock, post::line, server::Server};

/// How many posts are read, and how many are written.
const POSTS: u64 = 200_000;

/// How many different posts there are in memory.
const DIFFERENT: u64 = 2_000;

/// How many entries the server keeps.
const KEPT: u64 = 20_000;

/// How many posts are appended at once, in each row.
const BATCHES: [usize; 3] = [10, 100, 500];

fn main() -> ExitCode {
    let outcome = match env::args().nth(1).as_deref() {
        Some(whole::CHILD) => whole::serve(),
        _ => run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let lines: Vec<_> = (0..DIFFERENT).map(line).collect();
    let bytes = lines.iter().map(String::len).sum::<usize>() as f64 / DIFFERENT as f64;
    println!("a post of {bytes:.0} bytes           here, us  server, us   posts/s    MB/s");
    let entries = read(&lines, bytes)?;
    for (name, options) in [
        ("no file", &["--appendonly", "no"][..]),
        ("everysec", &["--appendonly", "yes", "--appendfsync", "everysec"][..]),
    ] {
        let server = Server::start(options)?;
        for batch in BATCHES {
            append(&server, &format!("{name}, {batch} at once"), &entries, batch, bytes)?;
        }
        println!(
            "  memory of the server for an entry: {:.0} bytes",
            server.memory()? / KEPT as f64
        );
    }
    let server = Server::start(&["--appendonly", "no"])?;
    whole::run(&server, bytes)?;
    ask(&server)
}

/// From bytes to entries: lines, JSON, duplicates, and JSON again.
fn read(lines: &[String], bytes: f64) -> Result<Vec<Entry>, Box<dyn Error>> {
    let text = lines.concat();
    let mut entries = Vec::new();
    let clock = Clock::start(None)?;
    for round in 0..POSTS / DIFFERENT {
        // Each round is a stream of its own: to the same one they would be duplicates.
        let mut machine = Machine::new(PostsFirehose::new(1));
        machine.step(&Moment::now());
        machine.opened(&Moment::now(), &http::HeaderMap::new());
        for piece in text.as_bytes().chunks(64 * 1024) {
            machine.received(&Moment::now(), piece);
            while let Step::Event(event) = machine.step(&Moment::now()) {
                if let Event::Item(_) = &event {
                    let entry = Entry::of(event).ok_or("an item is an entry")?;
                    black_box(machine.cursor());
                    if round == 0 {
                        entries.push(entry);
                    } else {
                        black_box(entry);
                    }
                }
            }
        }
    }
    clock.print("read", POSTS, bytes)?;
    Ok(entries)
}

fn append(
    server: &Server,
    name: &str,
    entries: &[Entry],
    size: usize,
    bytes: f64,
) -> Result<(), Box<dyn Error>> {
    let key = format!("firehose-{size}");
    let log = RedisLog::open(&server.url(), &*key)?.with_length(KEPT);
    let lease = Lease::new(1, 1);
    log.open(lease)?;
    let mut writer = Writer::new(lease, Batching::new().entries(size).bytes(usize::MAX));
    let clock = Clock::start(Some(server.id()))?;
    for number in 0..POSTS as usize {
        let now = Instant::now();
        writer.push(now, Some(entries[number % entries.len()].clone()), None);
        if let WriterStep::Append = writer.step(now)
            && let Some(batch) = writer.batch()
        {
            log.append(batch)?;
            writer.appended();
        }
    }
    clock.print(name, POSTS, bytes)?;
    if size != BATCHES[BATCHES.len() - 1] {
        server.delete(&key)?;
    }
    Ok(())
}

/// What the leases of 20 partitions cost their server.
fn ask(server: &Server) -> Result<(), Box<dyn Error>> {
    const ASKS: u32 = 5_000;
    let leases = RedisLeases::open(&server.url(), "leases")?;
    let mut share = Share::new("bench", 1..=20, &Stamp::now());
    let ShareStep::Ask(mut ask) = share.step(Instant::now()) else {
        return Err("no question".into());
    };
    ask.take = (1..=20).collect();
    let roster = leases.ask(&ask)?;
    let of = |(partition, holder): (&u8, &_)| Lease::new(*partition, token(holder));
    (ask.take, ask.renew) = (Vec::new(), roster.leases.iter().map(of).collect());
    let clock = Clock::start(Some(server.id()))?;
    for _ in 0..ASKS {
        leases.ask(&ask)?;
    }
    println!("a heartbeat of 20 partitions");
    clock.print("one question", ASKS.into(), 0.0)
}

fn token(holder: &twitter_types::stream::share::Holder) -> u64 {
    holder.token
}
