//! Whatever happens, a call ends, in bounds, and a post is created at most once.

use proptest::{collection::vec, prelude::*};

use crate::*;

/// What a server may do with a request.
#[derive(Clone, Debug)]
enum Act {
    Carry(u16),
    Refuse(u16, Option<u32>, Option<i64>),
    Fail(TransportErrorKind),
}

fn act() -> impl Strategy<Value = Act> {
    use TransportErrorKind::{Closed, Connect, Other, Refused, Timeout, TooLarge};
    let failure = prop::sample::select(vec![Closed, Connect, Other, Refused, Timeout, TooLarge]);
    let refusal = prop::sample::select(vec![400, 401, 402, 403, 404, 409, 429, 429, 429]);
    let broken = prop::sample::select(vec![500, 501, 502, 503, 504]);
    let retry_after = prop::option::of(0..200_u32);
    prop_oneof![
        1 => prop::sample::select(vec![200, 201]).prop_map(Act::Carry),
        3 => (refusal, retry_after.clone(), prop::option::of(-100..3000_i64))
            .prop_map(|(status, after, reset)| Act::Refuse(status, after, reset)),
        3 => (broken, retry_after).prop_map(|(status, after)| Act::Refuse(status, after, None)),
        3 => failure.prop_map(Act::Fail),
    ]
}

fn scripted((act, millis): (Act, u64)) -> Scripted {
    let scripted = match act {
        Act::Carry(status) => answer(status, &[], OK),
        Act::Refuse(status, after, reset) => {
            let mut headers = reset.map(|reset| window("rate", 10, 0, reset)).unwrap_or_default();
            headers.extend(after.map(|after| ("retry-after", after.to_string())));
            answer(status, &headers, "{}")
        }
        Act::Fail(kind) => failure(kind),
    };
    Scripted { takes: Duration::from_millis(millis), ..scripted }
}

/// Whether a server that did this certainly did not do what was asked.
fn is_undone(act: &Act) -> bool {
    use TransportErrorKind::{Connect, Refused};
    match act {
        Act::Carry(_) | Act::Refuse(500.., ..) => false,
        Act::Refuse(..) => true,
        Act::Fail(kind) => matches!(kind, Connect | Refused),
    }
}

/// A policy, made anew for each case: a clone would share what the last case learnt.
fn policy() -> impl Strategy<Value = Policy> {
    let bound = prop::option::of(prop::option::of(0..2400_u64));
    let parts = (0..6_u32, 0..120_u64, bound, prop::option::of(0..200_u64));
    parts.prop_map(|(retries, within, bound, deadline)| {
        let retries = Retries::new(retries).within(Duration::from_secs(within));
        let mut policy = Policy::new().with_retries(retries);
        if let Some(bound) = bound {
            let limits = Limits::new();
            policy = policy.with_limits(match bound {
                Some(bound) => limits.waiting(Duration::from_secs(bound)),
                None => limits,
            });
        }
        match deadline {
            Some(deadline) => policy.with_deadline(Duration::from_secs(deadline)),
            None => policy,
        }
    })
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_call_ends_in_bounds(
        acts in vec((act(), 0..40_000_u64), 20),
        policy in policy(),
        is_write in any::<bool>(),
    ) {
        let mut world = World::new(acts.clone().into_iter().map(scripted));
        let outcome =
            if is_write { world.call(&write(), &policy).map(drop) } else { world.call(&read(), &policy).map(drop) };
        let sent = world.sent.len();
        prop_assert!(sent <= 6);
        // 40 s for each request, two minutes of retries, 40 minutes of windows and their spread.
        prop_assert!(world.elapsed() <= Duration::from_secs(240 + 120 + 2400 + 10));
        let before_last = &acts[..sent.saturating_sub(1)];
        if is_write {
            prop_assert!(before_last.iter().all(|(act, _)| is_undone(act)));
            let is_unknown = sent > 0 && matches!(
                acts[sent - 1].0,
                Act::Refuse(500.., ..) | Act::Fail(TransportErrorKind::Closed
                    | TransportErrorKind::Other
                    | TransportErrorKind::Timeout
                    | TransportErrorKind::TooLarge)
            );
            if is_unknown {
                prop_assert!(matches!(outcome, Err(Error::OutcomeUnknown { .. })), "{:?}", outcome);
            }
        }
        prop_assert!(!before_last.iter().any(|(act, _)| matches!(act, Act::Carry(_))));
        if outcome.is_ok() {
            prop_assert!(matches!(acts[sent - 1].0, Act::Carry(_)));
        }
    }

    #[test]
    fn a_deadline_holds(acts in vec((act(), 0..40_000_u64), 20), policy in policy(), seconds in 0..300_u64) {
        let policy = policy.with_deadline(Duration::from_secs(seconds));
        let mut world = World::new(acts.into_iter().map(scripted));
        let _ = world.call(&read(), &policy);
        let limit = Duration::from_secs(seconds) + Duration::from_millis(20);
        prop_assert!(world.elapsed() <= limit, "{:?}", world.elapsed());
        prop_assert!(world.sent.iter().all(|(time, _)| time.as_seconds() < START + i64::try_from(seconds).unwrap()));
    }
}
