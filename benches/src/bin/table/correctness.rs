//! The tables of signatures that are right and of bodies that are read.

use std::collections::BTreeMap;

use benches::{
    correctness::{Outcome, Row, bodies, reason, vectors},
    report::{Figure, Part, Table},
};

const NOTES: &str = "
Each is given what its interface asks for. cannot: the interface does not take the case, or says that it
refuses it, which is no failure. The crate oauth1 draws nonce and time itself: what it signed is compared with
what oauth1-sign makes of the same ones.

A body is read as the type that the client's method for its operation returns, and written again: kept is
what then says all that it said, in either vocabulary. Bodies that are not what they stand for are left out. The
vectors and bodies are not part of the repository. What fails, and why, is in
[benches/README.md](../benches/README.md).";

/// Counts both.
pub(crate) fn part() -> Part {
    let mut part = Part { notes: NOTES.into(), ..Part::default() };
    add(&mut part, "signatures", &["passed", "failed", "cannot"], vectors());
    add(&mut part, "bodies", &["kept", "lost some", "failed", "cannot"], bodies());
    part
}

fn add(part: &mut Part, of: &str, columns: &[&str], rows: Result<Vec<Row>, String>) {
    let mut table = Table::new(of, columns);
    match rows {
        Err(why) => table.push("all", false, Err(format!("skipped: {why}"))),
        Ok(rows) => {
            for (index, row) in rows.iter().enumerate() {
                let cells = row.cases.as_ref().map(|cases| count(cases, columns));
                let cells = cells.map_err(|why| format!("skipped: {why}"));
                table.push(&*row.name, index == 0, cells);
                part.details += &reasons(row);
            }
            // Ours is the first.
            let ours = rows.first().and_then(|row| row.cases.as_ref().ok());
            let is_wrong = |(_, outcome): &&(String, Outcome)| *outcome != Outcome::Passed;
            let wrong = ours.map_or(f64::NAN, |cases| cases.iter().filter(is_wrong).count() as f64);
            part.figures.push(Figure::at_most(format!("{of} that ours fails"), 0.0, wrong));
        }
    }
    part.tables.push(table);
}

/// What stands below each column.
fn count(cases: &[(String, Outcome)], columns: &[&str]) -> Vec<String> {
    let column = |outcome: &Outcome| match outcome {
        Outcome::Passed => columns[0],
        Outcome::Lost(_) => "lost some",
        Outcome::Failed(_) => "failed",
        _ => "cannot",
    };
    let count = |name: &&str| cases.iter().filter(|(_, outcome)| column(outcome) == *name).count();
    columns.iter().map(|name| count(name).to_string()).collect()
}

/// What did not pass, by its reason.
fn reasons(row: &Row) -> String {
    let mut reasons: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (case, outcome) in row.cases.iter().flatten() {
        let (what, why) = match outcome {
            Outcome::Failed(why) => ("failed", why),
            Outcome::Lost(why) => ("lost some", why),
            Outcome::Cannot(why) => ("cannot", why),
            _ => continue,
        };
        let why = reason(&row.name, case).filter(|_| what != "cannot").unwrap_or(why);
        reasons.entry((what, why)).or_default().push(case);
    }
    if reasons.is_empty() {
        return String::new();
    }
    let line = |((what, why), cases): (&(&str, &str), &Vec<&str>)| {
        format!("  {what} {}, {why}:\n    {}\n", cases.len(), cases.join(" "))
    };
    format!("{}\n{}\n", row.name, reasons.iter().map(line).collect::<String>())
}
