//! `twitter logout`: what a login obtained is ended at X, and then forgotten here.

use bearer::{App, OAuth2Client};
use twitter_types::auth::{KeyName, OAuth1LoginError, OAuth1RefusalCause, Secret};
use twitter_types::endpoint::Stamp;

use crate::context::{Context, failed, oauth1_tokens};
use crate::failure::{Failure, with_sources};
use crate::output::note;

pub(crate) fn run(context: &Context) -> Result<(), Failure> {
    let ended = [oauth2(context)?, oauth1(context)?, app(context)?];
    if !ended.contains(&true) {
        note!("Nobody is logged in as the profile {:?}.", context.profile);
    }
    Ok(())
}

fn oauth2(context: &Context) -> Result<bool, Failure> {
    let Some(session) = context.session()? else { return Ok(false) };
    let client = context.oauth2_client()?.expect("there is a session");
    let tokens = session.log_out().map_err(|error| Failure::here(with_sources(&error)))?;
    let Some(tokens) = tokens else { return Ok(false) };
    let refresh = tokens.refresh_token.as_ref().map(|token| client.revoke_refresh_request(token));
    let requests = [Some(client.revoke_access_request(&tokens.access_token)), refresh];
    for request in requests.into_iter().flatten() {
        let response = context.transport.send(request).map_err(|error| {
            Failure::no_answer(format!(
                "the tokens are forgotten here, but X was not told: {}; revoke the App's access at \
                 https://x.com/settings/connected_apps",
                with_sources(&error)
            ))
        })?;
        OAuth2Client::read_revoked(response)
            .map_err(|error| Failure::refused(with_sources(&error)))?;
    }
    note!("Logged out: the OAuth 2.0 tokens are revoked.");
    Ok(true)
}

fn oauth1(context: &Context) -> Result<bool, Failure> {
    let Some(tokens) = oauth1_tokens(&context.tokens()?)? else { return Ok(false) };
    if let Some(app) = context.keys.oauth1_app().map_err(failed)? {
        let app = app.with_base_url(context.base_url.clone());
        let refused = |error: OAuth1LoginError| Failure::refused(with_sources(&error));
        let request = app.invalidate_request(&tokens, &Stamp::now()).map_err(refused)?;
        let response = context.transport.send(request).map_err(twitter_types::Error::from)?;
        match app.read_invalidated(response) {
            Err(OAuth1LoginError::Refused(refusal))
                if refusal.cause == OAuth1RefusalCause::TokenEnded => {}
            outcome => outcome.map_err(refused)?,
        }
    }
    context.keep(&[(KeyName::AccessToken, None), (KeyName::AccessTokenSecret, None)])?;
    note!("Logged out: the OAuth 1.0a token is invalidated.");
    Ok(true)
}

fn app(context: &Context) -> Result<bool, Failure> {
    let tokens = context.tokens()?;
    let Some(token) = tokens.value(KeyName::BearerToken).map(Secret::expose) else {
        return Ok(false);
    };
    if let Some(app) = context.keys.app().map_err(failed)? {
        let token = bearer::AccessToken::new(token).map_err(failed)?;
        let request = app.with_base_url(context.base_url.clone()).invalidate_request(&token);
        let response = context.transport.send(request).map_err(twitter_types::Error::from)?;
        App::read_invalidated(response).map_err(|error| Failure::refused(with_sources(&error)))?;
    }
    context.keep(&[(KeyName::BearerToken, None)])?;
    note!("The App's own token is invalidated.");
    Ok(true)
}
