//! The macro that declares operations.

/// Declares an operation as the API reference lists it.
///
/// ```text
/// endpoint! {
///     /// Lists the users who follow a user.
///     GET "/2/users/{id}/followers" getUsersFollowers
///     (Anyone: "follows.read" "tweet.read" "users.read") -> Page<User>;
///     pub struct Followers {
///         path {
///             /// The user who is followed.
///             id: UserId,
///         }
///         query {
///             /// Users per page.
///             max_results: u16 [1..=1000],
///             /// Which fields to return.
///             fields: UserFields,
///         }
///     }
/// }
/// ```
///
/// expands to
///
/// ```text
/// /// Lists the users who follow a user.
/// ///
/// /// `GET /2/users/{id}/followers`
/// #[derive(Clone, Debug)]
/// #[non_exhaustive]
/// pub struct Followers {
///     /// The user who is followed.
///     pub id: UserId,
///     /// Users per page. From 1 to 1000.
///     pub max_results: Option<u16>,
///     /// Which fields to return.
///     pub fields: Option<UserFields>,
/// }
///
/// impl Followers {
///     pub fn new(id: impl Into<UserId>) -> Self { … }
///     pub fn max_results(self, max_results: u16) -> Self { … }
///     pub fn fields(self, fields: impl Into<UserFields>) -> Self { … }
/// }
///
/// impl Endpoint for Followers {
///     type Response = Page<User>;
///     type Body = ();
///     type Auth = Anyone;
///     const METHOD: Method = Method::GET;
///     const PATH: &'static str = "/2/users/{id}/followers";
///     const OPERATION: &'static str = "getUsersFollowers";
///     const SCOPES: &'static [&'static str] = &["follows.read", "tweet.read", "users.read"];
///     const ABOUT: &'static str = " Lists the users who follow a user.\n";
///     fn path(&self) -> String { let id = segment(&self.id); format!("/2/users/{id}/followers") }
///     fn parameters() -> Vec<ParameterInfo> { … }     // id, max_results, user.fields, expansions, …
///     fn query(&self, query: &mut Query) {
///         query.check("max_results", &self.max_results, 1..=1000);
///         query.add("max_results", &self.max_results);
///         query.add("fields", &self.fields);
///     }
/// }
///
/// #[cfg(feature = "samples")]
/// impl SampleOperation for Followers { … }    // with nothing but what is required; with everything
/// ```
///
/// In this order: `path`, then `require` for parameters of the query that an operation cannot go
/// without, then a body, then the rest of the `query`. The body is either `body` with one type that
/// is all of it, or `json` with the fields that it needs (perhaps none), and behind it `optional`
/// with the others. A range is that of a number, of a list's length or of a text's, and is checked
/// when the request is built. A field is named on the wire as it is here, or as it says:
/// `post_id as tweet_id: PostId` in a path, and `post_id = "tweet_id": PostId` elsewhere.
///
/// A query that has `pagination_token`, or `next_token` alone, makes the operation
/// [`Paged`](super::Paged), with `-> Page<Item>`; where it has both, `next_token` comes just before.
macro_rules! endpoint {
    (
        $(#[doc = $about:literal])*
        $method:ident $path:literal $operation:ident ($auth:ident: $($scope:literal)*)
        -> $envelope:ident $(<$item:ty>)?;
        pub struct $name:ident {
            $(path {
                $($(#[doc = $path_about:literal])* $path_field:ident $(as $path_name:ident)?:
                    $path_type:ty),+ $(,)?
            })?
            $(require {
                $($(#[doc = $need_about:literal])* $need_field:ident $(= $need_wire:literal)?: $need_type:ty
                    $([$need_low:literal..=$need_high:literal])?),+ $(,)?
            })?
            $(json {
                $($(#[$json_meta:meta])* $json_field:ident $(= $json_wire:literal)?:
                    $json_type:ty $([$json_low:literal..=$json_high:literal])?),* $(,)?
            } $(optional {
                $($(#[$option_meta:meta])* $option_field:ident $(= $option_wire:literal)?:
                    $option_type:ty $([$option_low:literal..=$option_high:literal])?),+ $(,)?
            })?)?
            $(body { $(#[$body_meta:meta])* $body_field:ident: $body_type:ty $(,)? })?
            $(query {
                $($(#[doc = $query_about:literal])* $query_field:ident $(= $query_wire:literal)?:
                    $query_type:ty $([$low:literal..=$high:literal])?),+ $(,)?
            })?
        }
    ) => {
        $(#[doc = $about])*
        #[doc = concat!("\n\n`", stringify!($method), " ", $path, "`")]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct $name {
            $($($(#[doc = $path_about])* pub $path_field: $path_type,)+)?
            $($(
                $(#[doc = $need_about])*
                $(#[doc = concat!(" From ", $need_low, " to ", $need_high, ".")])?
                pub $need_field: $need_type,
            )+)?
            $($(
                $(#[$json_meta])*
                $(#[doc = concat!(" From ", $json_low, " to ", $json_high, ".")])?
                pub $json_field: $json_type,
            )*
            $($(
                $(#[$option_meta])*
                $(#[doc = concat!(" From ", $option_low, " to ", $option_high, ".")])?
                pub $option_field: Option<$option_type>,
            )+)?)?
            $($(#[$body_meta])* pub $body_field: $body_type,)?
            $($(
                $(#[doc = $query_about])*
                $(#[doc = concat!(" From ", $low, " to ", $high, ".")])?
                pub $query_field: Option<$query_type>,
            )+)?
        }

        impl $name {
            /// The operation with what it cannot go without.
            #[allow(clippy::new_without_default, reason = "an operation is asked for by name")]
            pub fn new(
                $($($path_field: impl Into<$path_type>,)+)?
                $($($need_field: impl Into<$need_type>,)+)?
                $($($json_field: impl Into<$json_type>,)*)?
                $($body_field: impl Into<$body_type>,)?
            ) -> Self {
                Self {
                    $($($path_field: $path_field.into(),)+)?
                    $($($need_field: $need_field.into(),)+)?
                    $($($json_field: $json_field.into(),)*
                    $($($option_field: None,)+)?)?
                    $($body_field: $body_field.into(),)?
                    $($($query_field: None,)+)?
                }
            }

            $($($(
                $(#[$option_meta])*
                $(#[doc = concat!(" From ", $option_low, " to ", $option_high, ".")])?
                #[must_use]
                pub fn $option_field(
                    mut self,
                    $option_field: $crate::endpoint::endpoint!(
                        @argument $option_type $(, $option_low)?
                    ),
                ) -> Self {
                    self.$option_field = Some($option_field.into());
                    self
                }
            )+)?)?

            $($(
                $(#[doc = $query_about])*
                $(#[doc = concat!(" From ", $low, " to ", $high, ".")])?
                #[must_use]
                pub fn $query_field(
                    mut self,
                    $query_field: $crate::endpoint::endpoint!(
                        @argument $query_type $(, $low)?
                    ),
                ) -> Self {
                    self.$query_field = Some($query_field.into());
                    self
                }
            )+)?
        }

        const _: () = {
            $($crate::endpoint::endpoint! { @sent
                { $($json_field $(= $json_wire)?: $json_type,)* }
                { $($($option_field $(= $option_wire)?: $option_type,)+)? }
            })?
            $(type Sent = $body_type;)?

            impl $crate::endpoint::Endpoint for $name {
                type Response = $envelope $(<$item>)?;
                type Body = $crate::endpoint::endpoint!(
                    @body_type $(json $($json_field)*)? $($body_field)?
                );
                type Auth = $crate::auth::$auth;
                const METHOD: ::http::Method = ::http::Method::$method;
                const PATH: &'static str = $path;
                const OPERATION: &'static str = stringify!($operation);
                const SCOPES: &'static [&'static str] = &[$($scope),*];
                const ABOUT: &'static str = concat!($($about, "\n"),*);

                fn path(&self) -> String {
                    $($($crate::endpoint::endpoint!(
                        @let self.$path_field $(as $path_name)?
                    );)+)?
                    format!($path)
                }

                fn parameters() -> Vec<$crate::endpoint::ParameterInfo> {
                    #[allow(unused_mut, reason = "some operations have no parameters")]
                    let mut parameters = $crate::endpoint::ParameterInfo::of_path($path);
                    $($crate::endpoint::ParameterInfo::tell(
                        &mut parameters, &[$(concat!($($path_about),*)),+]);)?
                    $($(<$need_type as $crate::endpoint::Parameter>::describe(
                        $crate::endpoint::ParameterInfo::of_query(
                            $crate::endpoint::endpoint!(@name $need_field $(, $need_wire)?))
                            .about(concat!($($need_about),*)).required()$(.within($need_low..=$need_high))?,
                        &mut parameters);)+)?
                    $($(<$query_type as $crate::endpoint::Parameter>::describe(
                        $crate::endpoint::ParameterInfo::of_query(
                            $crate::endpoint::endpoint!(@name $query_field $(, $query_wire)?))
                            .about(concat!($($query_about),*))$(.within($low..=$high))?,
                        &mut parameters);)+)?
                    parameters
                }

                #[allow(unused_variables, reason = "some operations have no query")]
                fn query(&self, query: &mut $crate::endpoint::Query) {
                    $($($crate::endpoint::endpoint! { @add query,
                        $crate::endpoint::endpoint!(@name $need_field $(, $need_wire)?),
                        &self.$need_field $(, $need_low..=$need_high)?
                    })+)?
                    $($($crate::endpoint::endpoint! { @add query,
                        $crate::endpoint::endpoint!(@name $query_field $(, $query_wire)?),
                        &self.$query_field $(, $low..=$high)?
                    })+)?
                    $(
                        $($crate::endpoint::endpoint! { @check query,
                            $crate::endpoint::endpoint!(@name $json_field $(, $json_wire)?),
                            &self.$json_field $(, $json_low..=$json_high)?
                        })*
                        $($($crate::endpoint::endpoint! { @check query,
                            $crate::endpoint::endpoint!(@name $option_field $(, $option_wire)?),
                            &self.$option_field $(, $option_low..=$option_high)?
                        })+)?
                    )?
                }

                $(
                    fn body(&self) -> $crate::endpoint::Body {
                        #[allow(unused_mut, reason = "some bodies have nothing optional")]
                        let mut body = Sent::new($(self.$json_field.clone()),*);
                        $($(body.$option_field.clone_from(&self.$option_field);)+)?
                        $crate::endpoint::Body::of(&body)
                    }
                )?

                $(
                    fn body(&self) -> $crate::endpoint::Body {
                        $crate::endpoint::Body::of(&self.$body_field)
                    }
                )?
            }

            #[cfg(feature = "samples")]
            #[allow(unused_variables, unused_mut, reason = "some operations have no parameters")]
            impl $crate::endpoint::SampleOperation for $name {
                fn least(from: $crate::sample::Sampler<'_>) -> Self {
                    Self {
                        $($($path_field: $crate::endpoint::endpoint!(
                            @sample from, stringify!($path_field)),)+)?
                        $($($need_field: $crate::endpoint::endpoint!(
                            @sample from,
                            $crate::endpoint::endpoint!(@name $need_field $(, $need_wire)?)
                            $(, $need_low)?),)+)?
                        $(
                            $($json_field: $crate::endpoint::endpoint!(
                                @sample from,
                                $crate::endpoint::endpoint!(@name $json_field $(, $json_wire)?)
                                $(, $json_low)?),)*
                            $($($option_field: None,)+)?
                        )?
                        $($body_field: $crate::endpoint::endpoint!(
                            @sample from, stringify!($body_field)),)?
                        $($($query_field: None,)+)?
                    }
                }

                fn fullest(from: $crate::sample::Sampler<'_>) -> Self {
                    let mut fullest = Self::least(from);
                    $($($(fullest.$option_field = Some($crate::endpoint::endpoint!(
                        @sample from,
                        $crate::endpoint::endpoint!(@name $option_field $(, $option_wire)?)
                        $(, $option_low)?));)+)?)?
                    $($(fullest.$query_field = Some($crate::endpoint::endpoint!(
                        @sample from,
                        $crate::endpoint::endpoint!(@name $query_field $(, $query_wire)?)
                        $(, $low)?));)+)?
                    fullest
                }
            }
        };

        $crate::endpoint::endpoint! { @paged
            $name $envelope $(<$item>)? $($($query_field)+)?
        }
    };

    // The body, where its fields are those of the operation.
    (@sent
        {}
        { $($option:ident $(= $option_wire:literal)?: $option_type:ty,)* }
    ) => {
        $crate::model::model! {
            /// The body.
            pub struct Sent {
                $($option $(= $option_wire)?: Option<$option_type>,)*
            }
        }
    };
    (@sent
        { $($field:ident $(= $wire:literal)?: $type:ty,)+ }
        { $($option:ident $(= $option_wire:literal)?: $option_type:ty,)* }
    ) => {
        $crate::model::model! {
            /// The body.
            pub struct Sent {
                required { $($field $(= $wire)?: $type,)+ }
                $($option $(= $option_wire)?: Option<$option_type>,)*
            }
        }
    };
    (@body_type) => { () };
    (@body_type $($fields:tt)+) => { Sent };

    (@sample $from:ident, $name:expr) => {
        $crate::sample::Sample::sample($from.parameter($name, None))
    };
    (@sample $from:ident, $name:expr, $low:literal) => {
        $crate::sample::Sample::sample($from.parameter($name, Some($low)))
    };

    (@add $query:ident, $name:expr, $value:expr $(, $range:expr)?) => {
        $($query.check($name, $value, $range);)?
        $query.add($name, $value);
    };
    (@check $query:ident, $name:expr, $value:expr $(, $range:expr)?) => {
        $($query.check($name, $value, $range);)?
    };

    // A number is given as it is, so that a literal has a type; anything else may be converted.
    (@argument $type:ty, $low:literal) => { $type };
    (@argument $type:ty) => { impl Into<$type> };

    (@let $self:ident.$field:ident) => {
        let $field = $crate::endpoint::segment(&$self.$field);
    };
    (@let $self:ident.$field:ident as $name:ident) => {
        let $name = $crate::endpoint::segment(&$self.$field);
    };

    (@name $field:ident) => { (stringify!($field)) };
    (@name $field:ident, $wire:literal) => { $wire };

    // Two names of one token: the older would contradict the one that is set.
    (@paged $name:ident Page<$item:ty> next_token pagination_token $($rest:ident)*) => {
        impl $crate::endpoint::Paged for $name {
            type Item = $item;

            fn set_pagination_token(&mut self, token: String) {
                self.next_token = None;
                self.pagination_token = Some(token);
            }
        }
    };
    (@paged $name:ident Page<$item:ty> pagination_token $($rest:ident)*) => {
        impl $crate::endpoint::Paged for $name {
            type Item = $item;

            fn set_pagination_token(&mut self, token: String) {
                self.pagination_token = Some(token);
            }
        }
    };
    (@paged $name:ident Page<$item:ty> next_token $($rest:ident)*) => {
        impl $crate::endpoint::Paged for $name {
            type Item = $item;

            fn set_pagination_token(&mut self, token: String) {
                self.next_token = Some(token);
            }
        }
    };
    (@paged $name:ident $envelope:ident $(<$item:ty>)? $other:ident $($rest:ident)*) => {
        $crate::endpoint::endpoint! { @paged $name $envelope $(<$item>)? $($rest)* }
    };
    (@paged $name:ident $envelope:ident $(<$item:ty>)?) => {};
}

pub(crate) use endpoint;
