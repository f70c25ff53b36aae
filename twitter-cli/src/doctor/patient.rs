//! The credentials that there are, and what is known of them before anything is sent.

use twitter_types::OPERATIONS;
use twitter_types::auth::{AnyCredential, KeyName, Kind, Scopes};

use crate::context::Context;
use crate::failure::Failure;

/// A credential.
pub(super) struct Patient {
    pub(super) kind: Kind,
    pub(super) source: String,
    pub(super) scopes: Option<Scopes>,
    pub(super) credential: AnyCredential,
    /// The cheapest operation that it can be tried with.
    pub(super) trial: &'static str,
}

/// Each credential that there is, or why what is there makes none. What a login obtained goes before
/// what the keys are, as it does when an operation is called.
pub(super) fn patients(context: &Context) -> Vec<(Kind, Result<Patient, Failure>)> {
    let found = [
        (Kind::AppToken, app(context)),
        (Kind::OAuth2User, oauth2_user(context)),
        (Kind::OAuth1User, oauth1_user(context)),
    ];
    found.into_iter().filter_map(|(kind, found)| Some((kind, found.transpose()?))).collect()
}

fn app(context: &Context) -> Result<Option<Patient>, Failure> {
    let kept = context.tokens()?.app_token()?.map(|token| (token, "twitter login --app"));
    let source = context.keys.source(KeyName::BearerToken);
    let Some((token, source)) = kept.or(context.keys.app_token()?.zip(source)) else {
        return Ok(None);
    };
    let credential = AnyCredential::new().with_app(token);
    Ok(Some(Patient::new(Kind::AppToken, source, credential, "usage.posts")))
}

fn oauth2_user(context: &Context) -> Result<Option<Patient>, Failure> {
    let Some(session) = context.logged_in()? else { return Ok(None) };
    let scopes = session.load()?.and_then(|tokens| tokens.scopes);
    let credential = AnyCredential::new().with_session(session);
    let patient = Patient::new(Kind::OAuth2User, "twitter login", credential, "users.me");
    Ok(Some(Patient { scopes, ..patient }))
}

fn oauth1_user(context: &Context) -> Result<Option<Patient>, Failure> {
    let user = match context.logged_in_by_oauth1()? {
        Some(user) => Some((user, "twitter login --oauth1")),
        None => context.keys.oauth1_user()?.zip(context.keys.source(KeyName::AccessToken)),
    };
    Ok(user.map(|(user, source)| {
        let credential = AnyCredential::new().with_oauth1(user);
        Patient::new(Kind::OAuth1User, source, credential, "users.me")
    }))
}

impl Patient {
    fn new(kind: Kind, source: &str, credential: AnyCredential, trial: &'static str) -> Self {
        Self { kind, source: source.to_owned(), scopes: None, credential, trial }
    }

    /// How many operations it unlocks.
    pub(super) fn unlocks(&self) -> usize {
        let unlocked = OPERATIONS.iter().filter(|operation| {
            let needed = Scopes::from_static(operation.scopes);
            operation.credentials.contains(&self.kind)
                && self.scopes.as_ref().is_none_or(|granted| granted.is_superset(&needed))
        });
        unlocked.count()
    }
}
