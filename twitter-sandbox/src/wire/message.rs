//! Where a message of HTTP/1.1 begins and ends (RFC 9112), and nothing else of what it says.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

/// The longest head, or line between chunks, that is relayed.
const HEAD_LIMIT: usize = 64 * 1024;

/// The longest piece of a body that is relayed at once.
const PIECE: usize = 16 * 1024;

/// The first line and the headers, with the empty line behind them.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
}

impl Head {
    /// The next head; `None` if the connection ends before it begins.
    pub(super) async fn read(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            let before = bytes.len();
            line(reader, &mut bytes).await?;
            match &bytes[before..] {
                [] if before == 0 => return Ok(None),
                [] => return Err(io::ErrorKind::UnexpectedEof.into()),
                b"\r\n" | b"\n" => return Ok(Some(Self { bytes })),
                _ => {}
            }
        }
    }

    /// The words of the first line.
    pub(super) fn word(&self, index: usize) -> &str {
        let line = self.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let line = str::from_utf8(line).unwrap_or_default();
        line.split_ascii_whitespace().nth(index).unwrap_or_default()
    }

    /// The first header of that name, which is given in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let text = str::from_utf8(&self.bytes).ok()?;
        text.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The same head with another framing of its body.
    pub(super) fn reframed(&self, header: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for line in self.bytes.split_inclusive(|byte| *byte == b'\n') {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            if line == b"\r\n" || line == b"\n" {
                bytes.extend_from_slice(format!("{header}\r\n\r\n").as_bytes());
            } else if !name.eq_ignore_ascii_case(b"content-length")
                && !name.eq_ignore_ascii_case(b"transfer-encoding")
            {
                bytes.extend_from_slice(line);
            }
        }
        bytes
    }

    /// The body of a request.
    pub(super) fn request_body(&self) -> Body {
        Body(self.framing().unwrap_or(Framing::Length(0)))
    }

    /// The body of a reply to a request with that method.
    pub(super) fn reply_body(&self, method: &str) -> Body {
        let bodiless = method == "HEAD" || matches!(self.word(1), "204" | "304");
        let framing = if bodiless { Some(Framing::Length(0)) } else { self.framing() };
        Body(framing.unwrap_or(Framing::UntilClose))
    }

    fn framing(&self) -> Option<Framing> {
        if self.header("transfer-encoding").is_some() {
            return Some(Framing::ChunkSize);
        }
        Some(Framing::Length(self.header("content-length")?.parse().ok()?))
    }
}

/// A body that is still to come.
pub(super) struct Body(Framing);

enum Framing {
    Length(u64),
    UntilClose,
    /// A line with the size of the next chunk is due.
    ChunkSize,
    /// So much of a chunk is due, and a line end behind it.
    Chunk(u64),
    ChunkEnd,
    Trailers,
}

/// Some bytes of a body.
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// Whether they are content, and no framing.
    pub(super) content: bool,
}

impl Body {
    /// Whether only the end of the connection ends this body.
    pub(super) const fn ends_with_connection(&self) -> bool {
        matches!(self.0, Framing::UntilClose)
    }

    /// The next bytes, as they come; `None` at the end.
    pub(super) async fn piece(
        &mut self,
        reader: &mut (impl AsyncBufRead + Unpin),
    ) -> io::Result<Option<Piece>> {
        let content = matches!(self.0, Framing::Length(_) | Framing::Chunk(_));
        let mut bytes = Vec::new();
        self.0 = match self.0 {
            Framing::Length(0) => return Ok(None),
            Framing::Length(left) => Framing::Length(left - some(reader, &mut bytes, left).await?),
            Framing::UntilClose => {
                return Ok(match some(reader, &mut bytes, u64::MAX).await {
                    Ok(_) => Some(Piece { bytes, content: true }),
                    Err(_) => None,
                });
            }
            Framing::Chunk(left) => match left - some(reader, &mut bytes, left).await? {
                0 => Framing::ChunkEnd,
                left => Framing::Chunk(left),
            },
            Framing::ChunkSize => {
                line(reader, &mut bytes).await?;
                match chunk_size(&bytes)? {
                    0 => Framing::Trailers,
                    size => Framing::Chunk(size),
                }
            }
            Framing::ChunkEnd => {
                line(reader, &mut bytes).await?;
                Framing::ChunkSize
            }
            Framing::Trailers => {
                line(reader, &mut bytes).await?;
                if matches!(&*bytes, b"" | b"\r\n" | b"\n") {
                    Framing::Length(0)
                } else {
                    Framing::Trailers
                }
            }
        };
        Ok(Some(Piece { bytes, content }))
    }
}

fn chunk_size(line: &[u8]) -> io::Result<u64> {
    let text = str::from_utf8(line).unwrap_or_default();
    let digits = text.split(';').next().unwrap_or_default().trim();
    u64::from_str_radix(digits, 16).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Adds what there is, up to so much, and says how much that was.
async fn some(
    reader: &mut (impl AsyncBufRead + Unpin),
    bytes: &mut Vec<u8>,
    most: u64,
) -> io::Result<u64> {
    let mut piece = [0; PIECE];
    let room = usize::try_from(most).map_or(PIECE, |most| most.min(PIECE));
    match reader.read(&mut piece[..room]).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        length => {
            bytes.extend_from_slice(&piece[..length]);
            Ok(length as u64)
        }
    }
}

/// Adds a line with its end, or what comes before the connection ends.
async fn line(reader: &mut (impl AsyncBufRead + Unpin), bytes: &mut Vec<u8>) -> io::Result<()> {
    let room = HEAD_LIMIT.saturating_sub(bytes.len()) as u64;
    let length = reader.take(room).read_until(b'\n', bytes).await?;
    if length as u64 == room { Err(io::ErrorKind::InvalidData.into()) } else { Ok(()) }
}
