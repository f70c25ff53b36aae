//! `rules::Sync` against an X that refuses, repeats itself, loses answers, and has a cap.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use twitter_types::Page;
use twitter_types::endpoint::{self, Endpoint, Error, Reply, TransportErrorKind};
use twitter_types::id::RuleId;
use twitter_types::models::{NewRule, Rule};
use twitter_types::rules::{All, Sync, SyncStep, Synced, Update};

/// What X is like: nobody documents it all, so a sync has to come right with any of it.
#[derive(Clone, Debug, Default)]
struct Nature {
    cap: usize,
    page: usize,
    /// Whether a value is taken once only, whatever its tag.
    values_are_unique: bool,
    /// Whether one bad rule keeps out the others of its request.
    all_or_nothing: bool,
    /// Whether a request with a bad rule gets a 400.
    refuses_requests: bool,
    /// Whether a problem does not say which rule it is about.
    names_nothing: bool,
    /// Whether additions are answered without the new rules.
    says_nothing: bool,
    /// The writes, by number, whose answers are lost after they were carried out,
    lost_after: BTreeSet<usize>,
    /// and those lost before.
    lost_before: BTreeSet<usize>,
}

/// The rules by id, and what was asked for.
#[derive(Default)]
struct X {
    nature: Nature,
    rules: BTreeMap<u64, (String, Option<String>)>,
    last_id: u64,
    reads: usize,
    writes: usize,
    most: usize,
    log: Vec<String>,
}

impl X {
    fn new(nature: Nature, rules: &[(&str, &str)]) -> Self {
        let mut x = Self { nature, ..Self::default() };
        for (value, tag) in rules {
            x.make(value, Some(tag.to_string()).filter(|tag| !tag.is_empty()));
        }
        x
    }

    fn make(&mut self, value: &str, tag: Option<String>) -> u64 {
        self.last_id += 1;
        self.rules.insert(self.last_id, (value.to_owned(), tag));
        self.most = self.most.max(self.rules.len());
        self.last_id
    }

    fn json(&self, id: u64) -> Value {
        let (value, tag) = &self.rules[&id];
        json!({"id": id.to_string(), "value": value, "tag": tag})
    }

    fn read(&mut self, operation: &All) -> Value {
        self.reads += 1;
        let token = operation.pagination_token.as_deref().unwrap_or("0000000000000000");
        let from: usize = token.parse().unwrap();
        let page = self.rules.keys().skip(from).take(self.nature.page).map(|id| self.json(*id));
        let page: Vec<_> = page.collect();
        let to = from + page.len();
        let next = (to < self.rules.len()).then(|| format!("{to:016}"));
        json!({"data": page, "meta": {"next_token": next}})
    }

    /// The answer to a change, with its status.
    fn update(&mut self, update: &Update) -> Option<(u16, Value)> {
        self.writes += 1;
        let is_lost = |writes: &BTreeSet<usize>| writes.contains(&self.writes);
        let (before, after) = (is_lost(&self.nature.lost_before), is_lost(&self.nature.lost_after));
        if before {
            self.log.push("lost".into());
            return None;
        }
        let answer = match (&update.add_rules, &update.delete_rules) {
            (Some(rules), None) => self.add(rules, update.dry_run == Some(true)),
            (None, Some(old)) => self.delete(&old.ids),
            _ => panic!("not one change: {update:?}"),
        };
        (!after).then_some(answer)
    }

