//! The macro that declares what to return of the objects of a reply.

/// Declares the lists of fields that several operations take together.
///
/// ```text
/// field_set! {
///     /// What to return of users.
///     pub struct UserFields: UserField {
///         /// Of users.
///         user: UserField = "user.fields" without PRIVATE,
///         /// What to bring along.
///         expansions: UserExpansion = "expansions",
///     }
/// }
/// ```
///
/// makes a struct of [`Fields`](crate::fields::Fields), with `all()`, which leaves out what only
/// some may see, and with a conversion from a list of the fields that stand behind its name.
macro_rules! field_set {
    (
        $(#[$meta:meta])*
        pub struct $name:ident: $main_type:ty {
            $(#[$main_meta:meta])*
            $main:ident: $main_enum:ident = $main_wire:literal $(without $main_private:ident)?,
            $($(#[$field_meta:meta])* $field:ident: $enum:ident = $wire:literal
                $(without $private:ident)?,)*
        }
    ) => {
        $(#[$meta])*
        ///
        /// Empty, as by default, it leaves X to its own small choice: what identifies an object, and
        /// its name or text. [`all`](Self::all) asks for everything.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            $(#[$main_meta])*
            #[doc = concat!(" `", $main_wire, "`.")]
            pub $main: $crate::fields::Fields<$main_enum>,
            $(
                $(#[$field_meta])*
                #[doc = concat!(" `", $wire, "`.")]
                pub $field: $crate::fields::Fields<$enum>,
            )*
        }

        impl $name {
            /// All that X has, but for what it shows to some alone.
            pub fn all() -> Self {
                Self {
                    $main: $crate::fields::Fields::all()$(.without($main_enum::$main_private))?,
                    $($field: $crate::fields::Fields::all()$(.without($enum::$private))?,)*
                }
            }
        }

        impl<F: Into<$crate::fields::Fields<$main_type>>> From<F> for $name {
            fn from(fields: F) -> Self {
                #[allow(clippy::needless_update, reason = "some sets have one list")]
                Self { $main: fields.into(), ..Self::default() }
            }
        }

        impl $crate::endpoint::Parameter for $name {
            fn append(&self, _: &str, query: &mut $crate::endpoint::Query) {
                self.$main.append($main_wire, query);
                $(self.$field.append($wire, query);)*
            }

            fn describe(
                info: $crate::endpoint::ParameterInfo,
                parameters: &mut Vec<$crate::endpoint::ParameterInfo>,
            ) {
                type List<F> = $crate::fields::Fields<F>;
                List::<$main_enum>::describe(info.named($main_wire), parameters);
                $(List::<$enum>::describe(info.named($wire), parameters);)*
            }
        }

        #[cfg(feature = "samples")]
        $crate::sample::sample! {
            $name: |_| Self {
                $main: $crate::fields::Fields::all(),
                $($field: $crate::fields::Fields::all(),)*
            };
        }
    };
}

pub(crate) use field_set;
