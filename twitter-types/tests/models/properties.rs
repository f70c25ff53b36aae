//! What holds for every body, however strange.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, from_slice, from_str, from_value, to_value};
use twitter_types::models::{Includes, Post, User};
use twitter_types::{Id, PostId, Timestamp, Username};

use crate::INCLUDES;

/// Any JSON value, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "[0-9]{1,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((".{0,4}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Writes a body with the keys of each object in an order that the seed chooses, and an unknown
/// field in each.
fn shuffled(body: &Value, unknown: &Value, seed: &mut u64) -> String {
    match body {
        Value::Object(members) => {
            let mut parts: Vec<_> = members
                .iter()
                .map(|(name, value)| {
                    format!("{}:{}", Value::from(&**name), shuffled(value, unknown, seed))
                })
                .collect();
            parts.push(format!(r#""an_unknown":{unknown}"#));
            for last in (1..parts.len()).rev() {
                *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                parts.swap(last, (*seed >> 33) as usize % (last + 1));
            }
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(values) => {
            let parts: Vec<_> = values.iter().map(|v| shuffled(v, unknown, seed)).collect();
            format!("[{}]", parts.join(","))
        }
        _ => body.to_string(),
    }
}

/// Every value in a body, by the path to it.
fn paths(body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), body)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                open.extend(members.iter().map(|(name, value)| (format!("{path}/{name}"), value)));
            }
            Value::Array(values) => {
                let values = values.iter().enumerate();
                open.extend(values.map(|(at, value)| (format!("{path}/{at}"), value)));
            }
            _ => {}
        }
        found.push(path);
    }
    found
}

proptest! {
    #[test]
    fn order_does_not_matter_and_unknown_fields_stay(mut seed: u64, unknown in any_json()) {
        let text = shuffled(&from_str(INCLUDES).unwrap(), &unknown, &mut seed);
        let includes: Includes = from_str(&text).unwrap();
        let mut again = from_str::<Includes>(&shuffled(
            &from_str(INCLUDES).unwrap(), &unknown, &mut seed)).unwrap();
        prop_assert_eq!(&includes, &again);
        prop_assert_eq!(to_value(&includes).unwrap(), from_str::<Value>(&text).unwrap());
        again.users[0].extra = Default::default();
        prop_assert_ne!(&includes, &again);
    }

    #[test]
    fn a_strange_value_is_an_error_or_is_kept(at: prop::sample::Index, strange in any_json()) {
        let mut body: Value = from_str(INCLUDES).unwrap();
        let paths = paths(&body);
        *body.pointer_mut(at.get::<String>(&paths)).unwrap() = strange;
        let Ok(includes) = from_value::<Includes>(body) else { return Ok(()) };
        let written = to_value(&includes).unwrap();
        prop_assert_eq!(from_value::<Includes>(written).unwrap(), includes);
    }

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..64), cut in 0..INCLUDES.len()) {
        let _ = from_slice::<Post>(&bytes);
        let _ = from_slice::<User>(&bytes);
        let mut body = INCLUDES.as_bytes()[..cut].to_vec();
        prop_assert!(from_slice::<Includes>(&body).is_err());
        body.extend(bytes);
        let _ = from_slice::<Includes>(&body);
    }

    #[test]
    fn timestamps_display_what_they_parse(millis in Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis()) {
        let timestamp = Timestamp::from_millis(millis).unwrap();
        prop_assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
    }

    #[test]
    fn parsing_texts_never_panics(text in ".{0,40}") {
        let _ = text.parse::<Timestamp>();
        let _ = text.parse::<PostId>();
        if let Ok(name) = text.parse::<Username>() {
            prop_assert!(name.as_str().len() <= 15);
        }
    }

    #[test]
    fn ids_survive_and_tell_the_time(id: u64, millis in 0u64..1 << 42) {
        let id = PostId::new(id);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        let instant = Timestamp::from_millis(1_288_834_974_657 + millis as i64).unwrap();
        let first = PostId::first_at(instant).unwrap();
        if let Some(created) = first.created_at() {
            prop_assert_eq!(created, instant);
            prop_assert!(Id::<Post>::new(first.as_u64() - 1).created_at() < Some(instant));
        }
    }
}
