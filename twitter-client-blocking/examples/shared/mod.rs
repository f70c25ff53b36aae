//! What the examples of both clients share: where the keys come from, and how a step is printed.
#![allow(dead_code, reason = "not every example needs all of it")]

use std::{
    env,
    error::Error,
    fmt::Display,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use bearer::App;
use http::{Method, StatusCode};
use twitter_sandbox::Sandbox;
use twitter_types::{
    One, Reply,
    auth::{AppToken, OAuth1User},
    endpoint::{BaseUrl, Endpoint},
    models::User,
};

/// What a step comes to.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Where the requests go, and the keys that there are.
pub(crate) struct Setup {
    pub(crate) base_url: BaseUrl,
    /// Whether something may be published.
    pub(crate) write: bool,
    sandbox: Option<Sandbox>,
    keys: Vec<(&'static str, String)>,
}

impl Setup {
    const VARIABLES: [&str; 5] =
        ["X_API_KEY", "X_API_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET", "X_BEARER_TOKEN"];

    /// The keys of the environment, to be used with `X_BASE_URL` or X; a sandbox, if there are none.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let write = match env::args().nth(1).as_deref() {
            None => false,
            Some("--write") => true,
            Some(other) => return Err(format!("{other}? --write is all that can be asked").into()),
        };
        let keys: Vec<_> =
            Self::VARIABLES.into_iter().filter_map(|name| Some((name, variable(name)?))).collect();
        let base_url = variable("X_BASE_URL");
        if keys.is_empty() && base_url.is_none() {
            return Self::with_sandbox();
        }
        let base_url = base_url.map_or_else(|| Ok(BaseUrl::default()), |url| url.parse())?;
        Ok(Self { base_url, write, sandbox: None, keys })
    }

    fn with_sandbox() -> Result<Self, Box<dyn Error>> {
        let sandbox = Sandbox::start()?;
        let keys = sandbox.keys();
        let keys = Self::VARIABLES.into_iter().zip([
            keys.api_key.clone(),
            keys.api_secret.clone(),
            keys.access_token.clone(),
            keys.access_token_secret.clone(),
            keys.bearer_token.clone(),
        ]);
        let (base_url, keys) = (sandbox.base_url().parse()?, keys.collect());
        Ok(Self { base_url, write: true, sandbox: Some(sandbox), keys })
    }

    /// The App, by its API key and secret.
    pub(crate) fn app(&self) -> Result<Option<App>, Box<dyn Error>> {
        let (Some(key), Some(secret)) = (self.key("X_API_KEY"), self.key("X_API_SECRET")) else {
            return Ok(None);
        };
        Ok(Some(App::new(key, secret)?.with_base_url(self.base_url.clone())))
    }

    /// The App's token, where it is at hand.
    pub(crate) fn app_token(&self) -> Result<Option<AppToken>, Box<dyn Error>> {
        Ok(self.key("X_BEARER_TOKEN").map(AppToken::new).transpose()?)
    }

    /// Your account, by OAuth 1.0a.
    pub(crate) fn user(&self) -> Result<Option<OAuth1User>, Box<dyn Error>> {
        let [Some(key), Some(secret), Some(token), Some(token_secret), _] =
            Self::VARIABLES.map(|name| self.key(name))
        else {
            return Ok(None);
        };
        Ok(Some(OAuth1User::new(key, secret, token, token_secret)?))
    }

    /// Which of the variables are not set.
    pub(crate) fn missing(&self, names: &[&str]) -> String {
        let missing = names.iter().filter(|name| self.key(name).is_none());
        missing.copied().collect::<Vec<_>>().join(", ")
    }

    fn key(&self, name: &str) -> Option<&str> {
        self.keys.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn print_header(&self, what: &str) {
        match self.sandbox {
            Some(_) => println!("{what} to a sandbox at {}: no keys, no network", self.base_url),
            None => println!("{what} to {}, with the keys of the environment", self.base_url),
        }
    }

    pub(crate) fn print_next(&self) {
        if self.sandbox.is_none() {
            return;
        }
        println!(
            "\
That was the sandbox. The same requests go to X with your own keys. They are under
\"Keys and tokens\" of your App at https://console.x.com:

  export X_API_KEY=... X_API_SECRET=...               for step 1
  export X_ACCESS_TOKEN=... X_ACCESS_TOKEN_SECRET=... for steps 2 and 3 too
  cargo run -p {package} --example {example}
  cargo run -p {package} --example {example} -- --write

Only the last one writes a post; it deletes the post too. X_BEARER_TOKEN serves step 1 as well;
X_CLIENT_ID and X_CLIENT_SECRET are for OAuth 2.0, later.",
            package = env!("CARGO_PKG_NAME"),
            example = env!("CARGO_BIN_NAME"),
        );
    }
}

/// An empty variable is one that is not set, and what stands around a key is none of it.
fn variable(name: &str) -> Option<String> {
    let value = env::var(name).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

pub(crate) fn print_title(title: &str) {
    println!("\n{title}");
}

/// One line: what was asked, how it went, and what came of it.
pub(crate) fn print_line(
    method: &Method,
    path: &str,
    status: StatusCode,
    left: &str,
    answer: impl Display,
) {
    println!("   {:<6} {path:<33} {}  {left:<15}  {answer}", method.as_str(), status.as_str());
}

/// The line of an operation, with the calls that are left in this window.
pub(crate) fn print_reply<E: Endpoint>(
    operation: &E,
    reply: &Reply<E::Response>,
    answer: impl Display,
) {
    let left = reply.rate_limits.window;
    let left = left.map(|window| format!("{} of {} left", window.remaining, window.limit));
    let path = operation.path();
    print_line(&E::METHOD, &path, reply.status, &left.unwrap_or_default(), answer);
}

pub(crate) fn print_skipped(reason: impl Display) {
    println!("   skipped: {reason}");
}

/// A user in a few words, or what X says of there being none.
pub(crate) fn describe(user: &One<User>) -> Result<String, String> {
    let Some(user) = &user.data else {
        let problem = user.errors.first().and_then(|problem| problem.text());
        return Err(problem.unwrap_or("X gave no user, and no reason").to_owned());
    };
    let (name, username) = (user.name.as_deref(), user.username.as_deref());
    Ok(format!("{} (@{})", line(name.unwrap_or("?")), line(username.unwrap_or("?"))))
}

/// A text from elsewhere on one line of a terminal.
pub(crate) fn line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let visible: String = words.chars().filter(|letter| !letter.is_control()).collect();
    match visible.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &visible[..end]),
        None => visible,
    }
}

/// X refuses to publish a text twice, so that this one has the time in it.
pub(crate) fn new_text() -> String {
    let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("A first post, {}", age.as_secs())
}

/// Prints what went wrong, if something did, and whether nothing did.
pub(crate) fn succeeded(outcome: Outcome) -> bool {
    let Err(error) = outcome else { return true };
    println!("   failed: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        println!("           because: {error}");
        source = error.source();
    }
    false
}

pub(crate) fn exit_code(succeeded: bool) -> ExitCode {
    if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
