//! Many calls at once.

use std::{
    io, process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    runtime::Builder,
    sync::Barrier,
    task::JoinSet,
};

use super::{
    contestants::{ASYNC, Problem, RAW_REQWEST, async_client, me, raw_call, raw_client, runtime},
    server::reply,
};

/// A server that answers its first request, and all others only when a whole crowd waits.
#[derive(Debug)]
pub struct Crowd {
    base_url: String,
}

impl Crowd {
    /// Starts one, which serves until the program ends.
    ///
    /// # Errors
    ///
    /// If there is no port to be had.
    pub fn start(size: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let reply: Arc<[u8]> = reply().into();
        let crowd = Arc::new((AtomicBool::new(false), Barrier::new(size)));
        thread::spawn(move || {
            runtime.block_on(async {
                loop {
                    match listener.accept().await {
                        Ok((socket, _)) => {
                            tokio::spawn(serve(socket, Arc::clone(&reply), Arc::clone(&crowd)));
                        }
                        Err(error) => {
                            eprintln!("no more connections: {error}; see ulimit -n");
                            process::exit(1);
                        }
                    }
                }
            });
        });
        Ok(Self { base_url })
    }

    /// Where it is.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

async fn serve(
    mut socket: TcpStream,
    reply: Arc<[u8]>,
    crowd: Arc<(AtomicBool, Barrier)>,
) -> io::Result<()> {
    let (mut request, mut length) = ([0; 2 * 1024], 0);
    loop {
        match socket.read(&mut request[length..]).await? {
            0 => return Ok(()),
            more => length += more,
        }
        if request[..length].ends_with(b"\r\n\r\n") {
            length = 0;
            let (is_known, barrier) = &*crowd;
            if is_known.swap(true, Ordering::Relaxed) {
                barrier.wait().await;
            }
            socket.write_all(&reply).await?;
        }
    }
}

/// Who makes up a crowd.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Member {
    /// Our own.
    Async,
    /// Reqwest, as in the table of calls.
    RawReqwest,
}

impl Member {
    /// Both.
    pub const ALL: [Self; 2] = [Self::RawReqwest, Self::Async];

    /// As it stands in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Async => ASYNC,
            Self::RawReqwest => RAW_REQWEST,
        }
    }

    /// Calls once, and then in waves, each of so many calls at once.
    ///
    /// # Errors
    ///
    /// If a call fails.
    pub fn call(self, base_url: &str, calls: usize, waves: usize) -> Result<(), Problem> {
        match self {
            Self::Async => {
                let client = async_client(base_url)?;
                runtime()?.block_on(crowds(calls, waves, || {
                    let client = client.clone();
                    async move { Ok(client.send(&me()).await.map(drop)?) }
                }))
            }
            Self::RawReqwest => {
                let (client, url) = (raw_client()?, format!("{base_url}/2/users/me"));
                runtime()?.block_on(crowds(calls, waves, || {
                    let (client, url) = (client.clone(), url.clone());
                    async move { Ok(raw_call(&client, &url).await.map(drop)?) }
                }))
            }
        }
    }
}

async fn crowds<F>(calls: usize, waves: usize, call: impl Fn() -> F) -> Result<(), Problem>
where
    F: Future<Output = Result<(), Problem>> + Send + 'static,
{
    call().await?;
    for _ in 0..waves {
        let mut crowd: JoinSet<_> = (0..calls).map(|_| call()).collect();
        while let Some(outcome) = crowd.join_next().await {
            outcome??;
        }
    }
    Ok(())
}
