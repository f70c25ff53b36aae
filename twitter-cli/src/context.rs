//! Who the command is, where its keys and tokens are, and which server it talks to.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bearer::{FileStore, OAuth2Client, Session};
use twitter_client_blocking::{Client, Transport};
use twitter_types::Error;
use twitter_types::auth::{
    AnyCredential, Credential, KeyName, Keys, KeysError, Kind, OAuth1Tokens, OAuth1User, Scope,
    Scopes, Secret,
};
use twitter_types::endpoint::{BaseUrl, Operation};

use crate::args::{self, Common};
use crate::failure::Failure;
use crate::home;
use crate::output::{self, note};
use crate::sandbox;

/// What every command needs to know.
pub(crate) struct Context {
    /// The folder of this profile.
    pub(crate) folder: PathBuf,
    pub(crate) profile: String,
    pub(crate) base_url: BaseUrl,
    /// The keys of the App, and perhaps of a user, that were not obtained by a login.
    pub(crate) keys: Keys,
    pub(crate) transport: Transport,
    pub(crate) is_sandbox: bool,
    /// The options that lead to this profile and server, as they were typed.
    options: String,
}

/// The profile of those who name none.
const DEFAULT: &str = "default";

impl Context {
    pub(crate) fn new(common: &Common) -> Result<Self, Failure> {
        Self::with(common, None)
    }

    /// A sandbox that is started now must know where the browser comes back to.
    pub(crate) fn to_log_in(common: &Common, options: &args::Login) -> Result<Self, Failure> {
        let is_known = options.redirect_uri == args::REDIRECT_URI;
        Self::with(common, (!is_known).then_some(options.redirect_uri.as_str()))
    }

    fn with(common: &Common, redirect_uri: Option<&str>) -> Result<Self, Failure> {
        let home = home::folder()?;
        let profile = profile(common)?;
        // The sandbox must not write over what was obtained from X.
        let folder = home.join(if common.sandbox { "sandbox" } else { "profiles" }).join(&profile);
        let (keys, base_url) = if common.sandbox {
            let file = folder.join("keys");
            sandbox::ensure(&file, redirect_uri)?;
            let url = variable_of(&file, "X_BASE_URL");
            (Keys::from_file(&file, None)?, url)
        } else {
            let url = common.base_url.clone().or_else(|| env::var("X_BASE_URL").ok());
            (keys(common, &home, &folder, &profile)?, url.filter(|url| !url.is_empty()))
        };
        let base_url = base_url.map_or_else(|| Ok(BaseUrl::default()), |url| url.parse());
        Ok(Self {
            folder,
            profile,
            base_url: base_url.map_err(|error| Failure::usage(format!("the server: {error}")))?,
            keys,
            transport: Transport::default(),
            is_sandbox: common.sandbox,
            options: options(common),
        })
    }

    /// How to type a command for the same profile and server.
    pub(crate) fn command(&self, words: &str) -> String {
        format!("`twitter{} {words}`", self.options)
    }

    /// What to do without any credential.
    fn next(&self) -> String {
        let [login, app, doctor] = ["login", "login --app", "doctor"].map(|c| self.command(c));
        format!(
            "{login} obtains one, or {app} for public information alone; {doctor} says what they \
             need; without an App, `twitter --sandbox login` is for trying"
        )
    }

    /// A client with every credential that there is.
    pub(crate) fn client(&self) -> Result<Client<AnyCredential>, Failure> {
        let credential = self.credential()?;
        if credential.kinds().next().is_none() {
            let idle = self.has_idle_session().then(|| SESSION_WITHOUT_KEY.to_owned());
            let (profile, next) = (&self.profile, idle.unwrap_or_else(|| self.next()));
            let words = format!("there is no credential for the profile {profile:?}: {next}");
            return Err(Failure::no_credential(words));
        }
        Ok(self.client_of(credential))
    }

