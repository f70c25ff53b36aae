//! A request's body that is made while it is sent.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// A body of this length, and what to put its pieces into. If that is dropped too early, the request
/// fails.
pub(crate) fn pieces(length: u64) -> (Sender<Vec<u8>>, reqwest::Body) {
    let (sender, receiver) = channel(1);
    (sender, reqwest::Body::wrap(Pieces { receiver, left: length }))
}

struct Pieces {
    receiver: Receiver<Vec<u8>>,
    left: u64,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(match ready!(self.receiver.poll_recv(context)) {
            Some(piece) => {
                self.left = self.left.saturating_sub(piece.len() as u64);
                Some(Ok(Frame::data(piece.into())))
            }
            None if self.left > 0 => Some(Err(io::ErrorKind::UnexpectedEof.into())),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
