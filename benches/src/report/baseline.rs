//! What things cost when that was last accepted, and the comparison with what they cost now.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many instructions and allocations something takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// What it is, unlike all others. No quotation mark is in it.
    pub name: String,
    /// As valgrind counts them.
    pub instructions: f64,
    /// As valgrind counts them. Each growth is one.
    pub allocations: f64,
    /// By which part it may grow before a check fails: what is not the same in each run.
    pub tolerance: f64,
}

/// The counts that were accepted, and what counted them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// The compiler, as `rustc --version` has it, and its target: others compile to other instructions.
    pub compiler: String,
    /// The C library, whose `malloc` and `memcpy` are among what is counted, and valgrind.
    pub counter: String,
    counts: BTreeMap<String, [f64; 2]>,
}

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether the check fails by it.
    pub fails: bool,
    /// What is to be said.
    pub text: String,
}

const ACCEPT: &str = "cargo run --release -p benches --features peers --bin table -- --accept";

impl Baseline {
    /// What is to be accepted.
    pub fn new(compiler: String, counter: String, counts: &[Count]) -> Self {
        let entry = |count: &Count| {
            // A sum with nothing has no sign before its zero.
            let allocations = (10.0 * count.allocations).round() / 10.0 + 0.0;
            (count.name.clone(), [count.instructions.round(), allocations])
        };
        Self { compiler, counter, counts: counts.iter().map(entry).collect() }
    }

    /// As the file has it: CSV, behind two comments.
    pub fn text(&self) -> String {
        let line = |(name, [instructions, allocations]): (&String, &[f64; 2])| {
            format!("\"{name}\",{instructions},{allocations}\n")
        };
        format!(
            "# compiler: {}\n# counter: {}\n# Written by `{ACCEPT}`.\nname,instructions,allocations\n{}",
            self.compiler,
            self.counter,
            self.counts.iter().map(line).collect::<String>()
        )
    }

    /// Reads what [`text`](Self::text) wrote.
    ///
    /// # Errors
    ///
    /// If a line is none of its own.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut baseline = Self::default();
        for (number, line) in text.lines().enumerate() {
            if let Some(compiler) = line.strip_prefix("# compiler: ") {
                baseline.compiler = compiler.into();
            } else if let Some(counter) = line.strip_prefix("# counter: ") {
                baseline.counter = counter.into();
            } else if !line.starts_with('#') && line != "name,instructions,allocations" {
                let (name, counts) = entry(line).ok_or_else(|| {
                    format!("line {} of the baseline is no count: {line}", number + 1)
                })?;
                baseline.counts.insert(name, counts);
            }
        }
        Ok(baseline)
    }

    /// What is not as it was. Nothing fails by what another compiler made.
    pub fn compare(&self, now: &Self, counts: &[Count]) -> Vec<Finding> {
        let same_compiler = self.compiler == now.compiler;
        let mut findings = Vec::new();
        if !same_compiler {
            findings.push(Finding {
                fails: false,
                text: format!(
                    "the baseline is of {}, and this is {}: what differs is told, and fails nothing. \
                     To hold this compiler to it, accept it: {ACCEPT}",
                    self.compiler, now.compiler
                ),
            });
        }
        for count in counts {
            match self.counts.get(&count.name) {
                Some(&was) => findings.extend(self.difference(count, was, now)),
                None => findings.push(Finding {
                    fails: true,
                    text: format!("{}: it is not in the baseline; accept it: {ACCEPT}", count.name),
                }),
            }
        }
        let is_counted = |name: &String| counts.iter().any(|count| count.name == *name);
        let missing = self.counts.keys().filter(|name| !is_counted(name));
        findings.extend(missing.map(|name| Finding {
            fails: false,
            text: format!("{name}: it is in the baseline, and was not counted here"),
        }));
        findings.iter_mut().for_each(|finding| finding.fails &= same_compiler);
        findings
    }

    fn difference(&self, count: &Count, was: [f64; 2], now: &Self) -> Vec<Finding> {
        let is = [count.instructions, count.allocations];
        let mut findings = Vec::new();
        for (of, was, is) in [("instructions", was[0], is[0]), ("allocations", was[1], is[1])] {
            // Less than half an allocation is that of another run.
            let margin = (was * count.tolerance).max(if of == "allocations" { 0.5 } else { 0.0 });
            let change = match was {
                0.0 => String::new(),
                _ => format!(" ({:+.1} %)", 100.0 * (is / was - 1.0)),
            };
            let line = |verdict: &str| {
                format!(
                    "{}: {} {of}, {} in the baseline{change}. {verdict}",
                    count.name,
                    super::grouped(is, usize::from(of == "allocations")),
                    super::grouped(was, usize::from(of == "allocations")),
                )
            };
            // No number is no less than any.
            if is - was > margin || !is.is_finite() {
                let elsewhere = if self.counter == now.counter {
                    String::new()
                } else {
                    format!(" It was counted by {}, and here by {}.", self.counter, now.counter)
                };
                let text = line(&format!(
                    "Find what made it grow.{elsewhere} If that is worth it, accept it, and let the commit say \
                     why: {ACCEPT}"
                ));
                findings.push(Finding { fails: true, text });
            } else if was - is > margin {
                let text = line(&format!("Better: hold on to it, and accept it: {ACCEPT}"));
                findings.push(Finding { fails: false, text });
            }
        }
        findings
    }
}

