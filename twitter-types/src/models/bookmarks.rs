//! Bookmarks and their folders.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;

use super::Bookmarked;
use crate::id::BookmarkFolderId;
use crate::model::{Vocabulary, Wire, expected, model, serde_by_wire};

model! {
    /// A folder of bookmarks.
    pub struct BookmarkFolder {
        required {
            /// Identifies the folder.
            id: BookmarkFolderId,
        }
        /// The folder's name.
        name: Option<String>,
    }
}

/// The answer to bookmarking: of one post an object, of several a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BookmarkChange {
    /// One post was asked for.
    One(Bookmarked),
    /// Several posts were asked for.
    Several(Vec<Bookmarked>),
}

impl Wire for BookmarkChange {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        from.deserialize_any(BookmarkChangeVisitor(field))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(change) => change.write(vocabulary, to),
            Self::Several(changes) => Wire::write(changes, vocabulary, to),
        }
    }
}

serde_by_wire!(BookmarkChange);

#[cfg(feature = "samples")]
crate::sample::sample! {
    BookmarkChange: |from| Self::One(crate::sample::Sample::sample(from));
}

struct BookmarkChangeVisitor(&'static str);

impl<'de> Visitor<'de> for BookmarkChangeVisitor {
    type Value = Option<BookmarkChange>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        expected(f, "an object or a list", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let from = MapAccessDeserializer::new(map);
        Ok(Bookmarked::read(self.0, from)?.map(BookmarkChange::One))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let from = SeqAccessDeserializer::new(seq);
        Ok(Wire::read(self.0, from)?.map(BookmarkChange::Several))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
