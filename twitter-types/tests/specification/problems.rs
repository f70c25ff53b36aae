//! Every type of problem that the specification has.

use twitter_types::endpoint::Shape;
use twitter_types::problem::{Problem, ProblemKind};

use crate::bodies::of_schema;
use crate::openapi::Api;

#[test]
fn every_problem_is_known() {
    let Some(api) = Api::load() else { return };
    let mut differences = Vec::new();
    for (url, schema) in api.problems() {
        let mut problem = Problem::new();
        problem.type_url = Some(url.into());
        if let ProblemKind::Unknown(kind) = problem.kind() {
            differences.push(format!("{kind} is not a ProblemKind"));
        }
        let errors = of_schema(&api, "", false, 1, schema, &Shape::of::<Problem>());
        differences.extend(errors.into_iter().map(|error| format!("{url}: {error}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