/// A line, as in `"a name",12,3.5`.
fn entry(line: &str) -> Option<(String, [f64; 2])> {
    let (name, counts) = line.strip_prefix('"')?.split_once("\",")?;
    let (instructions, allocations) = counts.split_once(',')?;
    Some((name.into(), [instructions.parse().ok()?, allocations.parse().ok()?]))
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Count, Finding};

    fn count(name: &str, instructions: f64, allocations: f64) -> Count {
        Count { name: name.into(), instructions, allocations, tolerance: 0.02 }
    }

    fn baseline(compiler: &str, counts: &[Count]) -> Baseline {
        Baseline::new(compiler.into(), "glibc 2.41, valgrind 3.24".into(), counts)
    }

    /// What is found if it was 1000 instructions and 2 allocations.
    fn found(compiler: &str, counts: &[Count]) -> Vec<Finding> {
        let was = baseline("rustc 1.95", &[count("signing: a, b", 1000.0, 2.0)]);
        was.compare(&baseline(compiler, counts), counts)
    }

    #[test]
    fn a_file_holds_what_was_accepted() {
        let counts = [count("signing: a, b", 1234.0, 1.0), count("calls: c", 5.0, -0.01)];
        let baseline = baseline("rustc 1.95", &counts);
        assert_eq!(Baseline::parse(&baseline.text()).as_ref(), Ok(&baseline));
        assert!(baseline.text().ends_with("\"calls: c\",5,0\n\"signing: a, b\",1234,1\n"));
        assert!(Baseline::parse("\"a\",many,1").unwrap_err().contains("line 1"));
        assert!(Baseline::parse("a,1,1").is_err());
    }

    #[test]
    fn a_count_within_its_tolerance_is_no_finding() {
        for (instructions, allocations) in [(1000.0, 2.0), (1019.0, 2.4), (981.0, 1.6)] {
            assert_eq!(
                found("rustc 1.95", &[count("signing: a, b", instructions, allocations)]),
                []
            );
        }
    }

    #[test]
    fn a_count_that_grew_fails_and_says_what_to_do() {
        let findings = found("rustc 1.95", &[count("signing: a, b", 1050.0, 2.0)]);
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert!(finding.fails);
        for part in ["signing: a, b: 1,050 instructions", "1,000 in", "(+5.0 %)", "-- --accept"] {
            assert!(finding.text.contains(part), "{}", finding.text);
        }
        let findings = found("rustc 1.95", &[count("signing: a, b", 1000.0, 3.0)]);
        assert!(findings[0].fails && findings[0].text.contains("3.0 allocations, 2.0 in"));
        assert!(found("rustc 1.95", &[count("signing: a, b", f64::NAN, 2.0)])[0].fails);
    }

    #[test]
    fn a_count_that_fell_is_told() {
        let findings = found("rustc 1.95", &[count("signing: a, b", 900.0, 2.0)]);
        assert!(!findings[0].fails && findings[0].text.contains("(-10.0 %). Better"));
    }

    #[test]
    fn a_new_count_fails_until_it_is_accepted_and_a_missing_one_is_told() {
        let findings = found("rustc 1.95", &[count("new", 1.0, 0.0)]);
        let [new, missing] = &findings[..] else { panic!("{findings:?}") };
        assert!(new.fails && new.text.starts_with("new: it is not in the baseline"));
        assert!(!missing.fails && missing.text.contains("was not counted here"));
    }

    #[test]
    fn another_compiler_fails_nothing() {
        let findings = found("rustc 1.96", &[count("signing: a, b", 2000.0, 2.0)]);
        assert!(findings[0].text.contains("of rustc 1.95, and this is rustc 1.96"));
        assert!(findings[1].text.contains("(+100.0 %)"));
        assert!(findings.iter().all(|finding| !finding.fails));
    }

    #[test]
    fn another_c_library_is_named_where_something_grew() {
        let counts = [count("a", 1000.0, 0.0)];
        let was = baseline("rustc 1.95", &counts);
        let now = Baseline { counter: "glibc 2.50".into(), ..was.clone() };
        let findings = was.compare(&now, &[count("a", 1100.0, 0.0)]);
        assert!(findings[0].fails && findings[0].text.contains("here by glibc 2.50"));
    }
}
