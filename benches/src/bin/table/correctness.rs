//! The tables of signatures that are right and of bodies that are read.

use std::collections::BTreeMap;

use benches::correctness::{Outcome, Row, bodies, reason, vectors};

const NOTES: &str = "
Each is given what its interface asks for. Cannot: the interface does not take the case, or says that it
refuses it, which is no failure. The crate oauth1 draws nonce and time itself: what it signed is compared with
what oauth1-sign makes of the same ones.
A body is read as the type that the client's method for its operation returns, and written again: kept is
what then says all that it said, in either vocabulary. Bodies that are not what they stand for are left out.";

/// Prints both tables, and returns whether ours fails nothing.
pub(crate) fn table() -> bool {
    let signed = print("signatures", ["passed", "", "failed", "cannot"], vectors());
    println!();
    let read = print("bodies", ["kept", "lost some", "failed", "cannot"], bodies());
    println!("{NOTES}");
    signed && read
}

fn print(of: &str, columns: [&str; 4], rows: Result<Vec<Row>, String>) -> bool {
    let rows = match rows {
        Ok(rows) => rows,
        Err(reason) => {
            println!("{of}: skipped: {reason}");
            return true;
        }
    };
    print_line(of, columns);
    for row in &rows {
        match &row.cases {
            Ok(cases) => {
                print_line(&row.name, count(cases, columns).each_ref().map(|text| &**text));
            }
            Err(reason) => println!("{:32} skipped: {reason}", row.name),
        }
    }
    rows.iter().for_each(print_reasons);
    let ours = rows.first().and_then(|row| row.cases.as_ref().ok());
    ours.is_some_and(|cases| cases.iter().all(|(_, outcome)| *outcome == Outcome::Passed))
}

fn print_line(name: &str, columns: [&str; 4]) {
    print!("{name:32}");
    columns.iter().for_each(|column| print!(" {column:>9}"));
    println!();
}

/// What stands below each column that has a name.
fn count(cases: &[(String, Outcome)], columns: [&str; 4]) -> [String; 4] {
    let column = |outcome: &Outcome| match outcome {
        Outcome::Passed => 0,
        Outcome::Lost(_) => 1,
        Outcome::Failed(_) => 2,
        _ => 3,
    };
    [0, 1, 2, 3].map(|at| {
        let count = cases.iter().filter(|(_, outcome)| column(outcome) == at).count();
        if columns[at].is_empty() { String::new() } else { count.to_string() }
    })
}

/// What did not pass, by its reason.
fn print_reasons(row: &Row) {
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
    if !reasons.is_empty() {
        println!("\n{}", row.name);
    }
    for ((what, why), cases) in reasons {
        println!("  {what} {}, {why}:\n    {}", cases.len(), cases.join(" "));
    }
}
