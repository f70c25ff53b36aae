//! Moving the bytes of one connection, until the plan says otherwise.

use std::io;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot};

use super::message::{Body, Head};
use super::mishap::{Mishap, Passing};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

type Plan = dyn FnMut(&Passing) -> Mishap + Send;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Relay {
    sandbox: SocketAddr,
    plan: Arc<Mutex<(u64, Box<Plan>)>>,
}

/// Listens on the port that a socket holds.
pub(super) fn listen(port: &TcpSocket) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(port.local_addr()?)?;
    socket.listen(BACKLOG)
}

impl Relay {
    pub(super) fn new(
        sandbox: SocketAddr,
        plan: impl FnMut(&Passing) -> Mishap + Send + 'static,
    ) -> Self {
        Self { sandbox, plan: Arc::new(Mutex::new((0, Box::new(plan)))) }
    }

    /// Relays until it is dropped.
    pub(super) async fn serve(
        &self,
        mut listener: TcpListener,
        port: &TcpSocket,
    ) -> io::Result<()> {
        let (refuse, mut refusals) = mpsc::unbounded_channel::<Refusal>();
        let mut connections = 0;
        loop {
            tokio::select! {
                biased;
                Some((time, refused)) = refusals.recv() => {
                    drop(listener);
                    let _ = refused.send(());
                    tokio::time::sleep(time).await;
                    listener = listen(port)?;
                }
                accepted = listener.accept() => {
                    // Who was gone before it was accepted is no loss.
                    let Ok((client, _)) = accepted else { continue };
                    tokio::spawn(self.clone().connection(connections, client, refuse.clone()));
                    connections += 1;
                }
            }
        }
    }

    async fn connection(
        self,
        number: u64,
        mut client: TcpStream,
        refuse: mpsc::UnboundedSender<Refusal>,
    ) {
        // Small pieces shall leave as they are written.
        let _ = client.set_nodelay(true);
        let Ok(mut sandbox) = TcpStream::connect(self.sandbox).await else { return };
        let _ = sandbox.set_nodelay(true);
        let ending = {
            let (client_reader, client_writer) = client.split();
            let (sandbox_reader, sandbox_writer) = sandbox.split();
            let mut exchange = Exchange {
                connection: number,
                client: BufReader::new(client_reader),
                outlet: Outlet::new(client_writer),
                sandbox: BufReader::new(sandbox_reader),
                sandbox_writer,
            };
            loop {
                match exchange.once(&self).await {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(ending)) => break ending,
                    // Either side is gone.
                    Err(_) => break Ending::Close,
                }
            }
        };
        match ending {
            Ending::Close => {}
            // Without lingering, the end of a connection is a reset.
            Ending::Reset => {
                let _ = client.set_zero_linger();
            }
            Ending::Refuse(time) => {
                let _ = client.set_zero_linger();
                // Who hears of the reset is refused already.
                let (refused, done) = oneshot::channel();
                let _ = refuse.send((time, refused));
                let _ = done.await;
            }
        }
    }

    fn mishap(&self, head: &Head, connection: u64) -> Mishap {
        let mut plan = self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, plan) = &mut *plan;
        let path = head.word(1).split('?').next().unwrap_or_default();
        let passing = Passing {
            number: *number,
            connection,
            method: head.word(0).to_owned(),
            path: path.to_owned(),
        };
        *number += 1;
        plan(&passing)
    }
}

/// For how long to refuse connections, and who waits for that to begin.
type Refusal = (Duration, oneshot::Sender<()>);

/// How a connection ends.
enum Ending {
    Close,
    Reset,
    Refuse(Duration),
}

type Flow = ControlFlow<Ending>;

const NEXT: io::Result<Flow> = Ok(ControlFlow::Continue(()));
const CLOSED: io::Result<Flow> = Ok(ControlFlow::Break(Ending::Close));

/// Both sides of a connection.
struct Exchange<'a> {
    connection: u64,
    client: BufReader<ReadHalf<'a>>,
    outlet: Outlet<'a>,
    sandbox: BufReader<ReadHalf<'a>>,
    sandbox_writer: WriteHalf<'a>,
}

