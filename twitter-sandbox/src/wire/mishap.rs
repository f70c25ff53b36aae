//! What can happen to a request and its reply on the way.

use std::time::Duration;

use crate::dice::Dice;

/// A request on its way to the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passing {
    /// How many came before it, on all connections of the relay.
    pub number: u64,
    /// Which connection it came on, counted from 0.
    pub connection: u64,
    /// The method, in capitals.
    pub method: String,
    /// The path as it arrived, without the query.
    pub path: String,
}

/// What happens to one request and its reply; see [`Sandbox::through`](crate::Sandbox::through).
///
/// Unless it says otherwise, the request reaches the sandbox first, and is carried out. Offsets count
/// the bytes of the reply from the `H` of its status line; one that lies behind the reply means its
/// end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mishap {
    /// Nothing.
    None,
    /// The request does not reach the sandbox: its connection is reset, and for this long whoever
    /// connects is refused.
    Refuse(Duration),
    /// The request does not reach the sandbox: these bytes are the reply to it, and the connection
    /// closes.
    Intercept(Vec<u8>),
    /// The request does not reach the sandbox: the reply is a 307 to the URL that was asked for.
    RedirectLoop,
    /// The reply is lost, and these bytes come in its place; then the connection closes.
    Replace(Vec<u8>),
    /// The connection is reset at this byte of the reply.
    Reset {
        /// How many bytes of the reply come before.
        at: usize,
    },
    /// The connection closes at this byte of the reply.
    Close {
        /// How many bytes of the reply come before.
        at: usize,
    },
    /// Nothing comes from this byte on, until the client goes away.
    Stall {
        /// How many bytes of the reply come before.
        at: usize,
    },
    /// The reply comes in small pieces.
    Slow {
        /// The bytes of one piece, at least 1.
        bytes: usize,
        /// The pause after each piece.
        every: Duration,
    },
    /// The body comes in chunks, and the connection closes in the middle of one.
    CutChunk,
    /// `Content-Length` is wrong by this much: too long if positive, and the connection closes behind the
    /// body; too short if negative, and the connection stays, with the rest of the body on it.
    WrongLength(i64),
    /// Replies of 1xx come before the reply: 100, 102 and 103.
    Informational,
    /// The request reaches the sandbox twice, and the first reply comes back.
    Twice,
}

/// The largest offset that is drawn: most replies of a sandbox are shorter.
const FAR: i64 = 1500;

impl Mishap {
    /// A mishap of any kind but [`None`](Self::None), by a seed and a number: the same two give the
    /// same mishap, and the next number any other.
    pub fn drawn(seed: u64, number: u64) -> Self {
        let mut dice = Dice(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        match dice.below(16) {
            0 => Self::Refuse(millis(dice.below(20))),
            1..=3 => Self::Reset { at: offset(&mut dice) },
            4 | 5 => Self::Close { at: offset(&mut dice) },
            6 => Self::Stall { at: offset(&mut dice) },
            7 => Self::Slow { bytes: 1 + offset(&mut dice) / 8, every: millis(1 + dice.below(20)) },
            8 => Self::CutChunk,
            9 => Self::WrongLength(1 + dice.below(100)),
            10 => Self::WrongLength(-1 - dice.below(20)),
            11 => Self::garbage(),
            12 => Self::html(),
            13 => Self::Informational,
            14 => Self::RedirectLoop,
            _ => Self::Twice,
        }
    }

    /// The reply is lost, and something comes in its place that is no HTTP.
    pub fn garbage() -> Self {
        Self::Replace(b"SSH-2.0-OpenSSH_9.6\r\n\0\xff\xfe".to_vec())
    }

    /// The reply is lost, and a page of HTML comes in its place, with the status 200.
    pub fn html() -> Self {
        const PAGE: &str = "<!DOCTYPE html>\n<title>Sign in to the hotel's network</title>\n";
        let length = PAGE.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n"
        );
        Self::Replace([head.as_bytes(), PAGE.as_bytes()].concat())
    }
}

fn offset(dice: &mut Dice) -> usize {
    dice.below(FAR) as usize
}

fn millis(time: i64) -> Duration {
    Duration::from_millis(time as u64)
}

#[cfg(test)]
mod tests {
    use super::Mishap;

    #[test]
    fn a_seed_draws_the_same_mishaps_again_and_every_kind_of_them() {
        let drawn = |seed| (0..2000).map(move |number| Mishap::drawn(seed, number));
        assert!(drawn(1).eq(drawn(1)));
        assert!(!drawn(1).eq(drawn(2)));
        let kinds: std::collections::HashSet<_> =
            drawn(3).map(|mishap| std::mem::discriminant(&mishap)).collect();
        assert_eq!(kinds.len(), 11);
    }
}
