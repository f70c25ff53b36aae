//! Queries against a reader of X's grammar that knows nothing of the builder.

use std::collections::BTreeSet;

use proptest::prelude::*;
use twitter_types::query::{
    Expression, Has, Is, QueryError, Radius, Target, all, any, bio, bounding_box, cashtag, context,
    context_domain, conversation, embedding, embedding_threshold, entity, followers_count, from,
    has, hashtag, is, keyword, lang, list, mention, min_followers, near, not_promoted, phrase,
    place, place_country, point_radius, posts_count, quotes_of_post, replies_to_post, reposts_of,
    sample, source, to, url,
};
use twitter_types::{PostId, UserId, Username};

/// What a query says, as X's guide "Build a query" explains it: AND, a space, binds before OR, and a
/// minus sign negates the one operator behind it.
#[derive(Debug, PartialEq)]
enum Meaning {
    Term(String),
    Not(String),
    All(Vec<Self>),
    Any(Vec<Self>),
}

struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn read(text: &str) -> Result<Meaning, String> {
        let mut reader = Reader(text);
        let meaning = reader.any()?;
        if reader.0.is_empty() { Ok(meaning) } else { Err(format!("rest: {}", reader.0)) }
    }

    fn any(&mut self) -> Result<Meaning, String> {
        let mut parts = vec![self.all()?];
        while let Some(rest) = self.0.strip_prefix(" OR ") {
            self.0 = rest;
            parts.push(self.all()?);
        }
        Ok(Meaning::Any(parts))
    }

    fn all(&mut self) -> Result<Meaning, String> {
        let mut parts = vec![self.one()?];
        while !self.0.starts_with(" OR ")
            && let Some(rest) = self.0.strip_prefix(' ')
        {
            self.0 = rest;
            parts.push(self.one()?);
        }
        Ok(Meaning::All(parts))
    }

    fn one(&mut self) -> Result<Meaning, String> {
        if let Some(rest) = self.0.strip_prefix('(') {
            self.0 = rest;
            let meaning = self.any()?;
            self.0 = self.0.strip_prefix(')').ok_or("a parenthesis is not closed")?;
            return Ok(meaning);
        }
        if let Some(rest) = self.0.strip_prefix('-') {
            self.0 = rest;
            return Ok(Meaning::Not(self.term()?));
        }
        Ok(Meaning::Term(self.term()?))
    }

    /// Up to a space or a parenthesis that is not within quotation marks or brackets.
    fn term(&mut self) -> Result<String, String> {
        let (mut is_quoted, mut is_bracketed) = (false, false);
        let end = self.0.find(|letter| {
            match letter {
                '"' => is_quoted = !is_quoted,
                '[' if !is_quoted => is_bracketed = true,
                ']' if !is_quoted => is_bracketed = false,
                _ => {}
            }
            matches!(letter, ' ' | '(' | ')') && !is_quoted && !is_bracketed
        });
        let (term, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        let is_closed = !is_quoted && !is_bracketed;
        if !is_closed || matches!(term, "" | "OR" | "AND") || term.starts_with('-') {
            return Err(format!("no operator: {term:?}"));
        }
        Ok(term.to_owned())
    }
}

impl Meaning {
    /// Whether a post matches for which these operators hold.
    fn holds(&self, holding: &BTreeSet<&str>) -> bool {
        match self {
            Self::Term(term) => holding.contains(&**term),
            Self::Not(term) => !holding.contains(&**term),
            Self::All(parts) => parts.iter().all(|part| part.holds(holding)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(holding)),
        }
    }

    fn is_standalone(&self) -> bool {
        match self {
            Self::Term(term) => {
                !["has:", "is:", "lang:"].iter().any(|needy| term.starts_with(needy))
            }
            Self::Not(_) => false,
            Self::All(parts) => parts.iter().any(Self::is_standalone),
            Self::Any(parts) => parts.iter().all(Self::is_standalone),
        }
    }
}

/// What was meant, and how it is built.
#[derive(Clone, Debug)]
enum Tree {
    Term(usize),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

const TERMS: [&str; 10] = [
    "cat",
    "\"or\"",
    "\"say hi (now) -or [not\"",
    "#été",
    "@XDevelopers",
    "from:7",
    "has:images",
    "is:retweet",
    "lang:en",
    "point_radius:[2.355128 48.861118 16km]",
];

fn term(at: usize) -> Expression {
    match at {
        0 => keyword("cat").unwrap(),
        1 => keyword("or").unwrap(),
        2 => phrase(" say \"hi\" (now)\n-or \\[not ").unwrap(),
        3 => hashtag("＃été").unwrap(),
        4 => mention(Username::new("XDevelopers").unwrap()),
        5 => from(UserId::new(7)),
        6 => has(Has::Images),
        7 => is(Is::Repost),
        8 => lang("en").unwrap(),
        _ => point_radius(2.355128, 48.861118, Radius::Kilometers(16.0)).unwrap(),
    }
}

impl Tree {
    fn build(&self) -> Expression {
        match self {
            Self::Term(at) => term(*at),
            Self::Not(tree) => !tree.build(),
            Self::And(a, b) => a.build() & b.build(),
            Self::Or(a, b) => a.build() | b.build(),
        }
    }

