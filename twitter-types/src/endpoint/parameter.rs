//! How a field of an operation becomes parameters of its query.

use crate::{
    endpoint::{ParameterInfo, ParameterKind, Query},
    fields::Fields,
    id::{BroadcastId, ChatConversationId, Id, MediaKey, PlaceId, SpaceId, Username},
    model::OpenEnum,
    timestamp::Timestamp,
};

/// A value that can stand in a query.
pub trait Parameter {
    /// What a text must be to be such a value.
    const KIND: ParameterKind = ParameterKind::Text;

    /// The known values of an enum, or of a list of them.
    fn values() -> Vec<String> {
        Vec::new()
    }

    /// Adds the value under its name; an empty list adds nothing. A set of several lists, such as
    /// [`PostFields`](crate::posts::PostFields), brings its own names.
    fn append(&self, name: &str, query: &mut Query);

    /// Tells which parameters of the query such a value becomes.
    fn describe(info: ParameterInfo, parameters: &mut Vec<ParameterInfo>) {
        parameters.push(ParameterInfo { kind: Self::KIND, values: Self::values(), ..info });
    }
}

/// A value that a range can bound.
pub trait Measured {
    /// A number itself, the length of a list, the characters of a text; `None` if nothing is set.
    fn size(&self) -> Option<u64>;
}

impl<T: Parameter> Parameter for Option<T> {
    const KIND: ParameterKind = T::KIND;

    fn values() -> Vec<String> {
        T::values()
    }

    fn append(&self, name: &str, query: &mut Query) {
        if let Some(value) = self {
            value.append(name, query);
        }
    }
}

/// X joins the values of a list with commas.
impl<T: Parameter + ToString> Parameter for Vec<T> {
    const KIND: ParameterKind = ParameterKind::List;

    fn values() -> Vec<String> {
        T::values()
    }

    fn append(&self, name: &str, query: &mut Query) {
        let values: Vec<String> = self.iter().map(ToString::to_string).collect();
        if !values.is_empty() {
            query.push(name, values.join(","));
        }
    }
}

impl<F: OpenEnum> Parameter for Fields<F> {
    const KIND: ParameterKind = ParameterKind::List;

    fn values() -> Vec<String> {
        F::values()
    }

    fn append(&self, name: &str, query: &mut Query) {
        if !self.is_empty() {
            query.push(name, self);
        }
    }
}

impl<E: OpenEnum> Parameter for E {
    fn values() -> Vec<String> {
        E::ALL.iter().map(ToString::to_string).collect()
    }

    fn append(&self, name: &str, query: &mut Query) {
        query.push(name, self);
    }
}

impl<T> Parameter for Id<T> {
    fn append(&self, name: &str, query: &mut Query) {
        query.push(name, self);
    }
}

macro_rules! parameter_by_display {
    ($($kind:ident: $($type:ty),+;)+) => {$($(
        impl Parameter for $type {
            const KIND: ParameterKind = ParameterKind::$kind;

            fn append(&self, name: &str, query: &mut Query) {
                query.push(name, self);
            }
        }
    )+)+};
}

parameter_by_display! {
    Number: u8, u16, u32, u64, i32;
    Truth: bool;
    Text: String, Timestamp, BroadcastId, MediaKey, PlaceId, SpaceId, Username;
}

impl<T: Measured> Measured for Option<T> {
    fn size(&self) -> Option<u64> {
        self.as_ref()?.size()
    }
}

impl<T> Measured for Vec<T> {
    fn size(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl Measured for String {
    fn size(&self) -> Option<u64> {
        Some(self.chars().count() as u64)
    }
}

impl Measured for ChatConversationId {
    fn size(&self) -> Option<u64> {
        Some(self.as_str().len() as u64)
    }
}

macro_rules! measured {
    ($($number:ty),+) => {
        $(impl Measured for $number {
            fn size(&self) -> Option<u64> {
                Some((*self).into())
            }
        })*
    };
}

measured!(u8, u16, u32, u64);
