//! The parameters of a request, in the order in which they are signed (RFC 5849, section 3.4.1.3).

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::encoding::{form_bytes, form_pairs, is_unreserved, push_form_twice, push_twice};

/// Name and value, each still in the encoding that it came in.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    name: &'a str,
    value: &'a str,
    encoding: Encoding,
}

#[derive(Clone, Copy)]
enum Encoding {
    /// From a query or a form body.
    Form,
    /// From the caller, or decoded from a header.
    None,
}

impl Parameter<'_> {
    /// Appends `name=value`, encoded twice, to the list of parameters that begins at `start`.
    pub(crate) fn push_twice(&self, out: &mut Vec<u8>, start: usize) {
        if out.len() > start {
            out.extend_from_slice(b"%26");
        }
        let push = match self.encoding {
            Encoding::Form => push_form_twice,
            Encoding::None => push_twice,
        };
        push(out, self.name.as_bytes());
        out.extend_from_slice(b"%3D");
        push(out, self.value.as_bytes());
    }

    /// How the name compares with an unencoded one, by their encodings.
    pub(crate) fn cmp_name(&self, name: &str) -> Ordering {
        self.encoding.order(self.name).cmp(Encoding::None.order(name))
    }

    /// By encoded name, then by encoded value.
    fn cmp(&self, other: &Self) -> Ordering {
        let names = self.encoding.order(self.name).cmp(other.encoding.order(other.name));
        names.then_with(|| self.encoding.order(self.value).cmp(other.encoding.order(other.value)))
    }
}

impl Encoding {
    /// The bytes that `text` means, each with what sorts it as its encoding would: an escape begins
    /// with `%`, which comes before every unreserved character.
    #[inline]
    fn order(self, text: &str) -> impl Iterator<Item = (bool, u8)> {
        let (form, plain) = match self {
            Self::Form => (text, ""),
            Self::None => ("", text),
        };
        form_bytes(form).chain(plain.bytes()).map(|byte| (is_unreserved(byte), byte))
    }
}

/// As many parameters as are kept without an allocation.
const FEW: usize = 32;

/// Collects parameters without an allocation for as many as most requests have.
pub(crate) struct Parameters<'a> {
    few: [Parameter<'a>; FEW],
    length: usize,
    many: Vec<Parameter<'a>>,
}

impl<'a> Parameters<'a> {
    pub(crate) const fn new() -> Self {
        let empty = Parameter { name: "", value: "", encoding: Encoding::None };
        Self { few: [empty; FEW], length: 0, many: Vec::new() }
    }

    /// Takes the pairs of a query or of a form body.
    pub(crate) fn extend_from_form(&mut self, text: &'a str) {
        for (name, value) in form_pairs(text) {
            self.push(Parameter { name, value, encoding: Encoding::Form });
        }
    }

    /// Takes unencoded pairs.
    pub(crate) fn extend(&mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        for (name, value) in pairs {
            self.push(Parameter { name, value, encoding: Encoding::None });
        }
    }

    fn push(&mut self, parameter: Parameter<'a>) {
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

    /// Whether there is a parameter of this unencoded name.
    pub(crate) fn contains(&self, name: &str) -> bool {
        let all = self.few[..self.length].iter().chain(&self.many);
        all.into_iter().any(|parameter| parameter.cmp_name(name).is_eq())
    }

    /// Takes out every parameter of an unencoded name.
    pub(crate) fn remove(&mut self, name: &str) {
        let mut kept = 0;
        for place in 0..self.length {
            if self.few[place].cmp_name(name).is_ne() {
                self.few[kept] = self.few[place];
                kept += 1;
            }
        }
        self.length = kept;
        self.many.retain(|parameter| parameter.cmp_name(name).is_ne());
    }

    pub(crate) fn sort(&mut self) -> &[Parameter<'a>] {
        let all =
            if self.many.is_empty() { &mut self.few[..self.length] } else { &mut self.many[..] };
        all.sort_unstable_by(Parameter::cmp);
        all
    }
}
