//! The page of all measurements.

use serde::{Deserialize, Serialize};

use super::{Figure, Machine, Part, Plot, version};

/// What the page says of a part beside what was measured.
#[derive(Debug)]
pub struct Chapter {
    /// The word that measures it alone.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is measured.
    pub about: &'static str,
}

/// What was measured of a part, where, and how long that took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Taken {
    /// What came out.
    pub part: Part,
    /// Where, when, and of which commit.
    pub machine: Machine,
    /// How long it took.
    pub seconds: f64,
}

/// Each part, in the order of the page, or why it is not there.
#[derive(Debug)]
pub struct Page<'a> {
    /// None are left out: what was not measured says so.
    pub parts: Vec<(&'a Chapter, Result<Taken, String>)>,
}

const COMMAND: &str = "cargo run --release -p benches --features peers --bin table --";

/// Whose versions are told: the peers, and what is below ours and theirs. The scripts tell their own.
const CRATES: [&str; 13] = [
    "oauth1-request",
    "reqwest-oauth1",
    "oauth1",
    "xdk-rs",
    "twitter-v2",
    "serde_json",
    "sonic-rs",
    "hmac",
    "sha1",
    "ureq",
    "reqwest",
    "tokio",
    "memchr",
];

impl Page<'_> {
    /// The page, for the folder above that of the pictures, which has the same name.
    pub fn markdown(&self) -> String {
        let mut page = self.head();
        page += &self.figures();
        for (chapter, taken) in &self.parts {
            page += &format!("\n## {}\n\n{}\n", chapter.title, chapter.about);
            match taken {
                Ok(taken) => page += &self.chapter(chapter, taken),
                Err(why) => page += &format!("\nNot measured: {}\n", why.trim()),
            }
        }
        page
    }

    /// The pictures, by the names of their parts.
    pub fn plots(&self) -> impl Iterator<Item = (&str, String)> {
        self.taken().filter(|(_, taken)| !taken.part.panels.is_empty()).map(|(chapter, taken)| {
            (chapter.name, Plot { title: chapter.title, panels: &taken.part.panels }.svg())
        })
    }

    fn taken(&self) -> impl Iterator<Item = (&Chapter, &Taken)> {
        self.parts.iter().filter_map(|(chapter, taken)| Some((*chapter, taken.as_ref().ok()?)))
    }

    fn head(&self) -> String {
        let seconds: f64 = self.taken().map(|(_, taken)| taken.seconds).sum();
        let minutes = (seconds / 60.0).ceil();
        let mut head = format!(
            "# Measurements\n\n\
             <!-- Written by `{COMMAND} page`. Not edited by hand: texts are in benches/src. -->\n\n\
             What the workspace costs, beside its peers, all in one run. The command writes this page and its \
             pictures anew, and takes some {minutes:.0} minutes:\n\n\
             ```sh\n{COMMAND} page\n```\n\n\
             It needs valgrind. Peers of npm and PyPI are measured if `node` finds them by `NODE_PATH` and if \
             `X_PYTHON` names a Python that has them; else they are skipped, and the tables say so. Each chapter names \
             the command that measures it alone, and `page` with names of parts, as in `page calls memory`, measures \
             these anew and leaves the others as they were.\n\n\
             Instructions and allocations, counted by valgrind, are the same each time, but for a hundredth or so of those of \
             calls, and are what checks go by. Times are those of one machine: read their ratios. They are of runs \
             that take turns, so that what else the machine did met both.\n\n",
        );
        if let Some((_, first)) = self.taken().next() {
            head += &machine(&first.machine);
        }
        head
    }

    /// What earlier was asked for, in one table, and why it is missed where it is.
    fn figures(&self) -> String {
        let mut text = String::from(
            "\n## What ours is held to\n\n\
             | | asked | measured | |\n|---|---:|---:|---|\n",
        );
        let mut reasons = String::new();
        for (chapter, taken) in self.taken() {
            for figure in &taken.part.figures {
                let what = format!("{}: {}", chapter.title, figure.what);
                let (asked, shown) = (figure.shown_asked(), figure.shown());
                text += &format!("| {what} | {asked} | {shown} | {} |\n", figure.verdict());
            }
            reasons += &reasons_of(chapter, &taken.part.figures);
        }
        if !reasons.is_empty() {
            text += &format!("\nWhat is missed, and why:\n\n{reasons}");
        }
        text + &format!(
            "\n`{COMMAND} --check`, which is part of `.ci/run`, fails where one of these is missed by more than 2 %, \
             except for ratios in time, and where something takes more instructions or allocations than \
             [benches/baseline.csv](../benches/baseline.csv) has, beyond a tolerance.\n"
        )
    }

    fn chapter(&self, chapter: &Chapter, taken: &Taken) -> String {
        let mut text = String::new();
        if !taken.part.panels.is_empty() {
            text += &format!("\n![{}](measurements/{}.svg)\n", chapter.title, chapter.name);
        }
        for table in &taken.part.tables {
            text += &format!("\n{}", table.markdown());
        }
        let notes = taken.part.notes.trim();
        if !notes.is_empty() {
            text += &format!("\n{notes}\n");
        }
        text += &format!("\n`{COMMAND} {}`, {:.0} s", chapter.name, taken.seconds);
        let first = self.taken().next().map(|(_, first)| &first.machine);
        if first.is_some_and(|first| {
            first.commit != taken.machine.commit || first.date != taken.machine.date
        }) {
            text += &format!(
                ", at another time: {}, commit {}",
                taken.machine.date, taken.machine.commit
            );
        }
        text + ".\n"
    }
}

