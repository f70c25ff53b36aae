//! Whatever the command is asked, and however it goes wrong: no secret is seen in what it says, nor
//! in what other users of the machine can see of a process. Each secret here has a mark in it.

mod support;

#[cfg(unix)]
use twitter_sandbox::{Disconnect, Stream};
use twitter_sandbox::{Fault, KeyKind, Keys, Sandbox};

use support::{Running, Said, Twitter, parameter, with_callback};

/// Stands in every secret that the test makes up.
const MARK: &str = "MarkedSecret";

fn marked_keys() -> Keys {
    let marked = |start: &str, length: usize| {
        let rest = length - start.len() - MARK.len();
        format!("{start}{MARK}{}", "x".repeat(rest))
    };
    let mut keys = Keys::random().unwrap();
    keys.api_key = marked("", 25);
    keys.api_secret = marked("", 50);
    keys.access_token = marked("1480263945017876480-", 60);
    keys.access_token_secret = marked("", 45);
    keys.bearer_token = marked("AAAAAAAAAAAAAAAAAAAAA%2F", 112);
    keys.client_secret = marked("", 50);
    keys.oauth2_user_token = marked("", 91);
    keys
}

/// Everything that was said, and the secrets that the sandbox made up on the way.
#[derive(Default)]
struct Watch {
    said: Vec<String>,
    issued: Vec<String>,
}

impl Watch {
    fn take(&mut self, said: Said) -> Said {
        self.said.extend([said.out.clone(), said.err.clone()]);
        said
    }

    /// The tokens that a login has kept.
    fn issued(&mut self, twitter: &Twitter) {
        for name in ["oauth2.json", "tokens"] {
            let Ok(text) = std::fs::read_to_string(twitter.file("default", name)) else { continue };
            let tokens = text
                .split(['"', '=', '\n'])
                .filter(|word| word.len() > 20 && !word.contains([' ', '.', '_']));
            self.issued.extend(tokens.map(str::to_owned));
        }
    }

    fn check(&self) {
        let issued = self.issued.iter().map(String::as_str);
        for secret in issued.chain([MARK]) {
            let found = self.said.iter().find(|said| said.contains(secret));
            assert!(found.is_none(), "{secret} in {}", found.unwrap());
        }
    }
}

#[test]
fn no_secret_is_said() {
    let mut watch = Watch::default();
    let (mut sandbox, uri) = with_callback(Sandbox::builder().keys(marked_keys()));
    let twitter = Twitter::of(&sandbox, &[]);
    logins(&mut watch, &sandbox, &twitter, &uri);
    failing_logins(&mut watch, &sandbox, &twitter);
    for arguments in [
        &["whoami"][..],
        &["doctor"],
        &["doctor", "--offline"],
        &["call", "users.me"],
        &["call", "usage.posts"],
        &["post", "hello"],
        &["search", "the", "-n", "1"],
        &["rules", "add", "numbered"],
        &["rules", "list"],
        &["stream", "sample10"],
        &["--help"],
        &["login", "--help"],
        &["call", "users.me", "--help"],
        &["man", "login"],
        &["nonsense"],
    ] {
        watch.take(twitter.run(arguments));
    }
    faults(&mut watch, &sandbox, &twitter);
    #[cfg(unix)]
    running(&mut watch, &sandbox, &twitter);
    watch.issued(&twitter);
    for kind in [KeyKind::ApiKey, KeyKind::AccessToken, KeyKind::BearerToken, KeyKind::ClientSecret]
    {
        sandbox.regenerate(kind).unwrap();
        watch.take(twitter.run(&["doctor"])).expect(4, &[]);
    }
    watch.take(twitter.run(&["logout"])).expect(4, &[]);
    assert!(watch.issued.len() >= 5, "{:?}", watch.issued);
    watch.check();
}

