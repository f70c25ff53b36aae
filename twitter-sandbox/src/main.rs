//! The command `twitter-sandbox`: runs a sandbox until it is interrupted.

use std::process::ExitCode;

use twitter_sandbox::{Keys, Sandbox};

const HELP: &str = "\
A local X API v2 on loopback.

Usage: twitter-sandbox [--port N]

  --port N  listen on this port of 127.0.0.1 instead of a free one
  --help    print this text

It prints its address and its keys as lines for a shell, and runs until Ctrl-C.
The keys are made up anew each time and are worth nothing elsewhere.
";

fn main() -> ExitCode {
    let port = match port(std::env::args().skip(1)) {
        Ok(Some(port)) => port,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("{message}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match Sandbox::builder().port(port).start() {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("the sandbox cannot start on port {port}: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("# The sandbox listens on {}. Ctrl-C stops it.", sandbox.base_url());
    print!("{}", exports(sandbox.base_url(), sandbox.keys()));
    loop {
        std::thread::park();
    }
}

/// The port to listen on; `None` if help is asked for.
fn port(mut arguments: impl Iterator<Item = String>) -> Result<Option<u16>, String> {
    let mut port = 0;
    while let Some(argument) = arguments.next() {
        let value = match argument.as_str() {
            "-h" | "--help" => return Ok(None),
            "--port" => arguments.next().ok_or("--port needs a number")?,
            other => match other.strip_prefix("--port=") {
                Some(value) => value.to_owned(),
                None => return Err(format!("unknown argument: {other}")),
            },
        };
        port = value.parse().map_err(|_| format!("not a port: {value}"))?;
    }
    Ok(Some(port))
}

/// One line per variable, to be pasted into a shell.
fn exports(base_url: &str, keys: &Keys) -> String {
    [
        ("X_BASE_URL", base_url),
        ("X_API_KEY", &keys.api_key),
        ("X_API_SECRET", &keys.api_secret),
        ("X_ACCESS_TOKEN", &keys.access_token),
        ("X_ACCESS_TOKEN_SECRET", &keys.access_token_secret),
        ("X_BEARER_TOKEN", &keys.bearer_token),
        ("X_CLIENT_ID", &keys.client_id),
        ("X_CLIENT_SECRET", &keys.client_secret),
    ]
    .iter()
    .map(|(name, value)| format!("export {name}='{value}'\n"))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::port;

    fn parsed(arguments: &[&str]) -> Result<Option<u16>, String> {
        port(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn arguments_are_read() {
        assert_eq!(parsed(&[]), Ok(Some(0)));
        assert_eq!(parsed(&["--port", "8080"]), Ok(Some(8080)));
        assert_eq!(parsed(&["--port=81"]), Ok(Some(81)));
        assert_eq!(parsed(&["--help"]), Ok(None));
        assert!(parsed(&["--port"]).is_err());
        assert!(parsed(&["--port", "70000"]).is_err());
        assert!(parsed(&["serve"]).is_err());
    }
}
