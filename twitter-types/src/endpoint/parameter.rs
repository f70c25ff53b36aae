//! How a field of an operation becomes parameters of its query.

use crate::{
    endpoint::Query,
    fields::Fields,
    id::{Id, Username},
    model::OpenEnum,
    timestamp::Timestamp,
};

/// A value that can stand in a query.
pub trait Parameter {
    /// Adds the value under its name; an empty list adds nothing. A set of several lists, such as
    /// [`PostFields`](crate::posts::PostFields), brings its own names.
    fn append(&self, name: &str, query: &mut Query);

    /// What a range bounds: a number itself, the length of a list, the characters of a text.
    fn size(&self) -> Option<u64> {
        None
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn append(&self, name: &str, query: &mut Query) {
        if let Some(value) = self {
            value.append(name, query);
        }
    }

    fn size(&self) -> Option<u64> {
        self.as_ref()?.size()
    }
}

/// X joins the values of a list with commas.
impl<T: ToString> Parameter for Vec<T> {
    fn append(&self, name: &str, query: &mut Query) {
        let values: Vec<String> = self.iter().map(ToString::to_string).collect();
        if !values.is_empty() {
            query.push(name, values.join(","));
        }
    }

    fn size(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl<F: OpenEnum> Parameter for Fields<F> {
    fn append(&self, name: &str, query: &mut Query) {
        if !self.is_empty() {
            query.push(name, self);
        }
    }
}

impl<T> Parameter for Id<T> {
    fn append(&self, name: &str, query: &mut Query) {
        query.push(name, self);
    }
}

impl Parameter for String {
    fn append(&self, name: &str, query: &mut Query) {
        query.push(name, self);
    }

    fn size(&self) -> Option<u64> {
        Some(self.chars().count() as u64)
    }
}

macro_rules! parameter_by_display {
    ($($type:ty $(=> |$number:ident| $size:expr)?;)*) => {$(
        impl Parameter for $type {
            fn append(&self, name: &str, query: &mut Query) {
                query.push(name, self);
            }

            $(fn size(&self) -> Option<u64> {
                let $number = self;
                Some($size)
            })?
        }
    )*};
}

parameter_by_display! {
    u8 => |number| (*number).into();
    u16 => |number| (*number).into();
    u32 => |number| (*number).into();
    u64 => |number| *number;
    bool;
    Timestamp;
    Username;
    crate::posts::SortOrder;
}