    fn add(&mut self, rules: &[NewRule], is_dry_run: bool) -> (u16, Value) {
        self.log.push(format!("{} {}", if is_dry_run { "check" } else { "add" }, rules.len()));
        let kept = self.rules.clone();
        let (mut made, mut errors) = (Vec::new(), Vec::new());
        for rule in rules {
            let (value, tag) = (&*rule.value, rule.tag.clone());
            let same = |(other, others): &(String, Option<String>)| {
                other == value && (self.nature.values_are_unique || *others == tag)
            };
            let kind = if value.contains("bad") {
                "invalid-rules"
            } else if self.rules.values().any(same) {
                "duplicate-rules"
            } else if self.rules.len() >= self.nature.cap {
                "rule-cap"
            } else {
                let id = self.make(value, tag);
                made.push(self.json(id));
                continue;
            };
            let mut error = json!({"type": format!("https://api.x.com/2/problems/{kind}")});
            if !self.nature.names_nothing {
                error["value"] = value.into();
            }
            errors.push(error);
        }
        let refused = !errors.is_empty() && self.nature.refuses_requests;
        if is_dry_run || refused || (!errors.is_empty() && self.nature.all_or_nothing) {
            self.rules = kept;
            made.clear();
        }
        if self.nature.says_nothing {
            made.clear();
        }
        (if refused { 400 } else { 201 }, json!({"data": made, "errors": errors}))
    }

    fn delete(&mut self, ids: &[RuleId]) -> (u16, Value) {
        self.log.push(format!("delete {}", ids.len()));
        let deleted = ids.iter().filter(|id| self.rules.remove(&id.as_u64()).is_some()).count();
        let summary = json!({"deleted": deleted, "not_deleted": ids.len() - deleted});
        (200, json!({"meta": {"summary": summary}}))
    }

    fn state(&self) -> BTreeSet<(String, String)> {
        let rules = self.rules.values().cloned();
        rules.map(|(value, tag)| (value, tag.unwrap_or_default())).collect()
    }

    fn run(&mut self, mut sync: Sync) -> Result<Synced, Error> {
        self.log.clear();
        loop {
            match sync.step() {
                SyncStep::Read(operation) => {
                    let page = self.read(&operation);
                    sync.receive(reply::<All>(200, &page));
                }
                SyncStep::Update(operation) => sync.receive(match self.update(&operation) {
                    Some((status, answer)) => reply::<Update>(status, &answer),
                    None => Err(lost()),
                }),
                SyncStep::Done(outcome) => return outcome,
            }
            assert!(self.reads + self.writes < 500, "no end: {:?}", self.log);
        }
    }
}

fn lost() -> Error {
    Error::OutcomeUnknown { source: Box::new(Error::Transport(TransportErrorKind::Closed.into())) }
}

fn reply<E: Endpoint<Response = Page<Rule>>>(
    status: u16,
    body: &Value,
) -> Result<Reply<Page<Rule>>, Error> {
    let response = http::Response::builder().status(status).body(body.to_string().into_bytes());
    endpoint::reply::<E>(response.unwrap())
}

fn nature() -> Nature {
    Nature { cap: 1000, page: 1000, ..Nature::default() }
}

fn rules(rules: &[(&str, &str)]) -> Vec<NewRule> {
    let rule = |(value, tag): &(&str, &str)| {
        let mut rule = NewRule::new((*value).into());
        rule.tag = (!tag.is_empty()).then(|| (*tag).into());
        rule
    };
    rules.iter().map(rule).collect()
}

fn values(rules: &[Rule]) -> Vec<&str> {
    rules.iter().map(|rule| rule.value.as_deref().unwrap()).collect()
}

#[test]
fn the_fewest_changes_are_made_and_none_the_second_time() {
    let mut x = X::new(nature(), &[("a", ""), ("b", "1"), ("c", "2"), ("c", "2")]);
    let desired = rules(&[("a", ""), ("c", "2"), ("d", ""), ("d", ""), (" d ", ""), ("e", "3")]);
    let synced = x.run(Sync::new(desired.clone())).unwrap();
    assert_eq!(x.log, ["add 2", "delete 2"]);
    assert_eq!(values(&synced.added), ["d", "e"]);
    assert_eq!(values(&synced.deleted), ["b", "c"]);
    assert_eq!(values(&synced.kept), ["a", "c"]);
    assert!(synced.is_complete() && synced.added.iter().all(|rule| rule.id.is_some()));

    let synced = x.run(Sync::new(desired)).unwrap();
    assert!(x.log.is_empty() && synced.added.is_empty() && synced.deleted.is_empty());
    assert_eq!(values(&synced.kept), ["a", "c", "d", "e"]);

    let synced = x.run(Sync::new([])).unwrap();
    assert_eq!(x.log, ["delete 4"]);
    assert_eq!((synced.deleted.len(), x.rules.len()), (4, 0));
}

