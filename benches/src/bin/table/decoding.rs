//! The tables of decoded pages.

use std::{env, fs, hint::black_box, path::Path};

use benches::{
    decoding::{DECODERS, Decoder, OURS, Page, TWITTER_V2, VALUE, pages},
    report::{Count, Figure, Part, Table, grouped},
};

use crate::{
    Depth,
    clock::Clock,
    number, shown,
    valgrind::{Counts, heap_peak},
};

/// The hidden argument: `--decode PAGE DECODER RUNS`, the page by its path, the decoder by its index.
pub(crate) const CHILD: &str = "--decode";

const RUNS: [u32; 2] = [2, 12];
const CLOCK: Clock = Clock { pairs: 101, runs: 1 };

/// What another `memcpy` or `malloc` may add.
const TOLERANCE: f64 = 0.02;

/// Who is in a figure or in the baseline.
const HELD: [&str; 3] = [OURS, TWITTER_V2, VALUE];

const COLUMNS: [&str; 9] = [
    "instructions",
    "x Value",
    "x v2",
    "allocs",
    "bytes",
    "peak",
    "peak x Value",
    "us",
    "time x Value",
];

/// At most so many times the instructions of `Value`.
const MOST_OF_VALUE: f64 = 0.53;
/// At most so many times the bytes that `Value` holds.
const MOST_OF_PEAK: f64 = 0.28;

// The last sentence was measured once, with a `model!` that has no `extra` and reads unknown fields
// into `IgnoredAny`, on the page first measured: 10.02 against 10.24 million instructions, a peak of
// 0.648 against 0.696 MB.
const NOTES: &str = "
x Value, x v2: times what it takes serde_json::Value, or twitter-v2. peak: the most bytes held at a
time, beside the page. us: at best. time x Value: the median of runs that take turns.

Each decodes and drops. Ours gets bytes, and checks that they are UTF-8; the others get a text.
twitter-v2 reads only the old names, and skips more than half of the made page, whose fields are mostly
newer; ours is held to it on the page first measured, of which it reads most. xdk-rs has types for
posts and users, and keeps the rest as Value; its client makes a Value of the whole page first, which
costs more than this. sonic-rs makes a tree alone here: it is
the fastest way to one, and holds the most memory. Like all else it is built for any processor of its kind, while its
authors ask for one by name (`-C target-cpu=native`).

Ours keeps unknown fields. On a page without any, that costs 2.2 % of the instructions.";

/// Measures every page.
pub(crate) fn part(depth: Depth) -> Result<Part, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let folder = program.parent().ok_or("this program is in no folder")?;
    let pages = pages(folder).map_err(|error| format!("a page cannot be written: {error}"))?;
    let mut part = Part { notes: NOTES.into(), ..Part::default() };
    for page in &pages {
        let rows = measure(page, depth)?;
        let table = table(page, &rows)?;
        part.panels.push(table.panel(format!("{}: instructions", table.title), "instructions"));
        part.figures.extend(judge(page, &rows)?);
        part.counts.push(count(page, &rows)?);
        part.tables.push(table);
    }
    let table = part.tables.last().ok_or("no page")?;
    for (what, column) in [("bytes held at most", "peak"), ("microseconds", "us")] {
        part.panels.push(table.panel(format!("{}: {what}", table.title), column));
    }
    Ok(part)
}

/// One decoder and one page.
struct Row {
    name: &'static str,
    /// Or why the page cannot be decoded.
    cost: Result<Cost, String>,
}

struct Cost {
    counts: Counts,
    peak: f64,
    time: Option<Time>,
}

struct Time {
    nanoseconds: f64,
    times_value: f64,
}

