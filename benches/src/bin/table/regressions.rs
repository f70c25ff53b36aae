//! Whether figures hold, and nothing grew.

use std::{fs, path::Path};

use benches::report::{Baseline, Count, Finding, Machine};

use crate::parts::{CHECKED, COUNTED_PARTS, Depth, measure};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.csv");

/// Prints all that is checked, and returns whether it holds.
pub(crate) fn check() -> Result<bool, String> {
    let (mut held, mut counts) = (true, Vec::new());
    for name in CHECKED {
        let part = measure(name, Depth::Counted)?;
        println!("{}", part.text(name));
        for figure in part.figures.iter().filter(|figure| !figure.holds()) {
            held = false;
            eprintln!("{name}: {}", figure.text());
        }
        counts.extend(part.counts);
    }
    let text = fs::read_to_string(FILE).map_err(|error| format!("{FILE}: {error}"))?;
    let findings = Baseline::parse(&text)?.compare(&now(&counts), &counts);
    for Finding { fails, text } in &findings {
        eprintln!("{}: {text}", if *fails { "FAILS" } else { "note" });
    }
    let failed = findings.iter().filter(|finding| finding.fails).count();
    println!("{} counts, {failed} beyond the baseline", counts.len());
    Ok(held && failed == 0)
}

/// Writes the baseline anew.
pub(crate) fn accept() -> Result<(), String> {
    let mut counts = Vec::new();
    for name in COUNTED_PARTS {
        counts.extend(measure(name, Depth::Counted)?.counts);
    }
    fs::write(FILE, now(&counts).text()).map_err(|error| format!("{FILE}: {error}"))?;
    let file = Path::new(FILE).file_name().unwrap_or_default().display();
    println!("{file}: {} counts; see `git diff`, and let the commit say why", counts.len());
    Ok(())
}

fn now(counts: &[Count]) -> Baseline {
    let machine = Machine::here();
    Baseline::new(machine.compiler, machine.counter, counts)
}
