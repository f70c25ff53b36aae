//! The macro that declares models.

/// Declares an object of a reply as the API reference lists it.
///
/// ```text
/// model! {
///     /// A poll.
///     pub struct Poll {
///         required {
///             /// Identifies the poll; without it the object is meaningless.
///             id: PollId,
///         }
///         /// A plain field: the name on the wire is the field's.
///         duration_minutes: Option<u64>,
///         /// A list, empty when absent.
///         options: Vec<PollOption>,
///         /// A field whose name in Rust is not the one on the wire.
///         kind = "type": Option<PollKind>,
///         /// A field with an older spelling, which is read too.
///         post_count | tweet_count: Option<u64>,
///         /// A field whose type does not say how it looks on the wire under its current name.
///         votes: Option<u64> as Quoted,
///     }
/// }
/// ```
///
/// expands to
///
/// ```text
/// /// A poll.
/// #[non_exhaustive]
/// #[derive(Clone, Debug, PartialEq)]          // and Default, where nothing is required
/// pub struct Poll {
///     pub id: PollId,
///     pub duration_minutes: Option<u64>,
///     // … each field, with its documentation …
///     pub extra: Extra,
/// }
///
/// impl Poll {
///     pub fn new(id: PollId) -> Self { … }    // every other field empty
/// }
///
/// impl Model for Poll {
///     const NAME: &'static str = "Poll";
///
///     fn read_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
///         enum Name { id, post_count, tweet_count, … }         // every spelling
///         fn name(key: &str) -> Option<Name> {
///             Some(match key { "id" => Name::id, "type" => Name::kind, …, _ => return None })
///         }
///         let mut id = None;
///         let mut post_count = Default::default();             // each spelling has its own slot:
///         let mut tweet_count = Default::default();            // order cannot matter
///         let mut extra = Extra::new();
///         while let Some(key) = map.next_key_seed(KeySeed(name))? {
///             match key {
///                 Ok(Name::post_count) => map.next_value_seed(… &mut post_count)?,
///                 …
///                 Err(unknown) => extra.read(unknown, &mut map)?,
///             }
///         }
///         Ok(Self {
///             id: id.ok_or_else(|| Error::missing_field("id"))?,
///             post_count: post_count.or_old(tweet_count),
///             …,
///             extra,
///         })
///     }
///
///     fn write_map<M: SerializeMap>(&self, vocabulary: Vocabulary, map: &mut M) -> … {
///         write_field(map, vocabulary.pick("post_count", &["tweet_count"]), …)?;  // if not empty
///         …
///         self.extra.write(map)
///     }
/// }
///
/// // and Wire, Deserialize and Serialize, through these two
/// ```
macro_rules! model {
    ($(#[$meta:meta])* pub struct $model:ident $(<$t:ident>)? {
        required {
            $($(#[$rmeta:meta])* $rfield:ident $(= $rwire:literal)? : $rty:ty),+ $(,)?
        }
        $($(#[$fmeta:meta])* $field:ident $(= $wire:literal)? $(| $old:ident)* : $ty:ty
            $(as $form:ty)?),* $(,)?
    }) => {
        $crate::model::model! { @expand
            $(#[$meta])* pub struct $model $(<$t>)? {
                required { $($(#[$rmeta])* $rfield $(= $rwire)? : $rty,)+ }
                $($(#[$fmeta])* $field $(= $wire)? $(| $old)* : $ty $(as $form)?,)*
            }
        }
    };

    ($(#[$meta:meta])* pub struct $model:ident $(<$t:ident>)? {
        $($(#[$fmeta:meta])* $field:ident $(= $wire:literal)? $(| $old:ident)* : $ty:ty
            $(as $form:ty)?),* $(,)?
    }) => {
        $crate::model::model! { @expand
            $(#[$meta])*
            #[derive(Default)]
            pub struct $model $(<$t>)? {
                required {}
                $($(#[$fmeta])* $field $(= $wire)? $(| $old)* : $ty $(as $form)?,)*
            }
        }
    };

    (@expand $(#[$meta:meta])* pub struct $model:ident $(<$t:ident>)? {
        required { $($(#[$rmeta:meta])* $rfield:ident $(= $rwire:literal)? : $rty:ty,)* }
        $($(#[$fmeta:meta])* $field:ident $(= $wire:literal)? $(| $old:ident)* : $ty:ty
            $(as $form:ty)?,)*
    }) => {
        $(#[$meta])*
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $model $(<$t>)? {
            $($(#[$rmeta])* pub $rfield: $rty,)*
            $($(#[$fmeta])* pub $field: $ty,)*
            /// Fields that this crate does not know; written back as they came.
            pub extra: $crate::model::Extra,
        }

        impl $(<$t>)? $model $(<$t>)? {
            /// The object with nothing but what it cannot do without.
            pub fn new($($rfield: $rty),*) -> Self {
                Self {
                    $($rfield,)*
                    $($field: Default::default(),)*
                    extra: $crate::model::Extra::new(),
                }
            }
        }

        impl $(<$t: $crate::model::Wire>)? $crate::model::Model for $model $(<$t>)? {
            const NAME: &'static str = stringify!($model);

            fn read_map<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                #[allow(non_camel_case_types)]
                enum Name { $($rfield,)* $($field, $($old,)*)* }

                fn name(key: &str) -> Option<Name> {
                    Some(match key {
                        $($crate::model::wire_name!($rfield $($rwire)?) => Name::$rfield,)*
                        $($crate::model::wire_name!($field $($wire)?) => Name::$field,
                            $(stringify!($old) => Name::$old,)*)*
                        _ => return None,
                    })
                }

                #[allow(unused_imports)]
                use $crate::model::Field as _;
                $(let mut $rfield: Option<$rty> = None;)*
                $(let mut $field = <$ty>::default();
                    $(let mut $old = <$ty>::default();)*)*
                let mut extra = $crate::model::Extra::new();
                while let Some(key) = map.next_key_seed($crate::model::KeySeed(name))? {
                    match key {
                        $(Ok(Name::$rfield) => map.next_value_seed(
                            $crate::model::ValueSeed::<Option<$rty>>::new(
                                $crate::model::wire_name!($rfield $($rwire)?), &mut $rfield))?,)*
                        $(Ok(Name::$field) => map.next_value_seed(
                            $crate::model::ValueSeed::<$ty $(, $form)?>::new(
                                $crate::model::wire_name!($field $($wire)?), &mut $field))?,
                            $(Ok(Name::$old) => map.next_value_seed(
                                $crate::model::ValueSeed::<$ty>::new(
                                    stringify!($old), &mut $old))?,)*)*
                        Err(unknown) => extra.read(unknown, &mut map)?,
                    }
                }
                Ok(Self {
                    $($rfield: $rfield.ok_or_else(|| serde::de::Error::missing_field(
                        $crate::model::wire_name!($rfield $($rwire)?)))?,)*
                    $($field: $field $(.or_old($old))*,)*
                    extra,
                })
            }

            fn write_map<M: serde::ser::SerializeMap>(
                &self,
                vocabulary: $crate::model::Vocabulary,
                map: &mut M,
            ) -> Result<(), M::Error> {
                $(map.serialize_entry(
                    $crate::model::wire_name!($rfield $($rwire)?),
                    &$crate::model::Written(&self.$rfield, vocabulary))?;)*
                $($crate::model::write_field::<$ty, $crate::model::form!($($form)?), M>(
                    map,
                    vocabulary.pick(
                        $crate::model::wire_name!($field $($wire)?), &[$(stringify!($old)),*]),
                    &self.$field,
                    vocabulary)?;)*
                self.extra.write(map)
            }
        }

        impl $(<$t: $crate::model::Wire>)? $crate::model::Wire for $model $(<$t>)? {
            fn read<'de, D: serde::Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                let mut object = None;
                $crate::model::read_object(field, from, |value| object = value)?;
                Ok(object)
            }

            fn read_to<'de, D: serde::Deserializer<'de>>(
                field: &'static str,
                from: D,
                put: impl FnOnce(Option<Self>),
            ) -> Result<(), D::Error> {
                $crate::model::read_object(field, from, put)
            }

            fn write<S: serde::Serializer>(
                &self,
                vocabulary: $crate::model::Vocabulary,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::model::write_object(self, vocabulary, to)
            }
        }

        $crate::model::serde_by_wire!($model $(<$t: $crate::model::Wire>)?);

        #[cfg(feature = "samples")]
        impl $(<$t: $crate::sample::Sample>)? $crate::sample::Sample for $model $(<$t>)? {
            #[allow(unused_variables, reason = "some objects have no fields")]
            fn sample(from: $crate::sample::Sampler<'_>) -> Self {
                let from = from.field();
                Self {
                    $($rfield: $crate::sample::Sample::sample(from),)*
                    $($field: $crate::sample::Sample::sample(from),)*
                    extra: $crate::model::Extra::new(),
                }
            }
        }
    };
}

/// A field's name on the wire: the one given, or the field's own.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

/// A field's form: the one given, or plain.
macro_rules! form {
    () => {
        $crate::model::Plain
    };
    ($form:ty) => {
        $form
    };
}

pub(crate) use {form, model, wire_name};
