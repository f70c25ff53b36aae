//! Time, which does not repeat, from many short runs.

use std::time::Instant;

const PAIRS: usize = 501;
const RUN: u32 = 50;

/// How many times longer `one` takes than `other`: the median over pairs of runs next to each other,
/// so that what else the machine does meets both.
pub(crate) fn ratio(one: &mut dyn FnMut(), other: &mut dyn FnMut()) -> f64 {
    let pair = |_| {
        let one = seconds(one);
        one / seconds(other)
    };
    median((0..PAIRS).map(pair).collect())
}

/// For one signature, when nothing else is in the way.
pub(crate) fn nanoseconds(sign: &mut dyn FnMut()) -> f64 {
    (0..PAIRS).map(|_| 1e9 * seconds(sign)).fold(f64::INFINITY, f64::min)
}

fn seconds(sign: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    (0..RUN).for_each(|_| sign());
    start.elapsed().as_secs_f64() / f64::from(RUN)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
