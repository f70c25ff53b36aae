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
///     type Auth = Anyone;
///     const METHOD: Method = Method::GET;
///     const PATH: &'static str = "/2/users/{id}/followers";
///     const OPERATION: &'static str = "getUsersFollowers";
///     const SCOPES: &'static [&'static str] = &["follows.read", "tweet.read", "users.read"];
///     fn path(&self) -> String { let id = &self.id; format!("/2/users/{id}/followers") }
///     fn query(&self, query: &mut Query) {
///         query.add("max_results", &self.max_results, Some(1..=1000));
///         query.add("fields", &self.fields, None);
///     }
/// }
/// ```
///
/// What stands before `query` is required: the `path`, then `require` for parameters of the query,
/// then a body: either `body` with one type that is all of it, or `json` with its fields. A range is
/// that of a number, of a list's length or of a text's, and is checked when the request is built.
/// A field is named on the wire as it is here, or as it says: `post_id as tweet_id: PostId` in a path,
/// and `post_id = "tweet_id": PostId` in a body.
///
/// A query that has `pagination_token` makes the operation [`Paged`](super::Paged),
/// with `-> Page<Item>`.
macro_rules! endpoint {
    (
        $(#[$meta:meta])*
        $method:ident $path:literal $operation:ident ($auth:ident: $($scope:literal)*)
        -> $envelope:ident $(<$item:ty>)?;
        pub struct $name:ident {
            $(path {
                $($(#[$path_meta:meta])* $path_field:ident $(as $path_name:ident)?:
                    $path_type:ty),+ $(,)?
            })?
            $(require {
                $($(#[$need_meta:meta])* $need_field:ident: $need_type:ty
                    $([$need_low:literal..=$need_high:literal])?),+ $(,)?
            })?
            $(json {
                $($(#[$json_meta:meta])* $json_field:ident $(= $json_wire:literal)?:
                    $json_type:ty),+ $(,)?
            })?
            $(body { $(#[$body_meta:meta])* $body_field:ident: $body_type:ty $(,)? })?
            $(query {
                $($(#[$query_meta:meta])* $query_field:ident: $query_type:ty
                    $([$low:literal..=$high:literal])?),+ $(,)?
            })?
        }
    ) => {
        $(#[$meta])*
        #[doc = concat!("\n\n`", stringify!($method), " ", $path, "`")]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct $name {
            $($($(#[$path_meta])* pub $path_field: $path_type,)+)?
            $($(
                $(#[$need_meta])*
                $(#[doc = concat!(" From ", $need_low, " to ", $need_high, ".")])?
                pub $need_field: $need_type,
            )+)?
            $($($(#[$json_meta])* pub $json_field: $json_type,)+)?
            $($(#[$body_meta])* pub $body_field: $body_type,)?
            $($(
                $(#[$query_meta])*
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
                $($($json_field: impl Into<$json_type>,)+)?
                $($body_field: impl Into<$body_type>,)?
            ) -> Self {
                Self {
                    $($($path_field: $path_field.into(),)+)?
                    $($($need_field: $need_field.into(),)+)?
                    $($($json_field: $json_field.into(),)+)?
                    $($body_field: $body_field.into(),)?
                    $($($query_field: None,)+)?
                }
            }

            $($(
                $(#[$query_meta])*
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

        impl $crate::endpoint::Endpoint for $name {
            type Response = $envelope $(<$item>)?;
            type Auth = $crate::auth::$auth;
            const METHOD: ::http::Method = ::http::Method::$method;
            const PATH: &'static str = $path;
            const OPERATION: &'static str = stringify!($operation);
            const SCOPES: &'static [&'static str] = &[$($scope),*];

            fn path(&self) -> String {
                $($($crate::endpoint::endpoint!(@let self.$path_field $(as $path_name)?);)+)?
                format!($path)
            }

            $crate::endpoint::endpoint! { @query
                $($($need_field $([$need_low..=$need_high])?,)+)?
                $($($query_field $([$low..=$high])?,)+)?
            }

            $(
                fn body(&self) -> $crate::endpoint::Body {
                    $crate::endpoint::Body::json(&serde_json::json!({
                        $($crate::endpoint::endpoint!(@name $json_field $(, $json_wire)?):
                            self.$json_field,)+
                    }))
                }
            )?

            $(
                fn body(&self) -> $crate::endpoint::Body {
                    $crate::endpoint::Body::json(&self.$body_field)
                }
            )?
        }

        $crate::endpoint::endpoint! { @paged
            $name $envelope $(<$item>)? $($($query_field)+)?
        }
    };

    // A number is given as it is, so that a literal has a type; anything else may be converted.
    (@argument $type:ty, $low:literal) => { $type };
    (@argument $type:ty) => { impl Into<$type> };

    (@query) => {};
    (@query $($field:ident $([$low:literal..=$high:literal])?,)+) => {
        fn query(&self, query: &mut $crate::endpoint::Query) {
            $(query.add(
                stringify!($field),
                &self.$field,
                $crate::endpoint::endpoint!(@range $($low..=$high)?),
            );)+
        }
    };
    (@range) => { None };
    (@range $low:literal..=$high:literal) => { Some($low..=$high) };

    (@let $self:ident.$field:ident) => { let $field = &$self.$field; };
    (@let $self:ident.$field:ident as $name:ident) => { let $name = &$self.$field; };

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
    (@paged $name:ident $envelope:ident $(<$item:ty>)? $other:ident $($rest:ident)*) => {
        $crate::endpoint::endpoint! { @paged $name $envelope $(<$item>)? $($rest)* }
    };
    (@paged $name:ident $envelope:ident $(<$item:ty>)?) => {};
}

pub(crate) use endpoint;
