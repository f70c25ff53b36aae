//! What may be said of a parameter without its value.

use std::ops::RangeInclusive;

/// A parameter of an operation, as a value: for help texts, completions and bridges.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Whether it stands in the path; otherwise in the query.
    pub in_path: bool,
    /// Whether the operation cannot go without.
    pub required: bool,
    /// What a text must be to be its value.
    pub kind: ParameterKind,
    /// What X takes: of a number itself, of a list or a text its length.
    pub range: Option<RangeInclusive<u64>>,
    /// The known values of an enum, or of a list of them.
    pub values: Vec<String>,
}

/// What a text must be to be the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterKind {
    /// Any text: an id, a time, a token.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Truth,
    /// Values with commas between.
    List,
}

impl ParameterInfo {
    /// The parameters of a path, by the `{names}` in it.
    pub(crate) fn of_path(path: &'static str) -> Vec<Self> {
        let names = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let about = "Which one.";
        names.map(|name| Self { in_path: true, about, ..Self::of_query(name).required() }).collect()
    }

    pub(crate) const fn of_query(name: &'static str) -> Self {
        Self {
            name,
            about: "",
            in_path: false,
            required: false,
            kind: ParameterKind::Text,
            range: None,
            values: Vec::new(),
        }
    }

    pub(crate) fn named(&self, name: &'static str) -> Self {
        Self { name, ..self.clone() }
    }

    /// Tells of each what it is for.
    pub(crate) fn tell(parameters: &mut [Self], about: &[&'static str]) {
        parameters.iter_mut().zip(about).for_each(|(info, about)| info.about = about.trim());
    }

    pub(crate) fn about(self, about: &'static str) -> Self {
        Self { about: about.trim(), ..self }
    }

    pub(crate) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(crate) fn within(self, range: RangeInclusive<u64>) -> Self {
        Self { range: Some(range), ..self }
    }
}