    /// What an error means to whoever typed the command: where it can be told, also which login
    /// would do.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        match &error {
            Error::NoCredential { accepted } => {
                let has = self.credential().map(|credential| credential.kinds().collect());
                let has: Vec<_> = has.unwrap_or_default();
                let takes = output::kinds_in_words(accepted, "or");
                let has = output::kinds_in_words(&has, "and");
                let login = self.command(login_for(accepted));
                Failure::from(error).in_words(format!(
                    "this takes {takes}, and there is only {has}: {login} obtains what is needed"
                ))
            }
            Error::Api(refusal) if refusal.status == 403 => {
                let operation = Operation::find(refusal.operation);
                let lacking = operation.and_then(|operation| self.lacking_scopes(operation));
                lacking.into_iter().fold(Failure::from(error), Failure::and)
            }
            _ => error.into(),
        }
    }

    /// Which scopes the session lacks, where it is what authorizes the operation, and the login that
    /// obtains them and keeps those that there are.
    fn lacking_scopes(&self, operation: &Operation) -> Option<String> {
        self.credential().ok()?.session(operation.credentials)?;
        let granted = self.logged_in().ok()??.load().ok()??.scopes?;
        let lacking = Scopes::from_static(operation.scopes).difference(&granted);
        if lacking.is_empty() {
            return None;
        }
        let all = granted.union(&lacking);
        // Every login asks for that one.
        let all = all.iter().filter(|scope| **scope != Scope::OFFLINE_ACCESS);
        let all: Vec<_> = all.map(Scope::as_str).collect();
        let login = self.command(&format!("login --scopes {}", all.join(",")));
        Some(format!("the login lacks {lacking}: {login}"))
    }

    pub(crate) fn client_of<C: Credential>(&self, credential: C) -> Client<C> {
        let client = Client::new(credential).with_base_url(self.base_url.clone());
        client.with_transport(self.transport.clone())
    }

    /// Every credential that there is. What a login obtained goes before what the keys are.
    pub(crate) fn credential(&self) -> Result<AnyCredential, Failure> {
        let tokens = self.tokens()?;
        let mut credential = AnyCredential::new();
        if let Some(app) = tokens.app_token()?.or(self.keys.app_token()?) {
            credential = credential.with_app(app);
        }
        if let Some(session) = self.logged_in()? {
            credential = credential.with_session(session);
        }
        let user = match self.logged_in_by_oauth1()? {
            Some(user) => Some(user),
            None => self.keys.oauth1_user()?,
        };
        Ok(user.into_iter().fold(credential, AnyCredential::with_oauth1))
    }

    /// The user who logged in by OAuth 1.0a, if the App's keys are there.
    pub(crate) fn logged_in_by_oauth1(&self) -> Result<Option<OAuth1User>, Failure> {
        let Some(tokens) = oauth1_tokens(&self.tokens()?)? else { return Ok(None) };
        Ok(self.keys.oauth1_app()?.map(|app| app.user(&tokens)))
    }

    /// What `login` obtained besides the session.
    pub(crate) fn tokens(&self) -> Result<Keys, Failure> {
        Ok(from_file_if_any(&self.tokens_file())?.map_or_else(|| Keys::from_variables([]), Ok)?)
    }

    fn tokens_file(&self) -> PathBuf {
        self.folder.join("tokens")
    }

    /// Keeps what `login` obtained, in place of earlier values of the same names, or deletes them.
    pub(crate) fn keep(&self, changes: &[(KeyName, Option<&str>)]) -> Result<(), Failure> {
        let file = self.tokens_file();
        let _lock = home::lock(&file)?;
        write_keys(&file, &self.tokens()?, changes)
    }

    /// Keeps keys of the App with those that there are.
    pub(crate) fn keep_keys(&mut self, given: &[(KeyName, Option<&str>)]) -> Result<(), Failure> {
        let file = self.folder.join("keys");
        let _lock = home::lock(&file)?;
        write_keys(&file, &self.keys, given)?;
        self.keys = Keys::from_file(&file, None)?;
        for warning in self.keys.warnings() {
            note!("{warning}");
        }
        note!("The keys are kept in {}, readable by you alone.", file.display());
        Ok(())
    }

    /// Fails where a login could not be kept, before anybody consents to it.
    pub(crate) fn check_can_keep(&self) -> Result<(), Failure> {
        home::lock(&self.tokens_file()).map(drop)
    }

    /// The App as OAuth 2.0 knows it, if its Client ID is there.
    pub(crate) fn oauth2_client(&self) -> Result<Option<OAuth2Client>, Failure> {
        let Some(client) = self.keys.oauth2_client()? else { return Ok(None) };
        if self.base_url == BaseUrl::default() {
            return Ok(Some(client));
        }
        let page = format!("{}/i/oauth2/authorize", self.base_url);
        let page = page.parse().map_err(|error| Failure::here(format!("{error}")))?;
        Ok(Some(client.with_base_url(self.base_url.clone()).with_authorize_url(page)))
    }

    /// The session of the user who logged in by OAuth 2.0, or who may yet.
    pub(crate) fn session(&self) -> Result<Option<Session>, Failure> {
        let store = self.session_store();
        Ok(self.oauth2_client()?.map(|client| Session::new(client, store)))
    }

    /// The session, if somebody has logged in.
    pub(crate) fn logged_in(&self) -> Result<Option<Session>, Failure> {
        let Some(session) = self.session()? else { return Ok(None) };
        Ok(session.load()?.map(|_| session))
    }

    /// Whether somebody has logged in by OAuth 2.0, but the Client ID is not there.
    pub(crate) fn has_idle_session(&self) -> bool {
        self.keys.value(KeyName::ClientId).is_none() && self.session_store().path().exists()
    }

    fn session_store(&self) -> FileStore {
        FileStore::new(self.folder.join("oauth2.json"))
    }
}

