//! Emoji that are written with several code points, and count as one.
//!
//! The grammar is that of [UTS #51]; [`joins`] narrows it to what joined emoji are made of. All of
//! Unicode 18 are known here, so one that X does not know yet may weigh more there.
//!
//! [UTS #51]: https://www.unicode.org/reports/tr51/

use core::str::Chars;

use unicode_properties::{UnicodeEmoji, emoji::EmojiStatus};

/// The bytes of the emoji at the start of a text, if it has more than one code point.
///
/// One code point needs no care: X counts it as the character it is, which comes to the same.
pub(super) fn sequence(text: &str) -> Option<usize> {
    let mut rest = text.chars();
    let first = rest.next()?;
    match first {
        '#' | '*' | '0'..='9' => {
            skip(&mut rest, is_emoji_selector);
            skip(&mut rest, |next| next == KEYCAP).then_some(())?;
        }
        '\0'..'\u{A9}' => return None,
        '\u{1F1E6}'..='\u{1F1FF}' => {
            let second = rest.next()?;
            is_flag(first, second).then_some(())?;
        }
        BLACK_FLAG if TAGGED_FLAGS.iter().any(|tags| rest.as_str().starts_with(tags)) => {
            rest.find(|&tag| tag == CANCEL_TAG);
        }
        _ => joined(first, &mut rest),
    }
    let length = text.len() - rest.as_str().len();
    (length > first.len_utf8()).then_some(length)
}

/// Takes what belongs to an emoji after its first code point: its look, and emoji joined to it.
fn joined(first: char, rest: &mut Chars<'_>) {
    let mut base = first;
    look(base, rest);
    // No emoji joins more than four.
    for _ in 1..4 {
        let mut ahead = rest.clone();
        if !skip(&mut ahead, |next| next == JOINER) {
            return;
        }
        match ahead.next() {
            Some(next) if joins(base, next) => base = next,
            _ => return,
        }
        // The children of a family come in one skin tone.
        if !matches!(base, '👦' | '👧' | '🧒') {
            look(base, &mut ahead);
        }
        *rest = ahead;
    }
}

/// Takes what says how an emoji looks: as a picture, and in which skin tone.
fn look(base: char, rest: &mut Chars<'_>) {
    let next = rest.clone().next();
    if !next.is_some_and(|next| is_emoji_selector(next) || is_skin_tone(next)) {
        return;
    }
    let status = base.emoji_status();
    let is_picture = matches!(
        status,
        EmojiStatus::EmojiPresentation
            | EmojiStatus::EmojiPresentationAndModifierBase
            | EmojiStatus::EmojiPresentationAndEmojiComponent
            | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
    );
    if base.is_emoji_char() && (!is_picture || is_picture_by_choice(base)) {
        skip(rest, is_emoji_selector);
    }
    let has_tones = matches!(
        status,
        EmojiStatus::EmojiModifierBase | EmojiStatus::EmojiPresentationAndModifierBase
    );
    if has_tones {
        skip(rest, is_skin_tone);
    }
}

/// Whether an emoji that is a picture anyway may be asked to be one, as those of the first hour
/// were.
fn is_picture_by_choice(base: char) -> bool {
    matches!(
        base,
        '⌚' | '⌛' | '◽' | '◾' | '☔' | '☕' | '♈'
            ..='♓'
                | '♿'
                | '⚓'
                | '⚡'
                | '⚪'
                | '⚫'
                | '⚽'
                | '⚾'
                | '⛄'
                | '⛅'
                | '⛔'
                | '⛪'
                | '⛲'
                | '⛳'
                | '⛵'
                | '⛺'
                | '⛽'
                | '❗'
                | '⬛'
                | '⬜'
                | '⭐'
                | '⭕'
                | '🀄'
                | '🈚'
                | '🈯'
    )
}

/// Takes the next code point if it is the wanted one.
fn skip(rest: &mut Chars<'_>, is_wanted: impl Fn(char) -> bool) -> bool {
    let mut ahead = rest.clone();
    let found = ahead.next().is_some_and(is_wanted);
    if found {
        *rest = ahead;
    }
    found
}

const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';
const BLACK_FLAG: char = '\u{1F3F4}';
const CANCEL_TAG: char = '\u{E007F}';

/// The tags of the flags of England, Scotland and Wales: `gbeng`, `gbsct` and `gbwls`.
const TAGGED_FLAGS: [&str; 3] = [
    "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
];

