//! The command `twitter-sandbox`: runs a sandbox until it is interrupted.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use twitter_sandbox::{Builder, Sandbox};

const HELP: &str = "\
A local X API v2 on loopback.

Usage: twitter-sandbox [--port N] [--redirect-uri URI]... [--publish-per-second N]

  --port N            listen on this port of 127.0.0.1 instead of a free one
  --redirect-uri URI  register a redirect URI and callback, beside
                      http://127.0.0.1:8080/callback
  --publish-per-second N
                      publish numbered posts steadily, for streams to carry
  --help              print this text

It prints its address and its keys as lines for a shell, and runs until Ctrl-C.
The keys are made up anew each time and are worth nothing elsewhere.
";

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            say(HELP);
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("{message}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match arguments.builder().start() {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("the sandbox cannot start on port {}: {error}", arguments.port);
            return ExitCode::FAILURE;
        }
    };
    say(&introduction(&sandbox, arguments.pause));
    let Some(pause) = arguments.pause else {
        loop {
            std::thread::park();
        }
    };
    loop {
        std::thread::sleep(pause);
        sandbox.publish_numbered(1);
    }
}

/// Address and keys, as lines for a shell.
fn introduction(sandbox: &Sandbox, pause: Option<Duration>) -> String {
    let mut lines =
        vec![format!("# The sandbox listens on {}. Ctrl-C stops it.", sandbox.base_url())];
    lines
        .extend(sandbox.variables().iter().map(|(name, value)| format!("export {name}='{value}'")));
    let client_id = &sandbox.keys().public_client_id;
    lines.push(format!("# As a public client, without a secret: X_CLIENT_ID={client_id}"));
    for uri in sandbox.redirect_uris() {
        lines.push(format!("# Registered as redirect URI and callback: {uri}"));
    }
    if let Some(pause) = pause {
        let what = "Posts that say \"numbered post 1\" and so on";
        lines.push(format!("# {what} are published every {pause:?}."));
    }
    lines.join("\n") + "\n"
}

/// Who reads it may have seen enough, and the sandbox runs all the same.
fn say(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    port: u16,
    redirect_uris: Vec<String>,
    /// The time between two posts, if posts are to be published.
    pause: Option<Duration>,
}

impl Arguments {
    /// `None` if help is asked for.
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut parsed = Self::default();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let mut value = || {
                value
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or_else(|| format!("{name} needs a value"))
            };
            match name {
                "-h" | "--help" => return Ok(None),
                "--port" => {
                    let value = value()?;
                    parsed.port = value.parse().map_err(|_| format!("not a port: {value}"))?;
                }
                "--publish-per-second" => {
                    let value = value()?;
                    let posts = value.parse().ok().filter(|posts| (1..=1000).contains(posts));
                    let posts: u32 = posts.ok_or_else(|| format!("not from 1 to 1000: {value}"))?;
                    parsed.pause = Some(Duration::from_secs(1) / posts);
                }
                "--redirect-uri" => parsed.redirect_uris.push(value()?),
                _ => return Err(format!("unknown argument: {argument}")),
            }
        }
        Ok(Some(parsed))
    }

    fn builder(&self) -> Builder {
        let builder = Sandbox::builder().port(self.port);
        self.redirect_uris.iter().fold(builder, |builder, uri| builder.redirect_uri(uri))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Arguments;

    fn parsed(arguments: &[&str]) -> Result<Option<Arguments>, String> {
        Arguments::parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_are_read() {
        let port = |port| Ok(Some(Arguments { port, ..Arguments::default() }));
        assert_eq!(parsed(&[]), port(0));
        assert_eq!(parsed(&["--port", "8080"]), port(8080));
        assert_eq!(parsed(&["--port=81"]), port(81));
        assert_eq!(parsed(&["--help"]), Ok(None));
        let uris = parsed(&["--redirect-uri", "app://a", "--redirect-uri=http://b/?c=d"]);
        assert_eq!(uris.unwrap().unwrap().redirect_uris, ["app://a", "http://b/?c=d"]);
        let steady = parsed(&["--publish-per-second", "4"]).unwrap().unwrap();
        assert_eq!(steady.pause, Some(Duration::from_millis(250)));
        assert!(parsed(&["--publish-per-second=0"]).is_err());
        assert!(parsed(&["--port"]).is_err());
        assert!(parsed(&["--port", "70000"]).is_err());
        assert!(parsed(&["--redirect-uri"]).is_err());
        assert!(parsed(&["serve"]).is_err());
    }
}