/// What to do where the keys of a login were set for one shell only.
pub(crate) const SESSION_WITHOUT_KEY: &str = "somebody has logged in by OAuth 2.0, but X_CLIENT_ID \
                                              is not set now: set it as it was then, and \
                                              X_CLIENT_SECRET if there was one";

/// The login that obtains the least powerful of these.
fn login_for(accepted: &[Kind]) -> &'static str {
    if accepted.contains(&Kind::AppToken) {
        "login --app"
    } else if accepted.contains(&Kind::OAuth2User) {
        "login"
    } else {
        "login --oauth1"
    }
}

/// The options that lead to a profile and a server, each behind a space.
fn options(common: &Common) -> String {
    let keys = common.keys.as_ref().map(|file| file.display().to_string());
    let values = [
        ("profile", common.profile.as_ref()),
        ("keys", keys.as_ref()),
        ("base-url", common.base_url.as_ref()),
    ];
    let mut options = if common.sandbox { String::from(" --sandbox") } else { String::new() };
    for (name, value) in values.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
        if !value.is_empty() && value.chars().all(is_plain) {
            options.push_str(&format!(" --{name} {value}"));
        } else {
            options.push_str(&format!(" --{name} '{}'", value.replace('\'', r"'\''")));
        }
    }
    options
}

/// Writes keys into a file of the command's own, which is locked.
fn write_keys(
    file: &Path,
    keys: &Keys,
    changes: &[(KeyName, Option<&str>)],
) -> Result<(), Failure> {
    let mut text = String::from("# Written by `twitter login`.\n");
    for name in KeyName::ALL {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        let old = keys.value(name).map(Secret::expose);
        if let Some(value) = change.map_or(old, |(_, new)| *new) {
            text.push_str(&format!("{}={value}\n", name.variable()));
        }
    }
    home::write(file, text.as_bytes())
}

