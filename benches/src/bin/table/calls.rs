//! The table of calls.

use std::{env, fs, process::Command};

use benches::calls::{
    ASYNC, BLOCKING, Contestant, Crowd, Member, RAW_REQWEST, RAW_UREQ, SCRIPTS, Server, TIMED_UREQ,
    XDK_RS, contestants, reply,
};

use crate::{
    clock::Clock,
    figure::{self, Figure},
    number,
    valgrind::Counts,
};

/// The hidden argument: `--call URL CONTESTANT CALLS`, the contestant by its index.
pub(crate) const CHILD: &str = "--call";
/// The hidden argument: `--crowd URL MEMBER CALLS WAVES`, the member by its index.
pub(crate) const CROWD: &str = "--crowd";
/// The hidden argument of the child that has one processor.
pub(crate) const PINNED: &str = "--pinned-calls";

const CLOCK: Clock = Clock { pairs: 3001, runs: 1 };
const RUNS: [u32; 2] = [50, 450];
const CROWD_SIZE: usize = 10_000;

/// At most so many times raw ureq.
const MOST_OF_UREQ: f64 = 1.08;
/// At most so many times raw reqwest.
const MOST_OF_REQWEST: f64 = 1.06;
/// What we add to raw reqwest is at most so many times what xdk-rs adds.
const MOST_OF_XDK_RS: f64 = 0.5;
/// To sign, to read, to decode and to note takes at most so many thousand instructions.
const MOST_ADDED: f64 = 125.0;
/// 10,000 calls at once hold at most so much memory, connections and all.
const MOST_MEGABYTES: f64 = 550.0;
/// And at most so many times what reqwest alone holds.
const MOST_OF_RAW_PEAK: f64 = 1.5;
/// Little is left of a crowd when the next comes: raw reqwest's peak grows likewise.
const MOST_OF_PEAK: f64 = 1.2;

const NOTES: &str = "
us: the median. x ureq, x reqwest: times the median call, in pairs that take turns; scripts cannot take
turns, and are compared by medians. All on one processor, server included, which does nothing but
answer: the nearest server makes the ratios the largest. The ratios in time were set for a raw call of 105
and 138 us, and so for 8.3 us more; they are printed, and no check fails by them, since no wall time is
the same on two machines. Checks go by instructions, of which valgrind counts those of the portable SHA-1,
and by memory.
With any timeout, ureq starts a thread for each call, to look the host up, even if it is an address and
a connection is open: the difference between the first two rows.";

/// Prints the table, and returns whether every figure that can be held is met, or nearly.
///
/// All of it runs on one processor: where a client and its server are put is else worth more than what
/// is measured, and stays so for a whole run.
pub(crate) fn table() -> Result<bool, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let mut command = Command::new("taskset");
    command.args(["-c", &processor()?]).arg(program).arg(PINNED);
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(format!("taskset, of util-linux, does not start: {error}")),
    }
}

/// The first processor that this process may use.
fn processor() -> Result<String, String> {
    let allowed = status("Cpus_allowed_list:")?;
    Ok(allowed.chars().take_while(char::is_ascii_digit).collect())
}

/// The child that has one processor.
pub(crate) fn pinned() -> Result<bool, String> {
    let server = Server::start().map_err(|error| error.to_string())?;
    let url = server.base_url();
    let mut contestants = contestants(url).map_err(|error| error.to_string())?;
    let rows = measure(&mut contestants, url)?;
    print(&rows);
    print_scripts(url, find(&rows, RAW_UREQ)?.microseconds, find(&rows, RAW_REQWEST)?.microseconds);
    let mut figures = Vec::from(judge_calls(&rows)?);
    figures.extend(judge_crowds(peaks()?));
    let met = figure::print("the clients, calls", &figures);
    println!("{NOTES}");
    Ok(met)
}

fn judge_calls(rows: &[Row]) -> Result<[Figure; 6], String> {
    let (ureq, timed, reqwest) =
        (find(rows, RAW_UREQ)?, find(rows, TIMED_UREQ)?, find(rows, RAW_REQWEST)?);
    let (blocking, asynchronous, xdk) =
        (find(rows, BLOCKING)?, find(rows, ASYNC)?, find(rows, XDK_RS)?);
    let added =
        |ours: &Row, raw: &Row| (ours.counts.instructions - raw.counts.instructions) / 1000.0;
    let in_time =
        |text: &str, figure, measured| Figure::at_most(text.into(), figure, measured).only_told();
    let counted = |text: &str, measured| Figure::at_most(text.into(), MOST_ADDED, measured);
    Ok([
        in_time("blocking: at most x raw ureq", MOST_OF_UREQ, blocking.times_ureq),
        in_time(
            "blocking: at most x raw ureq with a timeout",
            MOST_OF_UREQ,
            blocking.times_ureq / timed.times_ureq,
        ),
        in_time("async: at most x raw reqwest", MOST_OF_REQWEST, asynchronous.times_reqwest),
        in_time(
            "async, beyond raw reqwest: at most x xdk-rs",
            MOST_OF_XDK_RS,
            (asynchronous.times_reqwest - 1.0) / (xdk.times_reqwest - 1.0),
        ),
        counted("blocking, beyond ureq: at most 1000 instructions", added(blocking, ureq)),
        counted("async, beyond reqwest: at most 1000 instructions", added(asynchronous, reqwest)),
    ])
}

