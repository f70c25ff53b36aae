//! A Redis server of its own.

use std::{
    env,
    error::Error,
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

pub(crate) struct Server {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl Server {
    pub(crate) fn start(options: &[&str]) -> Result<Self, Box<dyn Error>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = env::temp_dir().join(format!("benches-firehose-{port}"));
        fs::create_dir_all(&folder)?;
        let program = env::var_os("X_REDIS_SERVER").unwrap_or_else(|| "redis-server".into());
        let process = Command::new(program)
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--dir"])
            .arg(&folder)
            .args(options)
            .stdout(Stdio::null())
            .spawn()?;
        let server = Self { process, port, folder };
        for _ in 0..200 {
            if server.connection().is_ok() {
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err("redis-server does not listen".into())
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    fn connection(&self) -> redis::RedisResult<redis::Connection> {
        redis::Client::open(self.url())?.get_connection()
    }

    pub(crate) fn delete(&self, key: &str) -> Result<(), Box<dyn Error>> {
        Ok(redis::cmd("DEL").arg(format!("{key}:1")).exec(&mut self.connection()?)?)
    }

    /// The bytes that the server holds.
    pub(crate) fn memory(&self) -> Result<f64, Box<dyn Error>> {
        let info: String = redis::cmd("INFO").arg("memory").query(&mut self.connection()?)?;
        let used = info.lines().find_map(|line| line.strip_prefix("used_memory:"));
        Ok(used.ok_or("no figure")?.trim().parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
