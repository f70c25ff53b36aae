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
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..64), cut in 0..INCLUDES.trim_end().len()) {
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

    #[test]
    fn ids_are_digits_that_fit(text in prop_oneof!["[0-9]{0,22}", "[0-9]{0,19}[/:aé][0-9]{0,3}"]) {
        let digits = (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let id = text.parse::<u64>().ok().filter(|_| digits).map(PostId::new);
        prop_assert_eq!(text.parse().ok(), id);
    }

    #[test]
    fn lists_of_any_length_are_read(length in 0u64..300, nulls: bool) {
        let null = nulls.then_some(Value::Null);
        let user = |id: u64| [Some(serde_json::json!({"id": id})), null.clone()];
        let users: Vec<Value> = (0..length).flat_map(user).flatten().collect();
        let includes: Includes = from_value(serde_json::json!({"users": users})).unwrap();
        let ids: Vec<u64> = includes.users.iter().map(|user| user.id.as_u64()).collect();
        prop_assert_eq!(ids, (0..length).collect::<Vec<_>>());
    }
}

#[test]
fn the_days_of_the_calendar_are_read() {
    for (year, length) in [(1900, 365), (1999, 365), (2000, 366), (2023, 365), (2024, 366)] {
        let days = (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day)));
        let texts = days.map(|(month, day)| format!("{year}-{month:02}-{day:02}T00:00:00.000Z"));
        let read = texts.filter(|text| match text.parse::<Timestamp>() {
            Ok(time) => time.to_string() == *text || panic!("{text} was read as {time}"),
            Err(_) => false,
        });
        assert_eq!(read.count(), length, "{year}");
    }
}

#[test]
fn a_list_of_fixed_length_skips_null() {
    let post = |range| from_str::<Post>(&format!(r#"{{"id":"5","display_text_range":{range}}}"#));
    assert_eq!(post("[3,null,8]").unwrap().display_text_range, Some([3, 8]));
    assert_eq!(post("[]").unwrap().display_text_range, None);
    assert!(post("[1,2,3]").unwrap_err().to_string().contains("3 elements where 2 belong"));
}
