//! Names and sentences for the seeded world.

/// Username, display name, year of joining, verified type and profile text of the named accounts.
pub(super) const NAMED: [(&str, &str, u32, &str, &str); 6] = [
    ("ferris_sandbox", "Ferris 🦀", 2015, "none", "Crab of the sandbox. Asks about #rustlang."),
    ("weather_sandbox", "Sandbox Weather", 2011, "government", "Made-up weather, every hour."),
    (
        "exmp_news",
        "EXMP News",
        2010,
        "business",
        "News that never happened. $EXMP https://example.com/news",
    ),
    ("cafe_du_sable", "Café du Sable", 2018, "none", "Café, croissants et bacs à sable. #Paris"),
    ("quiet_account", "Quiet", 2019, "none", "My posts are protected."),
    ("sunaba", "砂場", 2020, "blue", "砂場から今日のひとこと。"),
];

pub(super) const FIRST: [&str; 13] = [
    "ada", "bela", "carmen", "dov", "emre", "fatou", "goran", "hana", "ines", "jonas", "kofi",
    "lena", "mira",
];

pub(super) const LAST: [&str; 4] = ["berg", "lund", "sol", "vale"];

pub(super) const LOCATIONS: [&str; 6] =
    ["Lisbon", "Accra", "Reykjavík", "Kyoto", "Montevideo", "near the sandbox"];

/// What posts say: language and text, in which `{n}` is a number and `{user}` a username.
pub(super) const SENTENCES: [(&str, &str); 20] = [
    ("en", "Good morning! Round {n} of coffee ☕ and the build is green. #morning"),
    ("en", "The borrow checker and I agreed after {n} attempts 🦀 #rustlang"),
    ("en", "Chapter {n} of the networking book, on timeouts: https://example.com/books/{n}"),
    ("en", "Has anyone seen @{user} today? We are {n} minutes late."),
    ("en", "$EXMP closed {n} points higher. Nobody knows why. https://example.com/markets/{n}"),
    ("en", "Sandcastle number {n} stands. #sandbox #weekend"),
    ("en", "Reminder: a timeout is an answer too. Lesson {n}."),
    ("en", "Deployed build {n} on a Friday, said sorry to @{user} on Saturday"),
    ("fr", "Crème brûlée numéro {n} ce soir, merci à @{user} 🍮 #Paris"),
    ("fr", "Le café de la gare ouvre à {n} heures, été comme hiver"),
    ("es", "¿Alguien más despierto a esta hora? Llevo {n} cafés #insomnio"),
    ("de", "Straßenbahn Nummer {n} ist heute pünktlich, größte Überraschung #Zug"),
    ("ja", "今日はいい天気ですね。{n}回目の散歩 #散歩"),
    ("ja", "新しい本を{n}ページ読みました https://example.com/ja/{n}"),
    ("pt", "Pão quente às {n} horas na praça #Lisboa"),
    ("ko", "오늘 커피 {n}잔 마셨어요 #커피"),
    ("tr", "Bugün {n}. kez aynı şarkı çalıyor 🎶"),
    ("en", "Slides of talk {n} are up: https://example.com/talks/{n}?ref=x #rustlang #async"),
    ("en", "Rain with sun, {n} °C. Thanks for asking, @{user}"),
    ("en", "Test number {n} passed on the first try, so I do not trust it"),
];

pub(super) const DEVELOPER_NEWS: [(&str, &str); 4] = [
    ("en", "Sandbox release {n}: made-up notes at https://example.com/changelog/{n} #XAPI"),
    ("en", "Tip {n}: read x-rate-limit-reset before you retry. #XAPI"),
    ("en", "Question {n} of the week comes from @{user}: how long does a nonce live?"),
    ("en", "Paging, part {n}: a short page is not the last page. #XAPI #paging"),
];

pub(super) const LONG: &str = "A long post, part {n}. It goes on past the two hundred and eighty \
    characters that a post shows, so that whoever reads it must ask for the note to see its end. \
    The rest is filler: sand, sand, and more sand, a bucket, a small shovel, a castle, a moat, a \
    flag made of a napkin, and two crabs who argue about who owns the castle. The end has a tag \
    #longread and a link https://example.com/long/{n}";
