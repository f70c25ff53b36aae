//! Time, which does not repeat, from many short runs.

use std::time::Instant;

/// How often to look, and how many runs at a time.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) pairs: usize,
    pub(crate) runs: u32,
}

impl Clock {
    /// How many times longer `one` takes than `other`: the median over pairs of runs next to each
    /// other, so that what else the machine does meets both.
    pub(crate) fn ratio(self, one: &mut dyn FnMut(), other: &mut dyn FnMut()) -> f64 {
        let pair = |_| {
            let one = self.seconds(one);
            one / self.seconds(other)
        };
        median((0..self.pairs).map(pair).collect())
    }

    /// For one run, when nothing else is in the way.
    pub(crate) fn nanoseconds(self, run: &mut dyn FnMut()) -> f64 {
        (0..self.pairs).map(|_| 1e9 * self.seconds(run)).fold(f64::INFINITY, f64::min)
    }

    /// For one run, as it goes most of the time.
    pub(crate) fn median_nanoseconds(self, run: &mut dyn FnMut()) -> f64 {
        1e9 * median((0..self.pairs).map(|_| self.seconds(run)).collect())
    }

    fn seconds(self, run: &mut dyn FnMut()) -> f64 {
        let start = Instant::now();
        (0..self.runs).for_each(|_| run());
        start.elapsed().as_secs_f64() / f64::from(self.runs)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
