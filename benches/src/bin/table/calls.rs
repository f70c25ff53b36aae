//! The table of calls.

use benches::{
    calls::{
        ASYNC, BLOCKING, Contestant, DECODING, RAW_REQWEST, RAW_UREQ, SIGNING, Server, TIMED_UREQ,
        XDK_RS, contestants, reply,
    },
    report::{Figure, Part, Table, grouped},
    scripts::CALLERS,
};

use crate::{Depth, clock::Clock, number, shown, valgrind::Counts};

/// The hidden argument: `--call URL CONTESTANT CALLS`, the contestant by its index.
pub(crate) const CHILD: &str = "--call";
const CLOCK: Clock = Clock { pairs: 3001, runs: 1 };
const RUNS: [u32; 2] = [50, 450];
/// What another `memcpy` or `malloc` may add, and what a call is not alike each time.
const TOLERANCE: f64 = 0.03;

const COLUMNS: [&str; 5] = ["us", "x ureq", "x reqwest", "instructions", "allocs"];

/// Who is in a figure that a check goes by, or in the baseline.
const HELD: [&str; 4] = [RAW_UREQ, BLOCKING, RAW_REQWEST, ASYNC];

/// What a raw call took, in microseconds, where the ratios were set.
const SET_FOR_UREQ: f64 = 105.0;
const SET_FOR_REQWEST: f64 = 138.0;

/// At most so many times raw ureq.
const MOST_OF_UREQ: f64 = 1.08;
/// At most so many times raw reqwest.
const MOST_OF_REQWEST: f64 = 1.06;
/// What we add to raw reqwest is at most so many times what xdk-rs adds.
const MOST_OF_XDK_RS: f64 = 0.5;
/// To sign, to read, to decode and to note takes at most so many thousand instructions.
const MOST_ADDED: f64 = 125.0;
const NOTES: &str = "
us: the median. x ureq, x reqwest: times the median call, in pairs that take turns; scripts cannot take
turns, and are compared by medians. All on one processor, server included, which does nothing but
answer: the nearest server makes the ratios the largest. No check fails by time, since no wall time is
the same on two machines. Checks go by instructions, of which valgrind counts those of the portable SHA-1.

With any timeout, ureq starts a thread for each call, to look the host up, even if it is an address and
a connection is open: the difference between the first two rows.";

/// Measures every contestant. To be called in a process that has one processor: where a client and its
/// server are put is else worth more than what is measured, and stays so for a whole run.
pub(crate) fn part(depth: Depth) -> Result<Part, String> {
    let server = Server::start().map_err(|error| error.to_string())?;
    let url = server.base_url();
    let mut contestants = contestants(url).map_err(|error| error.to_string())?;
    let rows = measure(&mut contestants, url, depth)?;
    let mut table = table(&rows);
    if depth == Depth::All {
        scripts(url, &rows, &mut table)?;
    }
    let count = |name: &str| {
        let counts = &find(&rows, name)?.counts;
        Ok::<_, String>(counts.count(format!("calls: {name}"), TOLERANCE))
    };
    Ok(Part {
        panels: vec![
            table.panel("microseconds for a call, client and server on one processor", "us"),
            table.panel("instructions for a call", "instructions"),
        ],
        notes: NOTES.into(),
        figures: judge(&rows, depth)?,
        counts: vec![count(BLOCKING)?, count(ASYNC)?],
        tables: vec![table],
        ..Part::default()
    })
}

fn judge(rows: &[Row], depth: Depth) -> Result<Vec<Figure>, String> {
    let added = |ours, raw| {
        let [ours, raw] = [find(rows, ours)?, find(rows, raw)?].map(|row| row.counts.instructions);
        Ok::<_, String>((ours - raw) / 1000.0)
    };
    let counted = |text: &str, measured| Figure::at_most(text, MOST_ADDED, measured);
    let mut figures = if depth == Depth::All { judge_times(rows)? } else { Vec::new() };
    figures.extend([
        counted("blocking, beyond ureq: at most 1000 instructions", added(BLOCKING, RAW_UREQ)?),
        counted("async, beyond reqwest: at most 1000 instructions", added(ASYNC, RAW_REQWEST)?),
    ]);
    Ok(figures)
}

fn judge_times(rows: &[Row]) -> Result<Vec<Figure>, String> {
    let (timed, blocking) = (time(rows, TIMED_UREQ)?, time(rows, BLOCKING)?);
    let (asynchronous, xdk) = (time(rows, ASYNC)?, time(rows, XDK_RS)?);
    let (near, threads) = (near(rows)?, threads(rows)?);
    let by_ureq = blocking.times_ureq / timed.times_ureq;
    let by_xdk_rs = (asynchronous.times_reqwest - 1.0) / (xdk.times_reqwest - 1.0);
    let figures = [
        Figure::at_most("blocking: at most x raw ureq", MOST_OF_UREQ, blocking.times_ureq)
            .because(threads),
        Figure::at_most("blocking: at most x raw ureq with a timeout", MOST_OF_UREQ, by_ureq)
            .because(&near),
        Figure::at_most(
            "async: at most x raw reqwest",
            MOST_OF_REQWEST,
            asynchronous.times_reqwest,
        )
        .because(&near),
        Figure::at_most("async, beyond raw reqwest: at most x xdk-rs", MOST_OF_XDK_RS, by_xdk_rs),
    ];
    Ok(figures.into_iter().map(Figure::only_told).collect())
}

