//! Texts as X counts them: known cases, X's own conformance files, and what holds for every text.

#[path = "support/beside.rs"]
mod beside;
#[path = "text/conformance.rs"]
mod conformance;
#[path = "text/properties.rs"]
mod properties;

use twitter_types::{
    models::entities,
    text::{self, Config, UrlRules},
};

#[test]
fn weights() {
    for (text, weight) in [
        ("", 0),
        ("Hello, world! 👋", 16),
        ("Ünïcödé", 7),
        // Decomposed: counted as it would be composed.
        ("e\u{301}", 1),
        ("Привет", 6),
        ("こんにちは", 10),
        ("“quoted” – dash", 15),
        // Emoji of several code points: joined, with a skin tone, a flag, a keycap, tags.
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("1\u{FE0F}\u{20E3}", 2),
        ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", 2),
        // A sign that is an emoji only if it is asked to be one.
        ("©", 1),
        ("©\u{FE0F}", 2),
        // No such flag, and none so joined.
        ("🇽🇽", 4),
        ("🐱\u{200D}🐱", 5),
        // Links.
        ("https://example.com/a/very/long/path/to/some/page.html?with=a&query=too", 23),
        ("see t.co, example.com", 4 + 23 + 2 + 23),
    ] {
        assert_eq!(text::weighted_length(text), weight, "{text:?}");
    }
}

#[test]
fn every_emoji_weighs_two() {
    let with_tones = emojis::iter().flat_map(|emoji| emoji.skin_tones().into_iter().flatten());
    let emoji: Vec<_> = emojis::iter().chain(with_tones).map(|emoji| emoji.as_str()).collect();
    assert!(emoji.len() > 3000);
    for emoji in emoji {
        assert_eq!(text::weighted_length(emoji), 2, "{emoji} {}", emoji.escape_unicode());
        assert_eq!(text::weighted_length(&emoji.repeat(3)), 6, "{emoji}");
    }
}

#[test]
fn limits_of_a_post() {
    assert!(!text::is_valid_post(""));
    assert!(text::is_valid_post(&"a".repeat(280)));
    assert!(!text::is_valid_post(&"a".repeat(281)));
    assert!(text::is_valid_post(&"字".repeat(140)));
    assert!(!text::is_valid_post("a\u{FEFF}b"));

    let measured = text::measure("a\u{FEFF}b");
    assert_eq!((measured.weighted_length, measured.valid_end), (4, 1));
    assert_eq!(text::measure(&"a".repeat(300)).permillage, 1071);
}

#[test]
fn a_cut_is_never_inside_of_something() {
    let cut = |text: &str| text::measure(text).valid_end;
    // A link, an emoji, and a letter with its accent.
    assert_eq!(cut(&format!("{} https://example.com/", "a".repeat(270))), 271);
    assert_eq!(cut(&format!("{}👩‍👩‍👧‍👦", "a".repeat(279))), 279);
    assert_eq!(cut(&format!("{}e\u{301}", "a".repeat(280))), 280);
    assert_eq!(cut(&format!("{}e\u{301}b", "a".repeat(279))), 282);
    // Cut behind `.com` it would have a link that the whole text does not have.
    assert_eq!(cut(&format!("{} b.comics1", "a".repeat(274))), 275);
}

#[test]
fn links() {
    for (text, urls) in [
        ("no link.", &[] as &[_]),
        ("Go to x.com/home.", &["x.com/home"]),
        ("HTTPS://EXAMPLE.COM", &["HTTPS://EXAMPLE.COM"]),
        ("(see https://en.wikipedia.org/wiki/A_(b)).", &["https://en.wikipedia.org/wiki/A_(b)"]),
        ("user@example.com", &[]),
        ("#example.com $example.com @example.com", &[]),
        ("中文example.com中文b.jp/a", &["example.com", "b.jp/a"]),
        ("https://bücher.example.com:8080/ä?q=1#f", &["https://bücher.example.com:8080/ä?q=1#f"]),
        ("https://t.co/abc-def", &["https://t.co/abc"]),
        ("file.txt v1.2.3 etc.pp", &[]),
        ("-a.com /b.com _c.com", &[]),
        ("https://-a.com", &[]),
        ("http://foo.みんな/", &["http://foo.みんな/"]),
    ] {
        let found: Vec<_> = text::urls(text).map(|url| url.text).collect();
        assert_eq!(found, urls, "{text}");
    }
}

#[test]
fn offsets_of_links() {
    let text = "👋 è x.com and https://example.com/😷";
    let urls: Vec<_> = text::urls(text).collect();
    let offsets: Vec<_> = urls.iter().map(|url| (url.start, url.end)).collect();
    assert_eq!(offsets, [(4, 9), (14, 34)]);
    for url in urls {
        assert_eq!(&text[url.range], url.text);
        assert_eq!(entities::slice(text, url.start, url.end), Some(url.text));
    }
}

