//! The README's commands work as they stand there, and its tables are true.

use std::process::{Command, Stdio};

use crate::support::Twitter;

const README: &str = include_str!("../../README.md");

#[test]
fn the_first_commands_work() {
    let block = README.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(block.lines().count(), 3);
    let twitter = Twitter::new();
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_twitter")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut lines = 0;
    for line in block.lines() {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).env_clear().envs(twitter.variables.iter().cloned());
        shell.env("PATH", format!("{}:{path}", folder.display())).stdin(Stdio::null());
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            serde_json::from_str::<serde_json::Value>(line).expect(line);
            lines += 1;
        }
    }
    assert_eq!(lines, 2);
}

/// As far as the command itself: `--help` is only reached where every word before it is known.
#[test]
fn the_commands_of_streams_can_be_said() {
    let block = README.split("## Streams").nth(1).unwrap().split("```").nth(1).unwrap();
    let twitter = Twitter::new();
    let mut count = 0;
    for line in block.lines().skip(1) {
        let line = line.split(['|', '#', '>']).next().unwrap();
        let words: Vec<_> = line.split_whitespace().skip(1).collect();
        let quoted = words.join(" ").replace("'cats has:images'", "cats");
        let words: Vec<_> = quoted.split(' ').chain(["--help"]).collect();
        twitter.run(&words).expect(0, &[]);
        count += 1;
    }
    assert!(count >= 6, "{block}");
}

#[test]
fn every_command_and_exit_code_is_in_a_table() {
    let help = Twitter::new().run(&["--help"]).expect(0, &[]).out.clone();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut count = 0;
    for line in commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        let listed = README.contains(&format!("`{name}`")) || README.contains(&format!("`{name} "));
        assert!(name == "help" || listed, "{name} is not in the README");
        count += 1;
    }
    assert_eq!(count, 15, "{commands}");
    for code in 0..=6 {
        assert!(README.contains(&format!("| {code} | ")), "{code}");
    }
}