fn judge_crowds([raw, ours]: [[f64; 2]; 2]) -> [Figure; 3] {
    let at_most = |text: &str, figure, measured| Figure::at_most(text.into(), figure, measured);
    [
        at_most("10,000 calls at once: at most MB", MOST_MEGABYTES, ours[0]),
        at_most("10,000 at once: at most x raw reqwest's MB", MOST_OF_RAW_PEAK, ours[0] / raw[0]),
        at_most("sixteen such crowds: at most x four", MOST_OF_PEAK, ours[1] / ours[0]),
    ]
}

fn print(rows: &[Row]) {
    println!("a call, whose answer has {} bytes", reply().len());
    println!(
        "  {:34} {:>8} {:>8} {:>9} {:>12} {:>8}",
        "", "us", "x ureq", "x reqwest", "instructions", "allocs"
    );
    for Row { name, microseconds, times_ureq, times_reqwest, counts } in rows {
        println!(
            "  {name:34} {microseconds:>8.1} {times_ureq:>8.3} {times_reqwest:>9.3} {:>12.0} {:>8.1}",
            counts.instructions, counts.allocations,
        );
    }
}

fn find<'a>(rows: &'a [Row], name: &str) -> Result<&'a Row, String> {
    rows.iter().find(|row| row.name == name).ok_or_else(|| format!("no {name}"))
}

/// One contestant.
struct Row {
    name: &'static str,
    microseconds: f64,
    times_ureq: f64,
    times_reqwest: f64,
    counts: Counts,
}

fn measure(contestants: &mut [Contestant], url: &str) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let at = |contestants: &[Contestant], name| {
        contestants
            .iter()
            .position(|contestant| contestant.name == name)
            .ok_or("no such contestant")
    };
    let (ureq, reqwest) = (at(contestants, RAW_UREQ)?, at(contestants, RAW_REQWEST)?);
    for index in 0..contestants.len() {
        let name = contestants[index].name;
        eprintln!("measuring {name}");
        let child = [CHILD.into(), url.into(), index.to_string().into()];
        rows.push(Row {
            name,
            microseconds: CLOCK.median_nanoseconds(&mut contestants[index].call) / 1000.0,
            times_ureq: ratio(contestants, index, ureq),
            times_reqwest: ratio(contestants, index, reqwest),
            counts: Counts::per_run(&child, RUNS)?,
        });
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
fn print_scripts(url: &str, ureq: f64, reqwest: f64) {
    for script in &SCRIPTS {
        eprintln!("measuring {}", script.name);
        match script.microseconds(url, CLOCK.pairs) {
            Ok(microseconds) => println!(
                "  {:34} {microseconds:>8.1} {:>8.3} {:>9.3} {:>12} {:>8}",
                script.name,
                microseconds / ureq,
                microseconds / reqwest,
                "-",
                "-",
            ),
            Err(why) => println!("  {:34} skipped: {why}", script.name),
        }
    }
}

/// The most memory, in MB, of each member of a crowd: of four waves, and of sixteen.
fn peaks() -> Result<[[f64; 2]; 2], String> {
    println!("{CROWD_SIZE} calls at once, all unanswered until the last is there");
    let mut peaks = [[0.0; 2]; 2];
    for (index, member) in Member::ALL.into_iter().enumerate() {
        eprintln!("measuring {CROWD_SIZE} x {}", member.name());
        for (peak, waves) in peaks[index].iter_mut().zip([4, 16]) {
            let crowd = Crowd::start(CROWD_SIZE).map_err(|error| error.to_string())?;
            *peak = child_peak(index, crowd.base_url(), waves)?;
        }
        let [four, sixteen] = peaks[index];
        println!(
            "  {:34} {four:>8.1} MB for four such crowds, {sixteen:.1} MB for sixteen",
            member.name()
        );
    }
    Ok(peaks)
}

fn child_peak(member: usize, url: &str, waves: usize) -> Result<f64, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let mut command = Command::new(program);
    command
        .args([CROWD, url, &member.to_string()])
        .args([CROWD_SIZE, waves].map(|n| n.to_string()));
    let output = command.output().map_err(|error| format!("no crowd: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    printed.trim().parse().map_err(|_| {
        format!("the crowd is not to be had: {}", String::from_utf8_lossy(&output.stderr))
    })
}

/// The child under valgrind.
pub(crate) fn run(url: &str, contestant: &str, calls: &str) -> Result<(), String> {
    let mut contestants = contestants(url).map_err(|error| error.to_string())?;
    let contestant = contestants.get_mut(number(contestant)?).ok_or("no such contestant")?;
    (0..number(calls)?).for_each(|_| (contestant.call)());
    Ok(())
}

/// The child with many calls, which prints its peak.
pub(crate) fn crowd(url: &str, member: &str, calls: &str, waves: &str) -> Result<(), String> {
    let member = Member::ALL.get(number(member)?).ok_or("no such member")?;
    member.call(url, number(calls)?, number(waves)?).map_err(|error| format!("{error:?}"))?;
    println!("{}", resident_peak()?);
    Ok(())
}

/// The most memory that this process had at once, in MB.
fn resident_peak() -> Result<f64, String> {
    let peak = status("VmHWM:")?;
    let kilobytes: Result<f64, _> = peak.trim_end_matches(" kB").parse();
    kilobytes.map(|kilobytes| kilobytes * 1024.0 / 1e6).map_err(|_| format!("VmHWM is {peak}"))
}

/// What Linux says of this process.
fn status(name: &str) -> Result<String, String> {
    let status = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.map(|line| line.trim().to_owned()).ok_or_else(|| format!("no {name}"))
}