    fn holds(&self, holding: &BTreeSet<&str>) -> bool {
        match self {
            Self::Term(at) => holding.contains(TERMS[*at]),
            Self::Not(tree) => !tree.holds(holding),
            Self::And(a, b) => a.holds(holding) && b.holds(holding),
            Self::Or(a, b) => a.holds(holding) || b.holds(holding),
        }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    (0..TERMS.len()).prop_map(Tree::Term).prop_recursive(6, 40, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|tree| Tree::Not(Box::new(tree))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Tree::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Tree::Or(Box::new(a), Box::new(b))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_is_read_and_means_the_same(
        tree in trees(),
        posts in prop::collection::vec(prop::collection::btree_set(0..TERMS.len(), 0..6), 32),
    ) {
        let built = tree.build();
        let text = built.to_string();
        let meaning = Reader::read(&text);
        let meaning = meaning.map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        for post in posts {
            let holding = post.into_iter().map(|at| TERMS[at]).collect();
            prop_assert_eq!(meaning.holds(&holding), tree.holds(&holding), "{} {:?}", text, holding);
        }
        let length = text.chars().count();
        for target in [Target::RecentSearch, Target::Rule] {
            let expected = if !meaning.is_standalone() {
                Err(QueryError::NotStandalone)
            } else if length > target.limit() {
                Err(QueryError::TooLong { length, limit: target.limit() })
            } else {
                Ok(text.clone())
            };
            prop_assert_eq!(built.to_query(target), expected);
        }
    }

    #[test]
    fn any_text_is_one_term_or_none(text in ".{0,40}") {
        for made in [keyword(&text), phrase(&text), hashtag(&text), cashtag(&text), url(&text),
            place(&text), bio(&text), entity(&text), lang(&text), place_country(&text)]
        {
            let Ok(made) = made else { continue };
            let two = (made.clone() | keyword("x").unwrap()).to_string();
            let Ok(Meaning::Any(parts)) = Reader::read(&two) else { panic!("{two}") };
            let term = Meaning::Term(made.to_string());
            prop_assert_eq!(&parts[0], &Meaning::All(vec![term]), "{:?}", text);
            prop_assert_eq!(parts.len(), 2);
        }
    }
}

fn word(text: &str) -> Expression {
    keyword(text).unwrap()
}

#[test]
fn operators_are_written_as_x_documents_them() {
    let post = PostId::new(20);
    let username = || Username::new("@XDevelopers").unwrap();
    let km = Radius::Kilometers(16.0);
    for (built, text) in [
        (word("coca-cola"), "\"coca-cola\""),
        (word("café"), "café"),
        (word("OR"), "\"OR\""),
        (word("😃"), "\"😃\""),
        (near("social media", 5).unwrap(), "\"social media\"~5"),
        (hashtag("caturday").unwrap(), "#caturday"),
        (cashtag("$brk.b").unwrap(), "$brk.b"),
        (mention(username()), "@XDevelopers"),
        (from(username()) & to(UserId::new(7)), "from:XDevelopers to:7"),
        (reposts_of(username()), "retweets_of:XDevelopers"),
        (conversation(post), "conversation_id:20"),
        (replies_to_post(post), "in_reply_to_tweet_id:20"),
        (quotes_of_post(post), "quotes_of_tweet_id:20"),
        (list(5), "list:5"),
        (url("https://docs.x.com").unwrap(), "url:\"https://docs.x.com\""),
        (context(10, 799022225751871488), "context:10.799022225751871488"),
        (context_domain(47), "context:47.*"),
        (entity("Michael Jordan").unwrap(), "entity:\"Michael Jordan\""),
        (place("seattle").unwrap(), "place:seattle"),
        (place("new york city").unwrap(), "place:\"new york city\""),
        (place_country("US").unwrap(), "place_country:US"),
        (
            point_radius(-41.287336, 74.76107, km).unwrap(),
            "point_radius:[-41.287336 74.76107 16km]",
        ),
        (point_radius(2.0, 48.5, Radius::Miles(24.9)).unwrap(), "point_radius:[2 48.5 24.9mi]"),
        (
            bounding_box(-105.301758, 39.964069, -105.178505, 40.09455).unwrap(),
            "bounding_box:[-105.301758 39.964069 -105.178505 40.09455]",
        ),
        (bio("data engineer").unwrap(), "bio:\"data engineer\""),
        (source("X for iPhone").unwrap(), "source:\"X for iPhone\""),
        (has(Has::Videos) & is(Is::Quote), "has:video_link is:quote"),
        (not_promoted(), "-is:nullcast"),
        (lang("zh-TW").unwrap(), "lang:zh-TW"),
        (sample(15).unwrap(), "sample:15"),
        (
            embedding("climate policy").unwrap() & embedding_threshold(0.4).unwrap(),
            "embedding:\"climate policy\" embedding_threshold:0.4",
        ),
        (min_followers(1000), "min_followers:1000"),
        (followers_count(1000..=10_000).unwrap(), "followers_count:1000..10000"),
        (posts_count(0..=0).unwrap(), "tweets_count:0..0"),
    ] {
        assert_eq!(built.to_string(), text);
    }
    assert_eq!(format!("{:?}", !word("a")), "Expression(-a)");
}

#[test]
fn groups_are_negated_by_their_parts() {
    let [a, b, c] = ["a", "b", "c"].map(word);
    assert_eq!((a.clone() & !(b.clone() | c.clone())).to_string(), "a -b -c");
    assert_eq!((a.clone() & !(b.clone() & c.clone())).to_string(), "a (-b OR -c)");
    assert_eq!((!!(a.clone() | b.clone()) & c.clone()).to_string(), "(a OR b) c");
    assert_eq!((a.clone() | b.clone() & c.clone()).to_string(), "a OR b c");
    let three = [a, b, c];
    assert_eq!(any(three.clone()).unwrap().to_string(), "a OR b OR c");
    assert_eq!(all(three).unwrap().to_string(), "a b c");
    assert_eq!(any([]), None);
}

#[test]
fn values_that_no_operator_takes_are_refused() {
    for made in [
        keyword(""),
        keyword(" !?"),
        phrase("\"\""),
        near("a b", 0),
        near("a b", 7),
        hashtag("#"),
        hashtag("123"),
        hashtag("a b"),
        hashtag("a)"),
        cashtag("$"),
        cashtag("toolong"),
        cashtag("a.bcd"),
        cashtag("é"),
        url(""),
        place_country("USA"),
        place_country("1"),
        lang("e"),
        lang("en us"),
        sample(0),
        sample(101),
        embedding_threshold(1.5),
        embedding_threshold(f64::NAN),
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
        followers_count(2..=1),
        point_radius(181.0, 0.0, Radius::Miles(1.0)),
        point_radius(0.0, 91.0, Radius::Miles(1.0)),
        point_radius(0.0, 0.0, Radius::Miles(25.0)),
        point_radius(0.0, 0.0, Radius::Kilometers(40.3)),
        point_radius(0.0, 0.0, Radius::Miles(f64::NAN)),
        bounding_box(1.0, 0.0, 0.9, 0.1),
        bounding_box(0.0, 0.0, 0.1, 0.5),
        bounding_box(0.0, 0.0, 0.5, 0.1),
    ] {
        assert!(matches!(made, Err(QueryError::InvalidValue { .. })), "{made:?}");
    }
    // Nearer to a pole the same degrees are fewer miles.
    assert!(bounding_box(0.0, 60.0, 0.5, 60.1).is_ok());
    assert_eq!(sample(0).unwrap_err().to_string(), "sample: takes a percentage of 1 to 100");
}

#[test]
fn operators_are_checked_for_what_they_are_for() {
    let cat = || word("cat");
    let standalone = Err(QueryError::NotStandalone);
    for needy in [
        has(Has::Media),
        !word("a"),
        not_promoted(),
        cat() | has(Has::Links),
        cat() | !word("dog"),
        is(Is::Reply) & !is(Is::Quote),
    ] {
        assert_eq!(needy.to_query(Target::RecentSearch), standalone, "{needy}");
    }
    assert_eq!(sample(5).unwrap().to_query(Target::Rule), standalone);
    for fine in [cat() & not_promoted(), (cat() | has(Has::Links)) & word("a"), cat() & !cat()] {
        assert_eq!(fine.to_query(Target::Rule), Ok(fine.to_string()));
    }

    for (operator, never) in [
        ("sample:", cat() & !sample(5).unwrap()),
        ("embedding:", cat() & !embedding("a").unwrap()),
        ("embedding_threshold:", cat() & !embedding_threshold(0.5).unwrap()),
    ] {
        assert_eq!(never.to_query(Target::Rule), Err(QueryError::Negated { operator }));
    }
    let always = cat() & !not_promoted();
    let operator = "is:nullcast";
    assert_eq!(always.to_query(Target::Rule), Err(QueryError::NotNegated { operator }));

    let operator = "list:";
    assert_eq!(list(5).to_query(Target::Rule), Err(QueryError::OnlyInSearches { operator }));
    assert!(list(5).to_query(Target::FullSearch).is_ok());
    let operator = "bio:";
    let rule = bio("a").unwrap();
    assert_eq!(rule.to_query(Target::FullSearch), Err(QueryError::OnlyInRules { operator }));
    assert!(rule.to_query(Target::EnterpriseRule).is_ok());
}

#[test]
fn length_is_counted_in_characters() {
    for (target, limit) in [
        (Target::RecentSearch, 512),
        (Target::FullSearch, 1024),
        (Target::EnterpriseSearch, 4096),
        (Target::Rule, 1024),
        (Target::EnterpriseRule, 2048),
    ] {
        let query = |length: usize| word(&"é".repeat(length)).to_query(target);
        assert_eq!(query(limit).unwrap().chars().count(), limit);
        assert_eq!(query(limit + 1), Err(QueryError::TooLong { length: limit + 1, limit }));
    }
}
