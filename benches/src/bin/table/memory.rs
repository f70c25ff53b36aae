//! The tables of memory: what a whole process holds at most, as the system counts it.

use std::{env, fs, process::Command};

use benches::{
    calls::{ASYNC, Crowd, Member, UPLOAD, UPLOADERS, Upload, upload},
    report::{Figure, Part, Table, grouped},
};

use crate::number;

/// The hidden argument: `--crowd URL MEMBER CALLS WAVES`, the member by its index.
pub(crate) const CROWD: &str = "--crowd";
/// The hidden argument: `--upload UPLOADER URL TOKEN FILE`, the uploader by its index.
pub(crate) const UPLOAD_CHILD: &str = "--upload";

const CROWD_SIZE: usize = 10_000;

/// 10,000 calls at once hold at most so much memory, connections and all.
const MOST_MEGABYTES: f64 = 550.0;
/// And at most so many times what reqwest alone holds.
const MOST_OF_RAW_PEAK: f64 = 1.5;
/// Little is left of a crowd when the next comes: raw reqwest's peak grows likewise.
const MOST_OF_PEAK: f64 = 1.2;
/// An upload of any size holds at most so many megabytes.
const MOST_OF_UPLOAD: f64 = 40.0;

const NOTES: &str = "
The most that a process held at once, in MB, program and all (`VmHWM`). The 10,000 calls are all unanswered until the
last of them is there; four and sixteen: how many such crowds, one behind the other. The file is uploaded to the
sandbox, which is another process. What decoding a page and reading a stream hold is in their chapters.";

/// Measures crowds and uploads.
pub(crate) fn part() -> Result<Part, String> {
    let crowds = crowds()?;
    let uploads = uploads()?;
    let name = format!("{} calls at once", grouped(CROWD_SIZE as f64, 0));
    let mut table = Table::new(&name, &["MB, four", "MB, sixteen"]);
    for (member, [four, sixteen]) in Member::ALL.into_iter().zip(crowds) {
        let cells = vec![grouped(four, 1), grouped(sixteen, 1)];
        table.push(member.name(), member.name() == ASYNC, Ok(cells));
    }
    let title = format!("an upload of {} MiB", UPLOAD >> 20);
    let mut table_of_uploads = Table::new(&title, &["MB"]);
    for (uploader, peak) in UPLOADERS.into_iter().zip(uploads) {
        table_of_uploads.push(uploader, true, Ok(vec![grouped(peak, 1)]));
    }
    Ok(Part {
        panels: vec![
            table.panel(format!("{name}: MB"), "MB, four"),
            table_of_uploads.panel(format!("{title}: MB"), "MB"),
        ],
        tables: vec![table, table_of_uploads],
        notes: NOTES.into(),
        figures: judge(crowds, uploads).into(),
        ..Part::default()
    })
}

fn judge([raw, ours]: [[f64; 2]; 2], uploads: [f64; 2]) -> [Figure; 4] {
    [
        Figure::at_most("10,000 calls at once: at most MB", MOST_MEGABYTES, ours[0]),
        Figure::at_most(
            "10,000 at once: at most x raw reqwest's MB",
            MOST_OF_RAW_PEAK,
            ours[0] / raw[0],
        ),
        Figure::at_most("sixteen such crowds: at most x four", MOST_OF_PEAK, ours[1] / ours[0]),
        Figure::at_most("an upload: at most MB", MOST_OF_UPLOAD, uploads[0].max(uploads[1])),
    ]
}

/// The most memory of each member of a crowd: of four waves, and of sixteen.
fn crowds() -> Result<[[f64; 2]; 2], String> {
    let mut peaks = [[0.0; 2]; 2];
    for (index, member) in Member::ALL.into_iter().enumerate() {
        eprintln!("measuring {CROWD_SIZE} x {}", member.name());
        for (peak, waves) in peaks[index].iter_mut().zip(["4", "16"]) {
            let crowd = Crowd::start(CROWD_SIZE).map_err(|error| error.to_string())?;
            let [member, size] = [index, CROWD_SIZE].map(|number| number.to_string());
            *peak = child_peak(&[CROWD, crowd.base_url(), &member, &size, waves])?;
        }
    }
    Ok(peaks)
}

/// The most memory of each client.
fn uploads() -> Result<[f64; 2], String> {
    let folder = env::current_exe().map_err(|error| error.to_string())?;
    let mut peaks = [0.0; 2];
    for (index, peak) in peaks.iter_mut().enumerate() {
        eprintln!("measuring an upload by {}", UPLOADERS[index]);
        let upload = Upload::start(folder.parent().unwrap_or(&folder))
            .map_err(|error| format!("no upload: {error}"))?;
        let [url, token, path] = upload.arguments();
        *peak = child_peak(&[UPLOAD_CHILD, &index.to_string(), &url, &token, &path])?;
    }
    Ok(peaks)
}

/// What a child prints, which is its peak.
fn child_peak(arguments: &[&str]) -> Result<f64, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("no child: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    printed.trim().parse().map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!(
            "{} failed (10,000 calls need `ulimit -Hn` to be 20100 or more): {said}",
            arguments[0]
        )
    })
}

/// The child with many calls, which prints its peak.
pub(crate) fn crowd(url: &str, member: &str, calls: &str, waves: &str) -> Result<(), String> {
    let member = Member::ALL.get(number(member)?).ok_or("no such member")?;
    member.call(url, number(calls)?, number(waves)?).map_err(|error| format!("{error:?}"))?;
    print_peak()
}

/// The child that uploads, which prints its peak.
pub(crate) fn run_upload(uploader: &str, arguments: [&str; 3]) -> Result<(), String> {
    let uploader = UPLOADERS.get(number(uploader)?).ok_or("no such uploader")?;
    let [url, token, path] = arguments;
    upload(uploader, url, token, path).map_err(|error| format!("{error:?}"))?;
    print_peak()
}

/// The most memory that this process had at once, in MB.
fn print_peak() -> Result<(), String> {
    let status = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: f64 =
        line.trim().trim_end_matches(" kB").parse().map_err(|_| format!("VmHWM is {line}"))?;
    println!("{}", kilobytes * 1024.0 / 1e6);
    Ok(())
}
