//! `twitter doctor`: which credentials there are, what each unlocks, and whether it works.

mod patient;

use std::time::Duration;

use bearer::ClockSkew;
use serde_json::{Value, json};
use twitter_types::auth::{Credential as _, KeyName, Kind, OAuth1Callback};
use twitter_types::endpoint::{Ask as _, Dynamic, Moment, Response, Stamp};
use twitter_types::{Error, OPERATIONS};

use self::patient::{Patient, patients};
use crate::args;
use crate::context::{self, Context};
use crate::failure::Failure;
use crate::output::{self, note};

/// Clocks that are closer than this do no harm.
const TOLERANCE: Duration = Duration::from_secs(60);

pub(crate) fn run(context: &Context, options: &args::Doctor) -> Result<(), Failure> {
    note!("Profile {:?} at {}", context.profile, context.base_url);
    keys(context);
    let patients = patients(context);
    if context.has_idle_session() {
        note!("\n! {}", context::SESSION_WITHOUT_KEY);
    } else if patients.is_empty() {
        let [login, app] = ["login", "login --app"].map(|words| context.command(words));
        note!(
            "\nNo credential yet: {login} obtains a user's, with X_CLIENT_ID, and X_CLIENT_SECRET if \
             there is one; {app} obtains the App's own, for public information alone, with X_API_KEY \
             and X_API_SECRET. They are under \"Keys and tokens\" of your App at \
             https://console.x.com."
        );
    }
    let diagnoses: Vec<_> = patients
        .into_iter()
        .map(|(kind, patient)| match patient {
            Ok(patient) => examine(context, &patient, options),
            Err(problem) => incomplete(&kind, problem),
        })
        .collect();
    output::report(&json!({
        "profile": context.profile,
        "base_url": context.base_url.to_string(),
        "keys": context.keys.names().map(KeyName::variable).collect::<Vec<_>>(),
        "warnings": context.keys.warnings().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "credentials": diagnoses.iter().map(|(report, _)| report).collect::<Vec<_>>(),
        "login": login(context, options)?,
    }))?;
    if diagnoses.is_empty() {
        return Err(Failure::no_credential("there is no credential"));
    }
    match diagnoses.into_iter().find_map(|(_, problem)| problem) {
        Some(problem) => Err(problem.in_words("not every credential works: see above")),
        None => Ok(()),
    }
}

/// Which keys there are, from where, and what is odd about them.
fn keys(context: &Context) {
    note!("\nKeys");
    for name in KeyName::ALL {
        match context.keys.source(name) {
            Some(source) => note!("  {:<22} from {source}", name.variable()),
            None => note!("  {:<22} not set", name.variable()),
        }
    }
    for warning in context.keys.warnings() {
        note!("  ! {warning}");
    }
}

/// What is there makes no credential: half of a pair, or a file that cannot be read.
fn incomplete(kind: &Kind, problem: Failure) -> (Value, Option<Failure>) {
    let kind = output::kind(kind);
    note!("\n{kind}");
    tell(&problem);
    let (text, cause) = (problem.to_string(), problem.cause());
    (json!({ "kind": kind, "tried": null, "problem": text, "cause": cause }), Some(problem))
}

/// What there is to say of a credential, and why it does not work.
fn examine(
    context: &Context,
    patient: &Patient,
    options: &args::Doctor,
) -> (Value, Option<Failure>) {
    let (kind, unlocks) = (output::kind(&patient.kind), patient.unlocks());
    note!("\n{kind}, from {}", patient.source);
    note!("  unlocks {unlocks} of {} operations", OPERATIONS.len());
    if let Some(scopes) = &patient.scopes {
        note!("  scopes: {scopes}");
    }
    let Findings { problem, skew, level } = match options.offline {
        true => Findings::default(),
        false => Findings::of(context, patient),
    };
    if let Some(level) = &level {
        note!("  access: {level}");
    }
    if level.as_deref() == Some("read") {
        note!("  it cannot write: {TO_WRITE}");
    }
    match &problem {
        _ if options.offline => note!("  not tried"),
        None => note!("  works: {} was answered", patient.trial),
        Some(problem) => tell(problem),
    }
    let is_told = |skew: &ClockSkew| {
        problem.as_ref().is_some_and(|problem| problem.to_string().contains(&skew.to_string()))
    };
    if let Some(skew) = skew.filter(|skew| !is_told(skew)) {
        note!("  ! {skew}");
    }
    let report = json!({
        "kind": kind,
        "source": patient.source,
        "unlocks": unlocks,
        "scopes": patient.scopes.as_ref().map(ToString::to_string),
        "access": level,
        "tried": (!options.offline).then_some(patient.trial),
        "problem": problem.as_ref().map(ToString::to_string),
        "cause": problem.as_ref().and_then(Failure::cause),
        "clock_skew_seconds": skew.map(|skew| skew.seconds),
    });
    (report, problem)
}

