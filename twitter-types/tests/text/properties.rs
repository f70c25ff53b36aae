//! What holds for every text.

use proptest::{collection::vec, prelude::*};
use twitter_types::{
    models::entities,
    text::{self, MAX_WEIGHTED_LENGTH, URL_LENGTH},
};

/// Texts that are rich in what the rules are about.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "http://",
                "https://",
                "t.co/",
                "example",
                ".com",
                ".co",
                ".jp",
                ".みんな",
                ".xn--p1ai",
                "xn--",
                "com",
                "/",
                "?",
                "#",
                "@",
                "-",
                "_",
                ".",
                ":80",
                "(",
                ")",
                "=",
                "あ",
                "é",
                "e\u{301}",
                "か\u{3099}",
                "\u{FB2C}",
                "👩",
                "👩‍👩‍👧",
                "\u{200D}",
                "\u{FE0F}",
                "🏽",
                "🇩",
                "🇪",
                "1\u{20E3}",
                "\u{FEFF}",
                "\u{202A}",
                " ",
                "\n",
            ][..]
        )
        .prop_map(str::to_owned),
        "[a-z0-9]{1,12}",
        "\\PC{1,4}",
        prop::sample::select(&["a", "字", "e\u{301}", "a.b"][..])
            .prop_flat_map(|piece| (120_usize..280).prop_map(move |times| piece.repeat(times))),
    ];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn links_lie_in_the_text_one_after_the_other(text in texts()) {
        let mut before = (0, 0);
        for url in text::urls(&text) {
            prop_assert!(before.0 <= url.range.start && before.1 <= url.start);
            prop_assert!(!url.text.is_empty());
            prop_assert_eq!(&text[url.range.clone()], url.text);
            prop_assert_eq!(entities::slice(&text, url.start, url.end), Some(url.text));
            before = (url.range.end, url.end);
        }
    }

    #[test]
    fn what_is_valid_is_a_valid_post(text in texts()) {
        let measured = text::measure(&text);
        let kept = &text[..measured.valid_end];
        prop_assert!(kept.is_empty() || text::is_valid_post(kept), "{:?}", kept);
        prop_assert_eq!(measured.is_valid, !text.is_empty() && kept == text);
        if measured.is_valid {
            prop_assert!(measured.weighted_length <= MAX_WEIGHTED_LENGTH);
        }
    }

    /// Nothing reaches over a line break.
    #[test]
    fn lines_add_up(left in texts(), right in texts()) {
        let right = format!("\n{right}");
        let both = text::weighted_length(&format!("{left}{right}"));
        prop_assert_eq!(both, text::weighted_length(&left) + text::weighted_length(&right));
    }

    #[test]
    fn a_text_weighs_at_most_what_its_characters_and_links_do(text in texts()) {
        let characters = u32::try_from(text.chars().count()).unwrap();
        let links = u32::try_from(text::urls(&text).count()).unwrap();
        // A character that is decomposed for good becomes up to three.
        let bound = 2 * 3 * characters + URL_LENGTH * links;
        prop_assert!(text::weighted_length(&text) <= bound);
    }

    #[test]
    fn no_text_is_too_wild(text in any::<String>()) {
        let measured = text::measure(&text);
        prop_assert!(text.is_char_boundary(measured.valid_end));
        prop_assert!(text::urls(&text).count() <= text.len() / "a.co".len());
    }

    #[test]
    fn an_address_has_escapes_and_no_spaces(text in any::<String>()) {
        let escaped: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let url = format!("http://{escaped}@a.b/{escaped}?{escaped}#{escaped}");
        prop_assert!(text::is_valid_url(&url), "{}", url);
        let is_bare = text::is_valid_url(&format!("http://a.b/{text}"));
        prop_assert!(!is_bare || !text.contains(|c: char| c.is_whitespace() || c.is_control()));
    }
}
