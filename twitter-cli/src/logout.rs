//! `twitter logout`: what a login obtained is ended at X, and then forgotten here.

use bearer::{App, OAuth2Client};
use twitter_types::auth::{KeyName, OAuth1LoginError, OAuth1RefusalCause, Secret};
use twitter_types::endpoint::Stamp;

use crate::context::{Context, oauth1_tokens};
use crate::failure::Failure;
use crate::output::note;

/// Ends each credential, also when another cannot be ended.
pub(crate) fn run(context: &Context) -> Result<(), Failure> {
    let outcomes = [oauth2(context), oauth1(context), app(context)];
    let mut ended = false;
    let mut failures = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(done) => ended |= done,
            Err(failure) => failures.push(failure),
        }
    }
    let Some(last) = failures.pop() else {
        if !ended {
            note!("Nobody is logged in as the profile {:?}.", context.profile);
        }
        return Ok(());
    };
    failures.iter().for_each(|failure| note!("twitter: {failure}"));
    Err(last)
}

fn oauth2(context: &Context) -> Result<bool, Failure> {
    let Some(session) = context.logged_in()? else { return Ok(false) };
    let client = context.oauth2_client()?.expect("there is a session");
    // First of all, so that no other process renews what is about to end.
    let Some(tokens) = session.log_out()? else { return Ok(false) };
    let refresh = tokens.refresh_token.as_ref().map(|token| client.revoke_refresh_request(token));
    let requests = [Some(client.revoke_access_request(&tokens.access_token)), refresh];
    for request in requests.into_iter().flatten() {
        let response = context.transport.send(request).map_err(|error| {
            let kept = session.save(&tokens).is_ok();
            let then = if kept { "nothing has changed: try again" } else { FORGOTTEN };
            Failure::from(error).and(then)
        })?;
        OAuth2Client::read_revoked(response)
            .map_err(|error| Failure::from(error).and(FORGOTTEN))?;
    }
    note!("Logged out: the OAuth 2.0 tokens are revoked.");
    Ok(true)
}

fn oauth1(context: &Context) -> Result<bool, Failure> {
    let Some(tokens) = oauth1_tokens(&context.tokens()?)? else { return Ok(false) };
    let Some(app) = context.keys.oauth1_app()? else {
        return Err(no_keys("the OAuth 1.0a token"));
    };
    let app = app.with_base_url(context.base_url.clone());
    let response = context.transport.send(app.invalidate_request(&tokens, &Stamp::now())?)?;
    let outcome = app.read_invalidated(response);
    context.keep(&[(KeyName::AccessToken, None), (KeyName::AccessTokenSecret, None)])?;
    match outcome {
        Err(OAuth1LoginError::Refused(refusal))
            if refusal.cause == OAuth1RefusalCause::TokenEnded => {}
        outcome => outcome.map_err(|error| Failure::from(error).and(FORGOTTEN))?,
    }
    note!("Logged out: the OAuth 1.0a token is invalidated.");
    Ok(true)
}

fn app(context: &Context) -> Result<bool, Failure> {
    let tokens = context.tokens()?;
    let Some(token) = tokens.value(KeyName::BearerToken).map(Secret::expose) else {
        return Ok(false);
    };
    let Some(app) = context.keys.app()? else { return Err(no_keys("the App's token")) };
    let token = bearer::AccessToken::new(token)?;
    let request = app.with_base_url(context.base_url.clone()).invalidate_request(&token);
    let outcome = App::read_invalidated(context.transport.send(request)?);
    context.keep(&[(KeyName::BearerToken, None)])?;
    outcome.map_err(|error| Failure::from(error).and(FORGOTTEN))?;
    note!("Logged out: the App's own token is invalidated.");
    Ok(true)
}

/// What is left to do where X does not end a token.
const FORGOTTEN: &str = "the token is forgotten here, but it may live on at X: revoke the App's \
                         access at https://x.com/settings/connected_apps, or regenerate the token in \
                         the developer console";

fn no_keys(token: &str) -> Failure {
    Failure::no_credential(format!(
        "{token} is kept, but cannot be ended without X_API_KEY and X_API_SECRET: set them, then \
         log out again"
    ))
}
