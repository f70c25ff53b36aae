//! Users who log in by OAuth 2.0, for the examples that are about them: where their App comes from, how
//! they consent, and where their tokens are kept.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process,
};

use bearer::{OAuth2Client, RedirectUri};
use twitter_sandbox::Sandbox;
use twitter_types::{
    UserId,
    auth::{KeyName, Keys},
    endpoint::{BaseUrl, RateLimit},
};

/// The App that users log in to.
pub(crate) struct Logins {
    pub(crate) app: OAuth2Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) redirect_uri: RedirectUri,
    folder: PathBuf,
    sandbox: Option<Sandbox>,
}

impl Logins {
    /// The App of the environment, to be used with `X_BASE_URL` or X; a sandbox, if there is none.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let base_url = env::var("X_BASE_URL").ok().filter(|url| !url.trim().is_empty());
        let keys = Keys::from_env()?;
        if base_url.is_none() && keys.value(KeyName::ClientId).is_none() {
            return Self::with_sandbox();
        }
        let app = keys.oauth2_client()?.ok_or("set X_CLIENT_ID, or nothing for a sandbox")?;
        let folder = env::var_os("X_TOKENS").ok_or("set X_TOKENS to a folder for tokens")?;
        match base_url {
            Some(url) => Self::at(url.trim(), app, folder.into(), None),
            None => Self::open(BaseUrl::default(), app, folder.into(), None),
        }
    }

    fn with_sandbox() -> Result<Self, Box<dyn Error>> {
        let sandbox = Sandbox::start()?;
        let keys = sandbox.keys();
        let app = OAuth2Client::confidential(&keys.client_id, &keys.client_secret)?;
        let folder = env::temp_dir().join(format!("x-tokens-{}", process::id()));
        let url = sandbox.base_url().to_owned();
        Self::at(&url, app, folder, Some(sandbox))
    }

    /// Another server than X, with its page in the same place.
    fn at(
        url: &str,
        app: OAuth2Client,
        folder: PathBuf,
        sandbox: Option<Sandbox>,
    ) -> Result<Self, Box<dyn Error>> {
        let base_url: BaseUrl = url.parse()?;
        let page = format!("{base_url}/i/oauth2/authorize").parse()?;
        let app = app.with_base_url(base_url.clone()).with_authorize_url(page);
        Self::open(base_url, app, folder, sandbox)
    }

    fn open(
        base_url: BaseUrl,
        app: OAuth2Client,
        folder: PathBuf,
        sandbox: Option<Sandbox>,
    ) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&folder)?;
        let redirect_uri = "http://127.0.0.1:8080/callback".parse()?;
        Ok(Self { app, base_url, redirect_uri, folder, sandbox })
    }

    /// Has a user open the page, and returns the address that it leads to. In the sandbox its owner
    /// consents at once.
    pub(crate) fn visit(&self, page: &str) -> Result<String, Box<dyn Error>> {
        if let Some(sandbox) = &self.sandbox {
            return Ok(sandbox.approve_oauth2(page)?);
        }
        println!("   Open this page, and consent:\n   {page}");
        println!("   It leads to {}, where nothing answers.", self.redirect_uri);
        println!("   Copy that whole address from the browser, and paste it here:");
        let mut pasted = String::new();
        io::stdin().read_line(&mut pasted)?;
        Ok(pasted)
    }

    /// Those who log in first: some users of the sandbox. Elsewhere users have logged in before.
    pub(crate) fn newcomers(&self) -> &[&'static str] {
        let are_there = self.sandbox.is_some();
        if are_there { &["XDevelopers", "exmp_news", "ferris_sandbox", "sunaba"] } else { &[] }
    }

    /// Has one of them consent.
    pub(crate) fn visit_as(&self, newcomer: &str, page: &str) -> Result<String, Box<dyn Error>> {
        let sandbox = self.sandbox.as_ref().ok_or("only in a sandbox")?;
        Ok(sandbox.approve_oauth2_as(newcomer, page)?)
    }

    /// The file with the tokens of a user: by the id, since names change.
    pub(crate) fn path(&self, user: UserId) -> PathBuf {
        self.folder.join(format!("{user}.json"))
    }

    /// The users whose tokens are there.
    pub(crate) fn users(&self) -> Result<Vec<UserId>, Box<dyn Error>> {
        let mut users = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let path = file?.path();
            let is_of_tokens = path.extension().is_some_and(|end| end == "json");
            let name = path.file_stem().filter(|_| is_of_tokens).and_then(|name| name.to_str());
            users.extend(name.and_then(|name| name.parse::<UserId>().ok()));
        }
        users.sort();
        if users.is_empty() {
            let folder = self.folder.display();
            return Err(format!("no user's tokens are in {folder}: run example login first").into());
        }
        Ok(users)
    }

    pub(crate) fn print_header(&self, what: &str) {
        match self.sandbox {
            Some(_) => println!("{what}, with a sandbox at {}: no keys, no network", self.base_url),
            None => println!("{what}, with {} and the keys of the environment", self.base_url),
        }
    }

    pub(crate) fn print_kept(&self, path: &Path) {
        match self.sandbox {
            Some(_) => println!("   the tokens are in a file until this program ends"),
            None => println!("   the tokens are in {}", path.display()),
        }
    }

    pub(crate) fn print_next(&self) {
        if self.sandbox.is_none() {
            return;
        }
        println!(
            "
That was the sandbox. The same goes to X with your own App. Its settings at
https://console.x.com must have this callback, to the letter: {redirect_uri}

  export X_CLIENT_ID=... X_CLIENT_SECRET=... X_TOKENS=some/folder
  cargo run -p {package} --example {login}
  cargo run -p {package} --example {many_users}",
            redirect_uri = self.redirect_uri,
            package = env!("CARGO_PKG_NAME"),
            login = example("login"),
            many_users = example("many_users"),
        );
    }
}

impl Drop for Logins {
    fn drop(&mut self) {
        if self.sandbox.is_some() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The name of an example of this client.
fn example(name: &str) -> String {
    let end = if env!("CARGO_BIN_NAME").ends_with("_async") { "_async" } else { "" };
    format!("{name}{end}")
}

/// The head of the table of limits.
pub(crate) fn print_head(operations: &[&str]) {
    let columns = operations.iter().map(|operation| format!("{operation:<28}"));
    println!("   {:<18}{}", "left of", columns.collect::<String>().trim_end());
}

/// The row of one user: what is left of each window.
pub(crate) fn print_left(username: &str, windows: &[Option<RateLimit>]) {
    let columns = windows.iter().map(|window| match window {
        Some(window) => {
            let (remaining, limit) = (window.remaining, window.limit);
            let reset = window.reset.to_string();
            let time = reset.split(['T', '.', 'Z']).nth(1).unwrap_or_default();
            format!("{:<28}", format!("{remaining} of {limit} until {time}"))
        }
        None => format!("{:<28}", "no limit named"),
    });
    println!("   {username:<18}{}", columns.collect::<String>().trim_end());
}
