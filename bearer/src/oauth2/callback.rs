//! What the user's browser brings back: a code, or why there is none (RFC 6749 section 4.1.2).

use std::{error, fmt};

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::{OAuth2Error, form::decode, refusal::excerpt};

/// Longer than any code of X.
const MAX_CODE: usize = 4096;

/// The code that X exchanges for tokens, within 30 seconds and once. Redacted when printed and
/// zeroized when dropped.
#[derive(Clone)]
pub struct AuthorizationCode(Zeroizing<String>);

impl AuthorizationCode {
    /// The code in the clear.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode([redacted])")
    }
}

/// Why a callback brings no code. It holds neither the state nor a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The state is missing, or it is that of another login. A listener goes on waiting.
    StateMismatch,
    /// The server says why it gives no code.
    #[non_exhaustive]
    Refused {
        /// The code of the error.
        error: OAuth2Error,
        /// The `error_description`, as short as [`Refusal::message`](crate::Refusal::message).
        description: Option<String>,
    },
    /// There is neither a code nor an error.
    NoCode,
    /// It is not a query, or it has a parameter twice.
    Malformed,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StateMismatch => f.write_str(
                "the callback belongs to another login, or to nobody's: use the page that was opened \
                 last and take the whole address that it leads to, or begin the login again",
            ),
            Self::Refused { error, description } => {
                let text = description.as_ref().map_or_else(String::new, |text| format!(", \"{text}\""));
                write!(f, "the login was refused ({error}{text}): {}", error.advice())
            }
            Self::NoCode => f.write_str(
                "the callback has no code: take the whole address that the browser ends up at, or \
                 begin the login again",
            ),
            Self::Malformed => f.write_str(
                "the callback cannot be read: take the whole address that the browser ends up at, \
                 exactly as it is, or begin the login again",
            ),
        }
    }
}

impl error::Error for CallbackError {}

/// The state of a callback, by which a server with several logins under way finds the one that it
/// belongs to. [`Login::read_callback`](crate::Login::read_callback) then compares it.
///
/// ```
/// assert_eq!(bearer::callback_state("/callback?state=a%2Db&code=c").as_deref(), Some("a-b"));
/// ```
pub fn callback_state(callback: &str) -> Option<String> {
    let state = Parameters::read(callback).ok()?.state?;
    Some(state.to_string())
}

pub(super) fn read(callback: &str, state: &str) -> Result<AuthorizationCode, CallbackError> {
    let parameters = Parameters::read(callback)?;
    let found = parameters.state.ok_or(CallbackError::StateMismatch)?;
    if !bool::from(found.as_bytes().ct_eq(state.as_bytes())) {
        return Err(CallbackError::StateMismatch);
    }
    if let Some(error) = parameters.error {
        let error = OAuth2Error::new(&excerpt(&error));
        let description = parameters.description.map(|text| excerpt(&text));
        return Err(CallbackError::Refused { error, description });
    }
    // RFC 6749 appendix A.11: visible ASCII and spaces.
    let is_code = |code: &str| {
        (1..=MAX_CODE).contains(&code.len())
            && code.bytes().all(|byte| (0x20..0x7f).contains(&byte))
    };
    match parameters.code {
        None => Err(CallbackError::NoCode),
        Some(code) if code.is_empty() => Err(CallbackError::NoCode),
        Some(code) if is_code(&code) => Ok(AuthorizationCode(code)),
        Some(_) => Err(CallbackError::Malformed),
    }
}

#[derive(Default)]
struct Parameters {
    state: Option<Zeroizing<String>>,
    code: Option<Zeroizing<String>>,
    error: Option<Zeroizing<String>>,
    description: Option<Zeroizing<String>>,
}

impl Parameters {
    fn read(callback: &str) -> Result<Self, CallbackError> {
        let callback = callback.trim();
        let callback = callback.split_once('#').map_or(callback, |(before, _)| before);
        let query = callback.split_once('?').map_or(callback, |(_, query)| query);
        let mut parameters = Self::default();
        for (name, value) in query.split('&').filter_map(|field| field.split_once('=')) {
            let parameter = match name {
                "state" => &mut parameters.state,
                "code" => &mut parameters.code,
                "error" => &mut parameters.error,
                "error_description" => &mut parameters.description,
                _ => continue, // RFC 6749 section 4.1.2: unknown parameters are ignored
            };
            let value = decode(value).ok_or(CallbackError::Malformed)?;
            // RFC 6749 section 3.1: none may be there twice.
            if parameter.replace(value).is_some() {
                return Err(CallbackError::Malformed);
            }
        }
        Ok(parameters)
    }
}
