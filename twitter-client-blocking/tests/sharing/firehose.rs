//! A firehose of numbered posts: number n of each partition is created so many milliseconds after the
//! beginning of 2026, whoever listens.

use std::{
    io::{BufRead as _, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use twitter_types::{PostId, Timestamp, endpoint::Moment};

/// Milliseconds from one post of a partition to the next.
const STEP: i64 = 10;

/// 2026-01-01T00:00:00Z.
const BEGIN: i64 = 1_767_225_600_000;

pub(crate) struct Firehose {
    base_url: String,
    opened: Arc<Mutex<Vec<Opened>>>,
}

/// A connection that was made.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) partition: u8,
    /// The token of who has made it.
    pub(crate) consumer: String,
    pub(crate) at: Instant,
    /// The first post that it brings, apart from those that are repeated.
    pub(crate) first: u64,
}

pub(crate) fn id(partition: u8, number: u64) -> PostId {
    let created = Timestamp::from_millis(BEGIN + number as i64 * STEP).unwrap();
    PostId::new(PostId::first_at(created).unwrap().as_u64() + u64::from(partition))
}

/// The number of the next post to be created.
fn next_number() -> u64 {
    ((Moment::now().time.as_millis() - BEGIN) / STEP + 1) as u64
}

impl Firehose {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let opened = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&opened);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, all) = (stream.unwrap(), Arc::clone(&all));
                // A consumer that dies or leaves ends its connection.
                thread::spawn(move || drop(serve(stream, &all)));
            }
        });
        Self { base_url, opened }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn opened(&self) -> Vec<Opened> {
        self.opened.lock().unwrap().clone()
    }

    /// Who has connected last to each partition.
    pub(crate) fn owners(&self) -> std::collections::BTreeMap<u8, Opened> {
        self.opened().into_iter().map(|opened| (opened.partition, opened)).collect()
    }

    /// The first post of a partition that anybody was to see.
    pub(crate) fn first(&self, partition: u8) -> u64 {
        self.opened().iter().find(|opened| opened.partition == partition).unwrap().first
    }
}

fn serve(mut stream: TcpStream, all: &Mutex<Vec<Opened>>) -> std::io::Result<()> {
    let (mut line, mut consumer) = (String::new(), String::new());
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut line)?;
    let parameter = |name: &str| {
        let (_, rest) = line.split_once(name)?;
        rest.split(['&', ' ']).next()?.parse::<u64>().ok()
    };
    let partition = parameter("partition=").unwrap() as u8;
    let minutes = parameter("backfill_minutes=").unwrap_or(0);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if let Some((_, token)) = header.split_once("Bearer ") {
            consumer = token.trim().to_owned();
        }
        if header.trim().is_empty() {
            break;
        }
    }
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")?;
    let mut next = next_number();
    let opened = Opened { partition, consumer, at: Instant::now(), first: next };
    all.lock().unwrap().push(opened.clone());
    // What was created before the first connection was for nobody.
    let first = all.lock().unwrap().iter().find(|one| one.partition == partition).unwrap().first;
    let again = minutes * 60_000 / STEP as u64;
    write(&mut stream, partition, next.saturating_sub(again).max(first), next)?;
    loop {
        let end = next_number();
        write(&mut stream, partition, next, end)?;
        next = end;
        thread::sleep(Duration::from_millis(20));
    }
}

fn write(stream: &mut TcpStream, partition: u8, first: u64, end: u64) -> std::io::Result<()> {
    let mut lines = String::new();
    for number in first..end {
        let id = id(partition, number);
        lines += &format!("{{\"data\":{{\"id\":\"{id}\",\"text\":\"{number}\"}}}}\r\n");
    }
    stream.write_all(lines.as_bytes())
}
