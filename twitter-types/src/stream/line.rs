//! What a line of a stream says.

use super::{Frame, Item, Unreadable};
use crate::problem::{Problem, ProblemKind};

/// A line that was read.
pub(super) enum Line<T> {
    Item(T),
    Notice(Vec<Problem>),
    KeepAlive,
    Unreadable(Unreadable),
}

impl<T: Item> Line<T> {
    pub(super) fn of(frame: Frame<'_>) -> Self {
        let line = match frame {
            Frame::KeepAlive => return Self::KeepAlive,
            Frame::Line(line) => line,
            Frame::TooLong { head, length } => {
                let problem = "it is longer than a line may be".to_owned();
                return Self::Unreadable(Unreadable { line: head.into(), length, problem });
            }
        };
        let problem = match T::decode(line) {
            Ok(item) if item.has_data() => return Self::Item(item),
            Ok(item) if !item.problems().is_empty() => return Self::Notice(item.problems().into()),
            Ok(_) => match serde_json::from_slice::<Problem>(line).map(Problem::flatten) {
                Ok(problems) if problems.iter().any(says_something) => {
                    return Self::Notice(problems);
                }
                _ => "it holds neither data nor errors".to_owned(),
            },
            Err(error) => error.to_string(),
        };
        Self::Unreadable(Unreadable { line: line.into(), length: line.len() as u64, problem })
    }
}

fn says_something(problem: &Problem) -> bool {
    problem.kind() != ProblemKind::Unnamed || problem.text().is_some()
}