#[test]
fn versions_of_the_counter() {
    let weights = |text| {
        let weight = |config: Config| config.measure(text).weighted_length;
        [weight(Config::V1), weight(Config::V2), weight(Config::V3)]
    };
    assert_eq!(weights("字"), [1, 2, 2]);
    assert_eq!(weights("👍🏽"), [2, 4, 2]);
    assert_eq!(weights("https://example.com/"), [23, 23, 23]);

    let mut config = Config::V3;
    config.max_weighted_length = 0;
    assert!(!config.measure("a").is_valid);
    config.max_weighted_length = 400;
    let measured = config.measure("a".repeat(401).as_str());
    assert_eq!((measured.valid_end, measured.permillage), (400, 1002));
}

#[test]
fn tags() {
    for tag in
        ["#a", "＃a", "#_a_", "#é", "#e\u{301}", "#می\u{200C}خواهم", "#il·lusió", "#١a", "#𠀡"]
    {
        assert!(text::is_valid_hashtag(tag), "{tag}");
    }
    for tag in ["", "#", "a", "##a", "#a#b", "#a b", " #a", "#a!", "#_1", "#·", "#\u{20E3}a"] {
        assert!(!text::is_valid_hashtag(tag), "{tag}");
    }
    assert!(!text::is_valid_hashtag("#\u{FE0F}\u{20E3}a"), "a keycap");
    assert!(!text::is_valid_hashtag("#Ⅷ"), "a number, and no letter");
}

#[test]
fn lists() {
    let long = format!("@{}/{}", "a".repeat(20), "b".repeat(25));
    for list in ["@a/b", "＠a/b", "@_1/B_-1", &long] {
        assert!(text::is_valid_list(list), "{list}");
    }
    let too_long = [format!("@{}/b", "a".repeat(21)), format!("@a/{}", "b".repeat(26))];
    for list in ["", "@", "a/b", "@a/1", "@a/-b", "@a/b/c", "@/b", "@a-b/c", "@é/b", "@a/b\n"] {
        assert!(!text::is_valid_list(list), "{list}");
    }
    assert!(too_long.iter().all(|list| !text::is_valid_list(list)));
}

#[test]
fn addresses() {
    for url in [
        "http://a.b",
        "https://a.b.:80@c.d",
        "http://192.168.0.10:65535",
        "http://[::1]",
        "http://[::ffff:1.2.3.4]:8/",
        "http://a_b.c.d/%C3%A9//?%20#%20?/",
        "http://bücher.example",
        "http://xn--bcher-kva.example",
        "http://a.b/|",
    ] {
        assert!(text::is_valid_url(url), "{url}");
    }
    for url in [
        "",
        "http://",
        "http:///a",
        "//a.b",
        "a.b",
        "http:a.b",
        "http://a",
        "http://a.b.",
        "http://a..b",
        "http://a.1b",
        "http://a_b.c",
        "http://a.b:",
        "http://a.b:123456",
        "http://a.b:8a",
        "http://@",
        "http://a@b@c.d",
        "http://1.2.3.04",
        "http://[::1",
        "http://[::g]",
        "http://a.b/%2",
        "http://a.b/%é1",
        "http://a.b/%zz",
        "http://a.b/é",
        "http://a.b/#a#b",
        "http://a\u{3000}b.c",
        "http://a.b/\n",
    ] {
        assert!(!text::is_valid_url(url), "{url}");
    }
}

#[test]
fn rules_for_addresses() {
    let mut rules = UrlRules::default();
    rules.scheme_optional = true;
    assert!(["a.b", "HTTP://a.b", "a.b:8/c://d"].into_iter().all(|url| rules.is_valid(url)));
    assert!(["ftp://a.b", "://a.b", "/a.b"].into_iter().all(|url| !rules.is_valid(url)));
    rules.ascii_host = true;
    assert!(rules.is_valid("xn--bcher-kva.example/Ж") && !rules.is_valid("bücher.example/"));
}

/// Linear work on all of this takes a second, even unoptimized. If the work for one piece grew with
/// the square of the length, that piece would take thousands of millions of steps: minutes.
#[test]
fn long_and_malicious() {
    const LENGTH: usize = 64 * 1024;
    for piece in [
        "a",
        ".",
        "a.",
        "あ.",
        "あ.com",
        "-a.com",
        "a_.",
        "a.b-",
        "https://a",
        "#a.com",
        "a.co/(",
        "a.co/((a)",
        "a.co?!",
        "a.co:",
        "xn--a.",
        "http://t.co/a-",
        "\u{301}",
        "👩\u{200D}",
        "🇦",
        "か\u{3099}",
        "é.com.é",
        "\u{FEFF}a.co",
    ] {
        let text = piece.repeat(LENGTH / piece.len()) + ".com";
        let measured = text::measure(&text);
        assert!(!measured.is_valid && measured.valid_end < 10_000, "{piece}");
        assert!(text::urls(&text).all(|url| url.text.len() <= 4096), "{piece}");
    }
}
