//! The server: the same reply to every request, as fast as threads can be.

use std::{
    io::{self, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use crate::decoding::made;

/// A server on loopback, a thread for each connection, until the program ends.
#[derive(Debug)]
pub struct Server {
    base_url: String,
}

impl Server {
    /// Starts one.
    ///
    /// # Errors
    ///
    /// If there is no port to be had.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let reply = reply();
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let reply = reply.clone();
                thread::spawn(move || serve(socket, &reply));
            }
        });
        Ok(Self { base_url })
    }

    /// Where it is.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}

fn serve(mut socket: TcpStream, reply: &[u8]) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let (mut request, mut length) = ([0; 8 * 1024], 0);
    loop {
        match socket.read(&mut request[length..])? {
            0 => return Ok(()),
            more => length += more,
        }
        if request[..length].ends_with(b"\r\n\r\n") {
            socket.write_all(reply)?;
            length = 0;
        }
    }
}

/// A response with a user of all fields, and with the headers that X sends.
pub fn reply() -> Vec<u8> {
    let body = made::user();
    let head = format!(
        "HTTP/1.1 200 OK\r\n\
         date: Thu, 20 Aug 2026 12:30:00 GMT\r\n\
         content-type: application/json; charset=utf-8\r\n\
         content-length: {}\r\n\
         x-rate-limit-limit: 1000000\r\n\
         x-rate-limit-remaining: 999999\r\n\
         x-rate-limit-reset: 4102444800\r\n\
         x-transaction-id: 1f2e3d4c5b6a7988\r\n\
         \r\n",
        body.len(),
    );
    [head.into_bytes(), body].concat()
}
