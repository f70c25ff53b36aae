//! The tables of signatures.

use std::ffi::OsString;

use benches::{
    report::{Count, Figure, Part, Table, grouped},
    scripts::SIGNERS,
    signing::{CASES, Case, Contestant, OAUTH1_REQUEST, RAW_HMAC, SIGN, SIGN_INTO, contestants},
};

use crate::{Depth, clock::Clock, number, shown, valgrind::Counts};

/// The hidden argument: `--sign CASE CONTESTANT RUNS`, case and contestant by their index.
pub(crate) const CHILD: &str = "--sign";

const RUNS: [u32; 2] = [100, 1100];
const CLOCK: Clock = Clock { pairs: 501, runs: 50 };
/// Of a script.
const SIGNATURES: &str = "10000";
/// What another `memcpy` may add.
const TOLERANCE: f64 = 0.02;

/// Who is in a figure or in the baseline.
const HELD: [&str; 4] = [RAW_HMAC, SIGN_INTO, SIGN, OAUTH1_REQUEST];

const COLUMNS: [&str; 8] =
    ["instructions", "x raw", "x fewer", "allocs", "bytes", "ns", "time x raw", "x faster"];

const NOTES: &str = "
x raw: times the instructions, or the time, of the raw HMAC. x fewer, x faster: how many times the
instructions, or the time, of oauth1-request are these. ns: at best.
Instructions and allocations are counted by valgrind, which hides the processor's SHA-1, so with the
portable one. Times are with the processor's SHA-1 where it has one: their ratios are medians of runs
that take turns. All is one build, by the default release profile.

The raw HMAC gets the finished base string. oauth1-request gets the parameters decoded, and sorted
when it is compiled. oauth1 gets them decoded, and puts them into a map, as it asks; it draws nonce and time itself.
reqwest-oauth1 only signs a request of reqwest's, which it makes on the way; it
leaves out the form body where there is a query. Ours and xdk-rs read the URL; ours also reads the form body, which
xdk-rs gets decoded, in a map. npm and Python sign in a process of their own, whose start does not count, warm, with
the hash of OpenSSL.";

const WHY: &str = "Beyond the hash there are the URL and the form to read, the parameters to sort, and base string and \
                   header to write, each byte once. Another processor's `memcpy` moves all counts by some \
                   thousandths, and a check leaves 2 % for that.";

/// Measures every case.
pub(crate) fn part(depth: Depth) -> Result<Part, String> {
    let mut part = Part { notes: NOTES.into(), ..Part::default() };
    for (index, case) in CASES.iter().enumerate() {
        let rows = measure(index, case, depth)?;
        let mut table = table(case, &rows)?;
        if depth == Depth::All {
            scripts(case, &rows, &mut table)?;
        }
        part.panels.push(table.panel(format!("{}: instructions", case.name), "instructions"));
        part.figures.extend(judge(case, &rows)?);
        part.counts.extend(counts(case, &rows)?);
        part.tables.push(table);
    }
    // One case is enough to see where the other languages are.
    let update = part.tables.get(1).ok_or("no second case")?;
    part.panels.push(update.panel(format!("{}: nanoseconds", update.title), "ns"));
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("sha") {
        part.notes += " This processor has SHA-1.";
    } else {
        part.notes += " This processor has no SHA-1.";
    }
    Ok(part)
}

/// One contestant and one case; no cost where the signature is wrong.
struct Row {
    name: &'static str,
    cost: Option<Cost>,
}

struct Cost {
    counts: Counts,
    time: Option<Time>,
}

struct Time {
    nanoseconds: f64,
    times_raw: f64,
    times_faster: f64,
}

fn measure(index: usize, case: &'static Case, depth: Depth) -> Result<Vec<Row>, String> {
    eprintln!("measuring {}", case.name);
    let mut rivals = contestants(case);
    let mut rival = |name| {
        let rival = rivals.iter_mut().find(|rival| rival.name == name);
        let sign = rival.and_then(|rival| rival.sign.take());
        sign.ok_or_else(|| format!("{name} signs {} wrong", case.name))
    };
    let (mut raw, mut peer) = (rival(RAW_HMAC)?, rival(OAUTH1_REQUEST)?);
    let measure = |(place, contestant): (usize, Contestant)| {
        let Some(mut sign) = contestant.sign else {
            return Ok(Row { name: contestant.name, cost: None });
        };
        let counts = Counts::per_run(&child(index, place), RUNS)?;
        let time = (depth == Depth::All).then(|| Time {
            nanoseconds: CLOCK.nanoseconds(&mut sign),
            times_raw: CLOCK.ratio(&mut sign, &mut raw),
            times_faster: CLOCK.ratio(&mut peer, &mut sign),
        });
        Ok(Row { name: contestant.name, cost: Some(Cost { counts, time }) })
    };
    let contestants = contestants(case).into_iter().enumerate();
    contestants.filter(|(_, contestant)| depth.wants(&HELD, contestant.name)).map(measure).collect()
}