fn is_emoji_selector(c: char) -> bool {
    c == '\u{FE0F}'
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether two regional indicators are the flag of a region.
fn is_flag(first: char, second: char) -> bool {
    let letter = |indicator: char| u32::from(indicator).checked_sub(0x1F1E6);
    let (Some(first), Some(second)) = (letter(first), letter(second)) else { return false };
    let Some(seconds) = FLAGS.get(first as usize) else { return false };
    seconds.bytes().any(|letter| u32::from(letter - b'A') == second)
}

/// The second letters of the regions that have a flag, for each first letter from A to Z.
const FLAGS: [&str; 26] = [
    "CDEFGILMOQRSTUWXZ",
    "ABDEFGHIJLMNOQRSTVWYZ",
    "ACDFGHIKLMNOPQRUVWXYZ",
    "EGJKMOZ",
    "ACEGHRSTU",
    "IJKMOR",
    "ABDEFGHILMNPQRSTUWY",
    "KMNRTU",
    "CDELMNOQRST",
    "EMOP",
    "EGHIMNPRWYZ",
    "ABCIKRSTUVY",
    "ACDEFGHKLMNOPQRSTUVWXYZ",
    "ACEFGILOPRUZ",
    "M",
    "AEFGHKLMNRSTWY",
    "A",
    "EOSUW",
    "ABCDEGHIJKLMNORSTVXYZ",
    "ACDFGHJKLMNORTVWZ",
    "AGMNSYZ",
    "ACEGINU",
    "FS",
    "K",
    "ET",
    "AMW",
];

/// Whether an emoji exists that joins these two in this order.
fn joins(left: char, right: char) -> bool {
    let is_adult = |c| matches!(c, '👨' | '👩' | '🧑');
    match right {
        // What someone does, how their hair is, and who they hold by the hand.
        '⚕' | '⚖' | '✈' | '❤' | '🌾' | '🍳' | '🍼' | '🎄' | '🎓' | '🎤' | '🎨' | '🏫' | '🏭'
        | '🐰' | '💻' | '💼' | '🔧' | '🔬' | '🚀' | '🚒' | '🤝' | '🦯' | '🦰' | '🦱' | '🦲'
        | '🦳' | '🦼' | '🦽' | '🩰' | '\u{1FAEF}' => is_adult(left),
        '👨' | '👩' | '🧑' => {
            is_adult(left) || matches!(left, '❤' | '🐰' | '💋' | '🤝' | '\u{1FAEF}')
        }
        '👦' | '👧' => matches!(left, '👦' | '👧' | '👨' | '👩'),
        '🧒' => matches!(left, '🧑' | '🧒'),
        '🫲' => left == '🫱',
        // Which of the two, and which way.
        '♀' | '♂' => has_gender(left),
        '➡' => matches!(left, '♀' | '♂' | '🏃' | '🚶' | '🦯' | '🦼' | '🦽' | '🧎'),
        // Those that are joined to one thing only.
        '↔' | '↕' => left == '🙂',
        '☠' => left == BLACK_FLAG,
        '⚧' | '🌈' => left == '🏳',
        '❄' => left == '🐻',
        '⬛' => matches!(left, '🐈' | '🐦'),
        '🌫' => left == '😶',
        '💋' | '🩹' => left == '❤',
        '🔥' => matches!(left, '❤' | '🐦'),
        '💥' => left == '⛓',
        '💨' => left == '😮',
        '💫' => left == '😵',
        '🗨' => left == '👁',
        '🟩' => left == '🍋',
        '🟫' => left == '🍄',
        '🦺' => left == '🐕',
        _ => false,
    }
}

/// Whether an emoji of someone comes as a woman and as a man.
fn has_gender(someone: char) -> bool {
    matches!(someone, '⛹' | '🏃' | '🏄' | '🏊'..='🏌' | '👮'..='👱' | '👳' | '👷' | '💁' | '💂' | '💆'
        | '💇' | '🕵' | '🙅'..='🙇' | '🙋' | '🙍' | '🙎' | '🚣' | '🚴'..='🚶' | '🤦' | '🤵' | '🤷'..='🤹'
        | '🤼'..='🤾' | '🦸' | '🦹' | '🧍'..='🧏' | '🧔' | '🧖'..='🧟')
}
