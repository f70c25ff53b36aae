//! The real thing, but for X: 8 processes of 8 threads with one store, and a token that expires all
//! the time.

#![cfg(all(unix, feature = "file"))]

use std::{
    env,
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use bearer::{FileStore, NoReply, Session, Step, TokenStore};
use http::Response;

use super::{
    fakes::{NOW, Server, client, session},
    json,
};

/// Tells a child process where the token server and the store are.
const SERVER: &str = "BEARER_TEST_SERVER";
const FILE: &str = "BEARER_TEST_PROCESSES_FILE";
#[cfg(feature = "redis")]
const REDIS: &str = "BEARER_TEST_PROCESSES_REDIS";

const PROCESSES: usize = 8;
const THREADS: usize = 8;
const CALLS: usize = 4;

#[test]
fn eight_processes_of_eight_threads_share_a_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bearer-processes");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("tokens.json");
    run(FileStore::new(&path), FILE, path.as_os_str());
}

#[cfg(feature = "redis")]
#[test]
fn eight_processes_of_eight_threads_share_a_redis_server() {
    let Some(redis) = super::redis_server::Redis::start("processes", &[]) else { return };
    let store = bearer::RedisStore::open(&redis.url(), "tokens").unwrap();
    run(store, REDIS, redis.url().as_ref());
}

fn run(store: impl TokenStore + 'static, variable: &str, place: &OsStr) {
    let mut server = Server::new();
    server.lifetime = 1; // within the margin: whoever comes later refreshes again
    let session = session(&server, store);
    let server = Arc::new(Mutex::new(server));
    let address = listen(Arc::clone(&server));
    let children = Vec::from_iter((0..PROCESSES).map(|_| {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "processes::child", "--nocapture"]);
        command.env(SERVER, address.to_string()).env(variable, place);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }));
    for child in children {
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{output:?}");
    }
    let server = server.lock().unwrap();
    assert_eq!(server.reused, 0, "no refresh token was spent twice");
    let newest = session.load().unwrap().unwrap().refresh_token.unwrap();
    assert_eq!(newest.expose(), format!("r{}", server.generation));
    assert!(server.generation >= (PROCESSES * CALLS) as u64, "{}", server.generation);
    println!(
        "{} calls, {} refreshes, none spent twice, nobody logged out",
        PROCESSES * THREADS * CALLS,
        server.generation
    );
}

/// One process: each of its threads wants a token a few times.
#[test]
fn child() {
    let Ok(server) = env::var(SERVER) else { return };
    let server: SocketAddr = server.parse().unwrap();
    let session = match env::var_os(FILE) {
        Some(path) => Session::new(client(), FileStore::new(path)),
        #[cfg(feature = "redis")]
        None => {
            let store = bearer::RedisStore::open(&env::var(REDIS).unwrap(), "tokens").unwrap();
            Session::new(client(), store)
        }
        #[cfg(not(feature = "redis"))]
        None => panic!("no store"),
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| (0..CALLS).for_each(|_| obtain(&session, server)));
        }
    });
}

fn obtain(session: &Session, server: SocketAddr) {
    let begun = Instant::now();
    let mut refresh = session.access_token();
    loop {
        let now = NOW + begun.elapsed().as_secs();
        match refresh.step(now) {
            Step::Send(request) => {
                let form = request.map(String::from).into_body();
                refresh.receive(now, send(server, &form));
            }
            Step::Wait(wait) => thread::sleep(wait),
            Step::Done(outcome) => {
                let access = outcome.unwrap();
                assert!(access.warning.is_none(), "{access:?}");
                return;
            }
        }
    }
}

/// A form on one line, and the reply on one line.
fn send(server: SocketAddr, form: &str) -> Result<Response<String>, NoReply> {
    let mut stream = TcpStream::connect(server).unwrap();
    writeln!(stream, "{form}").unwrap();
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply).unwrap();
    Ok(json(if reply.contains("access_token") { 200 } else { 400 }, reply))
}

fn listen(server: Arc<Mutex<Server>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, server) = (stream.unwrap(), Arc::clone(&server));
            thread::spawn(move || {
                let mut form = String::new();
                BufReader::new(&stream).read_line(&mut form).unwrap();
                let reply = server.lock().unwrap().answer_form(form.trim_end());
                thread::sleep(Duration::from_millis(2)); // the way back
                writeln!(stream, "{reply}").unwrap();
            });
        }
    });
    address
}
