//! The parameters of a request, in the order in which they are signed (RFC 5849, section 3.4.1.3).

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::encoding::{
    copy_unreserved, decode_escape, is_unreserved, push_escape_twice, push_twice,
};

/// The parameters of one request. Their text, encoded twice, stands in a buffer of the caller's;
/// here is only where.
///
/// Encoding twice keeps the order of encoding once, which is the one that counts: of all characters that
/// stand there `%` comes first, and always becomes `%25`. So they can be sorted as they are.
pub(crate) struct Parameters {
    few: [Parameter; FEW],
    length: usize,
    many: Vec<Parameter>,
    /// Whether there was an `oauth_signature`, which is never signed.
    pub(crate) has_signature: bool,
    /// Whether a name begins like the names that OAuth reserves.
    pub(crate) has_protocol_name: bool,
}

/// As many parameters as are kept without an allocation.
const FEW: usize = 24;

/// Where in the buffer a parameter begins, has its encoded `=`, and ends.
#[derive(Clone, Copy)]
pub(crate) struct Parameter {
    /// The first bytes of the name, which tell most names apart.
    prefix: [u8; 8],
    start: usize,
    equals: usize,
    end: usize,
}

impl Parameter {
    pub(crate) fn name<'a>(&self, buffer: &'a [u8]) -> &'a [u8] {
        &buffer[self.start..self.equals]
    }

    /// By name, then by value.
    fn cmp(&self, other: &Self, buffer: &[u8]) -> Ordering {
        let value = |parameter: &Self| &buffer[parameter.equals..parameter.end];
        let prefix = |parameter: &Self| u64::from_be_bytes(parameter.prefix);
        prefix(self)
            .cmp(&prefix(other))
            .then_with(|| self.name(buffer).cmp(other.name(buffer)))
            .then_with(|| value(self).cmp(value(other)))
    }

    /// Copies the parameter to the end, where the list of parameters begins at `list`.
    pub(crate) fn append(&self, buffer: &mut Vec<u8>, list: usize) {
        if buffer.len() > list {
            buffer.extend_from_slice(b"%26");
        }
        buffer.extend_from_within(self.start..self.end);
    }
}

impl Parameters {
    pub(crate) const fn new() -> Self {
        let nowhere = Parameter { prefix: [0; 8], start: 0, equals: 0, end: 0 };
        Self {
            few: [nowhere; FEW],
            length: 0,
            many: Vec::new(),
            has_signature: false,
            has_protocol_name: false,
        }
    }

    /// Takes the pairs of a URL's query, up to its fragment.
    pub(crate) fn read_query(&mut self, buffer: &mut Vec<u8>, query: &str) {
        self.read(buffer, query.as_bytes(), Some(b'#'));
    }

    /// Takes the pairs of a form body.
    pub(crate) fn read_form(&mut self, buffer: &mut Vec<u8>, form: &str) {
        self.read(buffer, form.as_bytes(), None);
    }

    /// Takes an unencoded pair.
    pub(crate) fn push(&mut self, buffer: &mut Vec<u8>, name: &str, value: &str) {
        let start = buffer.len();
        push_twice(buffer, name);
        let equals = buffer.len();
        buffer.extend_from_slice(b"%3D");
        push_twice(buffer, value);
        self.insert(buffer, start, equals);
    }

    /// Decodes and encodes a form in one pass. An empty piece is no pair, and a missing `=` makes an
    /// empty value.
    fn read(&mut self, buffer: &mut Vec<u8>, mut rest: &[u8], end: Option<u8>) {
        let mut start = buffer.len();
        let mut equals = None;
        loop {
            let run = copy_unreserved(buffer, rest);
            let next = rest[run..].split_first().filter(|&(&byte, _)| Some(byte) != end);
            if matches!(next, None | Some((b'&', _))) {
                if buffer.len() > start {
                    let equals = equals.take().unwrap_or_else(|| push_equals(buffer));
                    self.insert(buffer, start, equals);
                }
                start = buffer.len();
            }
            let Some((&byte, after)) = next else { return };
            rest = after;
            match byte {
                b'&' => {}
                b'=' if equals.is_none() => equals = Some(push_equals(buffer)),
                b'+' => buffer.extend_from_slice(b"%2520"),
                b'%' => rest = push_decoded(buffer, rest),
                _ => push_escape_twice(buffer, byte),
            }
        }
    }

    /// Keeps the parameter that ends where the buffer does.
    fn insert(&mut self, buffer: &mut Vec<u8>, start: usize, equals: usize) {
        let name = &buffer[start..equals];
        if name == b"oauth_signature" {
            self.has_signature = true;
            return buffer.truncate(start);
        }
        self.has_protocol_name |= name.starts_with(b"oauth_");
        let mut prefix = [0; 8];
        prefix.iter_mut().zip(name).for_each(|(place, &byte)| *place = byte);
        let parameter = Parameter { prefix, start, equals, end: buffer.len() };
        if let Some(place) = self.few.get_mut(self.length) {
            *place = parameter;
            self.length += 1;
            return;
        }
        if self.many.is_empty() {
            self.many.extend_from_slice(&self.few);
        }
        self.many.push(parameter);
    }

    /// All parameters in order: by encoded name, then by encoded value.
    pub(crate) fn sort(&mut self, buffer: &[u8]) -> &[Parameter] {
        let all =
            if self.many.is_empty() { &mut self.few[..self.length] } else { &mut self.many[..] };
        all.sort_unstable_by(|one, other| one.cmp(other, buffer));
        all
    }
}

/// Appends an encoded `=`, and says where it begins.
fn push_equals(buffer: &mut Vec<u8>) -> usize {
    let equals = buffer.len();
    buffer.extend_from_slice(b"%3D");
    equals
}

/// Appends what a `%` and the digits behind it mean, and returns what is left. A `%` without two digits
/// stands for itself.
fn push_decoded<'a>(buffer: &mut Vec<u8>, rest: &'a [u8]) -> &'a [u8] {
    let (byte, rest) = decode_escape(rest).unwrap_or((b'%', rest));
    if is_unreserved(byte) {
        buffer.push(byte);
    } else {
        push_escape_twice(buffer, byte);
    }
    rest
}
