//! The table of decoded pages.

use std::{env, fs, hint::black_box, path::Path};

use benches::decoding::{DECODERS, Decoder, OURS, Page, TWITTER_V2, VALUE, pages};

use crate::{
    clock::Clock,
    figure::{self, Figure},
    number,
    valgrind::{Counts, heap_peak},
};

/// The hidden argument: `--decode PAGE DECODER RUNS`, the page by its path, the decoder by its index.
pub(crate) const CHILD: &str = "--decode";

const RUNS: [u32; 2] = [2, 12];
const CLOCK: Clock = Clock { pairs: 101, runs: 1 };

/// At most so many times the instructions of `Value`.
const MOST_OF_VALUE: f64 = 0.53;
/// At most so many times the bytes that `Value` holds.
const MOST_OF_PEAK: f64 = 0.28;

// The last sentence was measured once, with a `model!` that has no `extra` and reads unknown fields
// into `IgnoredAny`, on the page first measured: 10.02 against 10.24 million instructions, a peak of
// 0.648 against 0.696 MB.
const NOTES: &str = "
x Value, x v2: times what it takes serde_json::Value, or twitter-v2. peak: the most bytes held at a
time, beside the page. us: at best. x Value behind it: the median of runs that take turns.
Each decodes and drops. Ours gets bytes, and checks that they are UTF-8; the others get a text.
twitter-v2 reads only the old names, and skips more than half of the made page, whose fields are mostly
newer; ours is held to it on the page first measured, of which it reads most. xdk-rs has types for
posts and users, and keeps the rest as Value; its client makes a Value of the whole page first, which
costs more than this.
Ours keeps unknown fields. On a page without any, that costs 2.2 % of the instructions.";

/// Prints the table, and returns whether every figure is met, or nearly.
pub(crate) fn table() -> Result<bool, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let folder = program.parent().ok_or("this program is in no folder")?;
    let pages = pages(folder).map_err(|error| format!("a page cannot be written: {error}"))?;
    let measured: Result<Vec<_>, _> = pages.iter().map(measure).collect();
    let measured = measured?;
    print_line(
        "",
        ["instructions", "x Value", "x v2", "allocs", "bytes", "peak", "x Value", "us", "x Value"],
    );
    let mut figures = Vec::new();
    for (page, rows) in pages.iter().zip(&measured) {
        println!("{}, {} bytes", page.name, page.size);
        print(rows)?;
        figures.extend(judge(page, rows)?);
    }
    let met = figure::print("twitter-types", &figures);
    println!("{NOTES}");
    Ok(met)
}

/// One decoder and one page.
struct Row {
    name: &'static str,
    /// Or why the page cannot be decoded.
    cost: Result<Cost, serde_json::Error>,
}

struct Cost {
    counts: Counts,
    peak: f64,
    nanoseconds: f64,
    times_value: f64,
}

fn measure(page: &Page) -> Result<Vec<Row>, String> {
    eprintln!("measuring {}", page.name);
    let text = read(&page.path)?;
    let value = DECODERS.iter().find(|decoder| decoder.name == VALUE).ok_or("no Value")?;
    let measure = |(index, decoder): (usize, &Decoder)| {
        if let Err(error) = (decoder.decode)(&text) {
            return Ok(Row { name: decoder.name, cost: Err(error) });
        }
        let child = [CHILD.into(), page.path.clone().into(), index.to_string().into()];
        let mut decode = runner(decoder, &text);
        let cost = Cost {
            counts: Counts::per_run(&child, RUNS)?,
            peak: heap_peak(&child)?,
            nanoseconds: CLOCK.nanoseconds(&mut decode),
            times_value: CLOCK.ratio(&mut decode, &mut runner(value, &text)),
        };
        Ok(Row { name: decoder.name, cost: Ok(cost) })
    };
    DECODERS.iter().enumerate().map(measure).collect()
}

fn print(rows: &[Row]) -> Result<(), String> {
    let value = find(rows, VALUE).ok_or("Value reads any page")?;
    let v2 = find(rows, TWITTER_V2);
    for row in rows {
        let Cost { counts, peak, nanoseconds, times_value } = match &row.cost {
            Ok(cost) => cost,
            Err(error) => {
                println!("  {:34} cannot decode this: {error}", row.name);
                continue;
            }
        };
        let times_v2 = v2.map(|v2| counts.instructions / v2.counts.instructions);
        print_line(
            row.name,
            [
                &format!("{:.0}", counts.instructions),
                &format!("{:.3}", counts.instructions / value.counts.instructions),
                &times_v2.map_or_else(|| "-".into(), |times| format!("{times:.3}")),
                &format!("{:.0}", counts.allocations),
                &format!("{:.0}", counts.bytes),
                &format!("{peak:.0}"),
                &format!("{:.3}", peak / value.peak),
                &format!("{:.0}", nanoseconds / 1000.0),
                &format!("{times_value:.2}"),
            ],
        );
    }
    Ok(())
}

fn print_line(name: &str, [first, rest @ ..]: [&str; 9]) {
    print!("  {name:34} {first:>12}");
    rest.iter().for_each(|column| print!(" {column:>8}"));
    println!();
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