pub(crate) fn oauth1_tokens(keys: &Keys) -> Result<Option<OAuth1Tokens>, Failure> {
    let value = |name| keys.value(name).map(Secret::expose);
    let pair = value(KeyName::AccessToken).zip(value(KeyName::AccessTokenSecret));
    Ok(pair.map(|(token, secret)| OAuth1Tokens::new(token, secret)).transpose()?)
}

fn profile(common: &Common) -> Result<String, Failure> {
    let named = common.profile.clone().or_else(|| env::var("X_PROFILE").ok());
    let Some(name) = named.filter(|name| !name.is_empty()) else { return Ok(DEFAULT.into()) };
    // It is the name of a folder.
    if name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(Failure::usage(format!(
            "the profile {name:?} begins with a dot or has a slash: choose another name"
        )));
    }
    Ok(name)
}

/// The keys of the file that was named, or of the profile.
///
/// A profile that was named has the keys that an earlier `login` kept for it, or those of its section
/// in the key file, or else the App of the environment, but not the environment's user. The default
/// profile has those of the environment, completed by those that a `login` kept unless these are of
/// another App, or else those that stand in the key file above its sections.
fn keys(common: &Common, home: &Path, folder: &Path, profile: &str) -> Result<Keys, Failure> {
    let section = (profile != DEFAULT).then_some(profile);
    if let Some(file) = &common.keys {
        return Ok(Keys::from_file(file, section)?);
    }
    let kept = from_file_if_any(&folder.join("keys"))?;
    let file = home.join("keys");
    if let Some(section) = section {
        return match kept {
            Some(kept) => Ok(kept),
            None if file.exists() => match Keys::from_file(&file, Some(section)) {
                Err(KeysError::NoProfile { .. }) => app_of_environment(),
                keys => Ok(keys?),
            },
            None => app_of_environment(),
        };
    }
    let environment = Keys::from_env()?;
    Ok(match kept {
        Some(kept) if agree(&environment, &kept) => environment.or(kept),
        None if environment.is_empty() => from_file_if_any(&file)?.unwrap_or(environment),
        _ => environment,
    })
}

/// The keys of a file that the command writes, if it is there.
fn from_file_if_any(file: &Path) -> Result<Option<Keys>, Failure> {
    match Keys::from_file(file, None) {
        Err(KeysError::Io { error, .. }) if error.kind() == ErrorKind::NotFound => Ok(None),
        keys => Ok(Some(keys?)),
    }
}

fn app_of_environment() -> Result<Keys, Failure> {
    let app = [KeyName::ApiKey, KeyName::ApiSecret, KeyName::ClientId, KeyName::ClientSecret];
    let keys = Keys::from_env()?;
    let of_app = app.iter().filter_map(|name| {
        Some((name.variable().to_owned(), keys.value(*name)?.expose().to_owned()))
    });
    Ok(Keys::from_variables(of_app)?)
}

/// Whether no key has two values.
fn agree(one: &Keys, other: &Keys) -> bool {
    let value = |keys: &Keys, name| keys.value(name).map(|value| value.expose().to_owned());
    one.names().all(|name| {
        let found = value(other, name);
        found.is_none() || found == value(one, name)
    })
}

/// The value of a variable in a file that the sandbox wrote.
fn variable_of(file: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("export {name}='")))?;
    Some(line.trim_end_matches('\'').into())
}

#[cfg(test)]
mod tests {
    use super::{Common, options};

    #[test]
    fn options_can_be_typed_again() {
        let common = Common {
            sandbox: false,
            profile: Some("my work".into()),
            keys: Some("/etc/keys".into()),
            base_url: None,
        };
        assert_eq!(options(&common), " --profile 'my work' --keys /etc/keys");
        let common = Common { profile: Some("Jo's".into()), keys: Some("".into()), ..common };
        assert_eq!(options(&common), r" --profile 'Jo'\''s' --keys ''");
        let sandbox = Common { sandbox: true, profile: None, keys: None, base_url: None };
        assert_eq!(options(&sandbox), " --sandbox");
    }
}
