//! The table of a stream that is read.

use std::{
    env,
    ffi::OsString,
    fs,
    hint::black_box,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use benches::streaming::{FRAMES, MACHINE, RAW, READERS, Reader, recording};
use twitter_client_blocking::Client;
use twitter_types::{auth::AppToken, stream::Event, streams};

use crate::{
    clock::Clock,
    figure::{self, Figure},
    number,
    valgrind::{Counts, heap_peak},
};

/// The hidden argument: `--stream READER RECORDING RUNS`, the reader by its index, the recording by its
/// path, so that what it takes to make one is in no peak.
pub(crate) const CHILD: &str = "--stream";

/// Posts in the recording.
const POSTS: usize = 1000;
const RUNS: [u32; 2] = [1, 3];
const CLOCK: Clock = Clock { pairs: 31, runs: 1 };

/// Framing adds at most so much.
const MOST_OF_RAW: f64 = 1.05;
/// All that a client does but the network, knowing what came before among it, at most so much.
const MOST_OF_MACHINE: f64 = 1.10;
/// Posts that go from a socket to a program, in one second, at least: eighty times the most that X
/// documents for a filtered stream.
const LEAST_POSTS: f64 = 20_000.0;
/// Posts that are sent over the socket.
const SENT: usize = 60_000;
/// A stream four times as long holds at most so many times the memory at its peak.
const MOST_OF_PEAK: f64 = 1.05;

const NOTES: &str = "
x raw: times the instructions, or the time, of memchr and the same decoder. v2 and Value decode what
they have types for. posts/s: at best, in this process, of bytes that are in memory. The figure of
posts in a second is of the blocking client, from a socket on loopback: client and server, threads of
this process, share the machine.";

/// Prints the table, and returns whether every figure is met, or nearly.
pub(crate) fn table() -> Result<bool, String> {
    let bytes = recording(POSTS);
    let raw = find(RAW)?;
    println!("a stream of {POSTS} posts, {} bytes", bytes.len());
    println!(
        "  {:34} {:>12} {:>8} {:>8} {:>8} {:>10}",
        "", "instructions", "x raw", "time", "allocs", "posts/s"
    );
    let [short, long] = [file(POSTS)?, file(4 * POSTS)?];
    let mut rows = Vec::new();
    for (index, reader) in READERS.iter().enumerate() {
        eprintln!("measuring {}", reader.name);
        let counts = Counts::per_run(&child(index, &short), RUNS)?;
        let mut run = runner(reader, &bytes);
        let ratio = CLOCK.ratio(&mut run, &mut runner(raw, &bytes));
        let rate = 1e9 * POSTS as f64 / CLOCK.nanoseconds(&mut run);
        rows.push((reader.name, counts, ratio, rate));
    }
    let counted = |name| rows.iter().find(|row| row.0 == name).ok_or("it is in the table");
    let raw = counted(RAW)?.1.instructions;
    for (name, counts, ratio, rate) in &rows {
        println!(
            "  {name:34} {:>12.0} {:>8.3} {ratio:>8.2} {:>8.0} {rate:>10.0}",
            counts.instructions,
            counts.instructions / raw,
            counts.allocations,
        );
    }
    let index = READERS.iter().position(|reader| reader.name == MACHINE).unwrap_or_default();
    let peaks = [heap_peak(&child(index, &short))?, heap_peak(&child(index, &long))?];
    let figures = [
        Figure::at_most(
            "framing: at most x raw".into(),
            MOST_OF_RAW,
            counted(FRAMES)?.1.instructions / raw,
        ),
        Figure::at_most(
            "the whole machine: at most x raw".into(),
            MOST_OF_MACHINE,
            counted(MACHINE)?.1.instructions / raw,
        ),
        Figure::at_least("posts a second from a socket".into(), LEAST_POSTS, socket()?),
        Figure::at_most(
            "four times the stream: at most x peak".into(),
            MOST_OF_PEAK,
            peaks[1] / peaks[0],
        ),
    ];
    let met = figure::print("twitter-types, streams", &figures);
    println!("{NOTES}");
    Ok(met)
}

/// Posts a second that come out of the blocking client, when the server sends as fast as it can.
fn socket() -> Result<f64, String> {
    let text = |error: std::io::Error| error.to_string();
    let listener = TcpListener::bind("127.0.0.1:0").map_err(text)?;
    let address = listener.local_addr().map_err(text)?;
    thread::spawn(move || -> std::io::Result<()> {
        let bytes = recording(SENT);
        let (mut socket, _) = listener.accept()?;
        let _ = socket.read(&mut [0; 4096])?;
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")?;
        socket.write_all(&bytes)
    });
    let base = format!("http://{address}").parse().map_err(|error| format!("{error}"))?;
    let token = AppToken::new("AAAA").map_err(|error| error.to_string())?;
    let mut stream = Client::new(token).with_base_url(base).stream(streams::Filtered::new());
    let (mut posts, mut start) = (0, None);
    while posts < SENT {
        match stream.next() {
            Some(Ok(Event::Item(item))) => {
                start.get_or_insert_with(Instant::now);
                black_box(item);
                posts += 1;
            }
            Some(Ok(_)) => {}
            other => return Err(format!("the stream ended early: {other:?}")),
        }
    }
    Ok(posts as f64 / start.map_or(f64::NAN, |start| start.elapsed().as_secs_f64()))
}

/// The child under valgrind.
pub(crate) fn run(reader: &str, path: &str, runs: &str) -> Result<(), String> {
    let reader = READERS.get(number(reader)?).ok_or("no such reader")?;
    let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    (0..number(runs)?).for_each(|_| runner(reader, &bytes)());
    Ok(())
}

fn runner<'a>(reader: &'a Reader, bytes: &'a [u8]) -> impl FnMut() + 'a {
    || {
        let posts = (reader.read)(black_box(bytes)).expect("every reader reads this recording");
        black_box(posts);
    }
}

fn find(name: &str) -> Result<&'static Reader, String> {
    READERS.iter().find(|reader| reader.name == name).ok_or_else(|| format!("no {name}"))
}

fn child(reader: usize, recording: &Path) -> [OsString; 3] {
    [CHILD.into(), reader.to_string().into(), recording.into()]
}

/// A recording of so many posts, in a file beside this program.
fn file(posts: usize) -> Result<PathBuf, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let path = program.with_file_name(format!("stream-{posts}.jsonl"));
    fs::write(&path, recording(posts)).map_err(|error| format!("no recording: {error}"))?;
    Ok(path)
}
