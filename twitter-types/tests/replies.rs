//! What holds for the reply of every operation, however X writes it.

use proptest::prelude::*;
use serde_json::{Value, from_slice, from_str, to_string};
use twitter_types::endpoint::{Operation, Payload, SampleOperation, Shape};
use twitter_types::json::{Json, Object};
use twitter_types::model::Vocabulary;
use twitter_types::sample::{Sample, Sampler};
use twitter_types::{OPERATIONS, OperationVisitor, visit_operations};

/// A reply of each operation with every field, in both vocabularies; those that are bytes left out.
struct Replies(Vec<(&'static Operation, [Json; 2])>);

impl Replies {
    fn make() -> Self {
        let mut replies = Self(Vec::new());
        visit_operations(&mut replies);
        replies
    }
}

impl OperationVisitor for Replies {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let reply = E::Response::sample(Sampler::new());
        let body = |vocabulary| from_slice::<Json>(&reply.encode(vocabulary)).ok();
        if let (Some(current @ Json::Object(_)), Some(old)) =
            (body(Vocabulary::Current), body(Vocabulary::Old))
        {
            self.0.push((Operation::find(E::OPERATION).unwrap(), [current, old]));
        }
    }
}

/// What X may do to a body at any time, by a seed.
struct Strange {
    seed: u64,
    /// Of how many fields one is `null`, of how many enums one is unknown; none if zero.
    every: u64,
}

impl Strange {
    fn next(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.seed >> 33) as usize % below
    }

    fn now(&mut self) -> bool {
        self.every > 0 && self.next(self.every as usize) == 0
    }

    /// The body with keys in another order, an unknown field in each object, some fields in both
    /// vocabularies, some `null`.
    fn body(&mut self, current: &Json, old: &Json) -> Json {
        match (current, old) {
            (Json::Object(current), Json::Object(old)) => self.object(current, old),
            (Json::Array(current), Json::Array(old)) => {
                let pairs = current.iter().zip(old);
                let mut values: Vec<_> = pairs.map(|(new, old)| self.body(new, old)).collect();
                if self.now() {
                    values.push(Json::Null);
                }
                Json::Array(values)
            }
            _ => current.clone(),
        }
    }

    fn object(&mut self, current: &Object, old: &Object) -> Json {
        let mut entries = vec![("not_known_yet", Json::String("kept".into()))];
        for ((name, new), (old_name, old)) in current.iter().zip(old.iter()) {
            // What an object cannot do without is what identifies it.
            let is_required = ["id", "media_key", "value"].contains(&name);
            if !is_required && self.now() {
                entries.push((name, Json::Null));
                continue;
            }
            match self.next(3) {
                0 => entries.push((old_name, self.body(old, old))),
                1 if name != old_name => {
                    entries.push((old_name, self.body(old, old)));
                    entries.push((name, self.body(new, old)));
                }
                _ => entries.push((name, self.body(new, old))),
            }
        }
        for last in (1..entries.len()).rev() {
            let other = self.next(last + 1);
            entries.swap(last, other);
        }
        let mut object = Object::default();
        entries.into_iter().for_each(|(name, value)| object.push(name, value));
        Json::Object(object)
    }
}

/// What is read of a body, as this crate writes it.
fn reread(shape: &Shape, body: &Json) -> Value {
    let text = to_string(body).unwrap();
    let reread = shape.reread(text.as_bytes(), Vocabulary::Current);
    let body = reread.unwrap_or_else(|error| panic!("{}: {error}: {text}", shape.name())).body;
    from_slice(&body).unwrap()
}

fn without_unknown(body: &Value) -> Value {
    match body {
        Value::Object(members) => {
            let known = members.iter().filter(|(name, _)| *name != "not_known_yet");
            known.map(|(name, value)| (name.clone(), without_unknown(value))).collect()
        }
        Value::Array(values) => values.iter().map(without_unknown).collect(),
        value => value.clone(),
    }
}

#[test]
fn every_reply_is_read_in_any_order_in_both_vocabularies_with_unknown_fields() {
    let replies = Replies::make();
    assert!(replies.0.len() > 200 && replies.0.len() <= OPERATIONS.len());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let seeds = runner.run(&any::<u64>(), |seed| {
        let mut strange = Strange { seed, every: 0 };
        let (operation, [current, old]) = &replies.0[seed as usize % replies.0.len()];
        let body = strange.body(current, old);
        let again = reread(&operation.response, &body);
        let expected: Value = from_str(&to_string(current).unwrap()).unwrap();
        prop_assert_eq!(without_unknown(&again), expected, "{}", operation.id);
        prop_assert!(again.to_string().contains("not_known_yet"), "{}", operation.id);
        Ok(())
    });
    seeds.unwrap();
}

#[test]
fn every_reply_may_have_nulls() {
    let replies = Replies::make();
    for (at, (operation, [current, old])) in replies.0.iter().enumerate() {
        for every in [1, 2, 5] {
            let mut strange = Strange { seed: at as u64, every };
            reread(&operation.response, &strange.body(current, old));
        }
    }
}
