//! Counts that repeat: this program runs itself under valgrind, for two numbers of runs, and takes
//! the difference, so that all that happens once falls out.

use std::{
    env,
    ffi::OsString,
    io::ErrorKind,
    process::{Command, Output},
};

use benches::report::Count;

/// What is counted.
pub(crate) struct Counts {
    pub(crate) instructions: f64,
    /// Each growth is one.
    pub(crate) allocations: f64,
    pub(crate) bytes: f64,
}

impl Counts {
    /// Of one run. `child` are the arguments that make this program run something; their last, which
    /// is added here, is how often.
    pub(crate) fn per_run(child: &[OsString], [few, many]: [u32; 2]) -> Result<Self, String> {
        let runs = f64::from(many - few);
        let few = Self::total(child, few)?;
        let many = Self::total(child, many)?;
        Ok(Self {
            instructions: (many.instructions - few.instructions) / runs,
            // A few that are not the same each time the program starts are none of a run.
            allocations: (10.0 * (many.allocations - few.allocations) / runs).round() / 10.0 + 0.0,
            bytes: (many.bytes - few.bytes) / runs,
        })
    }

    /// As the baseline has it.
    pub(crate) fn count(&self, name: String, tolerance: f64) -> Count {
        let Self { instructions, allocations, .. } = *self;
        Count { name, instructions, allocations, tolerance }
    }

    fn total(child: &[OsString], runs: u32) -> Result<Self, String> {
        let calls = valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], child, runs)?;
        let heap = valgrind(&["--tool=memcheck", "--leak-check=no"], child, runs)?;
        Ok(Self {
            instructions: number_behind(&calls, "Collected :")?,
            allocations: number_behind(&heap, "total heap usage:")?,
            bytes: number_behind(&heap, "frees,")?,
        })
    }
}

/// The most bytes that one run holds at a time, beside those that it was handed.
pub(crate) fn heap_peak(child: &[OsString]) -> Result<f64, String> {
    let peak = |runs| {
        let heap = valgrind(&["--tool=dhat", "--dhat-out-file=/dev/null"], child, runs)?;
        number_behind(&heap, "At t-gmax:")
    };
    Ok(peak(1)? - peak(0)?)
}

fn valgrind(options: &[&str], child: &[OsString], runs: u32) -> Result<String, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let mut command = Command::new("valgrind");
    command.args(options).arg(program).args(child).arg(runs.to_string());
    let Output { status, stderr, .. } = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => "valgrind is missing, which counts the instructions: \
                                apt-get install valgrind"
            .into(),
        _ => format!("valgrind does not start: {error}"),
    })?;
    let report = String::from_utf8_lossy(&stderr).into_owned();
    if status.success() { Ok(report) } else { Err(format!("valgrind failed: {report}")) }
}

fn number_behind(report: &str, label: &str) -> Result<f64, String> {
    let number = report.split_once(label).and_then(|(_, rest)| rest.split_whitespace().next());
    let number = number.and_then(|number| number.replace(',', "").parse().ok());
    number.ok_or_else(|| format!("valgrind reports no number behind {label:?}: {report}"))
}
