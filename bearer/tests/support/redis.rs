//! A Redis server of one's own, for the tests of this crate and of those that build on it. The binary is
//! `X_REDIS_SERVER`, or `redis-server` if there is one.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::{
    env, fs,
    io::{self, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use bearer::RedisStore;

/// A server on loopback, ended when dropped. Its data survives [`Redis::restart`].
pub(crate) struct Redis {
    process: Child,
    port: u16,
    folder: PathBuf,
    options: Vec<&'static str>,
}

impl Redis {
    /// `None`, and a line that says so, if there is no such program.
    pub(crate) fn start(name: &str, options: &[&'static str]) -> Option<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("redis-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let options = options.to_vec();
        match spawn(port, &folder, &options) {
            Ok(process) => Some(Self { process, port, folder, options }),
            Err(error) => {
                eprintln!("skipped: redis-server cannot be started: {error}");
                None
            }
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn store(&self) -> RedisStore {
        RedisStore::open(&self.url(), "tokens:1").unwrap()
    }

    pub(crate) fn stop(&mut self) {
        let _ = self.process.kill();
        self.process.wait().unwrap();
    }

    pub(crate) fn restart(&mut self) {
        self.stop();
        self.process = spawn(self.port, &self.folder, &self.options).unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn spawn(port: u16, folder: &Path, options: &[&str]) -> io::Result<Child> {
    let program = env::var_os("X_REDIS_SERVER").unwrap_or_else(|| "redis-server".into());
    let process = Command::new(program)
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", ""])
        .args(["--appendonly", "yes", "--appendfsync", "always", "--dir"])
        .arg(folder)
        .args(options)
        .stdout(Stdio::null())
        .spawn()?;
    let begun = Instant::now();
    while !answers(port) {
        assert!(begun.elapsed() < Duration::from_secs(30), "redis-server does not answer");
        thread::sleep(Duration::from_millis(10));
    }
    Ok(process)
}

/// Whether it answers, and not that it still loads what it had kept.
fn answers(port: u16) -> bool {
    let mut answer = [0; 5];
    let mut ask = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.write_all(b"PING\r\n")?;
        stream.read_exact(&mut answer)
    };
    ask().is_ok() && answer != *b"-LOAD"
}
