//! `twitter whoami`.

use twitter_types::fields::UserField;
use twitter_types::users;

use crate::context::Context;
use crate::failure::Failure;
use crate::output;

/// Prints the user whose credential it is.
pub(crate) fn run(context: &Context) -> Result<(), Failure> {
    let me = users::Me::new().fields([UserField::CreatedAt, UserField::PublicMetrics]);
    let reply = context.client()?.send(&me).map_err(|error| context.failure(error))?;
    output::line(&reply.body.data)?;
    Ok(())
}
