//! How to make each operation: with nothing but what it needs, and with everything.

use twitter_types::{
    Username,
    auth::{Accepts, AnyUser, Anyone, AppOnly, AppOrOAuth2User, Credential, OAuth2UserOnly},
    endpoint::{BaseUrl, Endpoint, Error, Request, Stamp, request},
    id::{PostId, UserId},
    posts::{self, NewPost},
    usage, users,
};

use crate::sample::Source;

/// An operation, made from values.
pub(crate) struct Call {
    pub(crate) id: &'static str,
    pub(crate) least: fn(&Source) -> Result<Request, Error>,
    pub(crate) fullest: fn(&Source) -> Result<Request, Error>,
}

/// `posts::ById(id: PostId) fields;` makes the operation by `posts::ById::new(id)`, and the fullest
/// of its kind by setting `fields` too.
macro_rules! calls {
    ($($module:ident::$name:ident($($need:ident: $type:ty),*) $($field:ident)*;)*) => {
        pub(crate) const CALLS: &[Call] = &[$(Call {
            id: $module::$name::OPERATION,
            least: |values| {
                let _ = values;
                send(&$module::$name::new($(values.sample::<$type>(stringify!($need))),*))
            },
            fullest: |values| {
                let _ = values;
                #[allow(unused_mut, reason = "some operations have nothing to set")]
                let mut call = $module::$name::new($(values.sample::<$type>(stringify!($need))),*);
                $(call.$field = Some(values.sample(stringify!($field)));)*
                send(&call)
            },
        },)*];
    };
}

calls! {
    posts::ById(id: PostId) fields;
    posts::ByIds(ids: Vec<PostId>) fields;
    posts::Create(post: NewPost);
    posts::Delete(id: PostId);
    posts::Like(id: UserId, post_id: PostId);
    posts::SearchRecent(query: String)
        max_results next_token pagination_token start_time end_time since_id until_id sort_order
        fields;
    posts::Unlike(id: UserId, tweet_id: PostId);
    usage::Posts() days fields;
    users::ById(id: UserId) fields;
    users::ByIds(ids: Vec<UserId>) fields;
    users::ByUsername(username: Username) fields;
    users::ByUsernames(usernames: Vec<Username>) fields;
    users::Followers(id: UserId) max_results pagination_token fields;
    users::Following(id: UserId) max_results pagination_token fields;
    users::Me() fields;
}

fn send<E: Endpoint<Auth: Accepts<Nobody>>>(operation: &E) -> Result<Request, Error> {
    request(&BaseUrl::default(), operation, &Nobody, &Stamp::none())
}

/// A credential for every operation, which adds nothing to the request.
struct Nobody;

impl Credential for Nobody {
    type Kind = Self;

    fn authorize(&self, _: &mut Request, _: &Stamp<'_>) -> Result<(), Error> {
        Ok(())
    }
}

impl Accepts<Nobody> for Anyone {}
impl Accepts<Nobody> for AnyUser {}
impl Accepts<Nobody> for AppOnly {}
impl Accepts<Nobody> for AppOrOAuth2User {}
impl Accepts<Nobody> for OAuth2UserOnly {}
