//! The parameters of a request, in the order in which they are signed (RFC 5849, section 3.4.1.3).

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::encoding::{EQUALS, TWICE, WINDOW, Writer, decode_escape, push_twice};

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
        self.read(buffer, query.as_bytes(), true);
    }

    /// Takes the pairs of a form body.
    pub(crate) fn read_form(&mut self, buffer: &mut Vec<u8>, form: &str) {
        self.read(buffer, form.as_bytes(), false);
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
    fn read(&mut self, buffer: &mut Vec<u8>, form: &[u8], is_query: bool) {
        if form.is_empty() {
            return;
        }
        let mut window = [0; WINDOW];
        let mut start = buffer.len();
        let mut equals = None;
        let mut writer = Writer::new(buffer, &mut window);
        let mut rest = form;
        loop {
            rest = writer.copy_unreserved(rest);
            let Some((&byte, after)) = rest.split_first() else { break };
            rest = after;
            match byte {
                b'%' => {
                    if let Some((byte, after)) = decode_escape(rest) {
                        rest = after;
                        writer.write(TWICE[usize::from(byte)]);
                    } else {
                        writer.write(TWICE[usize::from(b'%')]);
                    }
                }
                b'&' => {
                    self.keep(&mut writer, start, equals);
                    start = writer.out.len();
                    equals = None;
                }
                b'=' if equals.is_none() => {
                    equals = Some(writer.position());
                    writer.write(EQUALS);
                }
                b'+' => writer.write(TWICE[usize::from(b' ')]),
                b'#' if is_query => break,
                _ => writer.write(TWICE[usize::from(byte)]),
            }
        }
        self.keep(&mut writer, start, equals);
    }

    #[inline]
    fn keep(&mut self, writer: &mut Writer<'_>, start: usize, equals: Option<usize>) {
        if writer.position() > start {
            let equals = equals.unwrap_or_else(|| {
                let equals = writer.position();
                writer.write(EQUALS);
                equals
            });
            writer.flush();
            self.insert(writer.out, start, equals);
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