#[test]
fn a_changed_tag_is_a_deletion_and_an_addition() {
    for values_are_unique in [false, true] {
        let mut x = X::new(Nature { values_are_unique, ..nature() }, &[("a", "1"), ("b", "1")]);
        let desired = rules(&[("a", "2"), ("b", "1"), ("c", "3")]);
        let synced = x.run(Sync::new(desired)).unwrap();
        assert_eq!(x.log, ["add 1", "delete 1", "add 1"]);
        assert_eq!(values(&synced.added), ["c", "a"]);
        assert!(synced.is_complete());
    }
}

#[test]
fn near_the_cap_rules_are_checked_and_then_deleted_first() {
    let mut x = X::new(Nature { cap: 3, ..nature() }, &[("a", ""), ("b", ""), ("c", "")]);
    let desired = rules(&[("c", ""), ("d", ""), ("bad", "")]);
    let synced = x.run(Sync::new(desired.clone()).with_cap(3)).unwrap();
    assert_eq!(x.log, ["check 2", "delete 2", "add 1"]);
    assert_eq!((values(&synced.added), x.most), (vec!["d"], 3));
    assert_eq!(synced.refused[0].rule.value, "bad");
    assert!(!synced.is_complete());

    // A cap that is lower than one thinks is found out.
    let mut x = X::new(Nature { cap: 3, ..nature() }, &[("a", ""), ("b", ""), ("c", "")]);
    let synced = x.run(Sync::new(rules(&[("c", ""), ("d", ""), ("e", "")]))).unwrap();
    assert_eq!(x.log, ["add 2", "delete 2", "add 2"]);
    assert_eq!(values(&synced.added), ["d", "e"]);
}

#[test]
fn more_than_the_cap_fills_it_and_refuses_the_rest() {
    for names_nothing in [false, true] {
        for all_or_nothing in [false, true] {
            let cap = 5;
            let nature = Nature { cap, names_nothing, all_or_nothing, ..nature() };
            let mut x = X::new(nature, &[("a", "")]);
            let many: Vec<_> = (0..100).map(|at| NewRule::new(format!("n{at}"))).collect();
            let synced = x.run(Sync::new(many)).unwrap();
            assert_eq!(synced.added.len() + synced.refused.len(), 100);
            assert!(synced.added.len() >= cap - 1, "{:?}", x.log);
            assert!(synced.refused[0].problem.is_some());
            assert!(x.writes < 20, "{:?}", x.log);
        }
    }
}

#[test]
fn bad_rules_hold_up_no_others_however_x_refuses_them() {
    for bits in 0..8 {
        let [all_or_nothing, refuses_requests, names_nothing] =
            [1, 2, 4].map(|bit| bits & bit != 0);
        let mut x = X::new(
            Nature { all_or_nothing, refuses_requests, names_nothing, ..nature() },
            &[("old", "")],
        );
        let desired: Vec<_> = (0..20)
            .map(|at| NewRule::new(format!("{}{at}", if at == 13 { "bad" } else { "good" })))
            .collect();
        let synced = x.run(Sync::new(desired)).unwrap();
        assert_eq!((synced.added.len(), synced.refused.len()), (19, 1), "{:?}", x.nature);
        assert_eq!(synced.refused[0].rule.value, "bad13", "{:?}", x.nature);
        assert_eq!(values(&synced.deleted), ["old"]);
        assert!(x.writes <= 12, "{:?}: {:?}", x.nature, x.log);
    }
}

