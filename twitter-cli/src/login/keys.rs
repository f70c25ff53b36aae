//! The App's keys, where they are missing: asked for, or read from standard input, and kept.

use std::io::{self, IsTerminal as _};

use twitter_types::auth::{KeyName, Keys, KeysError, Secret};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::note;

/// Makes sure that the needed keys are there, and asks a person for those that are not.
pub(crate) fn ensure(
    context: &mut Context,
    needed: &[KeyName],
    optional: &[KeyName],
) -> Result<(), Failure> {
    let missing: Vec<_> =
        needed.iter().filter(|name| context.keys.value(**name).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|name| name.variable()).collect::<Vec<_>>().join(" and ");
    let they = if missing.len() == 1 { "it is" } else { "they are" };
    if !io::stdin().is_terminal() {
        return Err(Failure::no_credential(format!(
            "{names} must be set: {they} under \"Keys and tokens\" of your App at \
             https://console.x.com; set them in the environment, or hand them over by \
             --keys-from-stdin"
        )));
    }
    note!("Copy these from \"Keys and tokens\" of your App at https://console.x.com:");
    let mut given = Vec::new();
    for name in needed.iter().chain(optional) {
        if context.keys.value(*name).is_some() {
            continue;
        }
        let is_optional = optional.contains(name);
        let hint = if is_optional { " (empty if there is none)" } else { "" };
        let value = rpassword::prompt_password(format!("  {}{hint}: ", words(*name)))?;
        match value.trim() {
            "" if is_optional => {}
            "" => return Err(Failure::no_credential(format!("{} was not given", words(*name)))),
            value => given.push((*name, value.to_owned())),
        }
    }
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, Some(value.as_str()))).collect();
    context.keep_keys(&given)
}

/// Reads what could stand in a key file.
pub(crate) fn from_stdin(context: &mut Context) -> Result<(), Failure> {
    let text = Secret::new(io::read_to_string(io::stdin())?);
    let keys =
        Keys::from_text(text.expose(), "standard input", None).map_err(|error| match error {
            KeysError::Syntax { .. } => Failure::usage(error.to_string()),
            error => error.into(),
        })?;
    if keys.is_empty() {
        return Err(Failure::usage("standard input holds no key: write lines like X_CLIENT_ID=…"));
    }
    let given: Vec<_> =
        keys.names().map(|name| (name, keys.value(name).map(Secret::expose))).collect();
    context.keep_keys(&given)
}

fn words(name: KeyName) -> &'static str {
    match name {
        KeyName::ApiKey => "API Key",
        KeyName::ApiSecret => "API Key Secret",
        KeyName::AccessToken => "Access Token",
        KeyName::AccessTokenSecret => "Access Token Secret",
        KeyName::BearerToken => "app-only Access Token",
        KeyName::ClientId => "Client ID",
        KeyName::ClientSecret => "Client Secret",
        _ => "key",
    }
}