impl Exchange<'_> {
    /// One request and its reply.
    async fn once(&mut self, relay: &Relay) -> io::Result<Flow> {
        let head = tokio::select! {
            head = Head::read(&mut self.client) => head?,
            () = gone(&mut self.sandbox) => None,
        };
        let Some(head) = head else { return CLOSED };
        let mut request = head.bytes.clone();
        let mut body = head.request_body();
        while let Some(piece) = body.piece(&mut self.client).await? {
            request.extend_from_slice(&piece.bytes);
        }
        let mishap = relay.mishap(&head, self.connection);
        match mishap {
            Mishap::Refuse(time) => return Ok(ControlFlow::Break(Ending::Refuse(time))),
            Mishap::Intercept(bytes) => return self.say_and_close(&bytes).await,
            Mishap::RedirectLoop => return self.say_and_close(redirect(&head).as_bytes()).await,
            _ => self.sandbox_writer.write_all(&request).await?,
        }
        self.outlet.begin(&mishap);
        match mishap {
            Mishap::Replace(bytes) => {
                lose_reply(&mut self.sandbox, head.word(0)).await?;
                self.say_and_close(&bytes).await
            }
            Mishap::CutChunk | Mishap::WrongLength(_) => self.reframe(&head, &mishap).await,
            Mishap::Twice => {
                let flow = self.pass(&head).await?;
                repeat(relay.sandbox, &request, head.word(0)).await?;
                Ok(flow)
            }
            Mishap::Informational => {
                const BEFORE: &[u8] =
                    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n\
                    HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n";
                let _ = self.outlet.write(BEFORE).await?;
                self.pass(&head).await
            }
            _ => self.pass(&head).await,
        }
    }

    /// Passes the reply on as it comes, until it ends, the plan ends it, or the client goes away.
    async fn pass(&mut self, request: &Head) -> io::Result<Flow> {
        let Some(head) = Head::read(&mut self.sandbox).await? else { return CLOSED };
        let mut body = head.reply_body(request.word(0));
        let mut bytes = head.bytes;
        loop {
            if let ControlFlow::Break(ending) = self.outlet.write(&bytes).await? {
                if matches!(ending, Break::Stall) {
                    gone(&mut self.client).await;
                }
                return Ok(ControlFlow::Break(ending.into()));
            }
            let piece = tokio::select! {
                piece = body.piece(&mut self.sandbox) => piece?,
                () = gone(&mut self.client) => return CLOSED,
            };
            match piece {
                Some(piece) => bytes = piece.bytes,
                None => break,
            }
        }
        match self.outlet.ended() {
            Some(Break::Stall) => {
                gone(&mut self.client).await;
                CLOSED
            }
            Some(ending) => Ok(ControlFlow::Break(ending.into())),
            None if body.ends_with_connection() => CLOSED,
            None => NEXT,
        }
    }

    /// Passes the reply on in another framing than its own, which is wrong.
    async fn reframe(&mut self, request: &Head, mishap: &Mishap) -> io::Result<Flow> {
        let Some(head) = Head::read(&mut self.sandbox).await? else { return CLOSED };
        let content = content(&mut head.reply_body(request.word(0)), &mut self.sandbox).await?;
        let length = content.len();
        if let Mishap::WrongLength(by) = mishap {
            let wrong = (length as u64).saturating_add_signed(*by);
            let head = head.reframed(&format!("content-length: {wrong}"));
            let _ = self.outlet.write(&[&*head, &*content].concat()).await?;
            return if wrong > length as u64 { CLOSED } else { NEXT };
        }
        let head = head.reframed("transfer-encoding: chunked");
        let size = format!("{length:x}\r\n");
        self.say_and_close(&[&*head, size.as_bytes(), &content[..length / 2]].concat()).await
    }

    async fn say_and_close(&mut self, bytes: &[u8]) -> io::Result<Flow> {
        self.outlet.begin(&Mishap::None);
        let _ = self.outlet.write(bytes).await?;
        CLOSED
    }
}

/// Sends a request on a connection of its own, and loses the reply.
async fn repeat(sandbox: SocketAddr, request: &[u8], method: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(sandbox).await?;
    let (reader, mut writer) = stream.split();
    writer.write_all(request).await?;
    lose_reply(&mut BufReader::new(reader), method).await
}

async fn lose_reply(reader: &mut (impl AsyncBufRead + Unpin), method: &str) -> io::Result<()> {
    if let Some(head) = Head::read(reader).await? {
        content(&mut head.reply_body(method), reader).await?;
    }
    Ok(())
}

/// A 307 to where the request went.
fn redirect(request: &Head) -> String {
    let host = request.header("host").unwrap_or_default();
    let target = request.word(1);
    format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{host}{target}\r\n\
         content-length: 0\r\nconnection: close\r\n\r\n"
    )
}

/// All of a body, without its framing.
async fn content(body: &mut Body, reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    while let Some(piece) = body.piece(reader).await? {
        if piece.content {
            content.extend_from_slice(&piece.bytes);
        }
    }
    Ok(content)
}

/// Returns when the peer has closed its side.
async fn gone(peer: &mut BufReader<ReadHalf<'_>>) {
    if matches!(peer.fill_buf().await, Ok([_, ..])) {
        // It goes on to its next message already, so it is there.
        std::future::pending::<()>().await;
    }
}

/// The way to the client, and what is left to go wrong on it.
struct Outlet<'a> {
    writer: WriteHalf<'a>,
    /// How many bytes come before the break, and which it is.
    fate: Option<(usize, Break)>,
    pace: Option<(usize, Duration)>,
}

/// What ends a reply early.
#[derive(Clone, Copy)]
enum Break {
    Reset,
    Close,
    Stall,
}

impl From<Break> for Ending {
    fn from(ending: Break) -> Self {
        match ending {
            Break::Reset => Self::Reset,
            Break::Close | Break::Stall => Self::Close,
        }
    }
}

impl<'a> Outlet<'a> {
    const fn new(writer: WriteHalf<'a>) -> Self {
        Self { writer, fate: None, pace: None }
    }

    /// Begins a reply to which this happens.
    fn begin(&mut self, mishap: &Mishap) {
        (self.fate, self.pace) = match *mishap {
            Mishap::Reset { at } => (Some((at, Break::Reset)), None),
            Mishap::Close { at } => (Some((at, Break::Close)), None),
            Mishap::Stall { at } => (Some((at, Break::Stall)), None),
            Mishap::Slow { bytes, every } => (None, Some((bytes.max(1), every))),
            _ => (None, None),
        };
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<ControlFlow<Break>> {
        if let Some((left, ending)) = &mut self.fate {
            if bytes.len() >= *left {
                self.writer.write_all(&bytes[..*left]).await?;
                return Ok(ControlFlow::Break(*ending));
            }
            *left -= bytes.len();
        }
        let Some((size, pause)) = self.pace else {
            self.writer.write_all(bytes).await?;
            return Ok(ControlFlow::Continue(()));
        };
        for piece in bytes.chunks(size) {
            self.writer.write_all(piece).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What was to happen behind the end of the reply.
    fn ended(&self) -> Option<Break> {
        self.fate.map(|(_, ending)| ending)
    }
}
