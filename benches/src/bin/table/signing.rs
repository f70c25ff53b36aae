//! The table of signatures.

use std::ffi::OsString;

use benches::signing::{
    CASES, Case, Contestant, OAUTH1_REQUEST, RAW_HMAC, SIGN, SIGN_INTO, contestants,
};

use crate::{
    clock::Clock,
    figure::{self, Figure},
    number,
    valgrind::Counts,
};

/// The hidden argument: `--sign CASE CONTESTANT RUNS`, case and contestant by their index.
pub(crate) const CHILD: &str = "--sign";

const RUNS: [u32; 2] = [100, 1100];
const CLOCK: Clock = Clock { pairs: 501, runs: 50 };

const NOTES: &str = "
x raw: times the instructions, or the time, of the raw HMAC. x fewer, x faster: how many times the
instructions, or the time, of oauth1-request are these. ns: at best.
Instructions and allocations are counted by valgrind, which hides the processor's SHA-1, so with the
portable one. Times are with the processor's SHA-1 where it has one: their ratios are medians of runs
that take turns. All is one build, by the default release profile.
The raw HMAC gets the finished base string. oauth1-request gets the parameters decoded, and sorted
when it is compiled. reqwest-oauth1 only signs a request of reqwest's, which it makes on the way; it
leaves out the form body where there is a query. Ours reads URL and form body.";

/// Prints the table, and returns whether every figure is met, or nearly.
pub(crate) fn table() -> Result<bool, String> {
    let measured: Result<Vec<_>, _> = CASES.iter().enumerate().map(measure).collect();
    let measured = measured?;
    print_line(
        "",
        ["instructions", "x raw", "x fewer", "allocs", "bytes", "ns", "x raw", "x faster"],
    );
    let mut figures = Vec::new();
    for (case, rows) in CASES.iter().zip(&measured) {
        println!("{}", case.name);
        print(rows)?;
        figures.extend(judge(case, rows)?);
    }
    let met = figure::print("oauth1-sign", &figures);
    println!("{NOTES}");
    #[cfg(target_arch = "x86_64")]
    println!("This processor has SHA-1: {}.", is_x86_feature_detected!("sha"));
    Ok(met)
}

/// One contestant and one case; no cost where the signature is wrong.
struct Row {
    name: &'static str,
    cost: Option<Cost>,
}

struct Cost {
    counts: Counts,
    nanoseconds: f64,
    times_raw: f64,
    times_faster: f64,
}

fn measure((index, case): (usize, &'static Case)) -> Result<Vec<Row>, String> {
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
        let cost = Cost {
            counts: Counts::per_run(&child(index, place), RUNS)?,
            nanoseconds: CLOCK.nanoseconds(&mut sign),
            times_raw: CLOCK.ratio(&mut sign, &mut raw),
            times_faster: CLOCK.ratio(&mut peer, &mut sign),
        };
        Ok(Row { name: contestant.name, cost: Some(cost) })
    };
    contestants(case).into_iter().enumerate().map(measure).collect()
}

fn print(rows: &[Row]) -> Result<(), String> {
    let raw = find(rows, RAW_HMAC)?.counts.instructions;
    let peer = find(rows, OAUTH1_REQUEST)?.counts.instructions;
    for row in rows {
        let Some(Cost { counts, nanoseconds, times_raw, times_faster }) = &row.cost else {
            println!("  {:24} signs this wrong", row.name);
            continue;
        };
        print_line(
            row.name,
            [
                &format!("{:.0}", counts.instructions),
                &format!("{:.3}", counts.instructions / raw),
                &format!("{:.3}", peer / counts.instructions),
                &format!("{:.1}", counts.allocations),
                &format!("{:.0}", counts.bytes),
                &format!("{nanoseconds:.0}"),
                &format!("{times_raw:.2}"),
                &format!("{times_faster:.2}"),
            ],
        );
    }
    Ok(())
}

fn print_line(name: &str, [first, rest @ ..]: [&str; 8]) {
    print!("  {name:24} {first:>12}");
    rest.iter().for_each(|column| print!(" {column:>8}"));
    println!();
}

fn judge(case: &Case, rows: &[Row]) -> Result<[Figure; 4], String> {
    let counts = |name| find(rows, name).map(|cost| &cost.counts);
    let (sign, sign_into) = (counts(SIGN)?, counts(SIGN_INTO)?);
    let times_raw = sign.instructions / counts(RAW_HMAC)?.instructions;
    let times_fewer = counts(OAUTH1_REQUEST)?.instructions / sign.instructions;
    let text = |text: &str| format!("{}: {text}", case.name);
    Ok([
        Figure::at_most(text("at most x raw"), case.most_times_raw, times_raw),
        Figure::at_least(text("at least x fewer"), case.least_times_fewer, times_fewer),
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
