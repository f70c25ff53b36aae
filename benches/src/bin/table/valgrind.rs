//! Counts that repeat: this program runs itself under valgrind, for two numbers of signatures, and
//! takes the difference, so that all that happens once falls out.

use std::{
    env,
    io::ErrorKind,
    process::{Command, Output},
};

/// The hidden argument: `--signatures CASE CONTESTANT NUMBER`, case and contestant by their index.
pub(crate) const CHILD: &str = "--signatures";

const FEW: u32 = 100;
const MANY: u32 = 1100;

/// What is counted.
pub(crate) struct Counts {
    pub(crate) instructions: f64,
    /// Each growth is one.
    pub(crate) allocations: f64,
    pub(crate) bytes: f64,
}

impl Counts {
    pub(crate) fn per_signature(case: usize, contestant: usize) -> Result<Self, String> {
        let few = Self::total(case, contestant, FEW)?;
        let many = Self::total(case, contestant, MANY)?;
        let each = |few, many| (many - few) / f64::from(MANY - FEW);
        Ok(Self {
            instructions: each(few.instructions, many.instructions),
            allocations: each(few.allocations, many.allocations),
            bytes: each(few.bytes, many.bytes),
        })
    }

    fn total(case: usize, contestant: usize, number: u32) -> Result<Self, String> {
        let child = [CHILD.into(), case.to_string(), contestant.to_string(), number.to_string()];
        let calls = valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], &child)?;
        let heap = valgrind(&["--tool=memcheck", "--leak-check=no"], &child)?;
        Ok(Self {
            instructions: number_behind(&calls, "Collected :")?,
            allocations: number_behind(&heap, "total heap usage:")?,
            bytes: number_behind(&heap, "frees,")?,
        })
    }
}

fn valgrind(options: &[&str], child: &[String]) -> Result<String, String> {
    let program =
        env::current_exe().map_err(|error| format!("no path to this program: {error}"))?;
    let output = Command::new("valgrind").args(options).arg(program).args(child).output();
    let Output { status, stderr, .. } = output.map_err(|error| match error.kind() {
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
