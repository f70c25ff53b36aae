//! A text in Normalization Form C, and the way back to the text it was made from.

use std::borrow::Cow;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
};

/// A text in the form in which X counts it.
pub(super) struct Normalized<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where the pieces that were normalized each for itself begin: in the normalized text, and in
    /// the original. Empty if nothing changed.
    pieces: Vec<(usize, usize)>,
}

impl<'a> Normalized<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        if is_nfc_quick(original.chars()) == IsNormalized::Yes {
            return Self { text: Cow::Borrowed(original), pieces: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut pieces = Vec::new();
        let mut piece = 0;
        for (at, c) in original.char_indices() {
            if at > piece && is_unaffected_by_what_precedes(c) {
                pieces.push((text.len(), piece));
                text.extend(original[piece..at].nfc());
                piece = at;
            }
        }
        pieces.push((text.len(), piece));
        text.extend(original[piece..].nfc());
        pieces.push((text.len(), original.len()));
        Self { text: Cow::Owned(text), pieces }
    }

    /// The last place up to a byte of the normalized text at which the original can be cut: in the
    /// normalized text, and in the original.
    pub(super) fn cut(&self, at: usize) -> (usize, usize) {
        let after = self.pieces.partition_point(|&(normalized, _)| normalized <= at);
        after.checked_sub(1).map_or((at, at), |before| self.pieces[before])
    }
}

/// Whether a code point stays apart from those before it, whatever they are (UAX #15, section 9).
fn is_unaffected_by_what_precedes(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick([c].into_iter()) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_make_the_normalized_text(
            text in "([a-e\u{300}-\u{345}\u{1100}-\u{11FF}가-각\u{958}\u{93C}\u{FB1D}-\u{FB4F}]|\\PC){0,24}"
        ) {
            let normalized = Normalized::new(&text);
            prop_assert_eq!(normalized.text.as_ref(), text.nfc().collect::<String>());
            for at in 0..=normalized.text.len() {
                let (cut, original) = normalized.cut(at);
                if normalized.text.is_char_boundary(cut) {
                    let kept: String = text[..original].nfc().collect();
                    prop_assert_eq!(&normalized.text[..cut], kept);
                }
            }
        }
    }
}
