//! Numbers that look random and are the same each time, for what a seed decides.

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to one less than the end, which is positive.
    pub(crate) fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as i64
    }

    pub(crate) fn pick(&mut self, list: &[u64]) -> u64 {
        list.get(self.below(list.len() as i64) as usize).copied().unwrap_or_default()
    }
}