#[test]
fn lost_answers_are_looked_up() {
    for lost in 1..=3 {
        for is_after in [false, true] {
            let writes = BTreeSet::from([lost]);
            let nature = if is_after {
                Nature { lost_after: writes, ..nature() }
            } else {
                Nature { lost_before: writes, ..nature() }
            };
            let mut x = X::new(nature, &[("a", "1"), ("b", "")]);
            let synced = x.run(Sync::new(rules(&[("a", "2"), ("c", "")]))).unwrap();
            assert!(synced.is_complete(), "{lost} {is_after}: {:?}", x.log);
            assert_eq!(x.reads, 2);
            assert_eq!((synced.added.len(), synced.deleted.len()), (2, 2));
        }
    }
    // One that is always lost is an error in the end.
    let mut x = X::new(Nature { lost_before: (1..99).collect(), ..nature() }, &[]);
    let error = x.run(Sync::new(rules(&[("a", "")]))).unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error}");
    assert_eq!((x.reads, x.writes), (4, 4));
}

#[test]
fn errors_that_are_not_about_rules_end_it() {
    let mut sync = Sync::new(rules(&[("a", "")]));
    assert!(matches!(sync.step(), SyncStep::Read(_)));
    sync.receive(reply::<All>(403, &json!({})));
    assert!(matches!(sync.step(), SyncStep::Done(Err(Error::Api(_)))));

    for status in [401, 403, 429, 500] {
        let mut sync = Sync::new(rules(&[("a", ""), ("b", "")]));
        sync.step();
        sync.receive(reply::<All>(200, &json!({})));
        assert!(matches!(sync.step(), SyncStep::Update(_)));
        sync.receive(reply::<Update>(status, &json!({"title": "no"})));
        let SyncStep::Done(Err(error)) = sync.step() else { panic!("{status}") };
        assert_eq!(error.status().unwrap(), status);
    }
}

#[test]
fn a_rule_that_two_pages_name_is_one_rule() {
    let mut sync = Sync::new(rules(&[("a", ""), ("b", "")]));
    let [a, b] = [json!({"id": "1", "value": "a"}), json!({"id": "2", "value": "b"})];
    assert!(matches!(sync.step(), SyncStep::Read(_)));
    let next = "0000000000000001";
    sync.receive(reply::<All>(200, &json!({"data": [a, b], "meta": {"next_token": next}})));
    let SyncStep::Read(operation) = sync.step() else { panic!() };
    assert_eq!(operation.pagination_token.as_deref(), Some(next));
    sync.receive(reply::<All>(200, &json!({"data": [b]})));
    let SyncStep::Done(Ok(synced)) = sync.step() else { panic!() };
    assert_eq!((values(&synced.kept), synced.deleted.len()), (vec!["a", "b"], 0));
}

#[test]
fn a_dry_run_says_what_would_be_done() {
    let mut x = X::new(nature(), &[("a", "1"), ("b", ""), ("c", "")]);
    let before = x.state();
    let desired = rules(&[("a", "2"), ("b", ""), ("d", ""), ("bad", "")]);
    let synced = x.run(Sync::new(desired).as_dry_run()).unwrap();
    assert_eq!(x.log, ["check 2"]);
    assert_eq!(x.state(), before);
    assert_eq!(values(&synced.added), ["a", "d"]);
    assert!(synced.added.iter().all(|rule| rule.id.is_none()));
    assert_eq!(values(&synced.deleted), ["a", "c"]);
    assert_eq!(values(&synced.kept), ["b"]);
    assert_eq!(synced.refused[0].rule.value, "bad");
    assert!(synced.remaining.is_empty());
}

