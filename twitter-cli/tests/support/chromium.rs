//! Headless Chromium, driven by the WebDriver protocol of chromedriver, which is JSON over HTTP.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_client_blocking::ureq::Agent;

use crate::support::Home;

/// A browser with one window. It reaches this machine only.
pub(crate) struct Chromium {
    driver: Child,
    agent: Agent,
    session: String,
    _profile: Home,
}

/// The member of an answer that names an element (WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Chromium {
    /// The browser that `X_CHROMIUM` names, or `chromium`; `None` if there is none, or no
    /// `chromedriver`.
    pub(crate) fn start() -> Option<Self> {
        let program = env::var("X_CHROMIUM").unwrap_or_else(|_| "chromium".into());
        Command::new(&program).arg("--version").output().ok()?;
        let mut driver = Command::new("chromedriver");
        let driver = driver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = driver.spawn().ok()?;
        let mut lines = BufReader::new(driver.stdout.take()?).lines().map_while(Result::ok);
        let port: u16 = lines.find_map(|line| {
            line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
        })?;
        // What it says later must not fill a pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = Home::new();
        let user_data = format!("--user-data-dir={}", profile.path("chromium").display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            &user_data,
        ];
        let options = json!({ "binary": which(&program)?, "args": arguments });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        let session = format!("http://127.0.0.1:{port}/session");
        let mut chromium = Self { driver, agent, session, _profile: profile };
        let begun = chromium.post("", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        chromium.session += &format!("/{}", begun["sessionId"].as_str().unwrap());
        // How long to look for an element of a page that is still on its way.
        chromium.post("/timeouts", &json!({ "implicit": 10_000 }));
        Some(chromium)
    }

    /// Goes to a page, and waits until it is there.
    pub(crate) fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        self.get("/url")
    }

    /// What is to be read in the first element that a selector finds.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.get(&format!("/element/{}/text", self.element(selector)))
    }

    /// Clicks the first element that a selector finds, and waits for the page that this leads to.
    pub(crate) fn click(&self, selector: &str) {
        self.post(&format!("/element/{}/click", self.element(selector)), &json!({}));
    }

    /// Waits for a page that says this.
    pub(crate) fn wait_for(&self, words: &str) {
        let script = json!({ "script": "return document.body.innerText", "args": [] });
        let began = Instant::now();
        loop {
            let text = self.post("/execute/sync", &script);
            if text.as_str().is_some_and(|text| text.contains(words)) {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "no {words:?} in {text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn element(&self, selector: &str) -> String {
        let by = json!({ "using": "css selector", "value": selector });
        self.post("/element", &by)[ELEMENT].as_str().unwrap().to_owned()
    }

    fn get(&self, path: &str) -> String {
        let reply = self.agent.get(format!("{}{path}", self.session)).call().unwrap();
        value(reply.into_body().read_to_string().unwrap()).as_str().unwrap().to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.agent.post(format!("{}{path}", self.session));
        let request = request.header("content-type", "application/json");
        value(request.send(body.to_string()).unwrap().into_body().read_to_string().unwrap())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It takes the browser with it.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[track_caller]
fn value(answer: String) -> Value {
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer["value"].get("error").is_none(), "{answer:#}");
    answer["value"].clone()
}

/// chromedriver looks nowhere by itself.
fn which(program: &str) -> Option<String> {
    let path = env::var_os("PATH")?;
    let found = env::split_paths(&path).map(|folder| folder.join(program)).find(|p| p.is_file())?;
    found.into_os_string().into_string().ok()
}
