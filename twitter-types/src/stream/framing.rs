//! From bytes to lines, however the bytes were cut.

use memchr::memchr;

/// Splits a stream into lines: one item each, and empty ones that keep the connection alive.
///
/// ```
/// use twitter_types::stream::{Frame, Frames};
///
/// let mut frames = Frames::new(1 << 20);
/// frames.push(b"{\"data\":{\"id\":\"1\"");
/// assert_eq!(frames.next_frame(), None);
/// frames.push(b"}}\r\n\r\n");
/// assert_eq!(frames.next_frame(), Some(Frame::Line(b"{\"data\":{\"id\":\"1\"}}")));
/// assert_eq!(frames.next_frame(), Some(Frame::KeepAlive));
/// assert_eq!(frames.next_frame(), None);
/// ```
///
/// It keeps no more than the longest line that it was allowed, and what one push brings.
#[derive(Clone, Debug)]
pub struct Frames {
    buffer: Vec<u8>,
    /// Where the line begins that is next.
    start: usize,
    /// Up to where there is no end of that line.
    searched: usize,
    /// How much of that line was let go, since it is too long.
    let_go: u64,
    limit: usize,
}

/// A line of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Frame<'a> {
    /// An item, or what X says of the stream; without the line's end.
    Line(&'a [u8]),
    /// Nothing but a sign of life.
    KeepAlive,
    /// A line that is longer than allowed.
    TooLong {
        /// How it begins.
        head: &'a [u8],
        /// How long it is, in bytes, without its line feed.
        length: u64,
    },
}

impl Frames {
    /// As much of a line that is too long as is kept, in bytes.
    const HEAD: usize = 256;

    /// No line yet, and lines of at most so many bytes.
    pub const fn new(limit: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, searched: 0, let_go: 0, limit }
    }

    /// Takes what came. Take all frames before you push more: what is left is kept.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.searched -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole line, if there is one.
    pub fn next_frame(&mut self) -> Option<Frame<'_>> {
        let Some(length) = memchr(b'\n', &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            self.let_go_of_excess();
            return None;
        };
        let (start, end) = (self.start, self.searched + length);
        (self.start, self.searched) = (end + 1, end + 1);
        let length = (end - start) as u64 + std::mem::take(&mut self.let_go);
        Some(frame(&self.buffer[start..end], length, self.limit))
    }

    /// The end of the stream, and what came behind the last line's end. The next push begins anew.
    pub fn finish(&mut self) -> Option<Vec<u8>> {
        let rest = self.buffer.split_off(self.start);
        let is_whole = std::mem::take(&mut self.let_go) == 0;
        (self.start, self.searched) = (0, 0);
        self.buffer.clear();
        (is_whole && !rest.trim_ascii().is_empty()).then_some(rest)
    }

    /// Of a line that is too long already, only the head is kept.
    fn let_go_of_excess(&mut self) {
        let kept = self.buffer.len() - self.start;
        if kept > self.limit.max(Self::HEAD) {
            self.buffer.truncate(self.start + Self::HEAD);
            self.searched = self.buffer.len();
            self.let_go += (kept - Self::HEAD) as u64;
        }
    }
}

fn frame(line: &[u8], length: u64, limit: usize) -> Frame<'_> {
    if length > limit.max(Frames::HEAD) as u64 {
        return Frame::TooLong { head: &line[..Frames::HEAD], length };
    }
    match line.trim_ascii() {
        [] => Frame::KeepAlive,
        line => Frame::Line(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_line_takes_no_memory() {
        let mut frames = Frames::new(1000);
        for _ in 0..10_000 {
            frames.push(&[b'x'; 100]);
            assert_eq!(frames.next_frame(), None);
            assert!(frames.buffer.capacity() <= 4096, "{}", frames.buffer.capacity());
        }
        frames.push(b"\nnext\n");
        let Some(Frame::TooLong { head, length }) = frames.next_frame() else { panic!("no frame") };
        assert_eq!((head, length), ([b'x'; Frames::HEAD].as_slice(), 1_000_000));
        assert_eq!(frames.next_frame(), Some(Frame::Line(b"next")));
    }

    #[test]
    fn what_is_left_at_the_end_may_be_an_item() {
        let mut frames = Frames::new(1000);
        frames.push(b"one\r\ntwo");
        assert_eq!(frames.next_frame(), Some(Frame::Line(b"one")));
        assert_eq!(frames.next_frame(), None);
        assert_eq!(frames.finish().as_deref(), Some(b"two".as_slice()));
        frames.push(b"three\n \r");
        assert_eq!(frames.next_frame(), Some(Frame::Line(b"three")));
        assert_eq!(frames.finish(), None);
    }
}
