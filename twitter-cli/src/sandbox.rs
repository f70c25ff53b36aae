//! `twitter sandbox`, and the sandbox behind `--sandbox`.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{self, Stdio};
use std::sync::Arc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use twitter_sandbox::Sandbox;

use crate::args;
use crate::failure::Failure;
use crate::home;
use crate::output::{self, note};

/// How long a sandbox lives that nobody asks anything, and that has no open stream.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// How long a sandbox may take to start.
const START: Duration = Duration::from_secs(20);

/// Runs a sandbox in the foreground.
pub(crate) fn run(options: &args::Sandbox) -> Result<(), Failure> {
    let builder = Sandbox::builder().port(options.port);
    let builder = options.redirect_uri.iter().fold(builder, |b, uri| b.redirect_uri(uri));
    let sandbox = builder.start().map_err(|error| {
        Failure::here(format!("the sandbox cannot start on port {}: {error}", options.port))
    })?;
    let lines: String = sandbox
        .variables()
        .iter()
        .map(|(name, value)| format!("export {name}='{value}'\n"))
        .collect();
    match &options.keys_file {
        Some(file) => home::write(file, lines.as_bytes())?,
        None => {
            note!("The sandbox listens on {}. Ctrl-C stops it.", sandbox.base_url());
            for uri in sandbox.redirect_uris() {
                note!("Registered as redirect URI and callback: {uri}");
            }
            output::print(lines.as_bytes())?;
        }
    }
    let sandbox = Arc::new(sandbox);
    if let Some(rate) = options.publish_per_second {
        let publisher = Arc::clone(&sandbox);
        // It ends with the command.
        thread::spawn(move || {
            loop {
                publisher.publish_numbered(1);
                sleep(Duration::from_secs(1) / rate);
            }
        });
    }
    let idle = options.idle.map_or(Duration::MAX, Duration::from_secs);
    // Without its file nobody finds it any more, and another's file is another's.
    let is_known = || options.keys_file.as_ref().is_none_or(|file| holds(file, &lines));
    let (mut seen, mut since) = (0, Instant::now());
    while since.elapsed() < idle && is_known() {
        sleep(Duration::from_millis(500));
        let received = sandbox.request_count();
        if received != seen || sandbox.open_streams() > 0 {
            (seen, since) = (received, Instant::now());
        }
    }
    if let Some(file) = options.keys_file.as_ref().filter(|file| holds(file, &lines)) {
        fs::remove_file(file)?;
    }
    Ok(())
}

fn holds(file: &Path, text: &str) -> bool {
    fs::read(file).is_ok_and(|written| written == text.as_bytes())
}

/// Makes sure that a sandbox runs whose keys are in the file, and starts one in the background if
/// none does.
pub(crate) fn ensure(keys_file: &Path, redirect_uri: Option<&str>) -> Result<(), Failure> {
    // Of two commands that begin at once, one starts it.
    let _lock = home::lock(keys_file)?;
    if is_alive(keys_file) {
        return Ok(());
    }
    let program = std::env::current_exe()?;
    let mut command = process::Command::new(program);
    command.args(["sandbox", "--idle", &IDLE.as_secs().to_string()]);
    command.arg("--keys-file").arg(keys_file);
    command.args(redirect_uri.map(|uri| ["--redirect-uri", uri]).into_iter().flatten());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()?;
    let began = Instant::now();
    while !is_alive(keys_file) {
        if began.elapsed() > START {
            return Err(Failure::here(
                "the sandbox did not start within 20 seconds: try again, or \
                 run `twitter sandbox` to see why",
            ));
        }
        sleep(Duration::from_millis(50));
    }
    note!(
        "A sandbox started: a made-up X with one account. It ends by itself when it is idle, or when \
         {} is deleted.",
        keys_file.display()
    );
    Ok(())
}

/// Whether the sandbox whose keys these are takes connections.
fn is_alive(keys_file: &Path) -> bool {
    let Ok(keys) = fs::read_to_string(keys_file) else { return false };
    let address = keys.lines().find_map(|line| line.strip_prefix("export X_BASE_URL='http://"));
    let address = address.and_then(|rest| rest.trim_end_matches('\'').parse::<SocketAddr>().ok());
    address.is_some_and(|to| TcpStream::connect_timeout(&to, Duration::from_secs(1)).is_ok())
}