/// What is wrong and what to do, and under which name the table of causes has it.
fn tell(problem: &Failure) {
    note!("  ! {problem}");
    if let Some(cause) = problem.cause() {
        note!("    cause: {cause}");
    }
}

/// What a token that may only read needs, for more.
const TO_WRITE: &str = "set the App's permission to \"Read and write\" in the developer console, then \
                        log in again, or regenerate the access token there";

/// What the cheapest call shows.
#[derive(Default)]
struct Findings {
    problem: Option<Failure>,
    skew: Option<ClockSkew>,
    /// What a token of OAuth 1.0a may do, as X says it.
    level: Option<String>,
}

impl Findings {
    fn of(context: &Context, patient: &Patient) -> Self {
        let operation = Dynamic::new(patient.trial).expect("the operation exists");
        let response = match answer(context, patient, &operation) {
            Ok(response) => response,
            Err(problem) => return Self { problem: Some(problem), ..Self::default() },
        };
        let now = Moment::now().seconds();
        let skew = ClockSkew::find(response.headers(), now, TOLERANCE);
        let level = response.headers().get("x-access-level").and_then(|level| level.to_str().ok());
        let level = level.map(str::to_owned);
        let status = response.status();
        let problem = operation.read(response).err().map(|mut error| {
            if let Error::Api(refusal) = &mut error {
                refusal.credential = Some(patient.kind);
                refusal.clock_skew = skew.filter(|_| status == 401);
            }
            let is_session = patient.credential.session(operation.accepted()).is_some();
            let again = (status == 401 && is_session)
                .then(|| format!("log in again: {}", context.command("login")));
            again.into_iter().fold(context.failure(error), Failure::and)
        });
        Self { problem, skew, level }
    }
}

fn answer(context: &Context, patient: &Patient, trial: &Dynamic) -> Result<Response, Failure> {
    if let Some(session) = patient.credential.session(trial.accepted()) {
        context.transport.renew(session)?;
    }
    let request = trial.request(&context.base_url, &patient.credential, &Stamp::now())?;
    Ok(context.transport.send(request)?)
}

/// Whether a login would come back: X tells it to an App that begins one by OAuth 1.0a. The list of
/// addresses is the same for OAuth 2.0.
fn login(context: &Context, options: &args::Doctor) -> Result<Value, Failure> {
    let uri = options.redirect_uri.as_str();
    let callback = OAuth1Callback::url(uri)
        .map_err(|error| Failure::usage(format!("--redirect-uri: {error}")))?;
    note!("\nLogin, with {uri} to come back to");
    let report = |tried: bool, problem: Option<Failure>| {
        let (text, cause) =
            (problem.as_ref().map(ToString::to_string), problem.and_then(|p| p.cause()));
        json!({ "redirect_uri": uri, "tried": tried, "problem": text, "cause": cause })
    };
    let app = match context.keys.oauth1_app() {
        Ok(Some(app)) if !options.offline => app.with_base_url(context.base_url.clone()),
        Ok(_) => {
            note!("  not tried: with X_API_KEY and X_API_SECRET, X would say whether it knows it");
            return Ok(report(false, None));
        }
        // Half of the pair, say.
        Err(problem) => {
            let problem = Failure::from(problem);
            tell(&problem);
            return Ok(report(false, Some(problem)));
        }
    };
    let begin = || -> Result<(), Failure> {
        let request = app.login_request(&callback, None, &Stamp::now())?;
        app.read_login(&callback, context.transport.send(request)?)?;
        Ok(())
    };
    let problem = begin().err();
    match &problem {
        None => note!("  works: the App has this callback URL"),
        Some(problem) => tell(problem),
    }
    Ok(report(true, problem))
}
