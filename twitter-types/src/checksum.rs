//! A number for some bytes, in files and texts that a later version reads.

/// FNV-1a, of 64 bits: the same in every version of this crate. It tells bytes apart, and keeps nothing
/// of them.
pub(crate) fn checksum(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::checksum;

    /// The authors' own vectors: `draft-eastlake-fnv`, appendix C.
    #[test]
    fn it_is_fnv_1a() {
        assert_eq!(checksum(*b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(checksum(*b"foobar"), 0x8594_4171_f739_67e8);
    }
}
