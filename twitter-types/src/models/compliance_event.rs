//! Events of the compliance streams: what must be done to stored posts, users and likes.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use crate::id::{PostId, UserId};
use crate::json::Json;
use crate::model::{Vocabulary, Wire, Written, expected, model, serde_by_wire};
use crate::timestamp::Timestamp;

/// Declares an event that X writes as an object of one member, whose name tells what happened. A
/// member that is not known does not hide one that is.
macro_rules! event {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident($content:ty) = $wire:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant($content),)+
            /// An event that this crate does not know.
            Unknown(Box<str>, Json),
        }

        impl $name {
            /// When it happened, if X says so.
            pub fn event_at(&self) -> Option<Timestamp> {
                match self {
                    $(Self::$variant(content) => content.event_at,)+
                    Self::Unknown(_, content) => content.get("event_at")?.as_str()?.parse().ok(),
                }
            }
        }

        impl Wire for $name {
            fn read<'de, D: Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                struct Event(&'static str);

                impl<'de> Visitor<'de> for Event {
                    type Value = Option<$name>;

                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        expected(f, "an object of one member", self.0)
                    }

                    fn visit_map<A: MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<Self::Value, A::Error> {
                        let mut event = None;
                        let mut unknown = None;
                        while let Some(kind) = map.next_key::<String>()? {
                            match kind.as_str() {
                                $($wire => {
                                    let content = map.next_value::<Option<$content>>()?;
                                    event = content.map($name::$variant).or(event);
                                })+
                                _ => unknown = Some($name::Unknown(kind.into(), map.next_value()?)),
                            }
                        }
                        Ok(event.or(unknown))
                    }

                    fn visit_some<D: Deserializer<'de>>(
                        self,
                        from: D,
                    ) -> Result<Self::Value, D::Error> {
                        from.deserialize_map(self)
                    }

                    fn visit_none<E>(self) -> Result<Self::Value, E> {
                        Ok(None)
                    }

                    fn visit_unit<E>(self) -> Result<Self::Value, E> {
                        Ok(None)
                    }
                }

                from.deserialize_option(Event(field))
            }

            fn write<S: Serializer>(
                &self,
                vocabulary: Vocabulary,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                let mut map = to.serialize_map(Some(1))?;
                match self {
                    $(Self::$variant(content) => {
                        map.serialize_entry($wire, &Written(content, vocabulary))?;
                    })+
                    Self::Unknown(kind, content) => map.serialize_entry(kind, content)?,
                }
                map.end()
            }
        }

        serde_by_wire!($name);

        #[cfg(feature = "samples")]
        impl crate::sample::Sample for $name {
            fn sample(from: crate::sample::Sampler<'_>) -> Self {
                let all = [$(|from| Self::$variant(crate::sample::Sample::sample(from)),)+];
                all[from.turn() % all.len()](from)
            }
        }
    };
}

event! {
    /// What must be done to a stored post.
    pub enum PostCompliance {
        /// It was deleted: delete it.
        Delete(AffectedPost) = "delete",
        /// It is hidden for now.
        Drop(AffectedPost) = "drop",
        /// It has a new version.
        Edit(PostEdit) = "tweet_edit",
        /// It is shown again.
        Undrop(AffectedPost) = "undrop",
        /// It is withheld in some countries.
        Withheld(AffectedPost) = "withheld",
    }
}

event! {
    /// What must be done to a stored user.
    pub enum UserCompliance {
        /// The account was deleted: delete it and its posts.
        Delete(AffectedUser) = "user_delete",
        /// The profile was changed.
        ProfileModification(AffectedUser) = "user_profile_modification",
        /// The account is protected.
        Protect(AffectedUser) = "user_protect",
        /// Places are to be removed from the user's posts.
        ScrubGeo(AffectedUser) = "scrub_geo",
        /// The account is suspended.
        Suspend(AffectedUser) = "user_suspend",
        /// The account is back.
        Undelete(AffectedUser) = "user_undelete",
        /// The account is not protected any more.
        Unprotect(AffectedUser) = "user_unprotect",
        /// The account is not suspended any more.
        Unsuspend(AffectedUser) = "user_unsuspend",
        /// The account is withheld in some countries.
        Withheld(AffectedUser) = "user_withheld",
    }
}

event! {
    /// What must be done to a stored like.
    pub enum LikeCompliance {
        /// It was taken back: delete it.
        Delete(LikeDeletion) = "delete",
    }
}

event! {
    /// A label that X puts on a post.
    pub enum PostLabel {
        /// The post is shown with a notice.
        Notice(PostNotice) = "public_tweet_notice",
        /// The post cannot be seen.
        Unviewable(PostNotice) = "public_tweet_unviewable",
    }
}

model! {
    /// A post, by its id.
    pub struct PostReference {
        /// Who wrote it.
        author_id: Option<UserId>,
        /// Identifies it.
        id: Option<PostId>,
    }
}

model! {
    /// A user, by id.
    pub struct UserReference {
        /// Identifies the user.
        id: Option<UserId>,
    }
}

model! {
    /// A post that something has happened to.
    pub struct AffectedPost {
        /// When it happened.
        event_at: Option<Timestamp>,
        /// The post that it quotes.
        quote_post_id = "quote_tweet_id": Option<PostId>,
        /// The post.
        post = "tweet": Option<PostReference>,
        /// Where it is withheld, by country codes.
        withheld_in_countries: Vec<String>,
    }
}

model! {
    /// A post that has a new version.
    pub struct PostEdit {
        /// Every version, oldest first.
        edit_post_ids = "edit_tweet_ids": Vec<PostId>,
        /// When it happened.
        event_at: Option<Timestamp>,
        /// The first version.
        initial_post_id = "initial_tweet_id": Option<PostId>,
        /// The post.
        post = "tweet": Option<PostReference>,
    }
}

model! {
    /// A user whom something has happened to.
    pub struct AffectedUser {
        /// When it happened.
        event_at: Option<Timestamp>,
        /// What the field of the profile says now.
        new_value: Option<String>,
        /// The field of the profile that was changed.
        profile_field: Option<String>,
        /// The newest post to remove places from.
        up_to_post_id = "up_to_tweet_id": Option<PostId>,
        /// The user.
        user: Option<UserReference>,
        /// Where the account is withheld, by country codes.
        withheld_in_countries: Vec<String>,
    }
}

model! {
    /// A like that was taken back.
    pub struct LikeDeletion {
        /// When it happened.
        event_at: Option<Timestamp>,
        /// The like.
        favorite: Option<LikeReference>,
    }
}

model! {
    /// A like, by what was liked and who did.
    pub struct LikeReference {
        /// The post.
        id: Option<PostId>,
        /// Who liked it.
        user_id: Option<UserId>,
    }
}

model! {
    /// What X says of a post.
    pub struct PostNotice {
        /// Whether the label is put on or taken off: `apply` or `remove`.
        application: Option<String>,
        /// What it says.
        details: Option<String>,
        /// When it happened.
        event_at: Option<Timestamp>,
        /// The kind of notice.
        event_type: Option<String>,
        /// Where to read more.
        extended_details_url: Option<String>,
        /// Its heading.
        label_title: Option<String>,
        /// The post.
        post = "tweet": Option<PostReference>,
    }
}