/// Why ratios of calls to the nearest of servers are large.
fn near(rows: &[Row]) -> Result<String, String> {
    let microseconds = |name| Ok::<_, String>(time(rows, name)?.microseconds);
    let (ureq, reqwest) = (microseconds(RAW_UREQ)?, microseconds(RAW_REQWEST)?);
    let (of_ureq, of_reqwest) = (MOST_OF_UREQ - 1.0, MOST_OF_REQWEST - 1.0);
    Ok(format!(
        "The ratios were set for raw calls of {SET_FOR_UREQ:.0} us (ureq) and {SET_FOR_REQWEST:.0} us (reqwest), and so \
         for {:.1} us and {:.1} us more. Here the raw calls take {ureq:.1} us and {reqwest:.1} us, since the server does \
         nothing and is as near as can be, which leaves {:.1} us and {:.1} us. Ours adds {:.1} us to ureq \
         with a timeout, and {:.1} us to reqwest, of which signing is {:.1} us, and decoding {:.1} us.",
        SET_FOR_UREQ * of_ureq,
        SET_FOR_REQWEST * of_reqwest,
        ureq * of_ureq,
        reqwest * of_reqwest,
        microseconds(BLOCKING)? - microseconds(TIMED_UREQ)?,
        microseconds(ASYNC)? - reqwest,
        microseconds(SIGNING)?,
        microseconds(DECODING)?,
    ))
}

/// What a time limit costs with ureq.
fn threads(rows: &[Row]) -> Result<String, String> {
    Ok(format!(
        "With any time limit, without which a client is not to be trusted, ureq 3 starts a thread for each call, to \
         look the host up: {:.1} us. Only a resolver of our own would end that, against an interface that ureq does not \
         promise to keep. Beside ureq with a time limit too, it is the next figure.",
        time(rows, TIMED_UREQ)?.microseconds - time(rows, RAW_UREQ)?.microseconds,
    ))
}

fn table(rows: &[Row]) -> Table {
    let title = format!("a call, whose answer has {} bytes", reply().len());
    let mut table = Table::new(title, &COLUMNS);
    for Row { name, time, counts } in rows {
        let time = |of: fn(&Time) -> f64, digits| shown(time.as_ref().map(of), digits);
        let cells = vec![
            time(|time| time.microseconds, 1),
            time(|time| time.times_ureq, 3),
            time(|time| time.times_reqwest, 3),
            grouped(counts.instructions, 0),
            grouped(counts.allocations, 1),
        ];
        table.push(*name, [BLOCKING, ASYNC].contains(name), Ok(cells));
    }
    table
}

fn find<'a>(rows: &'a [Row], name: &str) -> Result<&'a Row, String> {
    rows.iter().find(|row| row.name == name).ok_or_else(|| format!("no {name}"))
}

fn time<'a>(rows: &'a [Row], name: &str) -> Result<&'a Time, String> {
    find(rows, name)?.time.as_ref().ok_or_else(|| format!("{name} was only counted"))
}

/// One contestant.
struct Row {
    name: &'static str,
    time: Option<Time>,
    counts: Counts,
}

struct Time {
    microseconds: f64,
    times_ureq: f64,
    times_reqwest: f64,
}

fn measure(contestants: &mut [Contestant], url: &str, depth: Depth) -> Result<Vec<Row>, String> {
    let at = |contestants: &[Contestant], name| {
        contestants
            .iter()
            .position(|contestant| contestant.name == name)
            .ok_or("no such contestant")
    };
    let (ureq, reqwest) = (at(contestants, RAW_UREQ)?, at(contestants, RAW_REQWEST)?);
    let mut rows = Vec::new();
    for index in 0..contestants.len() {
        let name = contestants[index].name;
        if !depth.wants(&HELD, name) {
            continue;
        }
        eprintln!("measuring {name}");
        let child = [CHILD.into(), url.into(), index.to_string().into()];
        let counts = Counts::per_run(&child, RUNS)?;
        let time = (depth == Depth::All).then(|| Time {
            microseconds: CLOCK.median_nanoseconds(&mut contestants[index].call) / 1000.0,
            times_ureq: ratio(contestants, index, ureq),
            times_reqwest: ratio(contestants, index, reqwest),
        });
        rows.push(Row { name, time, counts });
    }
    Ok(rows)
}

fn ratio(contestants: &mut [Contestant], one: usize, other: usize) -> f64 {
    match contestants.get_disjoint_mut([one, other]) {
        Ok([one, other]) => CLOCK.ratio(&mut one.call, &mut other.call),
        Err(_) => 1.0,
    }
}

/// Scripts cannot take turns with the others.
fn scripts(url: &str, rows: &[Row], table: &mut Table) -> Result<(), String> {
    let (ureq, reqwest) = (time(rows, RAW_UREQ)?, time(rows, RAW_REQWEST)?);
    for script in &CALLERS {
        eprintln!("measuring {}", script.name);
        match script.run(&[url, &CLOCK.pairs.to_string()]) {
            Ok(measured) => {
                let times = |raw: &Time| grouped(measured.microseconds / raw.microseconds, 3);
                let time = grouped(measured.microseconds, 1);
                let cells = vec![time, times(ureq), times(reqwest), "-".into(), "-".into()];
                table.push(measured.name, false, Ok(cells));
            }
            Err(why) => table.push(script.name, false, Err(why)),
        }
    }
    Ok(())
}

/// The child under valgrind.
pub(crate) fn run(url: &str, contestant: &str, calls: &str) -> Result<(), String> {
    let mut contestants = contestants(url).map_err(|error| error.to_string())?;
    let contestant = contestants.get_mut(number(contestant)?).ok_or("no such contestant")?;
    (0..number(calls)?).for_each(|_| (contestant.call)());
    Ok(())
}
