//! Compliance jobs, and the storage that takes their ids and gives their results: by signed URLs, to
//! anybody who brings no credential.

use axum::http::Method;
use serde_json::{Value, json};

use super::some;
use crate::call::Call;
use crate::exchange::{Answer, Content, Inbound};
use crate::problem::{self, Problem};
use crate::random;
use crate::time::Time;
use crate::world::{Job, JobStage, World};

/// Where the storage is: apart from the API, though on the same port.
pub(crate) const STORAGE: &str = "/storage/compliance/";

/// `POST /2/compliance/jobs`
pub(crate) fn create(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let body = call.json(&["type", "name", "resumable"])?;
    let kind = body.get("type").and_then(Value::as_str).unwrap_or_default();
    if !["tweets", "users"].contains(&kind) {
        return Err(Problem::invalid_body(
            "$.type: does not have a value in the enumeration [tweets, users]",
        ));
    }
    let name = body.get("name").and_then(Value::as_str);
    if name.is_some_and(|name| name.chars().count() > 64) {
        return Err(Problem::invalid_body("$.name: must be at most 64 characters long"));
    }
    let job = Job {
        id: world.new_id(call.now),
        kind: kind.to_owned(),
        name: name.map(str::to_owned),
        resumable: body.get("resumable").and_then(Value::as_bool).unwrap_or_default(),
        created: call.now,
        signature: random::hexadecimal().map_err(Problem::internal)?,
        stage: JobStage::Created,
    };
    let answer = Answer::json(200, &json!({ "data": shown(&job, call) }));
    world.jobs.list.push(job);
    Ok(answer)
}

/// `GET /2/compliance/jobs/{id}`
pub(crate) fn by_id(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let id = call.path_id("id")?;
    let body = match world.jobs.list.iter().find(|job| job.id == id) {
        Some(job) => json!({ "data": shown(job, call) }),
        None => {
            json!({ "errors": [problem::not_found("compliance_job", "id", &id.to_string())] })
        }
    };
    Ok(Answer::json(200, &body))
}

/// `GET /2/compliance/jobs`
pub(crate) fn list(call: &Call<'_>, world: &mut World) -> Result<Answer, Problem> {
    let (kind, status) = (call.required("type")?, call.text("status"));
    let matching =
        |job: &&Job| job.kind == kind && status.is_none_or(|status| job.status(call.now) == status);
    let jobs: Vec<Value> =
        world.jobs.list.iter().filter(matching).map(|job| shown(job, call)).collect();
    let mut body = json!({ "meta": { "result_count": jobs.len() } });
    if let Some(jobs) = some(jobs) {
        body["data"] = jobs;
    }
    Ok(Answer::json(200, &body))
}

fn shown(job: &Job, call: &Call<'_>) -> Value {
    let url = |what: &str, expires: Time| {
        let (host, id, signature) = (call.host, job.id, &job.signature);
        let expires = expires.seconds();
        format!("http://{host}{STORAGE}{id}/{what}?expires={expires}&signature={signature}")
    };
    let mut shown = json!({
        "id": job.id.to_string(),
        "type": job.kind,
        "created_at": job.created.iso(),
        "status": job.status(call.now),
        "resumable": job.resumable,
        "upload_url": url("submission", job.upload_expires()),
        "upload_expires_at": job.upload_expires().iso(),
        "download_url": url("results", job.download_expires()),
        "download_expires_at": job.download_expires().iso(),
    });
    if let Some(name) = &job.name {
        shown["name"] = json!(name);
    }
    shown
}

/// What the storage answers.
pub(crate) fn storage(inbound: &Inbound, world: &mut World, now: Time) -> Result<Answer, Problem> {
    let refuse = |status, reason: &str| Err(Problem::blank(status, "Refused", reason));
    for name in ["authorization", "cookie", "x-csrf-token"] {
        if inbound.header(name).is_some() {
            return refuse(400, &format!("a signed URL was asked for with the header {name}"));
        }
    }
    let rest = inbound.path.strip_prefix(STORAGE).unwrap_or_default();
    let (id, what) = rest.split_once('/').unwrap_or_default();
    let Some(index) = world.jobs.list.iter().position(|job| job.id.to_string() == id) else {
        return refuse(404, "no such object");
    };
    let job = &world.jobs.list[index];
    let expires = match (&inbound.method, what) {
        (&Method::PUT, "submission") => job.upload_expires(),
        (&Method::GET, "results") => job.download_expires(),
        _ => return refuse(405, "the URL is signed for another method"),
    };
    let signed = format!("expires={}&signature={}", expires.seconds(), job.signature);
    if inbound.query != signed {
        return refuse(403, "the signature does not match");
    }
    if now >= expires {
        return refuse(400, "the signed URL has expired");
    }
    if what == "results" { results(world, index, now) } else { submit(inbound, world, index, now) }
}

fn submit(
    inbound: &Inbound,
    world: &mut World,
    index: usize,
    now: Time,
) -> Result<Answer, Problem> {
    let refuse = |reason: &str| Err(Problem::blank(400, "Refused", reason));
    if inbound.header("content-type") != Some("text/plain") {
        return refuse("the content type must be text/plain");
    }
    let text = std::str::from_utf8(&inbound.body).unwrap_or("?");
    let ids: Result<Vec<u64>, _> = text.lines().map(str::parse).collect();
    let Ok(ids) = ids else { return refuse("a line is no id") };
    let fails = world.jobs.failing > 0;
    world.jobs.failing -= u32::from(fails);
    let until = now.plus(world.jobs.takes);
    world.jobs.list[index].stage = JobStage::Running { ids, until, fails };
    Ok(Answer::new(200, Content { media_type: "text/plain", bytes: Vec::new(), cut: false }))
}

fn results(world: &World, index: usize, now: Time) -> Result<Answer, Problem> {
    let job = &world.jobs.list[index];
    let JobStage::Running { ids, .. } = &job.stage else {
        return Err(Problem::blank(404, "Refused", "no such object"));
    };
    if job.status(now) != "complete" {
        return Err(Problem::blank(404, "Refused", "no such object"));
    }
    let mut lines = String::new();
    for id in ids {
        let author = match job.kind.as_str() {
            "tweets" => world.posts.get(id).map(|post| post.author),
            _ => Some(*id),
        };
        let author = author.and_then(|author| world.users.get(&author));
        let reason = match author {
            None => "deleted",
            Some(author) if author.protected => "protected",
            Some(_) => continue,
        };
        let line = json!({
            "id": id.to_string(),
            "action": "delete",
            "created_at": Time::of_id(*id).iso(),
            "redacted_at": now.iso(),
            "reason": reason,
        });
        lines += &format!("{line}\n");
    }
    let bytes = lines.into_bytes();
    Ok(Answer::new(200, Content { media_type: "application/octet-stream", bytes, cut: false }))
}