fn measure(page: &Page, depth: Depth) -> Result<Vec<Row>, String> {
    eprintln!("measuring {}", page.name);
    let text = read(&page.path)?;
    let value = DECODERS.iter().find(|decoder| decoder.name == VALUE).ok_or("no Value")?;
    let measure = |(index, decoder): (usize, &Decoder)| {
        if let Err(error) = (decoder.decode)(&text) {
            return Ok(Row { name: decoder.name, cost: Err(error.to_string()) });
        }
        let child = [CHILD.into(), page.path.clone().into(), index.to_string().into()];
        let mut decode = runner(decoder, &text);
        let cost = Cost {
            counts: Counts::per_run(&child, RUNS)?,
            peak: heap_peak(&child)?,
            time: (depth == Depth::All).then(|| Time {
                nanoseconds: CLOCK.nanoseconds(&mut decode),
                times_value: CLOCK.ratio(&mut decode, &mut runner(value, &text)),
            }),
        };
        Ok(Row { name: decoder.name, cost: Ok(cost) })
    };
    let decoders = DECODERS.iter().enumerate();
    decoders.filter(|(_, decoder)| depth.wants(&HELD, decoder.name)).map(measure).collect()
}

fn table(page: &Page, rows: &[Row]) -> Result<Table, String> {
    let value = find(rows, VALUE).ok_or("Value reads any page")?;
    let v2 = find(rows, TWITTER_V2);
    let cells = |Cost { counts, peak, time }: &Cost| {
        let times_v2 = v2.map(|v2| counts.instructions / v2.counts.instructions);
        vec![
            grouped(counts.instructions, 0),
            grouped(counts.instructions / value.counts.instructions, 3),
            shown(times_v2, 3),
            grouped(counts.allocations, 0),
            grouped(counts.bytes, 0),
            grouped(*peak, 0),
            grouped(peak / value.peak, 3),
            shown(time.as_ref().map(|time| time.nanoseconds / 1000.0), 0),
            shown(time.as_ref().map(|time| time.times_value), 2),
        ]
    };
    let title = format!("{}, {} bytes", page.name, grouped(page.size as f64, 0));
    let mut table = Table::new(title, &COLUMNS);
    for row in rows {
        let cells = row.cost.as_ref().map(cells);
        let cells = cells.map_err(|error| format!("cannot decode this: {error}"));
        table.push(row.name, row.name == OURS, cells);
    }
    Ok(table)
}

fn count(page: &Page, rows: &[Row]) -> Result<Count, String> {
    let ours = find(rows, OURS).ok_or_else(|| format!("{OURS} cannot decode {}", page.name))?;
    Ok(ours.counts.count(format!("decoding: {}", page.name), TOLERANCE))
}

fn judge(page: &Page, rows: &[Row]) -> Result<Vec<Figure>, String> {
    let ours = find(rows, OURS).ok_or_else(|| format!("{OURS} cannot decode {}", page.name))?;
    let value = find(rows, VALUE).ok_or("Value reads any page")?;
    let figure = |text: &str, most, ours: f64, other: f64| {
        Figure::at_most(format!("{}: {text}", page.name), most, ours / other)
    };
    let instructions = ours.counts.instructions;
    let mut figures = vec![
        figure("at most x Value", MOST_OF_VALUE, instructions, value.counts.instructions),
        figure("at most x Value's peak", MOST_OF_PEAK, ours.peak, value.peak),
    ];
    if let Some(most) = page.most_of_twitter_v2 {
        let v2 = find(rows, TWITTER_V2).ok_or("twitter-v2 reads the old names")?;
        figures.push(figure("at most x twitter-v2", most, instructions, v2.counts.instructions));
    }
    Ok(figures)
}

fn find<'a>(rows: &'a [Row], name: &str) -> Option<&'a Cost> {
    rows.iter().find(|row| row.name == name)?.cost.as_ref().ok()
}

/// The child under valgrind.
pub(crate) fn run(page: &str, decoder: &str, runs: &str) -> Result<(), String> {
    let text = read(page.as_ref())?;
    let decoder = DECODERS.get(number(decoder)?).ok_or("no such decoder")?;
    (0..number(runs)?).for_each(|_| runner(decoder, &text)());
    Ok(())
}

fn runner<'a>(decoder: &'a Decoder, page: &'a str) -> impl FnMut() + 'a {
    || (decoder.decode)(black_box(page)).expect("it has decoded this page before")
}

fn read(page: &Path) -> Result<String, String> {
    fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))
}
