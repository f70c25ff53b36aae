//! The program `twitter-sandbox`.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[test]
fn it_runs_on_when_nobody_reads_its_keys() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut command = Command::new(env!("CARGO_BIN_EXE_twitter-sandbox"));
    command.args(["--port", &port.to_string()]).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A panic with a backtrace takes its time.
    let mut program = command.env("RUST_BACKTRACE", "0").spawn().unwrap();
    drop(program.stdout.take());
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not start");
        sleep(Duration::from_millis(10));
    }
    // It prints them when it listens.
    sleep(Duration::from_millis(300));
    let ended = program.try_wait().unwrap();
    program.kill().unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(ended.is_none(), "{}", String::from_utf8_lossy(&output.stderr));
}
