//! A user by OAuth 2.0, with the authorization code flow and PKCE.

use bearer::{
    CallbackError, OAuth2Client, OAuth2Error, RedirectUri, Scope, Scopes, Session, StoreErrorKind,
};
use twitter_types::auth::{KeyName, OAuth2User, scopes_of};
use twitter_types::endpoint::{Moment, Operation};
use twitter_types::users;

use super::browser::{self, Callback};
use super::keys;
use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;

/// What the command's own words need.
const USUAL: [&str; 4] =
    ["media.initialize_upload", "posts.create", "posts.search_recent", "users.me"];

pub(crate) fn run(mut context: Context, options: &args::Login) -> Result<(), Failure> {
    let scopes = scopes(options)?;
    keys::ensure(&mut context, &[KeyName::ClientId], &[KeyName::ClientSecret])?;
    let client = context.oauth2_client()?.expect("the Client ID is there");
    let session = context.session()?.expect("the Client ID is there");
    let redirect_uri: RedirectUri = options
        .redirect_uri
        .parse()
        .map_err(|error| Failure::usage(format!("--redirect-uri: {error}")))?;
    if let Err(error) = session.load()
        && matches!(error.kind, StoreErrorKind::NewerFormat { .. })
    {
        // They would not be replaced: say so before anybody consents.
        return Err(error.into());
    }
    let mut random = [0; 48];
    getrandom::fill(&mut random).map_err(|error| Failure::here(error.to_string()))?;
    let login = client.login(redirect_uri, scopes, random);
    if !context.is_sandbox {
        note!(
            "The App's settings at https://console.x.com must have this callback URL, to the \
             letter: {}",
            options.redirect_uri
        );
    }
    let uri = Some(options.redirect_uri.as_str());
    let code =
        browser::visit(&context, login.url(), options.no_browser, uri, |callback| {
            match login.read_callback(callback) {
                Ok(code) => Callback::Done(code),
                Err(error @ (CallbackError::Refused { .. } | CallbackError::NoCode)) => {
                    Callback::Failed(refused(&error, options))
                }
                Err(error) => Callback::Wrong(error.to_string()),
            }
        })?;
    let request = client.exchange_request(&login, &code);
    let response = context.transport.send(request)?;
    let tokens = OAuth2Client::read_exchange(&login, response, now())?;
    session.save(&tokens)?;
    if tokens.refresh_token.is_none() {
        note!("X gave no refresh token: this access ends in two hours.");
    }
    greet(&context, &session, tokens.scopes.as_ref())
}

/// The least scopes, and one more for access that lasts.
fn scopes(options: &args::Login) -> Result<Scopes, Failure> {
    let names = options.operations.iter().map(String::as_str);
    let is_usual = options.operations.is_empty() && options.scopes.is_empty();
    let names: Vec<&str> = names.chain(USUAL.into_iter().filter(|_| is_usual)).collect();
    let mut operations = Vec::new();
    for name in names {
        let operation = Operation::find(name).ok_or_else(|| {
            Failure::usage(format!("--for {name}: there is no such operation; see `twitter call`"))
        })?;
        if !operation.credentials.contains(&twitter_types::auth::Kind::OAuth2User) {
            note!("{name} takes no OAuth 2.0 user, whatever its scopes.");
        }
        operations.push(operation);
    }
    let mut scopes = scopes_of(operations);
    for scope in &options.scopes {
        scopes.insert(scope.parse().map_err(|error| Failure::usage(format!("{scope}: {error}")))?);
    }
    scopes.insert(Scope::OFFLINE_ACCESS);
    Ok(scopes)
}

fn refused(error: &CallbackError, options: &args::Login) -> Failure {
    let denied = matches!(error, CallbackError::Refused { error: OAuth2Error::AccessDenied, .. });
    if denied {
        return Failure::refused("consent was refused on the page: begin again to ask once more");
    }
    Failure::refused(format!(
        "{error}; the callback URL of the App must be {} to the letter",
        options.redirect_uri
    ))
}

/// Says who has logged in. X may refuse to tell, and the login stands all the same.
fn greet(context: &Context, session: &Session, scopes: Option<&Scopes>) -> Result<(), Failure> {
    let scopes = scopes.map(ToString::to_string).unwrap_or_default();
    let access = context.transport.renew(session);
    let me = access.ok().and_then(|access| {
        let client = context.client_of(OAuth2User::from(access.token));
        client.send(&users::Me::new()).ok()?.body.data
    });
    match me.and_then(|me| me.username) {
        Some(username) => note!("Logged in as @{username}, with {scopes}."),
        None => note!("Logged in, with {scopes}."),
    }
    Ok(())
}

fn now() -> u64 {
    Moment::now().seconds()
}