fn table(case: &Case, rows: &[Row]) -> Result<Table, String> {
    let raw = find(rows, RAW_HMAC)?.counts.instructions;
    let peer = find(rows, OAUTH1_REQUEST)?.counts.instructions;
    let cells = |Cost { counts, time }: &Cost| {
        let time = |of: fn(&Time) -> f64, digits| shown(time.as_ref().map(of), digits);
        vec![
            grouped(counts.instructions, 0),
            grouped(counts.instructions / raw, 3),
            grouped(peer / counts.instructions, 3),
            grouped(counts.allocations, 1),
            grouped(counts.bytes, 0),
            time(|time| time.nanoseconds, 0),
            time(|time| time.times_raw, 2),
            time(|time| time.times_faster, 2),
        ]
    };
    let mut table = Table::new(case.name, &COLUMNS);
    for row in rows {
        let cells = row.cost.as_ref().map(cells).ok_or_else(|| "signs this wrong".into());
        table.push(row.name, is_ours(row.name), cells);
    }
    Ok(table)
}

/// Scripts are timed alone.
fn scripts(case: &Case, rows: &[Row], table: &mut Table) -> Result<(), String> {
    let time = |name| Ok::<_, String>(find(rows, name)?.time.as_ref().map(|time| time.nanoseconds));
    let (raw, peer) = (time(RAW_HMAC)?, time(OAUTH1_REQUEST)?);
    for script in &SIGNERS {
        eprintln!("measuring {}", script.name);
        match script.run(&[case.method, case.url, case.form, SIGNATURES]) {
            Ok(measured) => {
                let nanoseconds = 1000.0 * measured.microseconds;
                let mut cells = vec!["-".to_owned(); 5];
                cells.push(grouped(nanoseconds, 0));
                cells.push(shown(raw.map(|raw| nanoseconds / raw), 2));
                cells.push(shown(peer.map(|peer| peer / nanoseconds), 2));
                let is_right = measured.made == case.signature;
                let cells = if is_right { Ok(cells) } else { Err("signs this wrong".into()) };
                table.push(measured.name, false, cells);
            }
            Err(why) => table.push(script.name, false, Err(why)),
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    [SIGN, SIGN_INTO].contains(&name)
}

fn counts(case: &Case, rows: &[Row]) -> Result<[Count; 2], String> {
    let count = |name| {
        let counts = &find(rows, name)?.counts;
        Ok::<_, String>(counts.count(format!("signing: {name}: {}", case.name), TOLERANCE))
    };
    Ok([count(SIGN)?, count(SIGN_INTO)?])
}

fn judge(case: &Case, rows: &[Row]) -> Result<[Figure; 4], String> {
    let counts = |name| find(rows, name).map(|cost| &cost.counts);
    let (sign, sign_into) = (counts(SIGN)?, counts(SIGN_INTO)?);
    let times_raw = sign.instructions / counts(RAW_HMAC)?.instructions;
    let times_fewer = counts(OAUTH1_REQUEST)?.instructions / sign.instructions;
    let text = |text: &str| format!("{}: {text}", case.name);
    Ok([
        Figure::at_most(text("at most x raw"), case.most_times_raw, times_raw).because(WHY),
        Figure::at_least(text("at least x fewer"), case.least_times_fewer, times_fewer)
            .because(WHY),
        Figure::at_most(text("allocations"), 1.0, sign.allocations),
        Figure::at_most(text("with a buffer"), 0.0, sign_into.allocations),
    ])
}

fn find<'a>(rows: &'a [Row], name: &str) -> Result<&'a Cost, String> {
    let row = rows.iter().find(|row| row.name == name);
    let cost = row.and_then(|row| row.cost.as_ref());
    cost.ok_or_else(|| format!("{name} signs this wrong"))
}

fn child(case: usize, contestant: usize) -> [OsString; 3] {
    [CHILD.into(), case.to_string().into(), contestant.to_string().into()]
}

/// The child under valgrind.
pub(crate) fn run(case: &str, contestant: &str, runs: &str) -> Result<(), String> {
    let case = CASES.get(number(case)?).ok_or("no such case")?;
    let mut contestants = contestants(case);
    let contestant = contestants.get_mut(number(contestant)?).ok_or("no such contestant")?;
    let sign = contestant.sign.as_mut().ok_or("signs this wrong")?;
    (0..number(runs)?).for_each(|_| sign());
    Ok(())
}
