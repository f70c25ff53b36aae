//! `twitter login`: from the App's keys to a credential that is kept.

mod browser;
mod consent;
mod keys;
mod oauth1;
mod oauth2;

use bearer::App;
use twitter_types::auth::KeyName;

use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;

pub(crate) fn run(mut context: Context, options: &args::Login) -> Result<(), Failure> {
    context.check_can_keep()?;
    if options.keys_from_stdin {
        keys::from_stdin(&mut context)?;
    }
    if options.app {
        app(context)
    } else if options.oauth1 || options.pin {
        oauth1::run(context, options)
    } else {
        oauth2::run(context, options)
    }
}

/// Obtains the App's own token.
fn app(mut context: Context) -> Result<(), Failure> {
    let needed = [KeyName::ApiKey, KeyName::ApiSecret];
    keys::ensure(&mut context, &needed, &[])?;
    let app = context.keys.app()?.expect("both keys are there");
    let app = app.with_base_url(context.base_url.clone());
    let token = App::read_token(context.transport.send(app.token_request())?)?;
    context.keep(&[(KeyName::BearerToken, Some(token.expose()))])?;
    note!("The App's own token is kept. It reads public information, and never expires.");
    Ok(())
}
