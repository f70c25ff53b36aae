//! What a reply returned: the resources in it that X bills.

use std::any::Any;

use super::seen::Key;
use crate::{
    One, Page,
    endpoint::{DynamicBody, Lines},
    envelope::Matched,
    json::Json,
    models::{Community, DmEvent, Includes, Like, List, Note, Post, PostStub, Space, User},
};

/// The resources of a reply, each by its id; one without an id is `None`.
#[derive(Debug, Default)]
pub(super) struct Returned {
    pub(super) data: Vec<Option<Key>>,
    pub(super) posts: Vec<Option<Key>>,
    pub(super) users: Vec<Option<Key>>,
}

/// An object that X bills for.
trait Resource: 'static {
    fn key(&self) -> Option<Key>;
}

macro_rules! resources {
    ($($name:ident)+ ; $($optional:ident)+) => {
        $(impl Resource for $name {
            fn key(&self) -> Option<Key> {
                Some(Key::of(&self.id))
            }
        })+
        $(impl Resource for $optional {
            fn key(&self) -> Option<Key> {
                self.id.as_ref().map(Key::of)
            }
        })+

        impl Returned {
            /// Of the body of a reply, or of an item of a stream.
            pub(super) fn of(body: &dyn Any) -> Self {
                let mut returned = Self::default();
                $(returned.add::<$name>(body);)+
                $(returned.add::<$optional>(body);)+
                match body.downcast_ref() {
                    Some(DynamicBody::Json(body)) => returned.add_json(body),
                    _ => returned,
                }
            }
        }
    };
}

resources!(Post PostStub User; Community DmEvent Like List Note Space);

impl Returned {
    fn add<T: Resource>(&mut self, body: &dyn Any) {
        if let Some(Page { data, includes, .. }) = body.downcast_ref::<Page<T>>() {
            self.add_all(data, includes.as_ref());
        } else if let Some(One { data, includes, .. }) = body.downcast_ref::<One<T>>() {
            self.add_all(data, includes.as_ref());
        } else if let Some(Matched { data, includes, .. }) = body.downcast_ref::<Matched<T>>() {
            self.add_all(data, includes.as_ref());
        } else if let Some(Lines { items, .. }) = body.downcast_ref::<Lines<One<T>>>() {
            items.iter().for_each(|item| self.add_all(&item.data, item.includes.as_ref()));
        } else if let Some(Lines { items, .. }) = body.downcast_ref::<Lines<Matched<T>>>() {
            items.iter().for_each(|item| self.add_all(&item.data, item.includes.as_ref()));
        }
    }

    fn add_all<'a, T: Resource>(
        &mut self,
        data: impl IntoIterator<Item = &'a T>,
        includes: Option<&Includes>,
    ) {
        self.data.extend(data.into_iter().map(Resource::key));
        if let Some(includes) = includes {
            self.posts.extend(includes.posts.iter().map(Resource::key));
            self.users.extend(includes.users.iter().map(Resource::key));
        }
    }

    fn add_json(mut self, body: &Json) -> Self {
        fn keys(list: Option<&Json>) -> impl Iterator<Item = Option<Key>> {
            let items = match list {
                Some(Json::Array(items)) => items.as_slice(),
                Some(item @ Json::Object(_)) => std::slice::from_ref(item),
                _ => &[],
            };
            items.iter().map(|item| Some(Key::of(&item.get("id")?.as_str()?)))
        }
        self.data.extend(keys(body.get("data")));
        if let Some(includes) = body.get("includes") {
            self.posts.extend(keys(includes.get("posts").or_else(|| includes.get("tweets"))));
            self.users.extend(keys(includes.get("users")));
        }
        self
    }
}