fn machine(machine: &Machine) -> String {
    let versions: Vec<_> =
        CRATES.iter().map(|name| format!("`{name}` {}", version(name))).collect();
    format!(
        "| | |\n|---|---|\n\
         | measured | {}, commit {} |\n\
         | processor | {} |\n\
         | memory | {} |\n\
         | system | {}, {} |\n\
         | load before | {} |\n\
         | compiler | {}, `--release` as cargo has it |\n\
         | peers, and what is below | {} |\n",
        machine.date,
        machine.commit,
        machine.processor,
        machine.memory,
        machine.kernel,
        machine.counter,
        machine.load,
        machine.compiler,
        versions.join(", "),
    )
}

/// A reason that several figures have in common is given once.
fn reasons_of(chapter: &Chapter, figures: &[Figure]) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for figure in figures {
        let Some(why) = figure.why() else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, whats)) => whats.push(&figure.what),
            None => reasons.push((why, vec![&figure.what])),
        }
    }
    let reason = |(why, whats): &(&str, Vec<&str>)| {
        format!("- {}: {}. {why}\n", chapter.title, whats.join("; "))
    };
    reasons.iter().map(reason).collect()
}

#[cfg(test)]
mod tests {
    use super::{Chapter, Page, Taken};
    use crate::report::{Figure, Machine, Part, Table};

    static SIGNING: Chapter =
        Chapter { name: "signing", title: "Signing", about: "What a signature costs." };
    static CALLS: Chapter = Chapter { name: "calls", title: "Calls", about: "What a call costs." };

    fn taken(commit: &str) -> Taken {
        let mut table = Table::new("a request", &["us"]);
        table.push("ours", true, Ok(vec!["1.5".into()]));
        let part = Part {
            panels: vec![table.panel("microseconds", "us")],
            tables: vec![table],
            notes: "\nus: at best.\n".into(),
            figures: vec![
                Figure::at_most("at most x raw", 1.0, 1.5).because("The hash alone takes that."),
                Figure::at_most("at most us", 1.0, 1.5).because("The hash alone takes that."),
                Figure::at_most("allocations", 1.0, 1.0).because("It is never said."),
            ],
            ..Part::default()
        };
        let machine = Machine { commit: commit.into(), ..Machine::default() };
        Taken { part, machine, seconds: 90.0 }
    }

    #[test]
    fn a_page_has_all_that_was_measured_and_says_what_was_not() {
        let parts = vec![(&SIGNING, Ok(taken("abc"))), (&CALLS, Err("no taskset".into()))];
        let page = Page { parts };
        let text = page.markdown();
        for part in [
            "takes some 2 minutes",
            "| Signing: at most x raw | 1 | 1.500 | missed by 50.0 % |",
            "- Signing: at most x raw; at most us. The hash alone takes that.\n",
            "![Signing](measurements/signing.svg)",
            "| **ours** | 1.5 |",
            "\nus: at best.\n",
            "--bin table -- signing`, 90 s.\n",
            "## Calls\n\nWhat a call costs.\n\nNot measured: no taskset\n",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
        assert!(!text.contains("It is never said."));
        let plots: Vec<_> = page.plots().collect();
        assert_eq!(plots.len(), 1);
        assert!(plots[0].0 == "signing" && plots[0].1.contains("microseconds: ours 1.5."));
    }

    #[test]
    fn what_was_measured_at_another_commit_says_so() {
        let parts = vec![(&SIGNING, Ok(taken("abc"))), (&CALLS, Ok(taken("def")))];
        let text = Page { parts }.markdown();
        assert_eq!(text.matches("at another time").count(), 1);
        assert!(text.contains("-- calls`, 90 s, at another time: , commit def.\n"));
    }

    #[test]
    fn what_was_measured_can_be_kept() {
        let kept = serde_json::to_string(&taken("abc")).unwrap();
        let page = |taken| Page { parts: vec![(&SIGNING, Ok(taken))] }.markdown();
        assert_eq!(page(serde_json::from_str(&kept).unwrap()), page(taken("abc")));
    }
}
