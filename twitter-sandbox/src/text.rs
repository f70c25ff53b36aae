//! Reading a post's text: its links, tags and mentions, its language, and its words for search.

/// A part of a text that means something, with its place in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The tag, the username or the expanded URL.
    pub(crate) value: String,
}

/// What a text refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entities {
    pub(crate) hashtags: Vec<Entity>,
    pub(crate) cashtags: Vec<Entity>,
    pub(crate) mentions: Vec<Entity>,
    pub(crate) urls: Vec<Entity>,
}

impl Entities {
    /// Shortens the links of a typed text, and finds what the result refers to.
    pub(crate) fn of(typed: &str) -> (String, Self) {
        let mut text: Vec<char> = Vec::with_capacity(typed.len());
        let mut found = Self::default();
        let chars: Vec<char> = typed.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let fresh = at == 0 || !is_word(chars[at - 1]);
            let start = text.len();
            if fresh && let Some(length) = url_length(&chars[at..]) {
                let expanded: String = chars[at..at + length].iter().collect();
                text.extend(short_link(&expanded).chars());
                found.urls.push(Entity { start, end: text.len(), value: expanded });
                at += length;
                continue;
            }
            if fresh && matches!(chars[at], '#' | '＃' | '$' | '@' | '＠') {
                let word = chars[at + 1..].iter().take_while(|next| is_word(**next));
                let value: String = word.collect();
                let end = start + 1 + value.chars().count();
                match chars[at] {
                    '$' if is_ticker(&value) => found.cashtags.push(Entity { start, end, value }),
                    '@' | '＠' if is_username(&value) => {
                        found.mentions.push(Entity { start, end, value });
                    }
                    '#' | '＃' if value.chars().any(char::is_alphabetic) => {
                        found.hashtags.push(Entity { start, end, value });
                    }
                    _ => {}
                }
            }
            text.push(chars[at]);
            at += 1;
        }
        (text.into_iter().collect(), found)
    }

    /// Only what ends within the first `length` code points.
    pub(crate) fn within(&self, length: usize) -> Self {
        let keep = |list: &[Entity]| {
            list.iter().filter(|entity| entity.end <= length).cloned().collect::<Vec<_>>()
        };
        Self {
            hashtags: keep(&self.hashtags),
            cashtags: keep(&self.cashtags),
            mentions: keep(&self.mentions),
            urls: keep(&self.urls),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hashtags.is_empty()
            && self.cashtags.is_empty()
            && self.mentions.is_empty()
            && self.urls.is_empty()
    }
}

pub(crate) fn is_username(text: &str) -> bool {
    (1..=15).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_ticker(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// How long the link is that starts here.
fn url_length(chars: &[char]) -> Option<usize> {
    let starts = |scheme: &&str| {
        chars.len() >= scheme.len() && scheme.chars().zip(chars).all(|(want, have)| want == *have)
    };
    let scheme = ["https://", "http://"].into_iter().find(starts)?;
    let mut length = chars.iter().take_while(|next| next.is_ascii_graphic()).count();
    while length > 0 && matches!(chars[length - 1], '.' | ',' | '!' | '?' | ')' | '"' | '\'') {
        length -= 1;
    }
    (length > scheme.len()).then_some(length)
}

/// The link that stands for another, the same one each time.
pub(crate) fn short_link(expanded: &str) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut hash = expanded.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    let mut link = String::from("https://t.co/");
    for _ in 0..10 {
        link.push(char::from(LETTERS[(hash % 36) as usize]));
        hash /= 36;
    }
    link
}

/// A guess at the language, from the letters alone.
pub(crate) fn language(text: &str) -> &'static str {
    let script = |letter: char| match letter {
        '\u{3040}'..='\u{30ff}' => Some("ja"),
        '\u{ac00}'..='\u{d7af}' => Some("ko"),
        '\u{0400}'..='\u{04ff}' => Some("ru"),
        '\u{0600}'..='\u{06ff}' => Some("ar"),
        '\u{0900}'..='\u{097f}' => Some("hi"),
        '\u{0370}'..='\u{03ff}' => Some("el"),
        _ => None,
    };
    let han = |letter| matches!(letter, '\u{4e00}'..='\u{9fff}');
    match text.chars().find_map(script) {
        Some(language) => language,
        None if text.chars().any(han) => "zh",
        None if text.chars().any(char::is_alphabetic) => "en",
        None => "und",
    }
}

/// How texts are made alike before they are compared: [`folded`] or [`lowered`].
pub(crate) type Fold = fn(&str) -> String;

/// The words of a text, folded, in their order.
pub(crate) fn words(text: &str, fold: Fold) -> Vec<String> {
    let folded = fold(text);
    let pieces = folded.split(|letter: char| !is_word(letter) && !is_joiner(letter));
    pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// Marks that continue a word in scripts that compose their letters.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036f}' | '\u{0900}'..='\u{097f}')
}

/// The text in lower case and without the accents of Latin letters.
pub(crate) fn folded(text: &str) -> String {
    let combining = |letter: &char| !matches!(letter, '\u{0300}'..='\u{036f}');
    text.chars().flat_map(char::to_lowercase).filter(combining).map(plain).collect()
}

/// The text in lower case.
pub(crate) fn lowered(text: &str) -> String {
    text.to_lowercase()
}

fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' => 's',
        'ţ' | 'ť' | 'ŧ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// Whether a language that writes no spaces makes the word a part of longer ones.
pub(crate) fn unspaced(word: &str) -> bool {
    word.chars().any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::{Entities, Entity, folded, language, words};

    fn entity(start: usize, end: usize, value: &str) -> Entity {
        Entity { start, end, value: value.to_owned() }
    }

    #[test]
    fn places_are_counted_in_code_points() {
        let (text, found) =
            Entities::of("🦀é #Café_1 @XDevelopers, $EXMP (https://example.com/a?b=1)");
        assert_eq!(found.hashtags, [entity(3, 10, "Café_1")]);
        assert_eq!(found.mentions, [entity(11, 23, "XDevelopers")]);
        assert_eq!(found.cashtags, [entity(25, 30, "EXMP")]);
        assert_eq!(found.urls, [entity(32, 55, "https://example.com/a?b=1")]);
        let link: String = text.chars().skip(32).take(23).collect();
        assert!(link.starts_with("https://t.co/"), "{link}");
        assert!(text.ends_with(')'));
    }

    #[test]
    fn not_everything_is_an_entity() {
        let (text, found) = Entities::of("a@b.c #1 $5 @ https:// me#x # @sixteen_letters_");
        assert_eq!(text, "a@b.c #1 $5 @ https:// me#x # @sixteen_letters_");
        assert!(found.is_empty(), "{found:?}");
        assert!(Entities::of("").1.is_empty());
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Crème-BRÛLÉE, s'il vous plaît!", folded),
            ["creme", "brulee", "s", "il", "vous", "plait"]
        );
        assert_eq!(folded("E\u{301}té"), "ete");
    }

    #[test]
    fn scripts_tell_languages() {
        assert_eq!(language("今日はいい天気"), "ja");
        assert_eq!(language("你好"), "zh");
        assert_eq!(language("hello"), "en");
        assert_eq!(language("🎉 123"), "und");
    }
}