#[test]
fn large_sets_go_in_few_requests_and_pages() {
    let nature = Nature { cap: 25_000, page: 1000, ..nature() };
    let mut x = X::new(nature, &[]);
    let desired = |from: usize| (from..from + 2500).map(|at| NewRule::new(format!("from:u{at}")));
    let synced = x.run(Sync::new(desired(0)).with_cap(25_000)).unwrap();
    assert_eq!((synced.added.len(), x.reads), (2500, 1));
    assert_eq!(x.log, ["add 1000", "add 1000", "add 500"]);
    let synced = x.run(Sync::new(desired(2000)).with_cap(25_000)).unwrap();
    assert_eq!((synced.kept.len(), x.reads), (500, 4));
    assert_eq!(x.log, ["add 1000", "add 1000", "delete 1000", "delete 1000"]);

    let long: Vec<_> = (0..300).map(|at| NewRule::new(format!("{at:02048}"))).collect();
    x.run(Sync::new(long).with_cap(25_000)).unwrap();
    assert_eq!(x.log[..3], ["add 128", "add 128", "add 44"]);
}

fn any_rules() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(("(bad|[a-f])[01]?", "[xy]?"), 0..12)
}

fn any_nature() -> impl Strategy<Value = Nature> {
    let lost = || prop::collection::btree_set(1_usize..8, 0..2);
    (any::<[bool; 5]>(), 1..5_usize, lost(), lost()).prop_map(
        |(bits, page, lost_after, lost_before)| Nature {
            cap: 1000,
            page,
            values_are_unique: bits[0],
            all_or_nothing: bits[1],
            refuses_requests: bits[2],
            names_nothing: bits[3],
            says_nothing: bits[4],
            lost_after,
            lost_before,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_set_is_reached_in_any_nature(
        there in any_rules(),
        desired in any_rules(),
        nature in any_nature(),
        is_tight in any::<bool>(),
    ) {
        let mut x = X::new(nature.clone(), &[]);
        for (value, tag) in &there {
            let is_there = x.rules.values().any(|(other, _)| other == value);
            let is_taken = nature.values_are_unique && is_there;
            if !value.contains("bad") && !is_taken {
                x.make(value, (!tag.is_empty()).then(|| tag.clone()));
            }
        }
        let mut goal = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for (value, tag) in &desired {
            let is_new = taken.insert(value) || !nature.values_are_unique;
            if !value.contains("bad") && is_new {
                goal.insert((value.clone(), tag.clone()));
            }
        }
        let cap = if is_tight { x.rules.len().max(goal.len()) } else { 1000 };
        x.nature.cap = cap;
        let pairs: Vec<_> = desired.iter().map(|(value, tag)| (&**value, &**tag)).collect();
        let sync = || Sync::new(rules(&pairs)).with_cap(cap);

        let before = x.state();
        let planned = x.run(sync().as_dry_run());
        prop_assert_eq!(&before, &x.state());
        x.nature.lost_after = nature.lost_after.iter().map(|write| write + x.writes).collect();
        x.nature.lost_before = nature.lost_before.iter().map(|write| write + x.writes).collect();
        let synced = x.run(sync()).unwrap();
        if nature.values_are_unique {
            // Of two desired tags the one that is there may stay.
            let values = |rules: &BTreeSet<(String, String)>| {
                rules.iter().map(|(value, _)| value.clone()).collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(values(&x.state()), values(&goal));
        } else {
            prop_assert_eq!(x.state(), goal.clone());
            if let Ok(planned) = planned {
                prop_assert_eq!(planned.added.len(), synced.added.len());
                prop_assert_eq!(planned.deleted, synced.deleted.clone());
            }
        }
        prop_assert!(synced.remaining.is_empty());
        prop_assert!(x.most <= cap);
        prop_assert_eq!(synced.added.len() + synced.kept.len(), x.rules.len());

        let state = x.state();
        let again = x.run(sync()).unwrap();
        prop_assert_eq!(x.state(), state);
        prop_assert!(again.added.is_empty() && again.deleted.is_empty());
    }
}
