//! What the examples of both clients share: where the keys come from, and how a step is printed.
#![allow(dead_code, reason = "not every example needs all of it")]

pub(crate) mod logins;
pub(crate) mod picture;

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
    auth::{AppToken, KeyName, Keys, OAuth1User},
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
    keys: Keys,
}

/// The App's keys.
pub(crate) const APP: [KeyName; 2] = [KeyName::ApiKey, KeyName::ApiSecret];

/// The keys of a user, by OAuth 1.0a.
pub(crate) const USER: [KeyName; 4] =
    [KeyName::ApiKey, KeyName::ApiSecret, KeyName::AccessToken, KeyName::AccessTokenSecret];

impl Setup {
    /// The keys of the environment, to be used with `X_BASE_URL` or X; a sandbox, if there are none.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let write = match env::args().nth(1).as_deref() {
            None => false,
            Some("--write") => true,
            Some(other) => return Err(format!("{other}? --write is all that can be asked").into()),
        };
        let keys = Keys::from_env()?;
        let base_url = env::var("X_BASE_URL").ok().filter(|url| !url.trim().is_empty());
        let is_used = |name| USER.contains(&name) || name == KeyName::BearerToken;
        if base_url.is_none() && !keys.names().any(is_used) {
            return Self::with_sandbox();
        }
        let base_url = base_url.map_or_else(|| Ok(BaseUrl::default()), |url| url.trim().parse())?;
        Ok(Self { base_url, write, sandbox: None, keys })
    }

    fn with_sandbox() -> Result<Self, Box<dyn Error>> {
        // A stream that begins again at once may come before the end of the other is noticed.
        let sandbox = Sandbox::builder().stream_connections(2).start()?;
        let keys = sandbox.keys();
        let values = [
            &keys.api_key,
            &keys.api_secret,
            &keys.access_token,
            &keys.access_token_secret,
            &keys.bearer_token,
        ];
        let variables = KeyName::ALL.iter().map(|name| name.variable().to_owned());
        let keys = Keys::from_variables(variables.zip(values.map(String::clone)))?;
        let base_url = sandbox.base_url().parse()?;
        Ok(Self { base_url, write: true, sandbox: Some(sandbox), keys })
    }

    /// The App, by its API key and secret.
    pub(crate) fn app(&self) -> Result<Option<App>, Box<dyn Error>> {
        let app = if self.missing(&APP).is_empty() { self.keys.app()? } else { None };
        Ok(app.map(|app| app.with_base_url(self.base_url.clone())))
    }

    /// The App's token, where it is at hand.
    pub(crate) fn app_token(&self) -> Result<Option<AppToken>, Box<dyn Error>> {
        Ok(self.keys.app_token()?)
    }

    /// Your account, by OAuth 1.0a.
    pub(crate) fn user(&self) -> Result<Option<OAuth1User>, Box<dyn Error>> {
        Ok(if self.missing(&USER).is_empty() { self.keys.oauth1_user()? } else { None })
    }

    /// Which of the variables are not set.
    pub(crate) fn missing(&self, names: &[KeyName]) -> String {
        let missing = names.iter().filter(|name| self.keys.value(**name).is_none());
        missing.map(|name| name.variable()).collect::<Vec<_>>().join(", ")
    }

    /// Gives the streams of the sandbox something to carry; elsewhere the world does.
    pub(crate) fn publish(&self, texts: &[&str]) {
        let Some(sandbox) = &self.sandbox else { return };
        for text in texts {
            sandbox.publish(text);
        }
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
X_CLIENT_ID and X_CLIENT_SECRET are for users who log in: cargo run -p twitter-cli -- login",
            package = env!("CARGO_PKG_NAME"),
            example = env!("CARGO_BIN_NAME"),
        );
    }
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
