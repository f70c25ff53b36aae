//! A stream by the texts of the command line, whose items keep the text that X sent.

use std::marker::PhantomData;

use http::Method;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _, ser};
use serde_json::value::RawValue;
use twitter_types::endpoint::{Endpoint, Lines, ParameterInfo, Query};
use twitter_types::model::{Vocabulary, Wire};
use twitter_types::models::{Includes, Post};
use twitter_types::problem::Problem;
use twitter_types::stream::{Item, Streamed};
use twitter_types::timestamp::TimestampError;
use twitter_types::{PostId, Timestamp};

/// An operation that streams, with parameters that are texts: the same request, and [`Line`]s.
#[derive(Clone, Debug)]
pub(super) struct Feed<E> {
    parameters: Vec<(&'static str, String)>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    backfill: Option<u8>,
    operation: PhantomData<fn() -> E>,
}

impl<E> Feed<E> {
    /// The parameters have been checked.
    ///
    /// # Errors
    ///
    /// If a time is none.
    pub(super) fn new(
        parameters: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, TimestampError> {
        let mut feed = Self {
            parameters: Vec::new(),
            start: None,
            end: None,
            backfill: None,
            operation: PhantomData,
        };
        for (name, value) in parameters {
            match name {
                "start_time" => feed.start = Some(value.parse()?),
                "end_time" => feed.end = Some(value.parse()?),
                "backfill_minutes" => feed.backfill = value.parse().ok(),
                _ => feed.parameters.push((name, value)),
            }
        }
        Ok(feed)
    }
}

impl<E: Streamed> Endpoint for Feed<E> {
    type Response = Lines<Line<E::Item>>;
    type Body = E::Body;
    type Auth = E::Auth;
    const METHOD: Method = E::METHOD;
    const PATH: &'static str = E::PATH;
    const OPERATION: &'static str = E::OPERATION;
    const SCOPES: &'static [&'static str] = E::SCOPES;
    const ABOUT: &'static str = E::ABOUT;

    /// No stream has a value in its path.
    fn path(&self) -> String {
        E::PATH.to_owned()
    }

    fn parameters() -> Vec<ParameterInfo> {
        E::parameters()
    }

    fn query(&self, query: &mut Query) {
        for (name, value) in &self.parameters {
            query.push(name, value);
        }
        for (name, time) in [("start_time", self.start), ("end_time", self.end)] {
            if let Some(time) = time {
                query.push(name, time);
            }
        }
        if let Some(minutes) = self.backfill {
            query.push("backfill_minutes", minutes);
        }
    }
}

impl<E: Streamed> Streamed for Feed<E> {
    type Item = Line<E::Item>;

    fn set_backfill_minutes(&mut self, minutes: Option<u8>) {
        self.backfill = minutes;
    }

    fn span(&self) -> Option<(Option<Timestamp>, Timestamp)> {
        Some((self.start, self.end?))
    }

    fn set_span(&mut self, start: Timestamp, end: Timestamp) {
        (self.start, self.end) = (Some(start), Some(end));
    }
}

/// An item, and its text.
#[derive(Debug)]
pub(super) struct Line<T> {
    /// As X sent it; of an item that a search found, as this workspace writes it.
    pub(super) text: Box<RawValue>,
    item: T,
}

impl<T: Item> Wire for Line<T> {
    fn read<'de, D: Deserializer<'de>>(_: &'static str, from: D) -> Result<Option<Self>, D::Error> {
        let text = Box::<RawValue>::deserialize(from)?;
        let item = T::decode(text.get().as_bytes()).map_err(D::Error::custom)?;
        Ok(Some(Self { text, item }))
    }

    fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(to).map_err(ser::Error::custom)
    }
}

impl<T: Item> Item for Line<T> {
    fn has_data(&self) -> bool {
        self.item.has_data()
    }

    fn problems(&self) -> &[Problem] {
        self.item.problems()
    }

    fn identity(&self) -> Option<u64> {
        self.item.identity()
    }

    fn happened_at(&self) -> Option<Timestamp> {
        self.item.happened_at()
    }

    fn post_id(&self) -> Option<PostId> {
        self.item.post_id()
    }

    fn from_search(post: Post, includes: Option<&Includes>) -> Option<Self> {
        let item = T::from_search(post, includes)?;
        let text = String::from_utf8(item.encode(Vocabulary::Current)).ok()?;
        Some(Self { text: RawValue::from_string(text).ok()?, item })
    }
}

#[cfg(test)]
mod tests {
    use twitter_types::One;
    use twitter_types::endpoint::Payload as _;

    use super::*;

    /// What the types do not know, and how X orders and spaces it, stays as it was.
    #[test]
    fn an_item_keeps_its_text() {
        let text = r#"{"new": 1.50, "data":{"text":"caf\u00e9","id":"1","later":[]}}"#;
        let line = Line::<One<Post>>::decode(text.as_bytes()).unwrap();
        assert_eq!(line.text.get(), text);
        assert_eq!(line.encode(Vocabulary::Current), text.as_bytes());
        assert_eq!(line.post_id(), Some(PostId::new(1)));
        assert!(Line::<One<Post>>::decode(b"{\"data\":").is_err());
    }
}
