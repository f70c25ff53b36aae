//! The whole way, but for TLS and gzip: a consumer with all its threads, whose streams come from another
//! process by HTTP as fast as it can take them.

use std::{
    env,
    error::Error,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use twitter_client_blocking::Client;
use twitter_types::{
    auth::AppToken,
    endpoint::Stamp,
    stream::{
        Cursor,
        share::{Batch, Lease, Log, RedisLeases, RedisLog, Share, ShareError},
    },
    streams::PostsFirehose,
};

use crate::{post, server::Server};

/// The argument of the process that stands in for X.
pub(crate) const CHILD: &str = "--serve";

const PARTITIONS: u8 = 4;
const WARM_UP: Duration = Duration::from_secs(4);
const MEASURED: Duration = Duration::from_secs(10);

pub(crate) fn run(server: &Server, bytes: f64) -> Result<(), Box<dyn Error>> {
    let mut x = Command::new(env::current_exe()?)
        .arg(CHILD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut base_url = String::new();
    BufReader::new(x.stdout.take().ok_or("no output")?).read_line(&mut base_url)?;
    let client = Client::new(AppToken::new("AAAA")?).with_base_url(base_url.trim().parse()?);
    let leases = RedisLeases::open(&server.url(), "whole:leases")?;
    let log = RedisLog::open(&server.url(), "whole")?.with_length(crate::KEPT);
    let written = Arc::new(AtomicU64::new(0));
    let log = Counting { log, written: Arc::clone(&written) };
    // One heartbeat is waited for at the beginning.
    let share = Share::new("bench", 1..=PARTITIONS, &Stamp::now())
        .with_lease(Duration::from_secs(10), Duration::from_secs(1));
    let shared = client.share(share, leases, log, PostsFirehose::new);
    let stop = shared.stopper();
    let consumer = thread::spawn(move || shared.run());

    thread::sleep(WARM_UP);
    let (begun, spent) = (Instant::now(), seconds()?);
    let before = written.load(Ordering::Relaxed);
    thread::sleep(MEASURED);
    let number = (written.load(Ordering::Relaxed) - before) as f64;
    let here = (seconds()? - spent) * 1e6 / number;
    let rate = number / begun.elapsed().as_secs_f64();
    println!("the whole way over HTTP, {PARTITIONS} partitions");
    println!("  {:28} {here:10.2} {:>11} {rate:9.0} {:7.0}", "one process", "", rate * bytes / 1e6);
    stop.stop();
    consumer.join().map_err(|_| "the consumer panicked")??;
    x.kill()?;
    x.wait()?;
    Ok(())
}

/// The processor seconds of all threads of this process.
fn seconds() -> Result<f64, Box<dyn Error>> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        nanoseconds += text.split(' ').next().unwrap_or_default().parse::<f64>()?;
    }
    Ok(nanoseconds / 1e9)
}

#[derive(Debug)]
struct Counting {
    log: RedisLog,
    written: Arc<AtomicU64>,
}

impl Log for Counting {
    fn open(&self, lease: Lease) -> Result<Option<Cursor>, ShareError> {
        self.log.open(lease)
    }

    fn append(&self, batch: &Batch) -> Result<(), ShareError> {
        self.log.append(batch)?;
        self.written.fetch_add(batch.entries.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

/// Stands in for X until its input ends.
pub(crate) fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Until the consumer leaves.
            thread::spawn(move || drop(send(stream)));
        }
    });
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn send(mut stream: TcpStream) -> std::io::Result<()> {
    let mut head = BufReader::new(stream.try_clone()?).lines();
    while !head.next().transpose()?.unwrap_or_default().is_empty() {}
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")?;
    let line = post::line(0);
    let (first, rest) = line.split_once(&post::id(0).to_string()).unwrap_or_default();
    let mut lines = String::new();
    for number in 0.. {
        lines += &format!("{first}{}{rest}", post::id(number));
        if lines.len() > 1 << 16 {
            stream.write_all(lines.as_bytes())?;
            lines.clear();
        }
    }
    Ok(())
}