/// Every login that succeeds. The page that a person is sent to holds `client_id` and `state`, or a
/// request token, by design: none of them is worth anything without what is not said.
fn logins(watch: &mut Watch, sandbox: &Sandbox, twitter: &Twitter, uri: &str) {
    let keys = sandbox.keys();
    let login = ["login", "--no-browser", "--redirect-uri", uri];
    let mut running = twitter.start(&login);
    let page = running.page();
    assert!(!page.contains(MARK) && page.contains(&keys.client_id), "{page}");
    let callback = sandbox.approve_oauth2(&page).unwrap();
    watch.issued.push(parameter(&callback, "code").to_owned());
    let line = process_arguments(running.child.id());
    watch.said.extend(line);
    running.write(&callback);
    watch.take(running.end()).expect(0, &[]);

    let mut running = twitter.start(&["login", "--pin", "--no-browser"]);
    let page = running.page();
    let pin = sandbox.approve(parameter(&page, "oauth_token")).unwrap();
    running.write(&pin);
    watch.issued.push(pin);
    watch.take(running.end()).expect(0, &[]);
    watch.take(twitter.run(&["login", "--app"])).expect(0, &[]);
    watch.issued(twitter);

    let lines: String = sandbox.variables().iter().map(|(n, v)| format!("{n}={v}\n")).collect();
    let by_stdin = Twitter::of(sandbox, &["X_BASE_URL"]);
    let login = ["login", "--app", "--keys-from-stdin"];
    watch.take(by_stdin.run_with(&login, &lines)).expect(0, &[]);
    // Mixed up, cut off, and in a file with a mistake.
    let swapped = format!("X_API_KEY={}\nX_API_SECRET={}\n", keys.api_secret, keys.api_key);
    watch.take(by_stdin.run_with(&login, &swapped));
    watch.take(by_stdin.run_with(&login, &format!("X_API_KEY=\"{}\n", keys.api_key)));
    let file = by_stdin.home.path("wrong");
    for text in
        [format!("X_API_KEY {MARK}\n"), format!("[{MARK}\n"), format!("X_API_KEY='{MARK}\n")]
    {
        support::write_private(&file, &text);
        watch.take(by_stdin.run(&["--keys", file.to_str().unwrap(), "doctor"]));
    }
    let twice = Twitter::of(sandbox, &[]).with("API_SECRET", format!("other{MARK}"));
    watch.take(twice.run(&["doctor"])).expect(3, &["X_API_SECRET", "API_SECRET"]);
}

