//! Values to fill operations with.

use std::collections::BTreeMap;

use twitter_types::{
    Id, Timestamp, Username,
    fields::Fields,
    models::ReplySettings,
    posts::{NewMedia, NewPoll, NewPost, PostFields, SortOrder},
    usage::UsageFields,
    users::UserFields,
};

/// How large each parameter is to be, and which value an enum takes.
#[derive(Clone)]
pub(crate) struct Source {
    sizes: BTreeMap<String, u64>,
    turn: usize,
}

impl Source {
    /// So many turns show every value of every enum that takes one at a time.
    pub(crate) const TURNS: usize = 8;

    pub(crate) const fn new(sizes: BTreeMap<String, u64>) -> Self {
        Self { sizes, turn: 0 }
    }

    /// The same, but for one parameter.
    pub(crate) fn with(mut self, name: &str, size: u64) -> Self {
        self.sizes.insert(name.into(), size);
        self
    }

    /// Other values of the enums.
    pub(crate) fn at(self, turn: usize) -> Self {
        Self { turn, ..self }
    }

    /// A value of a parameter.
    pub(crate) fn sample<T: Sample>(&self, name: &str) -> T {
        T::sample(self.sizes.get(name).copied().unwrap_or(1), self.turn)
    }
}

/// A value that can be made in any size.
pub(crate) trait Sample {
    /// A number itself, a list of a length, a text of a length; an enum takes another value each
    /// turn.
    fn sample(size: u64, turn: usize) -> Self;
}

macro_rules! sample {
    ($($type:ty: |$size:ident, $turn:pat_param| $value:expr;)*) => {
        $(impl Sample for $type {
            fn sample($size: u64, $turn: usize) -> Self {
                $value
            }
        })*
    };
}

sample! {
    bool: |_size, _| true;
    u8: |size, _| size.try_into().unwrap();
    u16: |size, _| size.try_into().unwrap();
    u32: |size, _| size.try_into().unwrap();
    u64: |size, _| size;
    String: |size, _| "é".repeat(size.try_into().unwrap());
    Timestamp: |size, _| Self::from_seconds(size.try_into().unwrap()).unwrap();
    Username: |size, _| format!("u{size}").parse().unwrap();
    SortOrder: |_size, turn| choice(Self::ALL, turn);
    PostFields: |_size, _| {
        let mut fields = Self::default();
        fields.post = Fields::all();
        fields.expansions = Fields::all();
        fields.user = Fields::all();
        fields.media = Fields::all();
        fields.poll = Fields::all();
        fields.place = Fields::all();
        fields
    };
    UserFields: |_size, _| {
        let mut fields = Self::default();
        fields.user = Fields::all();
        fields.expansions = Fields::all();
        fields.post = Fields::all();
        fields
    };
    UsageFields: |_size, _| Self::from(Fields::all());
    NewPost: |_size, turn| new_post(turn);
}

impl<T> Sample for Id<T> {
    fn sample(size: u64, _: usize) -> Self {
        Self::new(size)
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(size: u64, turn: usize) -> Self {
        (0..size).map(|number| T::sample(number, turn)).collect()
    }
}

fn choice<T: Clone>(values: &[T], turn: usize) -> T {
    assert!(values.len() <= Source::TURNS, "more turns are needed");
    values[turn % values.len()].clone()
}

/// A post with all that one can have, though X would not take it all at once.
fn new_post(turn: usize) -> NewPost {
    // Only replies have the last, and `Everyone` is not sent.
    let known = ReplySettings::ALL.iter().filter(|&value| *value != ReplySettings::Other);
    let reply_settings = choice(&known.cloned().collect::<Vec<_>>(), turn);
    let media = NewMedia::new([1]).unwrap().tag([2]).unwrap();
    let media = media.title("Crabs").description("Two of them").preview(9).embeddable(true);
    let mut post = NewPost::poll("Which?", NewPoll::new(["this", "that"], 60).unwrap())
        .with_media(media)
        .with_quote(3)
        .reply_to(4)
        .exclude([5])
        .edit(6)
        .at("01a9a39529b27f36".parse::<twitter_types::id::PlaceId>().unwrap())
        .reply_settings(reply_settings);
    post.community_id = Some(7.into());
    post.share_with_followers = Some(true);
    post.card_uri = Some("card://8".into());
    post.direct_message_deep_link = Some("https://x.com/messages".into());
    post.for_super_followers_only = Some(true);
    post.nullcast = Some(true);
    post.paid_partnership = Some(true);
    post.made_with_ai = Some(true);
    post
}
