//! `twitter doctor`: which credentials there are, what each unlocks, and whether it works.

use std::time::Duration;

use bearer::ClockSkew;
use serde_json::{Value, json};
use twitter_types::auth::{AnyCredential, Credential, KeyName, Kind, Scopes, Session};
use twitter_types::endpoint::{Ask as _, Dynamic, Stamp};
use twitter_types::{Error, OPERATIONS};

use crate::args;
use crate::context::{Context, failed, oauth1_tokens};
use crate::failure::{Failure, with_sources};
use crate::output::{self, note};

/// Clocks that are closer than this do no harm.
const TOLERANCE: Duration = Duration::from_secs(60);

/// A credential, and what is known of it before anything is sent.
struct Patient {
    kind: Kind,
    source: String,
    scopes: Option<Scopes>,
    credential: AnyCredential,
    session: Option<Session>,
    /// The cheapest operation that it can be tried with.
    trial: &'static str,
}

pub(crate) fn run(context: &Context, options: &args::Doctor) -> Result<(), Failure> {
    note!("Profile {:?} at {}", context.profile, context.base_url);
    keys(context);
    let patients = patients(context)?;
    if patients.is_empty() {
        note!(
            "\nNo credential yet. Next: `twitter login`, or `twitter login --app` for public \
               information alone."
        );
    }
    let mut reports = Vec::new();
    for patient in &patients {
        reports.push(examine(context, patient, options));
    }
    let healthy = reports.iter().all(|report| report["problem"].is_null());
    output::report(&json!({
        "profile": context.profile,
        "base_url": context.base_url.to_string(),
        "keys": context.keys.names().map(KeyName::variable).collect::<Vec<_>>(),
        "credentials": reports,
    }))?;
    match (patients.is_empty(), healthy) {
        (true, _) => Err(Failure::no_credential("there is no credential")),
        (_, true) => Ok(()),
        (_, false) => Err(Failure::refused("not every credential works: see above")),
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

fn patients(context: &Context) -> Result<Vec<Patient>, Failure> {
    let tokens = context.tokens()?;
    let mut patients = Vec::new();
    let kept = tokens.app_token().map_err(failed)?.map(|token| (token, "twitter login --app"));
    let of_keys = || context.keys.app_token().map_err(failed);
    let app = match kept {
        Some((token, source)) => Some((token, source.to_owned())),
        None => of_keys()?.zip(context.keys.source(KeyName::BearerToken).map(str::to_owned)),
    };
    if let Some((token, source)) = app {
        let credential = AnyCredential::new().with_app(token);
        patients.push(Patient::new(Kind::AppToken, source, credential, "usage.posts"));
    }
    if let Some(session) = context.logged_in()? {
        let tokens = session.load().map_err(|error| Failure::here(with_sources(&error)))?;
        let credential = AnyCredential::new().with_session(session.clone());
        let source = "twitter login".to_owned();
        patients.push(Patient {
            scopes: tokens.and_then(|tokens| tokens.scopes),
            session: Some(session),
            ..Patient::new(Kind::OAuth2User, source, credential, "users.me")
        });
    }
    let kept = oauth1_tokens(&tokens)?.zip(context.keys.oauth1_app().map_err(failed)?);
    let user = match kept {
        Some((tokens, app)) => Some((app.user(&tokens), "twitter login --oauth1".to_owned())),
        None => {
            let source = context.keys.source(KeyName::AccessToken).map(str::to_owned);
            context.keys.oauth1_user().map_err(failed)?.zip(source)
        }
    };
    if let Some((user, source)) = user {
        let credential = AnyCredential::new().with_oauth1(user);
        patients.push(Patient::new(Kind::OAuth1User, source, credential, "users.me"));
    }
    Ok(patients)
}

impl Patient {
    fn new(kind: Kind, source: String, credential: AnyCredential, trial: &'static str) -> Self {
        Self { kind, source, scopes: None, credential, session: None, trial }
    }

    /// How many operations it unlocks.
    fn unlocks(&self) -> usize {
        let unlocked = OPERATIONS.iter().filter(|operation| {
            let granted = self.scopes.as_ref();
            let needed = Scopes::from_static(operation.scopes);
            operation.credentials.contains(&self.kind)
                && granted.is_none_or(|granted| granted.is_superset(&needed))
        });
        unlocked.count()
    }
}

fn examine(context: &Context, patient: &Patient, options: &args::Doctor) -> Value {
    let (kind, unlocks) = (output::kind(&patient.kind), patient.unlocks());
    note!("\n{kind}, from {}", patient.source);
    note!("  unlocks {unlocks} of {} operations", OPERATIONS.len());
    if let Some(scopes) = &patient.scopes {
        note!("  scopes: {scopes}");
    }
    let outcome = if options.offline { Ok(None) } else { trial(context, patient) };
    let (problem, skew) = match outcome {
        Ok(skew) => (None, skew),
        Err(problem) => (Some(problem), None),
    };
    match (&problem, options.offline) {
        (_, true) => note!("  not tried"),
        (None, _) => note!("  works: {} was answered", patient.trial),
        (Some(problem), _) => note!("  ! {problem}"),
    }
    if let Some(skew) = skew {
        note!("  ! {skew}");
    }
    json!({
        "kind": kind,
        "source": patient.source,
        "unlocks": unlocks,
        "scopes": patient.scopes.as_ref().map(ToString::to_string),
        "tried": (!options.offline).then_some(patient.trial),
        "problem": problem,
        "clock_skew_seconds": skew.map(|skew| skew.seconds),
    })
}

/// Makes the cheapest call; a refusal is said together with what to do.
fn trial(context: &Context, patient: &Patient) -> Result<Option<ClockSkew>, String> {
    if let Some(session) = &patient.session {
        context.transport.renew(session).map_err(|error| with_sources(&error))?;
    }
    let operation = Dynamic::new(patient.trial).map_err(|error| error.to_string())?;
    let stamp = Stamp::now();
    let request = operation.request(&context.base_url, &patient.credential, &stamp);
    let response = context
        .transport
        .send(request.map_err(|error| with_sources(&error))?)
        .map_err(|error| with_sources(&Error::from(error)))?;
    let now = Stamp::now().timestamp().unwrap_or_default();
    let skew = ClockSkew::find(response.headers(), now, TOLERANCE);
    let level = response.headers().get("x-access-level").and_then(|level| level.to_str().ok());
    if let Some(level) = level {
        note!("  the token may: {level}");
    }
    match operation.read(response) {
        Ok(_) => Ok(skew),
        Err(error) => {
            let skew = skew.map(|skew| format!("; {skew}")).unwrap_or_default();
            let accepted = operation.operation().credentials;
            let renewed = patient.credential.session(accepted).is_some();
            let again = match &error {
                Error::Api(error) if error.status == 401 && renewed => "; log in again",
                _ => "",
            };
            Err(format!("{}{again}{skew}", with_sources(&error)))
        }
    }
}
