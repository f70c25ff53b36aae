//! Who the command is, where its keys and tokens are, and which server it talks to.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use bearer::{FileStore, OAuth2Client, Session};
use twitter_client_blocking::{Client, Transport};
use twitter_types::auth::{AnyCredential, AppToken, KeyName, Keys, OAuth1Tokens};
use twitter_types::endpoint::BaseUrl;

use crate::args::{self, Common};
use crate::failure::{Failure, with_sources};
use crate::home;
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
}

/// The profile of those who name none.
const DEFAULT: &str = "default";
/// The profile of the sandbox, and the name of its folder.
const SANDBOX: &str = "sandbox";

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
        let profile = profile(common);
        let folder = home.join("profiles").join(&profile);
        home::make(&folder)?;
        let (keys, base_url) = if common.sandbox {
            let file = folder.join("keys");
            sandbox::ensure(&file, redirect_uri)?;
            let url = variable_of(&file, "X_BASE_URL");
            (Keys::from_file(&file, None).map_err(failed)?, url)
        } else {
            let url = common.base_url.clone().or_else(|| env::var("X_BASE_URL").ok());
            (keys(common, &home, &folder, &profile)?, url.filter(|url| !url.is_empty()))
        };
        let base_url = base_url.map_or_else(|| Ok(BaseUrl::default()), |url| url.parse());
        Ok(Self {
            folder,
            profile,
            base_url: base_url.map_err(|error| Failure::usage(error.to_string()))?,
            keys,
            transport: Transport::default(),
            is_sandbox: common.sandbox,
        })
    }

    /// A client with every credential that there is.
    pub(crate) fn client(&self) -> Result<Client<AnyCredential>, Failure> {
        let credential = self.credential()?;
        if credential.kinds().next().is_none() {
            return Err(Failure::no_credential(format!(
                "there is no credential for the profile {:?}: `twitter login` obtains one, and \
                 `twitter doctor` says what it needs",
                self.profile
            )));
        }
        Ok(self.client_of(credential))
    }

    pub(crate) fn client_of<C: twitter_types::auth::Credential>(&self, credential: C) -> Client<C> {
        let client = Client::new(credential).with_base_url(self.base_url.clone());
        client.with_transport(self.transport.clone())
    }

    /// Every credential that there is. What a login obtained goes before what the keys are.
    pub(crate) fn credential(&self) -> Result<AnyCredential, Failure> {
        let tokens = self.tokens()?;
        let mut credential = AnyCredential::new();
        if let Some(app) = app_token(&tokens)?.or(app_token(&self.keys)?) {
            credential = credential.with_app(app);
        }
        if let Some(session) = self.logged_in()? {
            credential = credential.with_session(session);
        }
        let user = match (self.keys.oauth1_app().map_err(failed)?, oauth1_tokens(&tokens)?) {
            (Some(app), Some(tokens)) => Some(app.user(&tokens)),
            _ => self.keys.oauth1_user().map_err(failed)?,
        };
        Ok(user.into_iter().fold(credential, AnyCredential::with_oauth1))
    }

    /// What `login` obtained besides the session.
    pub(crate) fn tokens(&self) -> Result<Keys, Failure> {
        let file = self.tokens_file();
        if file.exists() {
            Keys::from_file(&file, None).map_err(failed)
        } else {
            Keys::from_variables([]).map_err(failed)
        }
    }

    pub(crate) fn tokens_file(&self) -> PathBuf {
        self.folder.join("tokens")
    }

    /// Keeps what `login` obtained, in place of earlier values of the same names, or deletes them.
    pub(crate) fn keep(&self, changes: &[(KeyName, Option<&str>)]) -> Result<(), Failure> {
        write_keys(&self.tokens_file(), &self.tokens()?, changes)
    }

    /// The App as OAuth 2.0 knows it, if its Client ID is there.
    pub(crate) fn oauth2_client(&self) -> Result<Option<OAuth2Client>, Failure> {
        let client = self.keys.oauth2_client().map_err(failed)?;
        let Some(client) = client else { return Ok(None) };
        if self.base_url == BaseUrl::default() {
            return Ok(Some(client));
        }
        let page = format!("{}/i/oauth2/authorize", self.base_url);
        let page = page.parse().map_err(|error| Failure::here(format!("{error}")))?;
        Ok(Some(client.with_base_url(self.base_url.clone()).with_authorize_url(page)))
    }

    /// The session of the user who logged in by OAuth 2.0, or who may yet.
    pub(crate) fn session(&self) -> Result<Option<Session>, Failure> {
        let store = FileStore::new(self.folder.join("oauth2.json"));
        Ok(self.oauth2_client()?.map(|client| Session::new(client, store)))
    }

    /// The session, if somebody has logged in.
    pub(crate) fn logged_in(&self) -> Result<Option<Session>, Failure> {
        let Some(session) = self.session()? else { return Ok(None) };
        let tokens = session.load().map_err(|error| Failure::here(with_sources(&error)))?;
        Ok(tokens.map(|_| session))
    }
}

/// Writes keys into a file of the command's own.
pub(crate) fn write_keys(
    file: &Path,
    keys: &Keys,
    changes: &[(KeyName, Option<&str>)],
) -> Result<(), Failure> {
    let mut text = String::from("# Written by `twitter login`.\n");
    for name in KeyName::ALL {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        let old = keys.value(name).map(twitter_types::auth::Secret::expose);
        if let Some(value) = change.map_or(old, |(_, new)| *new) {
            text.push_str(&format!("{}={value}\n", name.variable()));
        }
    }
    home::write(file, text.as_bytes())
}

/// An error of the keys: without them nothing can be authorized.
pub(crate) fn failed(error: impl std::error::Error) -> Failure {
    Failure::no_credential(with_sources(&error))
}

fn app_token(keys: &Keys) -> Result<Option<AppToken>, Failure> {
    keys.app_token().map_err(failed)
}

pub(crate) fn oauth1_tokens(keys: &Keys) -> Result<Option<OAuth1Tokens>, Failure> {
    let value = |name| keys.value(name).map(twitter_types::auth::Secret::expose);
    let pair = value(KeyName::AccessToken).zip(value(KeyName::AccessTokenSecret));
    pair.map(|(token, secret)| OAuth1Tokens::new(token, secret).map_err(failed)).transpose()
}

fn profile(common: &Common) -> String {
    let named = common.profile.clone().or_else(|| env::var("X_PROFILE").ok());
    let named = named.filter(|name| !name.is_empty() && !name.contains(['/', '\\']));
    let default = if common.sandbox { SANDBOX } else { DEFAULT };
    named.unwrap_or_else(|| default.into())
}

/// The keys of the file that was named, of the environment, of an earlier `login`, or of the key file.
fn keys(common: &Common, home: &Path, folder: &Path, profile: &str) -> Result<Keys, Failure> {
    let section = (profile != DEFAULT).then_some(profile);
    let own = folder.join("keys");
    let keys = match &common.keys {
        Some(file) => Keys::from_file(file, section),
        None if own.exists() && Keys::from_env().is_ok_and(|keys| keys.is_empty()) => {
            Keys::from_file(own, None)
        }
        None => Keys::from_env_or_file(home.join("keys"), section.filter(|_| !own.exists())),
    };
    keys.map_err(failed)
}

/// The value of a variable in a file that the sandbox wrote.
fn variable_of(file: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("export {name}='")))?;
    Some(line.trim_end_matches('\'').into())
}
