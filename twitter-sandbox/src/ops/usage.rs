//! The App's own consumption.

use serde_json::{Value, json};

use crate::call::Call;
use crate::exchange::Answer;
use crate::keys::APP_ID;
use crate::problem::Problem;
use crate::world::World;

const PROJECT: &str = "1480263945017876001";
/// Posts that a project may read in a month.
const CAP: u64 = 3_000_000;

/// `GET /2/usage/tweets`
pub(crate) fn posts(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let days = call.integer("days", 1..=90, 7)?;
    let wanted = call.list("usage.fields")?;
    let daily: Vec<Value> = world
        .usage
        .daily(call.now, i64::from(days))
        .map(|(day, posts)| json!({ "date": day.iso_day(), "usage": posts.to_string() }))
        .collect();
    let mut data = json!({
        "project_id": PROJECT,
        "project_cap": CAP.to_string(),
        "project_usage": world.usage.total().to_string(),
        "cap_reset_day": 1,
        "daily_project_usage": { "project_id": PROJECT, "usage": daily },
        "daily_client_app_usage": [{
            "client_app_id": APP_ID,
            "usage_result_count": daily.len(),
            "usage": daily,
        }],
    });
    let defaults = ["project_id", "project_cap", "project_usage", "cap_reset_day"];
    if let Value::Object(fields) = &mut data {
        fields.retain(|name, _| match &wanted {
            Some(wanted) => wanted.iter().any(|field| field == name),
            None => defaults.contains(&name.as_str()),
        });
    }
    Ok(Answer::json(200, &json!({ "data": data })))
}
