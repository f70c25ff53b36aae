//! Addresses that people suggest as sources for a Community Note.

use core::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;

use super::UrlEntity;
use crate::model::{Model, Vocabulary, Wire, expected, serde_by_wire};

/// An address that someone suggests as a source.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum SourceLink {
    /// The address alone, as since specification 2.167.
    Url(String),
    /// The address with what X knows of the page, as before.
    Entity(Box<UrlEntity>),
}

impl SourceLink {
    /// The address, in full if X tells it.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Url(url) => Some(url),
            Self::Entity(link) => link.expanded_url.as_deref().or(link.url.as_deref()),
        }
    }
}

impl Wire for SourceLink {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        from.deserialize_any(SourceLinkVisitor(field))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Url(url) => to.serialize_str(url),
            Self::Entity(link) => link.write(vocabulary, to),
        }
    }
}

serde_by_wire!(SourceLink);

#[cfg(feature = "samples")]
crate::sample::sample! {
    SourceLink: |from| Self::Entity(Box::new(crate::sample::Sample::sample(from)));
}

struct SourceLinkVisitor(&'static str);

impl<'de> Visitor<'de> for SourceLinkVisitor {
    type Value = Option<SourceLink>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "an address or a UrlEntity object", self.0)
    }

    fn visit_str<E>(self, url: &str) -> Result<Self::Value, E> {
        Ok(Some(SourceLink::Url(url.into())))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(Some(SourceLink::Entity(UrlEntity::read_map(map)?.into())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
