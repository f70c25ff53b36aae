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

use benches::{
    report::{Figure, Part, Table, grouped},
    streaming::{FRAMES, MACHINE, RAW, READERS, Reader, recording},
};
use twitter_client_blocking::Client;
use twitter_types::{auth::AppToken, stream::Event, streams};

use crate::{
    Depth,
    clock::Clock,
    number, shown,
    valgrind::{Counts, heap_peak},
};

/// The hidden argument: `--stream READER RECORDING RUNS`, the reader by its index, the recording by its
/// path, so that what it takes to make one is in no peak.
pub(crate) const CHILD: &str = "--stream";

/// Posts in the recording.
const POSTS: usize = 1000;
const RUNS: [u32; 2] = [1, 3];
const CLOCK: Clock = Clock { pairs: 31, runs: 1 };

/// What another `memcpy` or `malloc` may add.
const TOLERANCE: f64 = 0.02;

const COLUMNS: [&str; 5] = ["instructions", "x raw", "time x raw", "allocs", "posts/s"];
/// Who is in a figure or in the baseline.
const HELD: [&str; 3] = [RAW, FRAMES, MACHINE];
/// Of the readers, ours; that which all is measured by decodes as ours do.
const OURS: [&str; 2] = [FRAMES, MACHINE];

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

/// Measures every reader.
pub(crate) fn part(depth: Depth) -> Result<Part, String> {
    let bytes = recording(POSTS);
    let [short, long] = [file(POSTS)?, file(4 * POSTS)?];
    let readers = READERS.iter().enumerate();
    let readers = readers.filter(|(_, reader)| depth.wants(&HELD, reader.name));
    let rows = readers.map(|(index, reader)| {
        eprintln!("measuring {}", reader.name);
        measure(reader, Counts::per_run(&child(index, &short), RUNS)?, &bytes, depth)
    });
    let rows: Vec<_> = rows.collect::<Result<_, String>>()?;
    let index = READERS.iter().position(|reader| reader.name == MACHINE).unwrap_or_default();
    let peaks = [heap_peak(&child(index, &short))?, heap_peak(&child(index, &long))?];
    let size = grouped(bytes.len() as f64, 0);
    let mut table = Table::new(format!("a stream of {POSTS} posts, {size} bytes"), &COLUMNS);
    let raw = find(&rows, RAW)?.counts.instructions;
    for row in &rows {
        let Row { name, counts, times_raw, rate } = row;
        let cells = vec![
            grouped(counts.instructions, 0),
            grouped(counts.instructions / raw, 3),
            shown(*times_raw, 2),
            grouped(counts.allocations, 0),
            shown(*rate, 0),
        ];
        table.push(*name, OURS.contains(name), Ok(cells));
    }
    let count = |name: &str| {
        let counts = &find(&rows, name)?.counts;
        Ok::<_, String>(counts.count(format!("streaming: {name}"), TOLERANCE))
    };
    let instructions = table.panel("instructions for a thousand posts", "instructions");
    let mut rates = table.panel("posts in a second, of bytes that are in memory", "posts/s");
    // Beside what decodes nothing, all others would look alike.
    rates.bars.retain(|bar| bar.name != READERS[0].name);
    Ok(Part {
        panels: vec![instructions, rates],
        notes: format!(
            "{NOTES}\n\nAt its peak, the whole machine holds {} bytes beside the recording.",
            grouped(peaks[0], 0)
        ),
        figures: judge(&rows, peaks)?.into(),
        counts: vec![count(RAW)?, count(FRAMES)?, count(MACHINE)?],
        tables: vec![table],
        ..Part::default()
    })
}

/// One reader.
struct Row {
    name: &'static str,
    counts: Counts,
    times_raw: Option<f64>,
    rate: Option<f64>,
}

fn measure(
    reader: &'static Reader,
    counts: Counts,
    bytes: &[u8],
    depth: Depth,
) -> Result<Row, String> {
    let name = reader.name;
    if depth == Depth::Counted {
        return Ok(Row { name, counts, times_raw: None, rate: None });
    }
    let raw = READERS.iter().find(|reader| reader.name == RAW).ok_or("no raw reader")?;
    let mut run = runner(reader, bytes);
    let times_raw = CLOCK.ratio(&mut run, &mut runner(raw, bytes));
    let rate = 1e9 * POSTS as f64 / CLOCK.nanoseconds(&mut run);
    Ok(Row { name, counts, times_raw: Some(times_raw), rate: Some(rate) })
}

fn judge(rows: &[Row], [short, long]: [f64; 2]) -> Result<[Figure; 4], String> {
    let raw = find(rows, RAW)?.counts.instructions;
    let times = |name| Ok::<_, String>(find(rows, name)?.counts.instructions / raw);
    Ok([
        Figure::at_most("framing: at most x raw", MOST_OF_RAW, times(FRAMES)?),
        Figure::at_most("the whole machine: at most x raw", MOST_OF_MACHINE, times(MACHINE)?),
        Figure::at_least("posts a second from a socket", LEAST_POSTS, socket()?),
        Figure::at_most("four times the stream: at most x peak", MOST_OF_PEAK, long / short),
    ])
}

fn find<'a>(rows: &'a [Row], name: &str) -> Result<&'a Row, String> {
    rows.iter().find(|row| row.name == name).ok_or_else(|| format!("no {name}"))
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
