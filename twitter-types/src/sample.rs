//! Values with every field filled: for your tests, and for servers that stand in for X.
//!
//! ```
//! use twitter_types::models::User;
//! use twitter_types::sample::{Sample, Sampler};
//!
//! let user = User::sample(Sampler::new());
//! assert!(user.public_metrics.unwrap().followers_count.is_some());
//! ```

use crate::json::Json;
use crate::model::OpenEnum;
use crate::timestamp::Timestamp;

/// A value that can be made up.
pub trait Sample: Sized {
    /// Makes a value, the same for the same sampler.
    fn sample(from: Sampler<'_>) -> Self;
}

/// How large values are to be, and which value an enum takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sampler<'a> {
    #[cfg_attr(not(feature = "endpoints"), expect(dead_code, reason = "operations have sizes"))]
    sizes: &'a [(&'a str, u64)],
    size: Option<u64>,
    turn: usize,
    depth: u8,
}

impl<'a> Sampler<'a> {
    /// Objects nest no deeper than this: one could hold itself.
    const DEPTH: u8 = 6;

    /// Values of any size.
    pub const fn new() -> Self {
        Self { sizes: &[], size: None, turn: 0, depth: 0 }
    }

    /// Gives some parameters of an operation a size: the number itself, or the length of a text or
    /// list. The others get the least that X takes.
    #[must_use]
    pub const fn with_sizes(self, sizes: &'a [(&'a str, u64)]) -> Self {
        Self { sizes, ..self }
    }

    /// Another value of each enum: as many turns as an enum has values show them all.
    #[must_use]
    pub const fn at(self, turn: usize) -> Self {
        Self { turn, ..self }
    }

    /// For a parameter of an operation, and the least size that X takes of it, if it says.
    #[cfg(feature = "endpoints")]
    pub(crate) fn parameter(self, name: &str, least: Option<u64>) -> Self {
        let named = self.sizes.iter().find(|(known, _)| *known == name);
        Self {
            size: named.map(|(_, size)| *size).or_else(|| least.map(|least| least.max(1))),
            ..self
        }
    }

    /// A number of the size to take.
    pub(crate) fn number<N: TryFrom<u64, Error: std::fmt::Debug>>(self) -> N {
        N::try_from(self.size.unwrap_or(1)).expect("a size that fits")
    }

    /// Which value of each enum to take.
    pub(crate) const fn turn(self) -> usize {
        self.turn
    }

    /// For a field of an object.
    pub(crate) const fn field(self) -> Self {
        Self { size: None, depth: self.depth + 1, ..self }
    }
}

/// Implements [`Sample`] by an expression.
macro_rules! sample {
    ($($type:ty: |$from:pat_param| $value:expr;)*) => {
        $(impl $crate::sample::Sample for $type {
            fn sample($from: $crate::sample::Sampler<'_>) -> Self {
                $value
            }
        })*
    };
}

pub(crate) use sample;

sample! {
    bool: |_| true;
    u8: |from| from.number();
    u16: |from| from.number();
    u32: |from| from.number();
    u64: |from| from.number();
    i32: |from| from.number();
    i64: |from| from.number();
    f64: |from| f64::from(from.number::<u32>()) + 0.5;
    String: |from| match from.size {
        None => "sample".into(),
        Some(_) => "é".repeat(from.number()),
    };
    Box<str>: |from| String::sample(from).into();
    Timestamp: |from| {
        Self::from_seconds(1_767_225_600 + from.number::<i64>()).expect("a time within the range")
    };
    Json: |from| Self::String(String::sample(from));
}

impl<T: Sample> Sample for Option<T> {
    fn sample(from: Sampler<'_>) -> Self {
        (from.depth < Sampler::DEPTH).then(|| T::sample(from))
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(from: Sampler<'_>) -> Self {
        if from.depth >= Sampler::DEPTH || from.size == Some(0) {
            return Self::new();
        }
        let sized = |item| Sampler { size: from.size.map(|_| item), ..from };
        (1..=from.number()).map(|item| T::sample(sized(item))).collect()
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample(from: Sampler<'_>) -> Self {
        Self::new(T::sample(from))
    }
}

impl<T: Sample, const N: usize> Sample for [T; N] {
    fn sample(from: Sampler<'_>) -> Self {
        std::array::from_fn(|_| T::sample(from))
    }
}

impl<T> Sample for crate::id::Id<T> {
    fn sample(from: Sampler<'_>) -> Self {
        Self::new(from.number())
    }
}

impl<F: OpenEnum> Sample for crate::fields::Fields<F> {
    fn sample(_: Sampler<'_>) -> Self {
        Self::all()
    }
}

/// One of an enum's values, or a made-up one of an enum without any.
pub(crate) fn choice<E: OpenEnum>(from: Sampler<'_>) -> E {
    match E::ALL {
        [] => "sample".into(),
        values => values[from.turn % values.len()].clone(),
    }
}
