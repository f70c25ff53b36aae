//! A user by OAuth 1.0a, who comes back with the browser or types a PIN.

use twitter_types::auth::{KeyName, OAuth1Callback, OAuth1LoginError, OAuth1Verifier};
use twitter_types::endpoint::Stamp;

use super::browser::{self, Callback};
use super::keys;
use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;

pub(crate) fn run(mut context: Context, options: &args::Login) -> Result<(), Failure> {
    keys::ensure(&mut context, &[KeyName::ApiKey, KeyName::ApiSecret], &[])?;
    let app = context.keys.oauth1_app()?.expect("both keys are there");
    let app = app.with_base_url(context.base_url.clone());
    let callback = if options.pin {
        OAuth1Callback::pin()
    } else {
        OAuth1Callback::url(options.redirect_uri.as_str())
            .map_err(|error| Failure::usage(format!("--redirect-uri: {error}")))?
    };
    let request = app.login_request(&callback, None, &Stamp::now())?;
    let response = context.transport.send(request)?;
    let login = app.read_login(&callback, response)?;
    let page = login.authorize_url();
    let redirect_uri = (!options.pin).then_some(options.redirect_uri.as_str());
    let verifier = browser::visit(&context, &page, options.no_browser, redirect_uri, |text| {
        if options.pin {
            return match OAuth1Verifier::pin(text) {
                Ok(pin) => Callback::Done(pin),
                Err(error) => Callback::Wrong(error.to_string()),
            };
        }
        match login.read_callback(text) {
            Ok(verifier) => Callback::Done(verifier),
            Err(error @ OAuth1LoginError::Denied) => Callback::Failed(error.into()),
            Err(error) => Callback::Wrong(error.to_string()),
        }
    })?;
    let request = app.tokens_request(&login, &verifier, &Stamp::now())?;
    let response = context.transport.send(request)?;
    let tokens = app.read_tokens(response)?;
    context.keep(&[
        (KeyName::AccessToken, Some(tokens.access_token())),
        (KeyName::AccessTokenSecret, Some(tokens.access_token_secret())),
    ])?;
    let name = tokens.screen_name.as_ref().map(|name| format!(" as @{name}"));
    let name = name.unwrap_or_default();
    note!("Logged in{name}. The token never expires: `twitter logout` ends it.");
    Ok(())
}
