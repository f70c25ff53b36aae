//! Running the command: with a home of its own, and nothing of the environment but what a test sets.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use twitter_sandbox::{Builder, Sandbox};

/// A folder that is deleted at the end of the test.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("twitter-cli-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The command, with a home and variables.
pub(crate) struct Twitter {
    pub(crate) home: Home,
    pub(crate) variables: Vec<(String, String)>,
}

impl Twitter {
    /// Without any key.
    pub(crate) fn new() -> Self {
        let home = Home::new();
        let folder = home.0.to_str().unwrap().to_owned();
        // For what reads a home besides TWITTER_HOME.
        let variables =
            vec![("TWITTER_HOME".to_owned(), folder.clone()), ("HOME".to_owned(), folder)];
        Self { home, variables }
    }

    /// With the sandbox's address and these of its keys; all, if none is named.
    pub(crate) fn of(sandbox: &Sandbox, names: &[&str]) -> Self {
        let variables = sandbox
            .variables()
            .into_iter()
            .filter(|(name, _)| names.is_empty() || *name == "X_BASE_URL" || names.contains(name));
        variables.fold(Self::new(), |twitter, (name, value)| twitter.with(name, value))
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.unset(name);
        self.variables.push((name.to_owned(), value.into()));
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.variables.iter().any(|(known, _)| known == name)
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    pub(crate) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twitter"));
        command.args(arguments).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the command, with nothing on its standard input.
    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Said {
        Said::of(self.command(arguments).output().unwrap())
    }

    /// Runs the command with this on its standard input.
    pub(crate) fn run_with(&self, arguments: &[impl AsRef<OsStr>], input: &str) -> Said {
        let mut running = self.start(arguments);
        running.input.write_all(input.as_bytes()).unwrap();
        running.end()
    }

    /// Starts a command that waits for something.
    pub(crate) fn start(&self, arguments: &[impl AsRef<OsStr>]) -> Running {
        Running::of(&mut self.command(arguments))
    }

    /// Logs in by OAuth 2.0 with these options.
    pub(crate) fn log_in(&self, sandbox: &Sandbox, options: &[&str]) -> Said {
        let mut login = self.start(&[&["login", "--no-browser"], options].concat());
        let page = login.page();
        login.write(&sandbox.approve_oauth2(&page).unwrap());
        login.end()
    }

    /// Logs in by OAuth 1.0a, with a PIN.
    pub(crate) fn log_in_by_pin(&self, sandbox: &Sandbox) -> Said {
        let mut login = self.start(&["login", "--pin", "--no-browser"]);
        let page = login.page();
        login.write(&sandbox.approve(parameter(&page, "oauth_token")).unwrap());
        login.end()
    }

    /// The file of a profile; `sandbox` is the one of `--sandbox`.
    pub(crate) fn file(&self, profile: &str, name: &str) -> PathBuf {
        match profile {
            "sandbox" => self.home.path("sandbox/default").join(name),
            profile => self.home.path("profiles").join(profile).join(name),
        }
    }
}

/// A command that runs.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) input: ChildStdin,
    stderr: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    pub(crate) fn of(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, input, stderr, said: String::new() }
    }

    /// The page that it sends its user to.
    pub(crate) fn page(&mut self) -> String {
        self.wait_for("  http").trim().to_owned()
    }

    /// Waits for a line that begins so.
    pub(crate) fn wait_for(&mut self, start: &str) -> String {
        loop {
            let mut line = String::new();
            let length = self.stderr.read_line(&mut line).unwrap();
            self.said.push_str(&line);
            assert!(length > 0, "it ended without {start:?}: {}", self.said);
            if line.starts_with(start) {
                return line;
            }
        }
    }

    /// Types a line.
    pub(crate) fn write(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// Asks it to end, as a service manager does.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end, without more input.
    pub(crate) fn end(self) -> Said {
        let Self { child, input, mut stderr, said: mut err } = self;
        drop(input);
        stderr.read_to_string(&mut err).unwrap();
        let mut said = Said::of(child.wait_with_output().unwrap());
        said.err = err;
        said
    }
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().expect("not ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code, and that each of these was said on standard error.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        for words in words {
            assert!(self.err.contains(words), "{words:?} is not in {self:#?}");
        }
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }

    /// Every line of standard output, as the JSON that it must be.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        let parsed = self.out.lines().map(|line| serde_json::from_str(line).expect(line));
        parsed.collect()
    }

    /// The one line of standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let [line] = &self.lines()[..] else { panic!("not one line: {self:#?}") };
        line.clone()
    }
}

/// A redirect URI on a port that is free, and a sandbox that knows it.
pub(crate) fn with_callback(builder: Builder) -> (Sandbox, String) {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let uri = format!("http://127.0.0.1:{port}/callback");
    (builder.redirect_uri(&uri).start().unwrap(), uri)
}

/// What a browser gets from a URL of this machine.
pub(crate) fn get(url: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: a={}\r\n\r\n",
        "b".repeat(9000)
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A parameter of a URL, as it is written there.
pub(crate) fn parameter<'a>(url: &'a str, name: &str) -> &'a str {
    let mut pairs = url.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name} in {url}")).1
}

/// Writes a file that only its owner can read.
pub(crate) fn write_private(file: &Path, text: impl AsRef<[u8]>) {
    fs::write(file, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

/// The file's mode, such as `600`.
#[cfg(unix)]
pub(crate) fn mode(file: &Path) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    format!("{:o}", fs::metadata(file).unwrap().permissions().mode() & 0o777)
}
