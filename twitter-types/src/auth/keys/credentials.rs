//! What keys that belong together are good for.

use bearer::{App, OAuth2Client};

use super::{KeyName, Keys, KeysError};
use crate::auth::{AnyCredential, AppToken, OAuth1App, OAuth1User, Secret};

/// Why making a credential of a value cannot fail.
const CHECKED: &str = "the value was checked for flaws";

impl Keys {
    /// The App, by its API key and API secret, to obtain or end its token; `None` if neither is
    /// there.
    ///
    /// # Errors
    ///
    /// If one of the two is missing, or cannot work.
    pub fn app(&self) -> Result<Option<App>, KeysError> {
        let pair = self.all([KeyName::ApiKey, KeyName::ApiSecret])?;
        Ok(pair.map(|[key, secret]| App::new(key, secret).expect(CHECKED)))
    }

    /// The App, by its API key and API secret, to log users in by OAuth 1.0a; `None` if neither is
    /// there.
    ///
    /// # Errors
    ///
    /// If one of the two is missing, or cannot work.
    pub fn oauth1_app(&self) -> Result<Option<OAuth1App>, KeysError> {
        let pair = self.all([KeyName::ApiKey, KeyName::ApiSecret])?;
        Ok(pair.map(|[key, secret]| OAuth1App::new(key, secret).expect(CHECKED)))
    }

    /// The App as OAuth 2.0 knows it, to log users in and to keep their tokens fresh: with the Client
    /// Secret, if it is there, as a confidential client; `None` if there is no Client ID.
    ///
    /// # Errors
    ///
    /// If a Client Secret has no Client ID beside it, or one of the two cannot work.
    pub fn oauth2_client(&self) -> Result<Option<OAuth2Client>, KeysError> {
        if self.found(KeyName::ClientSecret).is_some() {
            let pair = self.all([KeyName::ClientId, KeyName::ClientSecret])?;
            return Ok(
                pair.map(|[id, secret]| OAuth2Client::confidential(id, secret).expect(CHECKED))
            );
        }
        let id = self.all([KeyName::ClientId])?;
        Ok(id.map(|[id]| OAuth2Client::public(id).expect(CHECKED)))
    }

    /// The App's token; `None` if it is not there.
    ///
    /// # Errors
    ///
    /// If it cannot work.
    pub fn app_token(&self) -> Result<Option<AppToken>, KeysError> {
        let token = self.all([KeyName::BearerToken])?;
        Ok(token.map(|[token]| AppToken::new(token).expect(CHECKED)))
    }

    /// The user, by OAuth 1.0a, who is the App's owner if the console made the access token; `None`
    /// if there is neither access token nor its secret.
    ///
    /// # Errors
    ///
    /// If one of the four keys is missing, or cannot work.
    pub fn oauth1_user(&self) -> Result<Option<OAuth1User>, KeysError> {
        let [token, token_secret] = [KeyName::AccessToken, KeyName::AccessTokenSecret];
        if self.found(token).is_none() && self.found(token_secret).is_none() {
            return Ok(None);
        }
        let four = self.all([token, token_secret, KeyName::ApiKey, KeyName::ApiSecret])?;
        Ok(four.map(|[token, token_secret, key, secret]| {
            OAuth1User::new(key, secret, token, token_secret).expect(CHECKED)
        }))
    }

    /// The credentials that the keys are: the App's token, the user by OAuth 1.0a, or both. The
    /// others need a request first: [`app`](Self::app) obtains a token for the App, and a login one
    /// for a user.
    ///
    /// # Errors
    ///
    /// If there is none, or a key is missing beside another, or cannot work.
    pub fn credential(&self) -> Result<AnyCredential, KeysError> {
        let (app, user) = (self.app_token()?, self.oauth1_user()?);
        if app.is_none() && user.is_none() {
            let found = self.found.iter().flatten().map(ToString::to_string).collect();
            return Err(KeysError::NoCredential { found, place: self.place.to_string() });
        }
        let mut credential = AnyCredential::new();
        if let Some(app) = app {
            credential = credential.with_app(app);
        }
        if let Some(user) = user {
            credential = credential.with_oauth1(user);
        }
        Ok(credential)
    }

    /// The values of keys that belong together: all of them, or none.
    fn all<const N: usize>(&self, names: [KeyName; N]) -> Result<Option<[&str; N]>, KeysError> {
        let Some(beside) = names.iter().find_map(|name| self.found(*name)) else {
            return Ok(None);
        };
        let missing: Vec<_> =
            names.into_iter().filter(|name| self.found(*name).is_none()).collect();
        if !missing.is_empty() {
            let (beside, place) = (beside.to_string(), self.place.to_string());
            return Err(KeysError::Missing { missing, beside, place });
        }
        let mut warnings = names.into_iter().filter_map(|name| self.warning(name));
        if let Some(warning) = warnings.find(|warning| warning.suspicion.is_certain()) {
            return Err(KeysError::Unusable(warning));
        }
        Ok(Some(names.map(|name| self.value(name).map_or("", Secret::expose))))
    }
}
