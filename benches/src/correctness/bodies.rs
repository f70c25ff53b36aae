//! The documentation's own bodies, and who reads them.

use std::collections::BTreeSet;

use super::documented::Body;
use super::{Outcome, Row, readers, shared};

/// What each reader makes of the bodies that an operation or a stream of the API answers with, ours first. Those that are
/// not what they stand for are left out.
///
/// # Errors
///
/// If the bodies are not there.
pub fn bodies() -> Result<Vec<Row>, String> {
    let folder = shared("x-api/examples")?;
    let all = Body::all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let read = |body: &&Body| {
        let answer = matches!(&*body.kind, "response" | "event" | "stream-item");
        answer && !body.operation.is_empty() && body.wrong().is_none()
    };
    let bodies: Vec<_> = all.iter().filter(read).collect();
    let row = |reader: &readers::Reader| {
        let case = |body: &&Body| (body.file.clone(), judge(reader, body));
        Row { name: reader.name(), cases: Ok(bodies.iter().map(case).collect()) }
    };
    Ok(readers::READERS.iter().map(row).collect())
}

fn judge(reader: &readers::Reader, body: &Body) -> Outcome {
    let Some(written) = (reader.read)(body) else {
        return Outcome::Cannot("has no type for the operation".into());
    };
    let lost = written.and_then(|written| body.lost(&written).map_err(|error| error.to_string()));
    match lost {
        Ok(lost) if lost.is_empty() => Outcome::Passed,
        Ok(lost) => Outcome::Lost(names(&lost)),
        Err(error) => Outcome::Failed(error),
    }
}

/// The names of what was lost.
fn names(lost: &[String]) -> String {
    let path = |text: &String| text.split(':').next().unwrap_or_default().to_owned();
    let name = |text: &String| path(text).rsplit('.').next().unwrap_or_default().to_owned();
    let names: BTreeSet<_> = lost.iter().map(name).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}