/// Logins whose callback or reply is wrong, also where the server echoes what it received.
fn failing_logins(watch: &mut Watch, sandbox: &Sandbox, twitter: &Twitter) {
    for callback in [
        format!("http://127.0.0.1:8080/callback?state=s&code={MARK}"),
        format!("http://127.0.0.1:8080/callback?state={MARK}&code=c"),
        format!("code={MARK}&code={MARK}&state=s"),
    ] {
        let mut running = twitter.start(&["login", "--redirect-uri", "https://app.example/"]);
        running.page();
        running.write(&callback);
        watch.take(running.end()).expect(1, &[]);
    }
    let mut running = twitter.start(&["login", "--no-browser"]);
    let state = parameter(&running.page(), "state").to_owned();
    running.write(&format!("?state={state}&code={MARK}"));
    watch.take(running.end()).expect(4, &[]);
    let mut running = twitter.start(&["login", "--pin", "--no-browser"]);
    running.page();
    running.write(&format!("{MARK}\n1234567"));
    watch.take(running.end()).expect(4, &[]);
    let echo = format!("{MARK}{}", "y".repeat(40));
    let echo = format!(r#"{{"error":"{echo}","error_description":"the secret was {echo}"}}"#);
    for login in [&["login", "--app"][..], &["login", "--pin"], &["login", "--oauth1"]] {
        sandbox.fail_next(Fault::Status(403, echo.clone()));
        watch.take(twitter.run(login)).expect(4, &[]);
    }
    // The exchange of a code: the page is data for the test, so only its reply goes wrong.
    let mut running = twitter.start(&["login", "--no-browser"]);
    let page = running.page();
    let callback = sandbox.approve_oauth2(&page).unwrap();
    sandbox.fail_next(Fault::Status(400, echo));
    running.write(&callback);
    watch.take(running.end()).expect(4, &[]);
}

/// Commands that go on until they are asked to end: whatever happens to them meanwhile.
#[cfg(unix)]
fn running(watch: &mut Watch, sandbox: &Sandbox, twitter: &Twitter) {
    let mut stream = twitter.start(&["stream", "filtered", "--events"]);
    stream.wait_for("Connected.");
    let control = sandbox.stream(Stream::Filtered);
    control.emit("no JSON");
    stream.wait_for("a line of 7 bytes");
    control.disconnect(Disconnect::Operational);
    stream.wait_for("Connected.");
    control.abort();
    stream.wait_for("Connected.");
    stream.terminate();
    watch.take(stream.end()).expect(0, &[]);
    let kept = std::fs::read_dir(twitter.file("default", "streams")).unwrap();
    watch.said.extend(kept.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()));

    let mut webhook = twitter.start(&["webhook", "listen", "--port", "0"]);
    let said = webhook.wait_for("Listening at http://");
    let url = said.split_whitespace().nth(2).unwrap().trim_end_matches('.').to_owned();
    support::get(&format!("{url}?crc_token=challenge"));
    support::get(&format!("{url}?crc_token="));
    let body = format!(r#"{{"url":"{url}"}}"#);
    watch.take(twitter.run(&["call", "webhooks.create", "--body", &body])).expect(0, &[]);
    sandbox.send_webhook("no JSON");
    webhook.wait_for("Refused a request with 400: the body is signed");
    webhook.terminate();
    watch.take(webhook.end()).expect(0, &[]);
}

fn faults(watch: &mut Watch, sandbox: &Sandbox, twitter: &Twitter) {
    for fault in [
        Fault::Html,
        Fault::HtmlOk,
        Fault::Empty,
        Fault::HugeError,
        Fault::CloseHalfWay,
        Fault::TruncatedJson,
        Fault::NotUtf8,
        Fault::OddHeader,
        Fault::CreditsDepleted,
        Fault::Redirect("http://127.0.0.1:9/elsewhere".into()),
        Fault::LoseReply,
    ] {
        for command in [&["whoami"][..], &["doctor"], &["call", "usage.posts"], &["login", "--app"]]
        {
            sandbox.fail_next(fault.clone());
            watch.take(twitter.run(command));
        }
    }
}

/// What others can see of a process, where the system shows it in a file.
fn process_arguments(id: u32) -> Option<String> {
    let bytes = std::fs::read(format!("/proc/{id}/cmdline")).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The background sandbox has its keys in a file, not on its command line.
#[test]
fn a_sandbox_in_the_background_hides_its_keys() {
    let twitter = Twitter::new();
    let said = twitter.run(&["--sandbox", "login"]);
    said.expect(0, &[]);
    let file = twitter.file("sandbox", "keys");
    #[cfg(unix)]
    assert_eq!(support::mode(&file), "600");
    let keys = std::fs::read_to_string(file).unwrap();
    let secrets = keys.lines().filter(|line| !line.contains("BASE_URL") && !line.contains("ID="));
    let secrets: Vec<_> = secrets.filter_map(|line| line.split('\'').nth(1)).collect();
    assert_eq!(secrets.len(), 6);
    for secret in secrets {
        assert!(!said.err.contains(secret) && !said.out.contains(secret), "{said:#?}");
    }
}

/// Keys that are typed are not shown while they are.
#[cfg(unix)]
#[test]
fn a_terminal_shows_no_key_that_is_typed() {
    let python = std::env::var("X_PYTHON").unwrap_or_else(|_| "python3".into());
    if std::process::Command::new(&python).arg("--version").output().is_err() {
        println!("skipped: there is no Python");
        return;
    }
    let sandbox = Sandbox::builder().keys(marked_keys()).start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let terminal = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/terminal.py");
    let mut command = std::process::Command::new(python);
    command.args([terminal, env!("CARGO_BIN_EXE_twitter"), "login", "--app"]).env_clear();
    command.envs(twitter.variables.iter().cloned());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut running = Running::of(&mut command);
    running.write(&sandbox.keys().api_key);
    running.write(&sandbox.keys().api_secret);
    let said = running.end();
    assert_eq!(said.code, 0, "{said:#?}");
    for words in ["Copy these from", "  API Key: ", "  API Key Secret: ", "token is kept"] {
        assert!(said.out.contains(words), "{words}: {said:#?}");
    }
    assert!(!said.out.contains(MARK), "{said:#?}");
}
